"""Resolves an order, once: into the leaflet for everyone, the person's words, and the key that tells the leaflet.

Whoever makes something of an order looks at that value and never asks again: `build`, `batch`, and any other door.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from merkblatt.content.library import Library
from merkblatt.content.model import Dose, Order, personal_fields
from merkblatt.content.practice import Sender
from merkblatt.core.findings import Place
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.copyfit import leave_out, spare_names
from merkblatt.tailoring.leaflet import Leaflet, Said
from merkblatt.tailoring.person import dose_words, person_of, with_doses
from merkblatt.tailoring.refusals import find_unfit, refuse

#: So many leaflets for everyone are remembered; the one that was not asked for the longest goes first.
MOST_REMEMBERED = 512


@dataclass(frozen=True)
class Resolved:
    """What an order comes to.

    Args:
        leaflet: the leaflet for everyone; it names nobody.
        key: tells which leaflet that is; orders of one key differ in a person's words alone. Holds nothing of a person.
        person: the person's own words.
        doses: the person's own doses, piece by piece, where these are stamped.
        pages_place: where the budget of pages that holds for this order is written.
    """

    leaflet: Leaflet
    key: str
    person: tuple[Said, ...]
    doses: Mapping[str, str]
    pages_place: Place

    @cached_property
    def words(self) -> dict[str, str]:
        """All that is a person's, by the names under which it is printed; empty for everyone."""
        return {**{said.printed_as: said.words for said in self.person}, **self.doses}

    @cached_property
    def for_person(self) -> Leaflet:
        """The leaflet with the person's words on it."""
        return replace(with_doses(self.leaflet, self.doses), person=self.person, pages_place=self.pages_place)

    @property
    def most_pages(self) -> int | None:
        """How many pages it may have; None where there is no budget."""
        return self.leaflet.most_pages

    @cached_property
    def spare(self) -> tuple[str, ...]:
        """The modules and exercises that may be left out, the most dispensable first."""
        return tuple(spare_names(self.leaflet))

    def without(self, names: Iterable[str]) -> Leaflet:
        """The person's leaflet less some of what may be left out."""
        return leave_out(self.for_person, frozenset(names))


class Resolver:
    """Resolves orders one after the other, and remembers the leaflets that several of them ask for.

    Args:
        library: all content, or what reads it when it is first needed.
        opens_doses: whether a person's own doses are words to be stamped. That pays for many persons alone; for one,
            another dose is another leaflet.
    """

    def __init__(self, library: Library | Callable[[], Library], *, opens_doses: bool = False) -> None:
        self._library, self._opens_doses = library, opens_doses
        self._leaflets: OrderedDict[str, Leaflet] = OrderedDict()

    def know(self, leaflets: Mapping[str, Leaflet]) -> None:
        """Remembers leaflets for everyone, by their keys, that another one has resolved."""
        for key, leaflet in leaflets.items():
            self._remember(key, leaflet)

    def resolve(self, order: Order, sender: Sender | None, today: date) -> Resolved:
        """What an order comes to.

        Args:
            order: what is wanted.
            sender: who hands it out, None for an open line.
            today: the day of printing.

        Raises:
            Faulty: with everything that keeps the order from being met.
        """
        key, bare = self._key(order, sender, today), self._opens_doses and bool(order.exercises)
        leaflet = self._leaflets.get(key)
        if leaflet is None:
            leaflet = self._choose(order, sender, today, bare=bare)
            self._remember(key, leaflet)
        else:
            self._leaflets.move_to_end(key)
            refuse(tuple(find_unfit(order)))
        doses = dict(dose_words(order, leaflet)) if bare else {}
        pages_place = order.at("max_pages") if order.max_pages else leaflet.pages_place
        return Resolved(leaflet, key, person_of(order, leaflet.edition.language), doses, pages_place)

    def _choose(self, order: Order, sender: Sender | None, today: date, *, bare: bool) -> Leaflet:
        """The leaflet for everyone; what the order says of a person is judged with it."""
        library = self._library if isinstance(self._library, Library) else self._library()
        wanted = order.model_copy(update={"exercises": dict.fromkeys(order.exercises, Dose())}) if bare else order
        return replace(choose(wanted, library, sender, today), person=())

    def _key(self, order: Order, sender: Sender | None, today: date) -> str:
        exercises = order.exercises
        # Of a dose, also what it says of itself to be as it would be anyway.
        doses = [(name, self._opens_doses or dose.model_dump(exclude_unset=True)) for name, dose in exercises.items()]
        asked = order.model_dump_json(exclude={*personal_fields(type(order)), "exercises"})
        return f"{sender.sum if sender else ''} {today} {asked} {doses}"

    def _remember(self, key: str, leaflet: Leaflet) -> None:
        self._leaflets[key] = leaflet
        while len(self._leaflets) > MOST_REMEMBERED:
            self._leaflets.popitem(last=False)

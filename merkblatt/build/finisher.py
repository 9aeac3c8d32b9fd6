"""Makes the finished PDF of an order in the quickest way that is right: kept from before, stamped, or laid out.

What is kept holds nothing of a person: the PDF of a leaflet for everyone, and masters for personal ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from merkblatt.build.kept_pdf import Finished, Trail, keep, recall
from merkblatt.content.library import Library
from merkblatt.content.model import Dose, Edition, Order
from merkblatt.content.practice import Sender
from merkblatt.core.cache import key_of, sum_of_layout
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.stamp import MARK, NeedsLayout, Stamper
from merkblatt.stamp.stamper import Keeper
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet, Part, SaidDose, Training
from merkblatt.tailoring.refusals import find_unfit
from merkblatt.tailoring.texts import own_dose
from merkblatt.tailoring.wording import day_words, dose_pieces

if TYPE_CHECKING:
    from merkblatt.page.compose import Page

#: A person's own words on a leaflet, and the fields of an order from which each is made.
PERSONAL: dict[str, tuple[str, ...]] = {
    "handed_out": ("date",),
    "name": ("salutation", "name"),
    "appointment": ("appointment",),
    "counsellor": ("counsellor",),
    "note": ("note",),
}
_ORDERED = frozenset(field for fields in PERSONAL.values() for field in fields)
#: How a piece of a person's own dose is called: by exercise and number.
_DOSE = "dose {} {:02}"


class Finisher:
    """Finishes orders one after the other, and remembers what orders for the same leaflet have in common.

    Args:
        library: all content.
        folders: where templates, styles and fonts lie.
        cache: keeps from run to run; None where nothing is to be kept.
        opens_doses: whether a person's own doses are fields to be stamped. That pays for many persons alone; for one,
            another dose is another leaflet.
    """

    def __init__(
        self, library: Library, folders: Folders, cache: Keeper | None = None, *, opens_doses: bool = False
    ) -> None:
        self.library, self.folders, self.cache, self.opens_doses = library, folders, cache, opens_doses
        self._kinds: dict[str, _Kind] = {}
        self._layout_sum = sum_of_layout(folders) if cache else ""

    def finish(self, order: Order, sender: Sender | None, today: date) -> Finished:
        """The PDF of an order.

        Raises:
            Faulty: with everything that keeps it from being right on paper.
        """
        if unfit := list(find_unfit(order)):
            raise Faulty(unfit)
        person = self._person(order)
        if not person:
            return self._impersonal(self._kind(order, sender, today))
        try:
            return self._stamped(self._kind(order, sender, today), person)
        except NeedsLayout:
            leaflet = choose(order, self.library, sender, today)
            return self._laid_out(_compose(leaflet, self.folders))

    def trail(self, order: Order, sender: Sender | None, today: date) -> Trail:
        """How to find what an order has been made from again."""
        kind = self._kind(order, sender, today)
        imprint = kind.leaflet.imprint
        kept = kind.stamper.key if self._person(order) else kind.key
        return Trail(kept, kind.leaflet.file_name, imprint.next_review, imprint.overdue)

    def _person(self, order: Order) -> dict[str, str]:
        edition = self.library.editions.get(order.edition)
        person = person_of(order, edition.language if edition else "de")
        return {**person, **dict(self._doses(order, edition))} if self.opens_doses and edition else person

    def _doses(self, order: Order, edition: Edition) -> Iterator[tuple[str, str]]:
        """The person's own doses in words, piece by piece; those that an exercise has anyway are no person's."""
        for name, own in order.exercises.items():
            exercise = self.library.exercises.get(name)
            if exercise and own.model_fields_set:
                for number, piece in enumerate(dose_pieces(own_dose(exercise.dose, own), edition)):
                    yield _DOSE.format(name, number), piece

    def _kind(self, order: Order, sender: Sender | None, today: date) -> _Kind:
        exercises = order.exercises
        if self.opens_doses and exercises:
            exercises = {exercise: Dose() for exercise in exercises}
        # Of a dose, also what it says of itself to be as it would be anyway.
        doses = [(exercise, dose.model_dump(exclude_unset=True)) for exercise, dose in exercises.items()]
        name = f"{id(sender)} {today} {order.model_dump_json(exclude={*_ORDERED, 'exercises'})} {doses}"
        kind = self._kinds.get(name)
        if kind is None:
            anonymous = order.model_copy(update={**dict.fromkeys(_ORDERED), "exercises": exercises})
            leaflet = choose(anonymous, self.library, sender, today)
            kind = self._kinds[name] = _Kind(leaflet, self.folders, self._layout_sum, self.cache)
            # The sender is kept, so that no other gets its id.
            kind.sender = sender
        return kind

    def _impersonal(self, kind: _Kind) -> Finished:
        kept = recall(self.cache, kind.key) if self.cache else None
        if kept is None:
            kept = self._laid_out(kind.everyones_page)
            if self.cache:
                keep(self.cache, kind.key, kept)
        return kept

    def _stamped(self, kind: _Kind, person: Mapping[str, str]) -> Finished:
        stamped = kind.stamper.stamp(person)
        return Finished((stamped.prefix, stamped.tail), stamped.pages)

    def _laid_out(self, page: Page) -> Finished:
        from merkblatt.page.layout import press

        pressed = press(page, self.folders)
        return Finished((pressed.pdf,), pressed.pages)


class _Kind:
    """What orders for one leaflet have in common, whoever the person is."""

    sender: Sender | None = None

    def __init__(self, leaflet: Leaflet, folders: Folders, layout_sum: str, cache: Keeper | None) -> None:
        self.leaflet, self.folders, self.layout_sum, self.cache = leaflet, folders, layout_sum, cache

    @cached_property
    def key(self) -> str:
        """Under which the leaflet for everyone is kept."""
        return key_of("leaflet", self.layout_sum, self.everyones_page.html) if self.cache else ""

    @cached_property
    def everyones_page(self) -> Page:
        """The page that names nobody."""
        return self.page({})

    @cached_property
    def stamper(self) -> Stamper:
        """Stamps the leaflet for persons; its masters are kept by the page with all that can stand on it."""
        marked = self.page(dict.fromkeys(sorted(PERSONAL), MARK)) if self.cache else None
        key = key_of("master", self.layout_sum, marked.html) if marked else ""
        return Stamper(self.page, self.folders, key, self.cache)

    def page(self, words: Mapping[str, str]) -> Page:
        """The page with other personal words, or none."""
        own: dict[str, Any] = {**dict.fromkeys(PERSONAL), **{name: words[name] for name in PERSONAL if name in words}}
        doses = {name: text for name, text in sorted(words.items()) if name not in PERSONAL}
        if doses:
            own["parts"] = tuple(_with_doses(part, doses) for part in self.leaflet.parts)
        return _compose(replace(self.leaflet, **own), self.folders)


def _with_doses(part: Part, doses: Mapping[str, str]) -> Part:
    """A part whose exercises have a person's own doses."""

    def said(training: Training) -> Training:
        begin = _DOSE.format(training.id, 0)[:-2]
        pieces = tuple(text for name, text in doses.items() if name.startswith(begin))
        return replace(training, dose=SaidDose(pieces)) if pieces else training

    return replace(part, trainings=tuple(map(said, part.trainings)))


def _compose(leaflet: Leaflet, folders: Folders) -> Page:
    # Jinja and its like take a while to start; what is kept needs none of them.
    from merkblatt.page.compose import compose

    return compose(leaflet, folders)


def person_of(order: Order, language: str) -> dict[str, str]:
    """A person's own words as an edition in a language prints them, by the leaflet's field."""
    found = {}
    for printed, ordered in PERSONAL.items():
        values = [getattr(order, field) for field in ordered]
        words = [day_words(value, language) if isinstance(value, date) else value for value in values if value]
        if words:
            found[printed] = " ".join(words)
    return found

"""A person's own words on a leaflet: what an order says of the person, and a leaflet with those words in their places.

Which fields of an order these are is marked on the fields themselves (`content.model.personal`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from merkblatt.content.model import Order, personal_fields
from merkblatt.tailoring.leaflet import Leaflet, Part, Said, SaidDose, Training
from merkblatt.tailoring.printed_together import together
from merkblatt.tailoring.texts import own_dose
from merkblatt.tailoring.wording import day_words, dose_pieces

#: How a piece of a person's own dose is called among a person's words: by exercise and number.
_DOSE = "dose {} {:02}"
_DOSE_BEGINS = "dose "


def person_of(order: Order, language: str) -> tuple[Said, ...]:
    """A person's own words as an edition in a language prints them.

    Fields of an order that are printed as one stand in it in their order, parted by a space.
    """
    found: dict[str, Said] = {}
    for field, mark in personal_fields(type(order)).items():
        value = getattr(order, field)
        if value:
            words = day_words(value, language) if isinstance(value, date) else str(value)
            before = found[mark.printed_as].words if mark.printed_as in found else None
            found[mark.printed_as] = Said(mark.printed_as, together(before, words), order.at(field), mark.is_secret)
    return tuple(found.values())


def dose_words(order: Order, leaflet: Leaflet) -> Iterator[tuple[str, str]]:
    """The person's own doses in words, piece by piece, each by its name.

    Doses that an exercise has anyway are no person's.

    Args:
        order: what is wanted.
        leaflet: its leaflet, with the doses that the exercises have anyway.
    """
    for part in leaflet.parts:
        for training in part.trainings:
            own = order.exercises.get(training.id)
            if own and own.model_fields_set and not isinstance(training.dose, SaidDose):
                pieces = dose_pieces(own_dose(training.dose, own), leaflet.edition)
                yield from ((_DOSE.format(training.id, number), piece) for number, piece in enumerate(pieces))


def with_words(leaflet: Leaflet, words: Mapping[str, str]) -> Leaflet:
    """A leaflet with words in a person's places, and none in the places that are not named.

    Args:
        leaflet: what it is about.
        words: words by the name under which they are printed, and pieces of doses by theirs (`dose_words`).
    """
    doses = {name: text for name, text in words.items() if name.startswith(_DOSE_BEGINS)}
    person = tuple(Said(name, text, leaflet.place) for name, text in words.items() if name not in doses)
    return replace(with_doses(leaflet, doses), person=person)


def with_doses(leaflet: Leaflet, doses: Mapping[str, str]) -> Leaflet:
    """A leaflet whose exercises have a person's own doses, as `dose_words` gives them."""
    if not doses:
        return leaflet
    held = dict(sorted(doses.items()))
    return replace(leaflet, parts=tuple(_with_doses(part, held) for part in leaflet.parts))


def _with_doses(part: Part, doses: Mapping[str, str]) -> Part:
    """A part whose exercises have a person's own doses."""

    def said(training: Training) -> Training:
        begin = _DOSE.format(training.id, 0)[:-2]
        pieces = tuple(text for name, text in doses.items() if name.startswith(begin))
        return replace(training, dose=SaidDose(pieces)) if pieces else training

    return replace(part, trainings=tuple(map(said, part.trainings)))

"""Whence and when: sources, issue, review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from merkblatt.content.library import Library
from merkblatt.content.model import Review, Sheet
from merkblatt.tailoring.leaflet import Cited, Imprint, Part
from merkblatt.tailoring.texts import TextChooser


def make_imprint(sheet: Sheet, parts: Iterable[Part], library: Library, chooser: TextChooser, today: date) -> Imprint:
    """The foot of a leaflet; it counts as reviewed where every part of it is."""
    reviews = [sheet.reviewed, *_reviews(parts, library)]
    pending = [review for review in reviews if review.by is None]
    last = max((review for review in reviews if review.on), key=lambda review: str(review.on), default=None)
    due = min(review.next for review in reviews)
    for claim in sheet.message.claims:
        chooser.sources.setdefault(library.claim_source[claim])
    for source in sheet.message.sources:
        chooser.sources.setdefault(source)
    return Imprint(
        issued=sheet.issued,
        next_review=due,
        reviewed_by=None if pending or last is None else last.by,
        reviewed_on=None if pending or last is None else last.on,
        overdue=due < today,
        sources=tuple(Cited(name, chooser.text(library.sources[name].cite)) for name in chooser.sources),
    )


def _reviews(parts: Iterable[Part], library: Library) -> Iterator[Review]:
    for part in parts:
        yield from (library.modules[advice.id].reviewed for advice in part.advice)
        yield from (library.exercises[training.id].reviewed for training in part.trainings)

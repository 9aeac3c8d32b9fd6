"""Turns an order into a leaflet. Pure: takes values, gives a value, or raises what keeps the order from being met.

Opens no file, knows no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from merkblatt.content.library import Library
from merkblatt.content.model import Order, Review, Sheet
from merkblatt.content.practice import Sender
from merkblatt.content.unwritten import unwritten_words
from merkblatt.tailoring.imprint import make_imprint
from merkblatt.tailoring.leaflet import Cited, Grounds, Item, Leaflet, Part
from merkblatt.tailoring.page_budget import most_pages, pages_place
from merkblatt.tailoring.person import person_of
from merkblatt.tailoring.refusals import contradictions, find_unfit, not_held, refuse, unknown_names
from merkblatt.tailoring.sections import in_reading_order, sections_of
from merkblatt.tailoring.texts import TextChooser


def choose(order: Order, library: Library, sender: Sender | None, today: date) -> Leaflet:
    """The leaflet that an order asks for.

    Args:
        order: what is wanted.
        library: all content.
        sender: who hands it out, None for an open line.
        today: the day of printing, for the note that a review is overdue.

    Raises:
        Faulty: unknown names, modules that contradict each other, a text that the edition lacks.
    """
    refuse([*unknown_names(order, library)])
    refuse([*not_held(order, library), *find_unfit(order)])
    refuse([*unwritten_words(library.editions[order.edition])])
    sheet, edition = library.sheets[order.sheet], library.editions[order.edition]
    sections = list(sections_of(sheet, order, library))
    refuse([*contradictions(sections, library)])
    chooser = TextChooser(order, library, edition)
    parts = in_reading_order(order.format, [part for part in map(chooser.part, sections) if part])
    message = Item(chooser.text(sheet.message.text), "", sheet.message.at("text"))
    chooser.cite("", sheet.message.claims, sheet.message.sources)
    grounds = _grounds(sheet, parts, chooser, today)
    leaflet = Leaflet(
        sheet=order.sheet,
        edition_id=order.edition,
        edition=edition,
        format=order.format,
        title=chooser.text(sheet.title),
        subtitle=chooser.text(sheet.subtitle),
        message=message,
        parts=parts,
        grounds=grounds,
        imprint=make_imprint(grounds),
        sender=sender,
        person=person_of(order, edition.language),
        named_title=order.named_title,
        weeks=order.weeks,
        most_pages=most_pages(sheet, order),
        place=sheet.at(),
        pages_place=pages_place(order, sheet),
    )
    refuse(chooser.missing)
    return leaflet


def _grounds(sheet: Sheet, parts: Iterable[Part], chooser: TextChooser, today: date) -> Grounds:
    library = chooser.library
    cited = dict.fromkeys(source for _, source in chooser.cites)
    return Grounds(
        issued=sheet.issued,
        today=today,
        reviews=(("", sheet.reviewed), *_reviews(parts, library)),
        cites=tuple(chooser.cites),
        sources=tuple(Cited(name, chooser.text(library.sources[name].cite)) for name in cited),
    )


def _reviews(parts: Iterable[Part], library: Library) -> Iterator[tuple[str, Review]]:
    for part in parts:
        yield from ((advice.id, library.modules[advice.id].reviewed) for advice in part.advice)
        yield from ((training.id, library.exercises[training.id].reviewed) for training in part.trainings)

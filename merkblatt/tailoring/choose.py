"""Turns an order into a leaflet. Pure: takes values, gives a value, or raises what keeps the order from being met.

Opens no file, knows no clock.
"""

from __future__ import annotations

from datetime import date

from merkblatt.content.library import Library
from merkblatt.content.model import Order
from merkblatt.content.practice import Sender
from merkblatt.content.unwritten import unwritten_words
from merkblatt.tailoring.imprint import make_imprint
from merkblatt.tailoring.leaflet import Item, Leaflet
from merkblatt.tailoring.page_budget import most_pages, pages_place
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
    leaflet = Leaflet(
        sheet=order.sheet,
        edition_id=order.edition,
        edition=edition,
        format=order.format,
        title=chooser.text(sheet.title),
        subtitle=chooser.text(sheet.subtitle),
        message=message,
        parts=parts,
        imprint=make_imprint(sheet, parts, library, chooser, today),
        sender=sender,
        name=" ".join(filter(None, (order.salutation, order.name))) or None,
        handed_out=order.date,
        appointment=order.appointment,
        counsellor=order.counsellor,
        note=order.note,
        named_title=order.named_title,
        weeks=order.weeks,
        most_pages=most_pages(sheet, order),
        place=sheet.at(),
        pages_place=pages_place(order, sheet),
        name_place=order.at("name"),
        appointment_place=order.at("appointment"),
        counsellor_place=order.at("counsellor"),
        note_place=order.at("note"),
    )
    refuse(chooser.missing)
    return leaflet

"""How many pages a leaflet may have, and where that is written."""

from __future__ import annotations

from math import ceil

from merkblatt.content.formats import FORMS, PAPERS
from merkblatt.content.model import Order, Sheet
from merkblatt.core.findings import Place
from merkblatt.tailoring.sections import added_exercises

#: So many exercises that an order adds to a sheet's own may take one page more than the sheet's budget.
ADDED_A_PAGE = 2


def most_pages(sheet: Sheet, order: Order) -> int | None:
    """The order's budget, the sheet's own for the paper, or the paper's for every sheet; panels cannot be added."""
    name = FORMS[order.format].paper
    paper = PAPERS[name]
    if paper.is_folded:
        return paper.most_pages
    if order.max_pages:
        return order.max_pages
    own = sheet.most_pages(order.edition, name)
    return own + ceil(len(added_exercises(sheet, order)) / ADDED_A_PAGE) if own else paper.most_pages


def pages_place(order: Order, sheet: Sheet) -> Place:
    """Where the budget of pages is written that holds for an order."""
    if order.max_pages:
        return order.at("max_pages")
    own = order.format in sheet.pages_in.get(order.edition, {})
    return sheet.at("pages_in" if own else "pages")

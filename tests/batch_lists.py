"""Lists of orders for tests: read out of bytes, and what they hold or what is wrong with them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from merkblatt.batch.lists.rows import Listing, order_of
from merkblatt.content.model import Order
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding

Read = Callable[..., Listing]

TEXT = 'Blatt;Name;Notiz\r\nneck-pain;Jörg Groß;"Zeile 1\r\nsagt ""so"" – 20 €; ja"\r\n'


def orders(listing: Listing) -> list[Order]:
    return [order_of(row, listing) for row in listing.rows()]


def wishes(listing: Listing) -> list[dict[str, Any]]:
    return [row.wish for row in listing.rows()]


def faults(call: Callable[[], object], name: str = "orders.csv") -> list[str]:
    with pytest.raises(Faulty) as caught:
        call()
    return [str(finding).split(f"{name}:")[-1] for finding in caught.value.findings]


def row_faults(listing: Listing, name: str = "orders.csv") -> list[str]:
    found: list[str] = []
    for row in listing.rows():
        try:
            order_of(row, listing)
        except Faulty as error:
            found += (str(finding).split(f"{name}:")[-1] for finding in error.findings)
    return found


def spreadsheet(*rows: list[Any], before: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if before:
        sheet["A1"] = "Deckblatt"
        sheet = book.create_sheet("Liste")
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def order_faults() -> list[Finding]:
    return [Finding(COMMAND_LINE, "row 1: so", "mend it")]

"""Rows that were left out: in the form of the list, with the reason, to be mended and fed again."""

from __future__ import annotations

import datetime
import json

import pytest

from merkblatt.batch.lists.rejects import write_rejects
from tests.batch_lists import TEXT, order_faults, spreadsheet, wishes


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_rejects_are_in_the_form_of_the_list_and_can_be_fed_again(encoding, read):
    listing = read(TEXT.encode(encoding))
    rejected = write_rejects(listing, [(row, order_faults()) for row in listing.rows()])
    assert rejected.decode(encoding).startswith("Warum ausgelassen;Blatt;Name;Notiz")
    assert wishes(read(rejected, "rejected.csv")) == wishes(listing)


def test_rejects_of_a_spreadsheet_are_a_table_that_excel_opens(read):
    listing = read(spreadsheet(["sheet", "weeks", "date"], ["x", 6.0, datetime.datetime(2026, 11, 23)]), "list.xlsx")
    rejected = write_rejects(listing, [(row, order_faults()) for row in listing.rows()])
    assert rejected.decode("utf-8-sig").splitlines()[1] == "row 1: so (mend it);x;6;23.11.2026"
    assert rejected.startswith(b"\xef\xbb\xbfwhy left out;sheet;weeks;date")


def test_rejects_of_other_lists_are_json_lines(read):
    listing = read('{"sheet": "x", "weeks": 6}\n{broken\n', "orders.jsonl")
    rejected = write_rejects(listing, [(row, order_faults()) for row in listing.rows()])
    first, second = map(json.loads, rejected.splitlines())
    assert first == {"why left out": "row 1: so (mend it)", "sheet": "x", "weeks": 6}
    assert second["as written"] == "{broken"
    assert wishes(read(rejected, "again.jsonl"))[0] == {"sheet": "x", "weeks": 6}

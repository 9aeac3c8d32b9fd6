"""Rows that were left out: in the form of the list, with the reason, to be mended and fed again."""

from __future__ import annotations

import datetime
import json

import pytest

from merkblatt.batch.lists.rejects import rejects_name, write_rejects
from merkblatt.core.findings import COMMAND_LINE, Finding
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


def test_the_file_is_called_by_the_form_of_the_list(read):
    assert rejects_name(read("Blatt\n")) == "rejected.csv"
    assert rejects_name(read("", "orders.jsonl")) == rejects_name(read("- sheet: x\n", "o.yaml")) == "rejected.jsonl"


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("Blatt;Name", "Warum ausgelassen"),
        ("sheet;Name", "why left out"),
        ("SHEET", "why left out"),
        ("Blatt;Note", "why left out"),
        ("Blatt;Wochen;Fassung", "Warum ausgelassen"),
    ],
)
def test_the_reason_is_headed_as_the_list_is(head, heading, read):
    listing = read(f"{head}\nx\n")
    first = write_rejects(listing, []).decode("utf-8-sig").splitlines()[0]
    assert first == f"{heading};{head}"


def test_no_cell_of_it_is_run_by_a_spreadsheet(read):
    listing = read("Blatt;Notiz;=cmd()\nx;=1+1;@a\n", ignored=("=cmd()",))
    faults = [Finding(COMMAND_LINE, "=row 1", "+so"), Finding(COMMAND_LINE, "und so")]
    lines = write_rejects(listing, [(row, faults) for row in listing.rows()]).decode("utf-8-sig").splitlines()
    assert lines == ["Warum ausgelassen;Blatt;Notiz;'=cmd()", "'=row 1 (+so) | und so;x;'=1+1;'@a"]


def test_it_is_parted_as_the_list_was(read):
    listing = read("Blatt,Name\nx,y\n")
    assert write_rejects(listing, [(row, order_faults()) for row in listing.rows()]).decode("utf-8-sig") == (
        "Warum ausgelassen,Blatt,Name\r\nrow 1: so (mend it),x,y\r\n"
    )


def test_what_the_encoding_of_the_list_lacks_does_not_stop_it(read):
    listing = read("Blatt;Name\nx;J\u00f6rg\n".encode("cp1252"))
    faults = [Finding(COMMAND_LINE, "no font has \u4e00")]
    assert b"no font has ?;x;J\xf6rg" in write_rejects(listing, [(row, faults) for row in listing.rows()])


def test_empty_cells_stay_empty_and_days_are_written_as_people_do(read):
    listing = read(spreadsheet(["Blatt", "Datum", "Name"], [None, datetime.datetime(2026, 11, 23), "y"]), "list.xlsx")
    rejected = write_rejects(listing, [(row, order_faults()) for row in listing.rows()])
    assert rejected.decode("utf-8-sig").splitlines()[1] == "row 1: so (mend it);;23.11.2026;y"


def test_a_day_of_a_yaml_list_is_written_as_json_can(read):
    listing = read("- sheet: x\n  date: 2026-11-23\n  name: J\u00f6rg\n", "o.yaml")
    record = write_rejects(listing, [(row, []) for row in listing.rows()]).decode()
    assert json.loads(record) == {"why left out": "", "sheet": "x", "date": "2026-11-23", "name": "J\u00f6rg"}
    assert "J\u00f6rg" in record

"""Where a list comes from: its form by how it begins, and a file that changes or is not there."""

from __future__ import annotations

import io

import pytest

from merkblatt.batch.lists.source import open_source
from tests.batch_lists import faults, spreadsheet


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"Blatt;Name\n", "csv"),
        (b'{"sheet": "x"}\n', "jsonl"),
        (b"- sheet: x\n", "yaml"),
        (spreadsheet(["Blatt"]), "xlsx"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(data, form, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert open_source("-").form == form


def test_a_list_that_changes_while_it_is_read_is_refused(read, tmp_path):
    listing = read("Blatt\nneck-pain\n")
    (tmp_path / "orders.csv").write_text("Blatt\nneck-pain\nwhiplash\n", encoding="utf-8")
    assert "has changed while it was read" in faults(lambda: list(listing.rows()))[0]


def test_a_list_that_is_not_there_is_told():
    assert "cannot be read" in faults(lambda: open_source("nothing.csv"))[0]

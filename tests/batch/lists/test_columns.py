"""Headings: German or English, written loosely, and what is told of those that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.batch.lists.columns import NAMES, WHY, Column, known_columns, name_columns
from merkblatt.core.findings import Faulty, Place
from tests.batch_lists import faults, wishes


@pytest.mark.parametrize("language", [0, 1])
def test_headings_are_german_or_english(language, read):
    headings = [names[language] for names in NAMES.values()]
    listing = read(";".join(headings).upper() + "\n")
    assert [column.field for column in listing.columns] == list(NAMES)


@pytest.mark.parametrize("heading", ["  blatt ", "BLATT:", "Sheet", "Merkblatt"])
def test_headings_may_be_written_loosely(heading, read):
    assert read(f"{heading};Ubungen\n", ignored=("ubungen",)).columns[0].field == "sheet"
    assert read(f"{heading};Uebungen\n").columns[1].field == "exercises"
    assert read(f"{heading};U\u0308bungen\n").columns[1].field == "exercises"


def test_an_unknown_column_is_told_with_the_nearest(read):
    assert faults(lambda: read("Blatt;Wohcen;Xyzzy\n")) == [
        '1:2: unknown column "Wohcen"\n  hint: did you mean "Wochen"? '
        'To leave the column unread: --ignore-column "Wohcen"',
        '1:3: unknown column "Xyzzy"\n  hint: known: Blatt, Fassung, Format, Wochen, Umstände, mit, ohne, Übungen, '
        "Anrede, Name, Datum, Termin, Beratung, Notiz, Titel mit Namen, Seiten höchstens. "
        'To leave the column unread: --ignore-column "Xyzzy"',
    ]


def test_a_column_may_be_left_unread(read):
    assert wishes(read("Blatt;Patient-ID\nneck-pain;17\n", ignored=("patient-id",))) == [{"sheet": "neck-pain"}]


PLACE = Place(Path("orders.csv"), 3, 1)


def test_columns_are_numbered_as_a_spreadsheet_counts():
    found = name_columns(["Blatt", None, "", " Name: ", "Patient-ID"], PLACE, ["patient id"])
    assert found == (
        Column("Blatt", "sheet", 1), Column("", None, 2), Column("", None, 3),
        Column("Name:", "name", 4), Column("Patient-ID", None, 5),
    )  # fmt: skip


def test_a_heading_at_fault_is_told_at_its_own_column():
    with pytest.raises(Faulty) as caught:
        name_columns(["Blatt", "Wohcen", "sheet"], PLACE)
    assert [finding.place for finding in caught.value.findings] == [Place(PLACE.path, 3, 2), Place(PLACE.path, 3, 3)]
    assert caught.value.findings[1].message == 'column "sheet" says the same as column "Blatt"'
    assert [finding.code for finding in caught.value.findings] == ["unknown-name", "content"]


def test_a_table_needs_a_sheet_and_a_row_alone_does_not():
    with pytest.raises(Faulty, match='has no column "Blatt" or "sheet"'):
        name_columns(["Name"], PLACE)
    assert name_columns(["Name"], PLACE, whole=False) == (Column("Name", "name", 1),)
    # Where a heading is unknown it may well be that of the sheet: one finding is enough.
    with pytest.raises(Faulty) as caught:
        name_columns(["Blat", "Name"], PLACE)
    assert len(caught.value.findings) == 1


def test_a_column_that_is_left_unread_may_be_named_as_one_that_is_read():
    (first, second) = name_columns(["Blatt", "Notiz"], PLACE, ["NOTIZ"])
    assert (first.field, second.field) == ("sheet", None)


@pytest.mark.parametrize("name", WHY)
def test_why_a_row_was_left_out_is_known_and_not_read(name):
    assert name_columns(["Blatt", name, name.upper()], PLACE)[1] == Column(name, None, 2)
    assert known_columns([name, "Blatt", "Xyzzy", "NAME"]) == 2


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ÜBUNG", "exercises"), ("Uebung", "exercises"), ("Umstaende", "circumstances"), ("max_pages", "max_pages"),
        ("Titel-mit-Namen", "named_title"), ("* Seiten  höchstens *", "max_pages"), ("Beraterin", "counsellor"),
    ],
)  # fmt: skip
def test_a_heading_means_its_field_however_it_is_spelled(heading, field):
    assert name_columns([heading], PLACE, whole=False)[0].field == field

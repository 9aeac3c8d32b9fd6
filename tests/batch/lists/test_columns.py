"""Headings: German or English, written loosely, and what is told of those that nobody knows."""

from __future__ import annotations

import pytest

from merkblatt.batch.lists.columns import NAMES
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

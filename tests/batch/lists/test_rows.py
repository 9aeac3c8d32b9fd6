"""Rows: each an order, or all that is wrong with it, told so that it can be mended and without a person's words."""

from __future__ import annotations

import re

import pytest

from merkblatt.batch.plan import make_plan
from merkblatt.batch.work import Setting
from tests.batch_lists import row_faults
from tests.conftest import ROOT, TODAY


def test_a_row_with_too_many_cells_is_told(read):
    assert row_faults(read("Blatt;Notiz\nneck-pain;a;b\n")) == [
        "2:3: row 1: has 3 cells, the headings are 2\n  hint: put text that holds a separator in quotes"
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            "neck-pain;zwölf;",
            '2:2: row 1, Wochen: weeks must be a whole number, found "zwölf"\n  hint: ',
        ),
        ("neck-pain;-3;", "2:2: row 1, Wochen: weeks: must be greater than or equal to 0"),
        (
            "neck-pain;;31.2.26",
            '2:3: row 1, Datum: date must be a date as 2026-11-23, found "31.2.26"\n  hint: ',
        ),
        (";6;", '2:1: row 1: names no sheet\n  hint: fill "Blatt" or "sheet" in, as neck-pain'),
        ("Nacken!;;", '2:1: row 1, Blatt: sheet cannot be "Nacken!"'),
        ("neck-pain;#NV;", "2:2: row 1, Wochen: holds a spreadsheet's error, #NV"),
    ],
)
def test_a_row_at_fault_is_told_with_row_column_value_and_mend(cells, told, read):
    (found,) = row_faults(read(f"Blatt;Wochen;Datum\n{cells}\n"))
    assert found.startswith(told)


def test_all_mistakes_of_a_row_are_told_at_once(read):
    assert len(row_faults(read("Blatt;Wochen;Datum\nX!;y;z\n"))) == 3


@pytest.mark.parametrize("heading", ["Name", "Notiz", "Termin", "Beratung", "Anrede"])
def test_a_person_s_own_words_are_never_repeated(heading, read):
    # A salutation needs a name.
    more, cell = ("", "") if heading == "Name" else (";Name", ";x")
    (found,) = row_faults(read(f"Blatt;{heading}{more}\nneck-pain;geheim\u202e{cell}\n"))
    assert ("geheim" in found, f"row 1, {heading}: " in found) == (False, True)


def test_what_the_guide_shows_can_be_printed(library, folders, read):
    """The list in docs/stapel.md, and each value that its table of columns shows."""
    guide = (ROOT / "docs" / "stapel.md").read_text(encoding="utf-8")
    text = "".join(re.findall(r"^    (Blatt;.*\n(?:    .*\n)*)", guide, re.MULTILINE))
    shown = dict(re.findall(r"^\| `(\w+)` \|.*?`([a-z-]+[:=].*?)`", guide, re.MULTILINE))
    assert set(shown) == {"Umstände", "Übungen"}
    cells = ";".join(value.replace("\\|", "|") for value in shown.values())
    for table, rows in ((text, 2), (f"Blatt;{';'.join(shown)}\nneck-exercises;{cells}\n", 1)):
        listing = read(table)
        plan = make_plan(listing, library, Setting(folders, "", None, TODAY, listing))
        assert (plan.good, plan.faults) == (rows, {})

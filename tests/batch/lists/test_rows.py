"""Rows: each an order, or all that is wrong with it, told so that it can be mended and without a person's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from merkblatt.batch.lists.rows import named, open_list, order_of
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.plan import make_plan
from merkblatt.batch.work import Setting
from merkblatt.core.findings import Faulty, Finding, Place
from tests.batch_lists import row_faults, wishes
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


def test_what_is_common_to_all_rows_holds_where_a_row_says_nothing_else(tmp_path):
    (tmp_path / "orders.csv").write_text("Blatt;Titel mit Namen;Wochen\nx;;\ny;nein;4\n", encoding="utf-8")
    listing = open_list(open_source(str(tmp_path / "orders.csv")), common={"named_title": True, "weeks": 3})
    assert wishes(listing) == [
        {"sheet": "x", "named_title": True, "weeks": 3},
        {"sheet": "y", "named_title": False, "weeks": 4},
    ]


def test_a_short_row_lacks_its_last_fields(read):
    assert wishes(read("Blatt;Name;Wochen\nneck-pain;Anna\n")) == [{"sheet": "neck-pain", "name": "Anna"}]


def test_empty_cells_beyond_the_headings_do_no_harm(read):
    assert row_faults(read("Blatt;Name\nneck-pain;Anna;; \n")) == []


@pytest.mark.parametrize("cell", ["#N/A", " #bezug! ", "#DIV/0!"])
def test_an_error_of_a_spreadsheet_is_told_where_it_is_read(cell, read):
    (told,) = row_faults(read(f"Blatt;Patient;Wochen\nneck-pain;{cell};{cell}\n", ignored=("patient",)))
    assert told.startswith(f"2:3: row 1, Wochen: holds a spreadsheet's error, {cell.strip()}")


def test_a_row_can_be_read_again_and_again(read):
    listing = read("Blatt\na\nb\n")
    assert wishes(listing) == wishes(listing) == [{"sheet": "a"}, {"sheet": "b"}]


def test_a_person_s_row_is_not_in_its_repr(read):
    (row,) = read("Blatt;Name\nneck-pain;Erika\n").rows()
    assert ("Erika" in repr(row), "number=1" in repr(row)) == (False, True)


def test_a_finding_of_another_file_keeps_its_place_in_its_words(read):
    listing = read("Blatt;Name\nneck-pain;Erika\n")
    (row,) = listing.rows()
    finding = Finding(Place(Path("sheets/pain.yaml"), 3, 2), "is too long", "shorten it", code="pages")
    found = named(finding, row, listing)
    assert found.message == "row 1: is too long (sheets/pain.yaml:3:2)"
    assert (found.place, found.hint, found.code) == (Place(listing.source.path, 2, 1), "shorten it", "pages")


@pytest.mark.parametrize(
    ("column", "where", "at"), [(1, "row 1, Blatt: ", 1), (2, "row 1: ", 2), (0, "row 1: ", 1), (9, "row 1: ", 9)]
)
def test_a_finding_of_the_list_names_the_column_that_is_read(column, where, at, read):
    listing = read("Blatt;Patient\nneck-pain;7\n", ignored=("patient",))
    (row,) = listing.rows()
    found = named(Finding(Place(listing.source.path, 2, column), "so"), row, listing)
    assert (found.message, found.place.column) == (f"{where}so", at)


@pytest.mark.parametrize(
    ("cells", "hint"),
    [("x;viele;", "write the number alone, as 6"), ("x;;gestern", "write it as 23.11.2026"), (";6;", "fill")],
)
def test_a_mend_is_told_as_one_makes_it_in_a_list(cells, hint, read):
    listing = read(f"Blatt;Wochen;Datum\n{cells}\n")
    (row,) = listing.rows()
    with pytest.raises(Faulty) as caught:
        order_of(row, listing)
    assert hint in caught.value.findings[0].hint


def test_what_is_wrong_with_a_field_that_no_column_holds_names_no_column(tmp_path):
    (tmp_path / "orders.csv").write_text("Blatt\nx\n", encoding="utf-8")
    listing = open_list(open_source(str(tmp_path / "orders.csv")), common={"weeks": "viele"})
    assert row_faults(listing)[0].startswith("2:1: row 1: weeks must be a whole number")


def test_records_at_fault_are_rows_too_and_the_others_go_on(read):
    listing = read('{broken\n{"sheet": "x", "Patient": 7}\n{"wekks": 3}\n', "o.jsonl", ("patient",))
    assert [(row.number, row.line, row.wish, len(row.faults)) for row in listing.rows()] == [
        (1, 1, {}, 1),
        (2, 2, {"sheet": "x"}, 0),
        (3, 3, {}, 1),
    ]
    assert [order_of(row, listing).sheet for row in listing.rows() if not row.faults] == ["x"]

"""Tables as spreadsheets write them: every encoding, separator and line end, and a head or a quote gone wrong."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from tests.batch_lists import TEXT, faults, orders, row_faults, spreadsheet, wishes


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_without_a_switch(encoding, delimiter, read):
    text = TEXT.replace(";Name;", f"{delimiter}Name{delimiter}").replace("pain;", f"pain{delimiter}")
    text = text.replace('Groß;"', f'Groß{delimiter}"')
    (order,) = orders(read(text.encode(encoding)))
    assert (order.sheet, order.name, order.note) == ("neck-pain", "Jörg Groß", 'Zeile 1\nsagt "so" – 20 €; ja')


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(ends, read):
    assert [w["name"] for w in wishes(read(ends.join(["Blatt;Name", "a;x", "", ";;", "b;y"])))] == ["x", "y"]


def test_excel_s_own_first_line_is_known(read):
    assert wishes(read("sep=|\nBlatt|Name\nneck-pain|x\n")) == [{"sheet": "neck-pain", "name": "x"}]


def test_a_column_alone_is_a_table(read):
    assert wishes(read("Blatt\nneck-pain\n")) == [{"sheet": "neck-pain"}]


def test_a_list_without_headings_tells_nothing_of_its_first_row(read):
    (told,) = faults(lambda: read("neck-pain;Anna Muster;6\n"))
    assert "holds no heading that is known" in told
    assert "Anna" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "orders.csv: is empty"),
        ("\n\n", "orders.csv: is empty"),
        ("neck-pain;6\n", "the first row holds no heading that is known"),
        ("Name;Wochen\n", 'has no column "Blatt" or "sheet"'),
        ("Blatt;Name;sheet\n", 'column "sheet" says the same as column "Blatt"'),
    ],
)
def test_a_head_at_fault_is_told(text, told, read):
    assert told in faults(lambda: read(text), name="nothing")[0]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('a;"x\nb;y\n', "3:1: the row cannot be read: a quote is opened in it and never closed"),
        ('a;"x" y\n', "3:1: the row cannot be read: text follows a closing quote"),
    ],
)
def test_a_quote_gone_wrong_swallows_no_rows(rows, told, read):
    listing = read("Blatt;Name\nfirst;z\n" + rows)
    assert faults(lambda: list(listing.rows()))[0].startswith(told)


def test_the_line_of_a_row_is_that_of_the_editor(read):
    listing = read('Blatt;Notiz\nneck-pain;"a\nb\nc"\nx y;\n')
    assert [(row.number, row.line) for row in listing.rows()] == [(1, 2), (2, 5)]


def test_bytes_of_no_text_are_told(read):
    assert 'save it as "CSV UTF-8"' in faults(lambda: list(read(b"Blatt;Name\na;\x81\x8d\n").rows()))[0]


@pytest.mark.parametrize("before", [False, True])
def test_a_spreadsheet_is_read(before, read):
    day = datetime.datetime(2026, 11, 23)
    data = spreadsheet(
        ["Blatt", "Wochen", "Datum", "Termin", "Name"],
        [None],
        ["neck-pain", 6.0, day, day.replace(hour=9), "Ayşe"],
        before=before,
    )
    listing = read(data, "list.xlsx")
    (order,) = orders(listing)
    assert (order.weeks, order.date, order.appointment) == (6, day.date(), "23.11.2026, 09:00")
    assert [row.line for row in listing.rows()] == [3]


def test_a_spreadsheet_s_mistakes_are_told_by_its_own_rows(read):
    data = spreadsheet(["Blatt", "Wochen"], ["neck-pain", "viele"])
    assert row_faults(read(data, "list.xlsx"), "list.xlsx")[0].startswith(
        "2:2: row 1, Wochen: weeks must be a whole number"
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old spreadsheet, or one under a password"),
        (b"PK\x03\x04 broken", "cannot be read as a spreadsheet"),
        (b"Blatt;Name", "is no spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet_is_told(data, told, read):
    assert told in faults(lambda: read(data, "list.xlsx"))[0]


def test_a_spreadsheet_without_headings_is_told(read):
    assert "no sheet of it has a first row with headings" in faults(lambda: read(spreadsheet(["a", "b"]), "l.xlsx"))[0]


def test_the_headings_may_stand_on_any_line_of_any_sheet_of_a_spreadsheet(read):
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Name"])
    first.append(["x"])
    second = book.create_sheet("Liste")
    for row in (
        [None],
        [None, "Blatt", "Name", None],
        [None, None, None],
        [None, "neck-pain", "Anna", "!", None],
        ["", " "],
    ):
        second.append(row)
    data = io.BytesIO()
    book.save(data)
    listing = read(data.getvalue(), "list.xlsx")
    assert listing.head is not None
    assert (listing.head.sheet, listing.head.lines, [c.heading for c in listing.columns]) == (
        "Liste", 2, ["", "Blatt", "Name"]
    )  # fmt: skip
    (row,) = listing.rows()
    assert (row.number, row.line, row.wish, row.raw) == (
        1, 4, {"sheet": "neck-pain", "name": "Anna"}, (None, "neck-pain", "Anna", "!")
    )  # fmt: skip
    assert "has 4 cells, the headings are 3" in row.faults[0].message


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(read, monkeypatch):
    monkeypatch.setattr("merkblatt.batch.lists.tables._MOST_BYTES", 100)
    assert "is too large a spreadsheet" in faults(lambda: read(spreadsheet(["Blatt"]), "list.xlsx"))[0]


def test_a_heading_of_a_spreadsheet_at_fault_is_told_at_its_cell(read):
    told = faults(lambda: read(spreadsheet([None], ["Blatt", "Wohcen"]), "list.xlsx"), "list.xlsx")
    assert told[0].startswith('2:2: unknown column "Wohcen"')


def test_what_parts_the_cells_is_what_makes_most_headings_known(read):
    listing = read('Blatt|"Notiz; Name"|Wochen\nx|y|3\n', ignored=("notiz; name",))
    assert listing.head is not None
    assert (listing.head.delimiter, wishes(listing)) == ("|", [{"sheet": "x", "weeks": 3}])


def test_the_line_below_excel_s_own_is_the_head(read):
    listing = read("sep=,\nBlatt,Name\nx,y\n")
    assert listing.head is not None
    assert (listing.head.lines, listing.head.delimiter) == (2, ",")
    assert [(row.number, row.line) for row in listing.rows()] == [(1, 3)]
    assert faults(lambda: read("sep=,\nBlatt,Wohcen\n"))[0].startswith("2:2: unknown column")
    # Said in a row of headings it is a heading.
    assert "known" in faults(lambda: read("sep=\nx\n"))[0]


def test_headings_over_several_lines_are_one_row(read):
    listing = read('"Bl\u00e4tter\nalle";Blatt\n;x\n', ignored=("bl\u00e4tter alle",))
    assert [(row.number, row.line, row.wish) for row in listing.rows()] == [(1, 3, {"sheet": "x"})]


def test_a_head_that_cannot_be_read_is_told(read):
    assert "cannot be read" in faults(lambda: read("Blatt;" + "x" * 200_000 + "\n"))[0]


def test_lines_without_a_word_are_no_rows(read):
    assert [(row.number, row.line) for row in read("Blatt;Name\n\n ; \nx;\n;;\ny;\n").rows()] == [(1, 4), (2, 6)]


def test_a_row_that_is_too_long_is_told(read):
    listing = read("Blatt;Name\nx;" + "y" * 140_000 + "\n")
    assert "2:1: the row cannot be read: field larger than field limit" in faults(lambda: list(listing.rows()))[0]


def test_headings_of_blanks_are_none(read):
    assert "is empty" in faults(lambda: read(" ; \n"), name="nothing")[0]


def test_cells_that_hold_a_form_alone_are_no_headings(read):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Blatt"])
    sheet["D1"].number_format = "0.00"
    data = io.BytesIO()
    book.save(data)
    assert [column.heading for column in read(data.getvalue(), "list.xlsx").columns] == ["Blatt"]

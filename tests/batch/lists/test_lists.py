"""Lists of orders: every form that people send, read without a switch; every mistake told so that it can be mended."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from merkblatt.batch.lists.cells import FORMULA, guard, read_value, unguard
from merkblatt.batch.lists.columns import NAMES
from merkblatt.batch.lists.rejects import write_rejects
from merkblatt.batch.lists.rows import Listing, open_list, order_of
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.plan import make_plan
from merkblatt.batch.work import Setting
from merkblatt.content.model import Order
from merkblatt.core.findings import Faulty
from tests.conftest import ROOT, TODAY

Read = Callable[..., Listing]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A list out of a file with these bytes."""

    def open_it(data: bytes | str, name: str = "orders.csv", ignored: tuple[str, ...] = ()) -> Listing:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return open_list(open_source(str(path)), ignored)

    return open_it


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


# --- CSV as it comes --------------------------------------------------------------------------------------

TEXT = 'Blatt;Name;Notiz\r\nneck-pain;Jörg Groß;"Zeile 1\r\nsagt ""so"" – 20 €; ja"\r\n'


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


def test_a_list_without_headings_tells_nothing_of_its_first_row(read):
    (told,) = faults(lambda: read("neck-pain;Anna Muster;6\n"))
    assert "holds no heading that is known" in told
    assert "Anna" not in told


def test_a_column_may_be_left_unread(read):
    assert wishes(read("Blatt;Patient-ID\nneck-pain;17\n", ignored=("patient-id",))) == [{"sheet": "neck-pain"}]


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


def test_a_row_with_too_many_cells_is_told(read):
    assert row_faults(read("Blatt;Notiz\nneck-pain;a;b\n")) == [
        "2:3: row 1: has 3 cells, the headings are 2\n  hint: put text that holds a separator in quotes"
    ]


def test_the_line_of_a_row_is_that_of_the_editor(read):
    listing = read('Blatt;Notiz\nneck-pain;"a\nb\nc"\nx y;\n')
    assert [(row.number, row.line) for row in listing.rows()] == [(1, 2), (2, 5)]


def test_bytes_of_no_text_are_told(read):
    assert 'save it as "CSV UTF-8"' in faults(lambda: list(read(b"Blatt;Name\na;\x81\x8d\n").rows()))[0]


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("weeks", "6", 6),
        ("weeks", "6,0", 6),
        ("weeks", "6,5", 7),
        ("weeks", "6.5", 7),
        ("weeks", 12.0, 12),
        ("weeks", "1.000", "1.000"),
        ("weeks", "zwölf", "zwölf"),
        ("date", "23.11.2026", "2026-11-23"),
        ("date", "3.4.26", "2026-04-03"),
        ("date", "2026-11-23", "2026-11-23"),
        ("date", "23.11.2026 00:00:00", "2026-11-23"),
        ("date", "31.02.2026", "31.02.2026"),
        ("date", "11/23/2026", "11/23/2026"),
        ("date", datetime.datetime(2026, 11, 23), "2026-11-23"),
        ("appointment", datetime.datetime(2026, 11, 30, 9), "30.11.2026, 09:00"),
        ("appointment", datetime.datetime(2026, 11, 30), "30.11.2026"),
        ("appointment", "Mo,\n 9 Uhr", "Mo, 9 Uhr"),
        ("name", "Ju\u0308rgen\xa0 Groß ", "Jürgen Groß"),
        ("name", 4711.0, "4711"),
        ("note", " a\r\n b_x000D_\n", "a\n b"),
        ("note", "'=1+1", "=1+1"),
        ("note", "' so", "' so"),
        ("with", "a, b;c d\ne|f", ["a", "b", "c", "d", "e", "f"]),
        ("circumstances", "tension=ja, sleepless=nein", {"tension": True, "sleepless": False}),
        ("circumstances", "tension", {"tension": True}),
        ("exercises", "chin-tuck, bird-dog", {"chin-tuck": {}, "bird-dog": {}}),
        (
            "exercises",
            "chin-tuck:repeat=5,per_day=4, bird-dog:Halten=3, je Seite=ja | cat-camel",
            {
                "chin-tuck": {"repeat": "5", "per_day": "4"},
                "bird-dog": {"hold": "3", "each_side": True},
                "cat-camel": {},
            },
        ),
        ("format", "A4", "a4"),
        ("format", "groß", "a4-large"),
        ("format", "A4 large", "a4-large"),
        ("edition", "DE Simple", "de-simple"),
        ("named_title", "Ja", True),
        ("named_title", "vielleicht", "vielleicht"),
        ("name", "  ", None),
        ("name", None, None),
    ],
)
def test_a_cell_becomes_the_value_that_an_order_takes(field, cell, value):
    assert read_value(field, cell) == value


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


# --- other forms ------------------------------------------------------------------------------------------


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


def test_json_lines_are_read(read):
    rows = [
        {"sheet": "neck-pain", "weeks": 6, "exercises": {"chin-tuck": {"repeat": 5}}},
        {"Blatt": "whiplash", "mit": ["a"]},
    ]
    listing = read("\n".join(map(json.dumps, rows)), "orders.jsonl")
    first, second = orders(listing)
    assert (first.weeks, first.exercises["chin-tuck"].repeat, second.with_) == (6, "5", ("a",))


def test_json_lines_at_fault_are_told_and_the_others_go_on(read):
    listing = read('{"sheet": "neck-pain"}\n{"sheet": \n[1]\n{"sheet": "x", "wekks": 3}\n', "orders.jsonl")
    told = row_faults(listing, "orders.jsonl")
    assert [line.split("\n")[0] for line in told] == [
        "2:10: row 2: is no JSON: Expecting value",
        "3:1: row 3: is no JSON object",
        '4:1: row 4: unknown column "wekks"',
    ]
    assert len(list(listing.rows())) == 4


def test_yaml_is_read(read):
    listing = read(
        "- sheet: neck-pain\n  weeks: 6\n  exercises: {chin-tuck: {repeat: 5}}\n- Blatt: whiplash\n", "o.yaml"
    )
    first, second = orders(listing)
    assert (first.weeks, first.exercises["chin-tuck"].repeat, second.sheet) == (6, "5", "whiplash")
    assert [row.line for row in listing.rows()] == [1, 4]


def test_yaml_that_is_no_list_is_told(read):
    assert "is no list" in faults(lambda: list(read("sheet: neck-pain\n", "o.yaml").rows()))[0]


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


# --- what is left out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", FORMULA)
def test_a_guarded_cell_is_no_formula_and_is_read_as_it_was(sign):
    assert guard(f"{sign}1").startswith("'")
    assert unguard(guard(f"{sign}1")) == f"{sign}1"
    assert (guard("a=1"), unguard("'a")) == ("a=1", "'a")


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


def order_faults() -> Any:
    from merkblatt.core.findings import COMMAND_LINE, Finding

    return [Finding(COMMAND_LINE, "row 1: so", "mend it")]

"""Reads tables, CSV and XLSX, row by row, as spreadsheets in Germany write them."""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO

from merkblatt.batch.lists.columns import Column, known_columns, name_columns
from merkblatt.batch.lists.source import Source
from merkblatt.core.findings import Faulty, Finding, Place

_DELIMITERS = ";\t,|"
#: A spreadsheet of so many bytes unpacked is no list of people.
_MOST_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Head:
    """The top of a table: its columns, what parts its cells (CSV), in how many lines it is told, its sheet (XLSX)."""

    columns: tuple[Column, ...]
    delimiter: str = ";"
    lines: int = 1
    sheet: str = ""


#: A line of a table: its number in the file, as an editor or a spreadsheet counts, and its cells.
Line = tuple[int, Sequence[Any]]


def read_head(source: Source, ignored: Iterable[str]) -> Head:
    """What stands above the rows.

    Raises:
        Faulty: the table has no row of headings, or one that is at fault.
    """
    if source.form == "xlsx":
        return _xlsx_head(source, ignored)
    with _opened_text(source) as text:
        return _csv_head(source, text, ignored)


def read_lines(source: Source, head: Head) -> Iterator[Line]:
    """The lines below the head that hold anything.

    Raises:
        Faulty: from here on it cannot be told what belongs to which row.
    """
    lines = _csv_lines(source, head) if source.form == "csv" else _xlsx_lines(source, head)
    for line, cells in lines:
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield line, cells


@contextmanager
def _opened_text(source: Source) -> Iterator[TextIO]:
    with source.open_text() as text:
        try:
            yield text
        except UnicodeDecodeError as error:
            message = f"holds bytes that are no {error.encoding} text"
            raise Faulty([Finding(Place(source.path), message, 'save it as "CSV UTF-8"')]) from None


# --- CSV --------------------------------------------------------------------------------------------------


def _csv_head(source: Source, text: TextIO, ignored: Iterable[str]) -> Head:
    said = text.readline()
    lines = 1
    # Excel takes the first line as a word to itself: sep=;
    given = said.strip().removeprefix("sep=") if said.startswith("sep=") else ""
    if given:
        lines = 2
    text.seek(0)
    best: tuple[int, str, list[str]] = (-1, ";", [])
    for delimiter in given or _DELIMITERS:
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        try:
            cells = next((row for row in list(_first(reader, lines))[lines - 1 :]), [])
        except csv.Error as error:
            raise Faulty([Finding(Place(source.path, lines, 1), f"cannot be read: {error}")]) from None
        best = max(best, (known_columns(cells), delimiter, cells), key=lambda one: one[0])
    known, delimiter, cells = best
    place = Place(source.path, lines, 1)
    if not any(cell.strip() for cell in cells):
        raise Faulty([Finding(Place(source.path), "is empty", "the first row holds the headings: Blatt, Name")])
    if not known:
        # Not repeated: where headings were forgotten, it is a person's row.
        message = "the first row holds no heading that is known"
        raise Faulty([Finding(place, message, 'write the headings into the first row, as "Blatt" and "Wochen"')])
    return Head(name_columns(cells, place, ignored), delimiter, lines)


def _first(reader: Iterator[list[str]], number: int) -> Iterator[list[str]]:
    for _ in range(number):
        row = next(reader, None)
        if row is not None:
            yield row


def _csv_lines(source: Source, head: Head) -> Iterator[Line]:
    line = 0
    try:
        with _opened_text(source) as text:
            reader = csv.reader(text, delimiter=head.delimiter, strict=True)
            for number, cells in enumerate(reader, start=1):
                begun, line = line + 1, reader.line_num
                if number > head.lines:
                    yield begun, cells
    except csv.Error as error:
        place = Place(source.path, line + 1, 1)
        raise Faulty([Finding(place, f"the row cannot be read: {_plainly(error)}", _CSV_HINT)]) from None


_CSV_HINT = 'a quote inside a field is written twice: "sagt ""so"" zu mir"'


def _plainly(error: csv.Error) -> str:
    told = str(error)
    if "unexpected end of data" in told:
        return "a quote is opened in it and never closed"
    if "expected after" in told:
        return "text follows a closing quote"
    return told


# --- XLSX -------------------------------------------------------------------------------------------------


@contextmanager
def _workbook(source: Source) -> Iterator[Any]:
    import openpyxl

    broken = Faulty([Finding(Place(source.path), "cannot be read as a spreadsheet", "save it anew as .xlsx")])
    try:
        with source.open() as file:
            with zipfile.ZipFile(file) as packed:
                if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                    raise Faulty([Finding(Place(source.path), "is too large a spreadsheet", "save it as CSV UTF-8")])
            with warnings.catch_warnings():
                # openpyxl warns of what it leaves out: styles, validation. Cells are not among it.
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                try:
                    yield book
                finally:
                    book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        raise broken from None


def _xlsx_head(source: Source, ignored: Iterable[str]) -> Head:
    with _workbook(source) as book:
        best: tuple[int, str, int, Sequence[Any]] = (0, "", 0, ())
        for sheet in book.worksheets:
            for line, cells in _cells(sheet):
                if any(cell is not None for cell in cells):
                    best = max(
                        best,
                        (known_columns(c for c in cells if c is not None), sheet.title, line, cells),
                        key=lambda one: one[0],
                    )
                    break
    known, title, line, cells = best
    if not known:
        message = "no sheet of it has a first row with headings that are known"
        raise Faulty([Finding(Place(source.path), message, 'write the headings into the first row, as "Blatt"')])
    return Head(name_columns(_trimmed(cells), Place(source.path, line, 1), ignored), lines=line, sheet=title)


def _trimmed(cells: Sequence[Any]) -> Sequence[Any]:
    last = max((number for number, cell in enumerate(cells, start=1) if cell is not None), default=0)
    return cells[:last]


def _xlsx_lines(source: Source, head: Head) -> Iterator[Line]:
    with _workbook(source) as book:
        for line, cells in _cells(book[head.sheet]):
            if line > head.lines:
                yield line, _trimmed(cells)


def _cells(sheet: Any) -> Iterator[Line]:
    # Some programs write wrong bounds into the file; then openpyxl would stop at them.
    sheet.reset_dimensions()
    yield from enumerate(sheet.iter_rows(values_only=True), start=1)

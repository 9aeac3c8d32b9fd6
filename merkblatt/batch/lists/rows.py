"""Rows of a list, and the orders that they make. The one reader of lists: what comes out is an order or all findings.

A message names the row, the column and the value found; a person's own words are never repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingLike
from dataclasses import dataclass, field, replace
from typing import Any

from merkblatt.batch.lists.cells import ERRORS, read_value
from merkblatt.batch.lists.columns import Column, name_columns
from merkblatt.batch.lists.records import read_records
from merkblatt.batch.lists.source import Source
from merkblatt.batch.lists.tables import Head, read_head, read_lines
from merkblatt.content.model import Order
from merkblatt.content.validation import to_model
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.yaml_reader import Key, Mapping


@dataclass(frozen=True)
class Row:
    """A row: its number from 1, its line in the file, what it wishes for, by field, and how it was written.

    `raw` are the cells of a table, or the data of a record; `faults` is what its reader found wrong with it. What is a
    person's never stands in its repr, which a cluster writes into its logs.
    """

    number: int
    line: int
    wish: dict[str, Any] = field(repr=False)
    raw: Any = field(repr=False)
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list that was looked at: where it comes from and, of a table, its head. Can be read again and again.

    `common` is wished for in every row that says nothing else.
    """

    source: Source
    head: Head | None
    ignored: tuple[str, ...] = ()
    common: MappingLike[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a table; none where rows name their own fields."""
        return self.head.columns if self.head else ()

    def rows(self) -> Iterator[Row]:
        """Its rows, in their order.

        Raises:
            Faulty: from here on it cannot be told what belongs to which row.
        """
        return _table_rows(self) if self.head else _record_rows(self)


def open_list(source: Source, ignored: Iterable[str] = (), common: MappingLike[str, Any] | None = None) -> Listing:
    """A list, ready to be read.

    Args:
        source: where it comes from.
        ignored: headings of columns that are not read.
        common: fields of an order, for every row that says nothing else.

    Raises:
        Faulty: its head is at fault.
    """
    is_table = source.form in ("csv", "xlsx")
    return Listing(source, read_head(source, ignored) if is_table else None, tuple(ignored), common or {})


def _table_rows(listing: Listing) -> Iterator[Row]:
    source, columns = listing.source, listing.columns
    lines = read_lines(source, listing.head or Head(()))
    for number, (line, cells) in enumerate(lines, start=1):
        faults = tuple(_cell_faults(source, columns, line, cells))
        pairs = zip(columns, cells, strict=False)
        said = ((column.field, read_value(column.field, cell)) for column, cell in pairs if column.field)
        yield Row(number, line, _wish(listing, said), cells, faults)


def _cell_faults(source: Source, columns: Sequence[Column], line: int, cells: Sequence[Any]) -> Iterator[Finding]:
    beyond = [cell for cell in cells[len(columns) :] if cell is not None and str(cell).strip()]
    if beyond:
        message = f"has {len(cells)} cells, the headings are {len(columns)}"
        yield Finding(Place(source.path, line, len(columns) + 1), message, "put text that holds a separator in quotes")
    for column, cell in zip(columns, cells, strict=False):
        if column.field and isinstance(cell, str) and cell.strip().upper() in ERRORS:
            message = f"holds a spreadsheet's error, {cell.strip()}"
            yield Finding(Place(source.path, line, column.number), message, "mend the formula, or write the value")


def _record_rows(listing: Listing) -> Iterator[Row]:
    source = listing.source
    for number, (line, data, raw) in enumerate(read_records(source), start=1):
        if isinstance(data, Finding):
            yield Row(number, line, {}, raw, (data,))
            continue
        columns: tuple[Column, ...] = ()
        faults: tuple[Finding, ...] = ()
        try:
            columns = name_columns([*data], Place(source.path, line), listing.ignored, whole=False)
        except Faulty as error:
            faults = tuple(replace(finding, place=Place(source.path, line)) for finding in error.findings)
        said = (
            (c.field, read_value(c.field, cell)) for c, cell in zip(columns, data.values(), strict=False) if c.field
        )
        yield Row(number, line, _wish(listing, said), data, faults)


def _wish(listing: Listing, said: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {**listing.common, **{name: value for name, value in said if value is not None}}


def order_of(row: Row, listing: Listing) -> Order:
    """The order that a row makes.

    Raises:
        Faulty: with all findings about it, each with its place in the list.
    """
    if row.faults:
        raise Faulty(named(finding, row, listing) for finding in row.faults)
    # Column 0 is the row as a whole.
    place = Place(listing.source.path, row.line)
    numbers = {column.field: column.number for column in listing.columns if column.field}
    data = Mapping(row.wish)
    data.place = place
    places = ((name, Place(place.path, row.line, numbers.get(name, 0))) for name in row.wish)
    data.keys_at = {name: Key(at, at) for name, at in places}
    try:
        return to_model(data, Order, place.path)
    except Faulty as error:
        raise Faulty(named(_in_a_table(finding), row, listing) for finding in error.findings) from None


def _in_a_table(finding: Finding) -> Finding:
    """The mend as one makes it in a list, where it is another than in a file of its own."""
    if finding.message == '"sheet" is missing':
        return replace(finding, message="names no sheet", hint='fill "Blatt" or "sheet" in, as neck-pain')
    if finding.message.startswith("date must be"):
        return replace(finding, hint=finding.hint or "write it as 23.11.2026")
    if finding.message.startswith(("weeks must be", "max_pages must be")):
        return replace(finding, hint="write the number alone, as 6")
    return finding


def named(finding: Finding, row: Row, listing: Listing) -> Finding:
    """A finding about a row, with its row and column said."""
    path = listing.source.path
    if finding.place.path != path:
        message, column = f"{finding.message} ({finding.place})", 0
    else:
        message, column = finding.message, finding.place.column
    heading = next((c.heading for c in listing.columns if c.number == column and c.field), "")
    where = f"row {row.number}, {heading}: " if heading else f"row {row.number}: "
    return replace(finding, place=Place(path, row.line, max(column, 1)), message=where + message)

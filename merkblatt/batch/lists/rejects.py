"""Writes the rows that were left out into a list of their own, that can be mended and fed again.

A table becomes CSV, parted and encoded as it was; other lists become JSON Lines. A column says why; it is not read
when the list is fed again. No cell is written that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from merkblatt.batch.lists.cells import guard, text_of
from merkblatt.batch.lists.columns import WHY
from merkblatt.batch.lists.rows import Listing, Row
from merkblatt.core.findings import Finding

#: A row that was left out, and why.
Reject = tuple[Row, Sequence[Finding]]


def rejects_name(listing: Listing) -> str:
    """How the file is called: rejected.csv, or rejected.jsonl where the rows name their own fields."""
    return "rejected.csv" if listing.head else "rejected.jsonl"


def write_rejects(listing: Listing, rejects: Iterable[Reject]) -> bytes:
    """The bytes of the list of rows that were left out."""
    return _as_csv(listing, rejects) if listing.head else _as_json_lines(rejects)


def _as_csv(listing: Listing, rejects: Iterable[Reject]) -> bytes:
    text = io.StringIO(newline="")
    head = listing.head
    writer = csv.writer(text, delimiter=head.delimiter if head else ";")
    # The reason stands first, where it is seen; it is known by its heading.
    writer.writerow([_why_heading(listing), *(guard(column.heading) for column in listing.columns)])
    for row, findings in rejects:
        cells = [guard(_cell(cell)) for cell in row.raw]
        writer.writerow([guard(_why(findings)), *cells])
    encoding = "utf-8-sig" if listing.source.form == "xlsx" else listing.source.encoding
    return text.getvalue().encode(encoding, errors="replace")


def _why_heading(listing: Listing) -> str:
    """In German where the headings are."""
    english = {"sheet", "edition", "weeks", "name", "note"}
    return WHY[0] if any(c.heading.casefold() in english - {"name"} for c in listing.columns) else WHY[1]


def _why(findings: Iterable[Finding]) -> str:
    return " | ".join(f"{one.message} ({one.hint})" if one.hint else one.message for one in findings)


def _cell(cell: Any) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else text_of(cell)


def _as_json_lines(rejects: Iterable[Reject]) -> bytes:
    lines = []
    for row, findings in rejects:
        raw = row.raw if isinstance(row.raw, dict) else {"as written": row.raw}
        record = {WHY[0]: _why(findings), **raw}
        lines.append(json.dumps(record, ensure_ascii=False, default=_plain))
    return "".join(f"{line}\n" for line in lines).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)

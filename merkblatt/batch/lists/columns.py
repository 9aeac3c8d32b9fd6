"""What the columns of a list are called, in German and in English, and which field of an order each means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from merkblatt.core.findings import Faulty, Finding, Place, did_you_mean, shown

#: The names that stand in guides and messages: English, German.
NAMES: dict[str, tuple[str, str]] = {
    "sheet": ("sheet", "Blatt"),
    "edition": ("edition", "Fassung"),
    "format": ("format", "Format"),
    "weeks": ("weeks", "Wochen"),
    "circumstances": ("circumstances", "Umstände"),
    "with": ("with", "mit"),
    "without": ("without", "ohne"),
    "exercises": ("exercises", "Übungen"),
    "salutation": ("salutation", "Anrede"),
    "name": ("name", "Name"),
    "date": ("date", "Datum"),
    "appointment": ("appointment", "Termin"),
    "counsellor": ("counsellor", "Beratung"),
    "note": ("note", "Notiz"),
    "named_title": ("named title", "Titel mit Namen"),
    "max_pages": ("max pages", "Seiten höchstens"),
}
#: What else people write; spelled as `_plain` leaves it.
_ALSO = {
    "merkblatt": "sheet",
    "sprache": "edition",
    "language": "edition",
    "circumstance": "circumstances",
    "umstand": "circumstances",
    "exercise": "exercises",
    "übung": "exercises",
    "counselor": "counsellor",
    "berater": "counsellor",
    "beraterin": "counsellor",
    "notizen": "note",
    "bemerkung": "note",
    "hinweis": "note",
}
#: Why a row was left out: written by us into what can be fed again, and not read.
WHY = ("why left out", "Warum ausgelassen")

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading as written, the field it means (None: not read), its number from 1."""

    heading: str
    field: str | None
    number: int


def _plain(heading: object) -> str:
    text = unicodedata.normalize("NFC", str(heading)).casefold()
    return re.sub(r"[\s_\-]+", " ", text).strip(" :*.")


def _known() -> dict[str, str | None]:
    known: dict[str, str | None] = {_plain(name): field for field, names in NAMES.items() for name in names}
    known |= _ALSO
    known |= {_plain(name): None for name in WHY}
    return known | {name.translate(_UMLAUTS): field for name, field in known.items()}


_FIELDS = _known()


def known_columns(headings: Iterable[object]) -> int:
    """How many headings mean a field."""
    return sum(_FIELDS.get(_plain(heading)) is not None for heading in headings)


def name_columns(
    headings: Sequence[object], place: Place, ignored: Iterable[str] = (), *, whole: bool = True
) -> tuple[Column, ...]:
    """The columns of a list.

    Args:
        headings: the first row, empty cells as "" or None.
        place: where it stands.
        ignored: headings of columns that are not read.
        whole: whether these are all headings of a table, so that one of them must name the sheet.

    Raises:
        Faulty: a heading that nobody knows, one that stands twice, or none that names the sheet.
    """
    skipped = {_plain(name) for name in ignored}
    columns: list[Column] = []
    findings: list[Finding] = []
    for number, heading in enumerate(headings, start=1):
        plain = "" if heading is None else _plain(heading)
        if plain and plain not in skipped and plain not in _FIELDS:
            findings.append(_unknown(str(heading), Place(place.path, place.line, number)))
        field = None if plain in skipped else _FIELDS.get(plain)
        columns.append(Column("" if heading is None else str(heading).strip(), field, number))
    findings += _twice(columns, place)
    if whole and not findings and not any(column.field == "sheet" for column in columns):
        findings.append(Finding(place, 'has no column "Blatt" or "sheet"', "the first row holds the headings"))
    if findings:
        raise Faulty(findings)
    return tuple(columns)


def _unknown(heading: str, place: Place) -> Finding:
    near = _spelled(_plain(heading))
    hint = f"{near} To leave the column unread: --ignore-column {shown(heading)}"
    return Finding(place, f"unknown column {shown(heading)}", hint, code="unknown-name")


def _spelled(heading: str) -> str:
    """The nearest known heading, as guides spell it."""
    spelled = {_plain(name): name for names in NAMES.values() for name in names}
    near = did_you_mean(heading, spelled)
    if near.startswith("did you mean"):
        return f'did you mean "{spelled[near.split(chr(34))[1]]}"?'
    return f"known: {', '.join(german for _, german in NAMES.values())}."


def _twice(columns: Iterable[Column], place: Place) -> list[Finding]:
    seen: dict[str, Column] = {}
    findings = []
    for column in columns:
        if column.field is not None and column.field in seen:
            first = seen[column.field]
            message = f"column {shown(column.heading)} says the same as column {shown(first.heading)}"
            findings.append(Finding(Place(place.path, place.line, column.number), message, "keep one of them"))
        elif column.field is not None:
            seen[column.field] = column
    return findings

"""Turns what stands in a cell into the value that an order takes.

What it cannot turn it leaves as it is, for the model to refuse: nothing is guessed that changes what a person reads.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,2})?")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,?\s+0?0:00(?::00)?)?")
_YES, _NO = {"ja", "yes", "true", "wahr", "j", "y", "1", "x"}, {"nein", "no", "false", "falsch", "n", "0"}

#: The parts of a dose as German lists may call them.
_DOSE = {
    "wiederholungen": "repeat",
    "mal": "repeat",
    "durchgänge": "sets",
    "halten": "hold",
    "pause": "rest",
    "minuten": "minutes",
    "am tag": "per_day",
    "täglich": "per_day",
    "je seite": "each_side",
    "per day": "per_day",
    "each side": "each_side",
}
_FORMATS = {"groß": "a4-large", "gross": "a4-large", "großdruck": "a4-large", "grossdruck": "a4-large"}

#: What a spreadsheet shows where a formula failed.
ERRORS = {"#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#DIV/0!", "#NAME?", "#NUM!", "#ZAHL!", "#NULL!"}

#: With these a cell begins that a spreadsheet may run (OWASP, CSV Injection), in both widths.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guard(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguard(text: str) -> str:
    """What stood in a cell before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def read_value(field: str, cell: object) -> Any:
    """The value of a cell for a field of an order; None for an empty one."""
    value = _clean(cell) if isinstance(cell, str) else cell
    return None if value is None or value == "" else _READERS.get(field, _line)(value)


def _clean(text: str) -> str:
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return unguard(unicodedata.normalize("NFC", text).strip())


def text_of(value: Any) -> str:
    """A cell of a spreadsheet as its reader sees it."""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _line(value: Any) -> Any:
    return value if isinstance(value, list | dict) else " ".join(text_of(value).split())


def _note(value: Any) -> Any:
    return value if isinstance(value, list | dict) else text_of(value)


def _name(value: Any) -> Any:
    """A name out of a closed list: small letters, hyphens."""
    return re.sub(r"[\s_]+", "-", value.lower()) if isinstance(value, str) else value


def _format(value: Any) -> Any:
    name = _name(value)
    return _FORMATS.get(name, _FORMATS.get(str(name).removeprefix("a4-"), name))


def _whole(value: Any) -> Any:
    """A number; a part of a week counts as a begun one: 6.5 is more than 6 and at most 7, and so is 7."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value.replace(",", "."))
    return math.ceil(value) if isinstance(value, float) and math.isfinite(value) else value


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    day, month, year = map(int, found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return value  # the 31st of February is told as it was written


def _names(value: Any) -> Any:
    return [name for name in re.split(r"[\s,;|]+", value) if name] if isinstance(value, str) else value


def _yes_no(value: Any) -> Any:
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else value


def _circumstances(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    pairs = (part.partition("=") for part in re.split(r"[,;|\n]+", value) if part.strip())
    return {name.strip(): _yes_no(answer) if sign else True for name, sign, answer in pairs}


def _exercises(value: Any) -> Any:
    """`chin-tuck:repeat=5,per_day=4, bird-dog`, with ; | or a new line between exercises too."""
    if not isinstance(value, str):
        return value
    doses: dict[str, dict[str, Any]] = {}
    last = ""
    for part in re.split(r"[,;|\n]+", value):
        name, colon, rest = part.strip().partition(":")
        piece = rest if colon else name
        if colon or (name and "=" not in name):
            last, piece = name.strip(), rest
            doses.setdefault(last, {})
        key, sign, amount = piece.partition("=")
        if sign or key.strip():
            doses.setdefault(last, {})[_dose_key(key)] = _amount(_dose_key(key), amount.strip())
    return doses


def _dose_key(key: str) -> str:
    plain = " ".join(key.replace("_", " ").lower().split())
    return _DOSE.get(plain, plain.replace(" ", "_"))


def _amount(key: str, amount: str) -> Any:
    return _yes_no(amount) if key == "each_side" else amount.replace("–", "-")


_READERS: dict[str, Callable[[Any], Any]] = {
    "edition": _name,
    "format": _format,
    "weeks": _whole,
    "max_pages": _whole,
    "date": _day,
    "with": _names,
    "without": _names,
    "exercises": _exercises,
    "circumstances": _circumstances,
    "note": _note,
    "named_title": _yes_no,
}

"""Names the files of a batch, by a template; no name holds anything of a person unless the template asks for it.

A name is right on every system: Windows, macOS and Linux, capital letters told apart or not.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from pathvalidate import sanitize_filename

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, did_you_mean, shown

DEFAULT = "{row:04}-{sheet}"
#: What a template may name; `thousand` parts large batches into folders: {thousand:03}/{row:06}.
FIELDS = ("row", "thousand", "sheet", "edition", "format", "weeks", "name")
#: One part of a path, in bytes of UTF-8, with room for a number, the ending and a draft's own name (255 in all).
_LONGEST = 160
#: What an order has where it says nothing.
_DEFAULTS = {"edition": "de", "format": "a4"}
#: Names that need no second look: they begin with a number, so that none is one of Windows's own.
_SAFE = re.compile(r"[0-9]{1,9}([._-][A-Za-z0-9_-]{1,100})*")


def read_template(template: str) -> Callable[[int, Mapping[str, Any]], str]:
    """A function that names the file of each row, to be asked in the order of the rows.

    The function takes the number of a row and its wish, and gives a path below the folder, ending in .pdf, that it has
    given to no other row.

    Raises:
        Faulty: the template names what it may not, or leads out of the folder.
    """
    fields = _fields(template)
    _refuse_ways_out(template)
    given: set[str] = set()
    words = tuple(field for field in FIELDS[2:] if field in fields)

    def name(row: int, wish: Mapping[str, Any]) -> str:
        stem = _fill(template, words, row, wish)
        # Where the number of the row is part of it, a name cannot come twice, and need not be remembered.
        return f"{stem if 'row' in fields else _unlike(stem, given)}.pdf"

    return name


def _fields(template: str) -> set[str]:
    try:
        parts = list(string.Formatter().parse(template))
        fields = {field for _, field, _, _ in parts if field is not None}
        unknown = fields - set(FIELDS)
        if not unknown:
            template.format(**_example())
    except (ValueError, LookupError, AttributeError) as error:
        raise _at_fault(template, str(error), "as in {row:04}-{sheet}") from None
    if unknown:
        raise _at_fault(template, f"unknown field {shown(min(unknown))}", did_you_mean(min(unknown), FIELDS))
    if any(conversion for _, _, _, conversion in parts):
        raise _at_fault(template, "! is not taken", "as in {row:04}-{sheet}")
    return fields


def _example() -> dict[str, Any]:
    return {"row": 1, "thousand": 0, **dict.fromkeys(FIELDS[2:], "x")}


def _refuse_ways_out(template: str) -> None:
    path = PurePosixPath(template)
    if not template.strip() or path.is_absolute() or ".." in path.parts or "\\" in template or template.endswith("/"):
        raise _at_fault(template, "must be a path below the folder", "as in {row:04}-{sheet}")


def _at_fault(template: str, message: str, hint: str) -> Faulty:
    return Faulty([Finding(COMMAND_LINE, f"--names {shown(template)}: {message}", hint)])


def _fill(template: str, words: Iterable[str], row: int, wish: Mapping[str, Any]) -> str:
    said = {field: _safe(str(wish.get(field, _DEFAULTS.get(field, "")))) for field in words}
    filled = template.format(row=row, thousand=(row - 1) // 1000, **said)
    if _SAFE.fullmatch(filled):
        return filled
    return "/".join(_safe(part) for part in filled.split("/") if part)


@lru_cache(maxsize=1024)
def _safe(text: str) -> str:
    """Words as a part of a path that every system takes."""
    plain = "-".join(unicodedata.normalize("NFC", text).split())
    safe = sanitize_filename(
        plain.replace("/", "-"), replacement_text="-", platform="universal", max_len=_LONGEST
    ).strip(" .")
    return safe.encode()[:_LONGEST].decode(errors="ignore")


def _unlike(stem: str, given: set[str]) -> str:
    """The name, or with a number behind it where another row has it."""
    found, number = stem or "-", 1
    while unicodedata.normalize("NFC", found).casefold() in given:
        number += 1
        found = f"{stem}-{number}"
    given.add(unicodedata.normalize("NFC", found).casefold())
    return found


def target(folder: Path, name: str) -> Path:
    """Where a named file lies."""
    return folder.joinpath(*name.split("/"))

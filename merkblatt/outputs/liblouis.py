"""Words -> braille cells, by the program `lou_translate` of liblouis. Knows no page.

The program is called instead of the library: its text goes in and out as UTF-8 wherever it comes from, while a library
may be built with characters of two or of four bytes. Each table is read once for all that a leaflet says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding

PROGRAM = "lou_translate"
#: Cells with no dot.
BLANK = "\u2800"

#: `lou_translate` cuts a line of 2,048 characters in two, within a word; so long a text is parted here, at a space.
_MOST = 400
_SECONDS = 60
#: No table knows a character for private use: what it writes for one tells how it writes what it does not know.
_UNKNOWN = "\ue000"


def find_program() -> str:
    """Where the program is.

    Raises:
        Faulty: it is not installed.
    """
    path = shutil.which(PROGRAM)
    if path is None:
        message = f"braille needs {PROGRAM} of liblouis, which is not on this machine"
        hint = "Debian, Ubuntu: apt-get install liblouis-bin; Fedora: liblouis-utils; macOS: brew install liblouis"
        raise Faulty([Finding(COMMAND_LINE, message, hint, code="missing-program")])
    return path


def translate(texts: Sequence[str], table: str) -> list[str]:
    """Each text in Unicode braille, U+2800 between words.

    Args:
        texts: without line feeds.
        table: the name of a liblouis table, as `de-g2.ctb`.

    Raises:
        Faulty: the program is missing, or fails; it may lack the table.
    """
    parts = [_parted(text) for text in texts]
    found = iter(_run([part for held in parts for part in held], table))
    return [BLANK.join(next(found) for _ in held) for held in parts]


def unknown_characters(texts: Iterable[str], table: str) -> frozenset[str]:
    """The characters of texts for which a table has no braille."""
    characters = sorted({character for text in texts for character in text if not character.isspace()})
    sentinel, *cells = _run([_UNKNOWN, *characters], table)
    return frozenset(c for c, cell in zip(characters, cells, strict=True) if cell.startswith(sentinel[:2]))


def _parted(text: str) -> list[str]:
    parts, part = [], ""
    # What has so many letters and no space is no word; it is cut where the program would lose its end.
    for word in re.sub(rf"(\S{{{_MOST}}})(?=\S)", r"\1 ", text).split(" "):
        if part and len(part) + len(word) > _MOST:
            parts.append(part)
            part = word
        else:
            part = f"{part} {word}" if part else word
    return [*parts, part]


def _run(lines: Sequence[str], table: str) -> list[str]:
    """What the program makes of each line; the first display table of its list decides what cells are written as."""
    # The program reads \x0041 as a character, so that a backslash must stand twice.
    data = "".join(line.replace("\\", "\\\\") + "\n" for line in lines)
    command = [find_program(), "--forward", f"unicode.dis,{table}"]
    try:
        ran = subprocess.run(  # noqa: S603  the words of a leaflet are its input, never its arguments
            command, input=data.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(table, type(error).__name__) from None
    found = ran.stdout.decode("utf-8", "replace").split("\n")[:-1]
    if ran.returncode or len(found) != len(lines):
        raise _failed(table, "it lacks the table" if b"resolve" in ran.stderr else f"exit {ran.returncode}")
    return found


def _failed(table: str, why: str) -> Faulty:
    hint = f"see what `echo Test | {PROGRAM} {table}` says; the tables come with liblouis (Debian: liblouis-data)"
    return Faulty([Finding(COMMAND_LINE, f"{PROGRAM} cannot use the table {table}: {why}", hint, code="braille")])

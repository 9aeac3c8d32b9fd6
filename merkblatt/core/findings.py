"""Places in files and findings about them: the one form in which a user's mistake is told.

A finding names the place, the value found and the mend. It is a value: nothing is printed here.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A point in a file. Line and column count from 1, as editors do; 0 means "the file as a whole"."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        shown = _from_here(self.path)
        return f"{shown}:{self.line}:{self.column}" if self.line else shown


#: What was said on the command line has no file.
COMMAND_LINE = Place(Path("command line"))


class Severity(StrEnum):
    """How much a finding weighs: an error stops the work on what it is about."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what (with the value found), and how it is mended."""

    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    code: str = "content"

    def __str__(self) -> str:
        kind = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        told = f"{self.place}: {kind}{self.message}"
        return f"{told}\n  hint: {self.hint}" if self.hint else told


class Faulty(Exception):
    """What was given cannot be used; carries every finding, so that all can be mended at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A hint that names the nearest of the known words, or all of them where none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(found, names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(names)}" if names else "none is known here"


def shown(value: object, limit: int = 60) -> str:
    """A value as a message shows it: quoted, on one line, cut where it is long."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'


def _from_here(path: Path) -> str:
    if not path.is_absolute():
        return str(path)
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative

"""Where a list comes from: a file, or standard input. Finds out its form, its encoding and its fingerprint.

A file is read again for each pass, so that memory does not grow with it; standard input is kept in memory, never on
disk, since a list holds people.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

from merkblatt.core.findings import Faulty, Finding, Place

Form = Literal["csv", "xlsx", "jsonl", "yaml"]

_BY_NAME: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_PIECE = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Office 97 to 2003, and today's files under a password (Compound File Binary).
_COMPOUND = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Source:
    """A list that can be read again. `digest` is a fingerprint of all its bytes; `held` is standard input."""

    path: Path
    form: Form
    encoding: str
    digest: str
    stamp: tuple[int, int] | None
    held: bytes | None = field(default=None, repr=False)

    def open(self) -> BinaryIO:
        """The bytes from the beginning.

        Raises:
            Faulty: the file can no longer be read, or is another one than when it was looked at.
        """
        if self.held is not None:
            return io.BytesIO(self.held)
        try:
            if _stamp(self.path) != self.stamp:
                raise Faulty([Finding(Place(self.path), "has changed while it was read", "start again")])
            return self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from None

    def open_text(self) -> TextIO:
        """The same as text, with its line ends as they are.

        Raises:
            Faulty: as `open`.
        """
        return io.TextIOWrapper(self.open(), encoding=self.encoding, newline="")


def open_source(name: str) -> Source:
    """The list of that name; `-` is standard input.

    Raises:
        Faulty: it cannot be read, or is in no form that is read here.
    """
    if name == "-":
        held = sys.stdin.buffer.read()
        return _look_at(Path("standard input"), held)
    return _look_at(Path(name), None)


def _look_at(path: Path, held: bytes | None) -> Source:
    hash_, utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    start, is_utf8 = b"", True
    try:
        stamp = None if held is not None else _stamp(path)
        for piece in _pieces(path, held):
            start = start or piece[:4096]
            hash_.update(piece)
            is_utf8 = is_utf8 and _decodes(utf8, piece)
        is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    except OSError as error:
        raise _unreadable(path, error) from None
    form = _form(path, start)
    return Source(path, form, _encoding(path, form, start, is_utf8), hash_.hexdigest(), stamp, held)


def _unreadable(path: Path, error: OSError) -> Faulty:
    return Faulty([Finding(Place(path), f"cannot be read: {error.strerror}", "name a file that exists")])


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _pieces(path: Path, held: bytes | None) -> Iterator[bytes]:
    with io.BytesIO(held) if held is not None else path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _form(path: Path, start: bytes) -> Form:
    """By its first bytes where they leave no doubt, else by its name, else by how it begins."""
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(_COMPOUND):
        message = "is an old spreadsheet, or one under a password"
        raise Faulty([Finding(Place(path), message, "save it as .xlsx, without a password")])
    named = _BY_NAME.get(path.suffix.lower())
    if named == "xlsx":
        raise Faulty([Finding(Place(path), "is no spreadsheet", "save it as .xlsx, or as CSV UTF-8")])
    if named:
        return named
    begins = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith(b"{"):
        return "jsonl"
    return "yaml" if begins.startswith((b"- ", b"[")) else "csv"


def _encoding(path: Path, form: Form, start: bytes, is_utf8: bool) -> str:
    if form == "xlsx":
        return ""
    if start.startswith(_UTF16):
        return "utf-16"
    if is_utf8:
        return "utf-8-sig"
    if form == "csv":
        # German Excel's own; text that is no UTF-8 by accident is practically never so in whole sentences.
        return "cp1252"
    raise Faulty([Finding(Place(path), "is not UTF-8 text", "save the file as UTF-8")])

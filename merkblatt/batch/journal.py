"""The journal of a batch: what was begun, and which rows are done. Numbers and fingerprints, nothing of a person.

Lines are added and never changed: first the batch, then the rows as they are done. A line that was cut off by a full
disk or a power cut counts as not written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from merkblatt.core.atomic_write import not_written
from merkblatt.core.findings import Faulty, Finding, Place

FORM = 1


@dataclass(frozen=True)
class Begun:
    """What decides about the bytes of every file of a batch; one that goes on must find it as it was."""

    orders: str
    content: str
    practice: str
    names: str
    day: str
    #: Where files may be told from those of another batch.
    batch: str


#: What a person calls each part of it.
_CALLED = {
    "orders": "the list of orders, or how it is read (--ignore-column, --named-title)",
    "content": "the content, the templates, the styles, the program or what it stands on",
    "practice": "the practice",
    "names": "the names of files (--names)",
}


class RowSet:
    """A set of row numbers, one bit each: a hundred million rows take 12 MB."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._size = 0

    def add(self, number: int) -> None:
        """Puts a number in."""
        byte, bit = divmod(number, 8)
        if byte >= len(self._bits):
            self._bits.extend(bytes(max(byte + 1, 2 * len(self._bits)) - len(self._bits)))
        self._size += not self._bits[byte] >> bit & 1
        self._bits[byte] |= 1 << bit

    def __contains__(self, number: int) -> bool:
        byte, bit = divmod(number, 8)
        return byte < len(self._bits) and bool(self._bits[byte] >> bit & 1)

    def __len__(self) -> int:
        return self._size


class Journal:
    """The open journal of a batch that runs."""

    def __init__(self, path: Path, begun: Begun, done: RowSet, file: IO[bytes]) -> None:
        self.path, self.begun, self.done, self._file = path, begun, done, file

    def note(self, rows: Iterable[int]) -> None:
        """Keeps that rows are done; returns when it is on the disk.

        Raises:
            Faulty: the disk does not take it.
        """
        numbers = sorted(rows)
        if not numbers:
            return
        for number in numbers:
            self.done.add(number)
        _append(self.path, self._file, {"done": list(_spans(numbers))})

    def close(self) -> None:
        """Ends the writing."""
        self._file.close()


def begin(path: Path, begun: Begun) -> Journal:
    """A new journal.

    Raises:
        Faulty: it cannot be written.
    """
    try:
        file = path.open("xb", buffering=0)
    except OSError as error:
        raise not_written(path, error, code="disk") from None
    _append(path, file, {"merkblatt-batch": FORM, **asdict(begun)})
    return Journal(path, begun, RowSet(), file)


def go_on(path: Path) -> Journal:
    """The journal of a batch that was begun; its writing goes on.

    Raises:
        Faulty: it cannot be read, or is none.
    """
    try:
        whole, lines = _whole_lines(path.read_bytes())
        begun = _read_begun(lines)
        done = RowSet()
        for line in lines[1:]:
            for first, last in line.get("done", ()):
                for number in range(first, last + 1):
                    done.add(number)
        file = path.open("r+b", buffering=0)
        file.truncate(whole)
        file.seek(whole)
    except OSError as error:
        raise not_written(path, error, code="disk") from None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        message = "is no journal of a batch"
        raise Faulty([Finding(Place(path), message, "begin anew in an empty folder", code="journal")]) from None
    return Journal(path, begun, done, file)


def has_begun(path: Path) -> bool:
    """Whether a journal says that a batch was begun; before it does, no file of it is there."""
    try:
        with path.open("rb") as file:
            return file.readline().endswith(b"\n")
    except FileNotFoundError:
        return False


def differences(begun: Begun, now: Begun) -> list[str]:
    """What is no longer as it was when a batch was begun, in words."""
    return [words for name, words in _CALLED.items() if getattr(begun, name) != getattr(now, name)]


def _read_begun(lines: list[dict[str, Any]]) -> Begun:
    if lines[0]["merkblatt-batch"] != FORM:
        raise ValueError
    return Begun(**{field.name: str(lines[0][field.name]) for field in fields(Begun)})


def _whole_lines(data: bytes) -> tuple[int, list[dict[str, Any]]]:
    """How many bytes hold whole lines, and those lines."""
    whole = data.rfind(b"\n") + 1
    return whole, [json.loads(line) for line in data[:whole].splitlines()]


def _append(path: Path, file: IO[bytes], line: dict[str, Any]) -> None:
    data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
    start = file.tell()
    try:
        written = 0
        while written < len(data):
            written += file.write(data[written:])
        os.fsync(file.fileno())
    except OSError as error:
        # No half of a line may stand before the next one.
        with suppress(OSError):
            file.truncate(start)
            file.seek(start)
        raise not_written(path, error, code="disk") from None


def _spans(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers as spans: 1 2 3 7 as [1, 3], [7, 7]."""
    for _, span in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in span]
        yield [members[0], members[-1]]

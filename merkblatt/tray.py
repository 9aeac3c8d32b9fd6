"""Puts finished leaflets into the folder of a batch. A file appears there whole, and none is there in part.

Files are written as drafts, under a hidden folder of the same disk, then made safe on the disk together, then renamed:
together, since a disk takes longer to make one file safe than to write a hundred.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from merkblatt.findings import Faulty, Finding, Place
from merkblatt.naming import target

#: The hidden folder: lock, journal, drafts.
HIDDEN = ".merkblatt"
#: So many drafts are made safe at once.
_TOGETHER = 64


def drafts_folder(folder: Path) -> Path:
    """Where files lie until they are whole."""
    return folder / HIDDEN / "drafts"


class Tray:
    """Takes files; a context manager: what it took is in the folder at its end, or nothing of it where that fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drafts = drafts_folder(folder)
        # Trays of many workers, on many machines, share the folder of drafts.
        self._mark = uuid.uuid4().hex
        self._waiting: list[tuple[int, Path, Path]] = []
        self._made: set[Path] = set()

    def __enter__(self) -> Tray:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.settle()
        else:
            self._drop()

    def put(self, name: str, pieces: Sequence[bytes]) -> None:
        """Takes a file.

        Raises:
            Faulty: the disk does not take it; the drafts are gone then.
        """
        path = target(self._folder, name)
        draft = self._drafts / f"{self._mark}-{len(self._waiting)}"
        try:
            number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
            self._waiting.append((number, draft, path))
            for piece in pieces:
                _write_all(number, piece)
        except OSError as error:
            self._drop()
            raise _refused(path, error) from None
        if len(self._waiting) >= _TOGETHER:
            self.settle()

    def settle(self) -> None:
        """Makes all that was taken safe on the disk, and lets it appear.

        Raises:
            Faulty: as `put`.
        """
        try:
            for number, _, _ in self._waiting:
                os.fsync(number)
            for number, _, _ in self._waiting:
                os.close(number)
            self._waiting = [(-1, draft, path) for _, draft, path in self._waiting]
            for _, draft, path in self._waiting:
                self._make_room(path.parent)
                draft.replace(path)
        except OSError as error:
            self._drop()
            raise _refused(self._folder, error) from None
        for parent in {path.parent for _, _, path in self._waiting}:
            sync_folder(parent)
        self._waiting = []

    def _make_room(self, parent: Path) -> None:
        if parent not in self._made:
            parent.mkdir(parents=True, exist_ok=True)
            self._made.add(parent)

    def _drop(self) -> None:
        for number, draft, _ in self._waiting:
            with suppress(OSError):
                if number >= 0:
                    os.close(number)
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        self._waiting = []


def _write_all(number: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(number, rest) :]


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder safe on the disk, where the system knows such a thing."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _refused(path: Path, error: OSError) -> Faulty:
    message = f"cannot be written: {error.strerror}"
    return Faulty([Finding(Place(path), message, "check the folder, its rights and the disk", code="disk")])

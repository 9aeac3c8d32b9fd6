"""Puts finished leaflets into the folder of a batch. A file appears there whole, and none is there in part.

Files are written as drafts, under a hidden folder of the same disk, then made safe on the disk together, then renamed:
together, since a disk takes longer to make one file safe than to write ten. That folder is ours for as long as the lock
of the batch is (`batch_folder`), so that drafts need no locks of their own.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from merkblatt.batch.file_names import target
from merkblatt.core.atomic_write import not_written, open_draft, rename_draft

#: The hidden folder: lock, journal, drafts.
HIDDEN = ".merkblatt"
#: So many drafts are made safe at once, at most.
_TOGETHER = 512


def drafts_folder(folder: Path) -> Path:
    """Where files lie until they are whole."""
    return folder / HIDDEN / "drafts"


class StagedWrites:
    """Takes files; a context manager: what it took is in the folder at its end, or nothing of it where that fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Trays of many workers, on many machines, share the folder of drafts.
        self._drafts = str(drafts_folder(folder))
        self._waiting: list[tuple[str, Path]] = []
        self._made: set[Path] = set()

    def __enter__(self) -> StagedWrites:
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
        try:
            number, draft = open_draft(self._drafts)
            self._waiting.append((draft, path))
            _write(number, pieces)
        except OSError as error:
            self._drop()
            raise not_written(path, error, code="disk") from None
        if len(self._waiting) >= _TOGETHER:
            self.settle()

    def settle(self) -> None:
        """Makes all that was taken safe on the disk, and lets it appear.

        Raises:
            Faulty: as `put`.
        """
        try:
            if self._waiting:
                _sync_disk(self._folder)
            for draft, path in self._waiting:
                self._make_room(path.parent)
                rename_draft(draft, path)
        except OSError as error:
            self._drop()
            raise not_written(self._folder, error, code="disk") from None
        for parent in {path.parent for _, path in self._waiting}:
            sync_folder(parent)
        self._waiting = []

    def _make_room(self, parent: Path) -> None:
        if parent not in self._made:
            parent.mkdir(parents=True, exist_ok=True)
            self._made.add(parent)

    def _drop(self) -> None:
        for draft, _ in self._waiting:
            with suppress(OSError):
                os.unlink(draft)  # noqa: PTH108
        self._waiting = []


def _write(number: int, pieces: Sequence[bytes]) -> None:
    """Writes a file that is open, and closes it."""
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(number, rest) :]
        if _syncfs() is None:
            os.fsync(number)
    except BaseException:
        with suppress(OSError):
            os.close(number)
        raise
    # Some disks, of networks, say only now that they are full.
    os.close(number)


@lru_cache(maxsize=1)
def _syncfs() -> Any:
    """The system's call that makes a whole disk safe (Linux); None where there is none."""
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None


def _sync_disk(folder: Path) -> None:
    """Makes the drafts safe on the disk; where the system cannot do so at once, each one is already."""
    syncfs = _syncfs()
    if syncfs is None:
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(number) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
    finally:
        os.close(number)


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

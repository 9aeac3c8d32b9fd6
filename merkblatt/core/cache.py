"""Keeps what took long to make, by the sum of all that it was made from, so that nothing in it can be out of date.

A cache is a help, never a need: where it cannot be read or written, or holds what is damaged, the work is done anew.
Every entry is whole or not there (rename) and proves itself by its checksum. It holds nothing of a person, and nothing
in it is run.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from merkblatt.core.atomic_write import clear_draft, draft_of, is_draft

#: Changed where entries of before can no longer be read.
_FORM = b"merkblatt cache 1\n"
#: In bytes; what was not used for the longest time goes first.
LIMIT = 256 * 2**20
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Cache:
    """A folder of entries by key, which several runs may use at once.

    Args:
        folder: made where it is missing.
        limit: how many bytes it may hold.
    """

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; None where there is nothing, or nothing whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        kept = _checked(data)
        with suppress(OSError):
            if kept is None:
                path.unlink()
            else:
                os.utime(path)
        return kept

    def put(self, key: str, data: bytes) -> None:
        """Keeps data under a key, if it can."""
        path = self._path(key)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            # An entry proves itself by its sum, so that a power cut may take it.
            with draft_of(path, is_safe=False) as file:
                file.write(_FORM + hashlib.sha256(data).digest() + data)
        except OSError:
            return
        self._shrink()

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("a key is a SHA-256")
        return self.folder / key[:2] / key

    def _shrink(self) -> None:
        """Takes away what is oldest, down to nine tenths of the limit; and drafts that nobody writes any more."""
        entries = sorted(self._entries())
        size = sum(length for _, length, _ in entries)
        if size <= self.limit:
            return
        for _, length, path in entries:
            with suppress(OSError):
                path.unlink()
            size -= length
            if size <= self.limit * 0.9:
                return

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last used, its size, and its file."""
        for path in self.folder.glob("??/*"):
            if is_draft(path.name):
                clear_draft(os.fspath(path))
                continue
            with suppress(OSError):
                facts = path.stat()
                yield facts.st_mtime, facts.st_size, path


def open_cache() -> Cache | None:
    """The user's cache; MERKBLATT_CACHE names another folder, or none where it is empty."""
    named = os.environ.get("MERKBLATT_CACHE")
    if named is not None:
        return Cache(Path(named)) if named else None
    from platformdirs import user_cache_path

    return Cache(user_cache_path("merkblatt", appauthor=False))


def _checked(data: bytes) -> bytes | None:
    begin = len(_FORM) + hashlib.sha256().digest_size
    if not data.startswith(_FORM) or len(data) < begin:
        return None
    kept = data[begin:]
    return kept if hashlib.sha256(kept).digest() == data[len(_FORM) : begin] else None

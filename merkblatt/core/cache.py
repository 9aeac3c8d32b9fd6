"""Keeps what took long to make, by the sum of all that it was made from, so that nothing in it can be out of date.

A cache is a help, never a need: where it cannot be read or written, or holds what is damaged, the work is done anew.
Every entry is whole or not there (rename) and proves itself by its checksum. It holds nothing of a person, and nothing
in it is run.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from merkblatt.core.folders import Folders
from merkblatt.core.version import __version__

#: Changed where entries of before can no longer be read.
_FORM = b"merkblatt cache 1\n"
#: In bytes; what was not used for the longest time goes first.
LIMIT = 256 * 2**20
#: A draft that is older, in seconds, was left behind by a run that was killed.
_ABANDONED = 3600
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
        draft = path.with_name(f".{key[:16]}.{os.urandom(8).hex()}.part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            draft.write_bytes(_FORM + hashlib.sha256(data).digest() + data)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
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
        now = time.time()
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                facts = path.stat()
                if path.suffix != ".part":
                    yield facts.st_mtime, facts.st_size, path
                elif now - facts.st_mtime > _ABANDONED:
                    path.unlink()


def open_cache() -> Cache | None:
    """The user's cache; MERKBLATT_CACHE names another folder, or none where it is empty."""
    named = os.environ.get("MERKBLATT_CACHE")
    if named is not None:
        return Cache(Path(named)) if named else None
    from platformdirs import user_cache_path

    return Cache(user_cache_path("merkblatt", appauthor=False))


def key_of(*parts: object) -> str:
    """A key for values whose `repr` says all that matters."""
    return hashlib.sha256(repr((__version__, *parts)).encode()).hexdigest()


def sum_of_layout(folders: Folders) -> str:
    """The sum of all that decides how a page is laid out: styles, fonts, the program itself, and what it stands on."""
    code = Path(__file__).resolve().parents[1]
    # Installed, the program's own content lies below its code.
    return key_of(*map(_sum_of_folder, folders.styles), _sum_of_folder(code, ignored=("data",)), *_packages())


def sum_of_content(folders: Folders) -> str:
    """The sum of all that decides what a page says, as far as it lies in folders."""
    return key_of(*map(_sum_of_folder, (*folders.leaflets, *folders.templates)))


def _sum_of_folder(folder: Path, ignored: Iterable[str] = ()) -> str:
    """The sum of the files below a folder: their names in it, and what they hold."""
    total, out = hashlib.sha256(), {"__pycache__", *ignored}
    # Paths as texts, since this is done before each build; path objects take as long as reading the files.
    top = os.fspath(folder)
    for root, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in out)
        for name in sorted(files):
            path = os.path.join(root, name)  # noqa: PTH118
            with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123
                data = file.read()
                total.update(f"{path[len(top) :]}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return total.hexdigest()


def _packages() -> list[str]:
    """Name and version of every installed package, read from their folders' names, since that takes no time."""
    found: set[str] = set()
    for folder in {folder for folder in sys.path if folder.endswith("-packages")}:
        with suppress(OSError):
            found |= {name for name in os.listdir(folder) if name.endswith(".dist-info")}  # noqa: PTH208
    return sorted(found)


def _checked(data: bytes) -> bytes | None:
    begin = len(_FORM) + hashlib.sha256().digest_size
    if not data.startswith(_FORM) or len(data) < begin:
        return None
    kept = data[begin:]
    return kept if hashlib.sha256(kept).digest() == data[len(_FORM) : begin] else None

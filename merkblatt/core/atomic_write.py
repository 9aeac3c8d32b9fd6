"""The one way in which a file appears: written as a draft in the same folder, made safe on the disk, then renamed.

A reader sees a whole file or none. A draft that a killed run left behind goes when the next run writes into its folder;
one that a living process writes stays, since that process holds a lock on it, which ends with it however it ends.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from merkblatt.core.findings import Faulty, Finding, Place

#: Names that no user gives to a file, without a word of the file that it becomes.
_NAME = re.compile(r"\.merkblatt-[0-9a-f]{16}\.part")
#: Where a system or a disk knows no locks, a draft that nobody has written to for so many seconds was left behind.
_ABANDONED = 3600.0


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that no reader ever sees a part of it.

    A file that is there is replaced: its rights are then those of any new file, and where it was a link, the link goes
    and what it led to stays.

    Raises:
        Faulty: the folder cannot be written to, or the disk is full; nothing is left behind.
    """
    try:
        with draft_of(path) as file:
            file.write(data)
    except OSError as error:
        raise not_written(path, error) from None


def not_written(path: Path, error: OSError, *, code: str = "content") -> Faulty:
    """What a user is told where a file cannot be written."""
    hint = "check the folder, its rights and the disk"
    return Faulty([Finding(Place(path), f"cannot be written: {error.strerror}", hint, code=code)])


@contextmanager
def draft_of(path: Path, *, is_safe: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which appears under its name at the end; where that is not reached, nothing is left behind.

    Args:
        path: where it will stand; its folder is made where it is missing.
        is_safe: whether its bytes must be on the disk before its name is seen.

    Raises:
        OSError: from the system.
    """
    draft = Draft(path)
    try:
        yield draft.file
    except BaseException:
        draft.drop()
        raise
    draft.appear(is_safe=is_safe)


class Draft:
    """A file being written that ends by `appear` or by `drop`; for those who write longer than one block of code.

    Args:
        path: where it will stand; its folder is made where it is missing.

    Raises:
        OSError: from the system, by any method but `drop`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        folder = os.fspath(path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_once(os.path.abspath(folder))  # noqa: PTH100  the cache of a function takes texts sooner than paths
        number, self._name = _held_draft(folder)
        self.file: BinaryIO = open(number, "wb")  # noqa: PTH123, SIM115  a number is no path; closed by either end

    def appear(self, *, is_safe: bool = True) -> None:
        """Lets the file be seen under its name, in the place of one that is there."""
        try:
            self.file.flush()
            if is_safe:
                os.fsync(self.file.fileno())
            if sys.platform == "win32":
                self.file.close()  # Windows renames no open file; elsewhere the lock holds until the name is there
            rename_draft(self._name, self.path)
            self.file.close()
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Leaves nothing behind; does nothing where the file has appeared."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            os.unlink(self._name)  # noqa: PTH108


# --- drafts by themselves, for those who make many safe at once ---------------------------------------------


def open_draft(folder: str) -> tuple[int, str]:
    """A new draft in a folder: the number of the open file, and its path.

    It has the rights of any new file there, which `tempfile` cannot give: it makes files for their owner alone, and
    what a shared folder hands on to its files (ACL) is lost by changing that later.
    """
    name = f"{folder}{os.sep}.merkblatt-{os.urandom(8).hex()}.part"
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(name, how, 0o666), name


def rename_draft(draft: str, path: Path) -> None:
    """Lets a draft be seen under its name."""
    os.replace(draft, path)  # noqa: PTH105  a path object for each draft costs more than its renaming


def empty_folder_of_drafts(folder: Path) -> None:
    """Makes a folder for drafts alone, without any; whoever calls it knows that no other process writes there."""
    remove_folder_of_drafts(folder)
    folder.mkdir(parents=True)


def remove_folder_of_drafts(folder: Path) -> None:
    """Takes away a folder for drafts alone, with all that is left in it."""
    import shutil  # slow to import, and only batches need it

    shutil.rmtree(folder, ignore_errors=True)


# --- what killed runs leave behind ----------------------------------------------------------------------------


def is_draft(name: str) -> bool:
    """Whether a file's name is a draft's."""
    return _NAME.fullmatch(name) is not None


def clear_drafts(folder: Path) -> None:
    """Takes the drafts in a folder away that no process writes any more; where that cannot be done, they stay."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_draft(entry.name) and entry.is_file(follow_symlinks=False):
                clear_draft(entry.path)


def clear_draft(draft: str) -> None:
    """Takes a draft away if no process writes it any more."""
    with suppress(OSError):
        number = os.open(draft, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        try:
            is_free = _lock(number)
            if is_free is None:
                is_free = time.time() - os.fstat(number).st_mtime > _ABANDONED
            if sys.platform != "win32" and is_free:
                os.unlink(draft)  # noqa: PTH108  while its lock is ours
        finally:
            os.close(number)
        if sys.platform == "win32" and is_free:
            os.unlink(draft)  # noqa: PTH108


@lru_cache(maxsize=1024)
def _clear_once(folder: str) -> None:
    """Once a run is enough: what it writes itself it clears itself, and a folder may hold ten thousand files."""
    clear_drafts(Path(folder))


def _held_draft(folder: str) -> tuple[int, str]:
    """A new draft that no other run will clear."""
    while True:
        number, name = open_draft(folder)
        # Another run may have come upon it before its lock was ours.
        if _lock(number) is not False and os.path.exists(name):  # noqa: PTH110
            return number, name
        os.close(number)
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108


if sys.platform == "win32":

    def _lock(number: int) -> bool | None:
        """Locks an open file; False where another has it, None where there are no such locks."""
        return None

else:
    import fcntl

    def _lock(number: int) -> bool | None:
        """Locks an open file; False where another has it, None where there are no such locks."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True

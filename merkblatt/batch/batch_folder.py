"""The folder of a batch: taken by one batch at a time, with its journal; what a killed one left behind is cleared.

The lock is the system's own, so that it is free again whenever the process is gone, however it went.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from merkblatt.batch.file_names import target
from merkblatt.batch.journal import Begun, Journal, begin, differences, go_on, has_begun
from merkblatt.batch.staged_writes import HIDDEN, drafts_folder
from merkblatt.batch.worker import mark_folder
from merkblatt.core.atomic_write import empty_folder_of_drafts, remove_folder_of_drafts
from merkblatt.core.findings import Faulty, Finding, Place


@dataclass(frozen=True)
class BatchFolder:
    """A folder that is ours now. `fresh` says that nothing of the batch is in it yet."""

    folder: Path
    journal: Journal
    fresh: bool

    def holds(self, name: str) -> bool:
        """Whether a file is there; then it is whole."""
        return target(self.folder, name).exists()


def journal_path(folder: Path) -> Path:
    """Where the journal of a folder is."""
    return folder / HIDDEN / "journal.jsonl"


def begun_day(folder: Path) -> str | None:
    """The day of printing of the batch that was begun in a folder; a batch that goes on keeps it."""
    path = journal_path(folder)
    if not has_begun(path):
        return None
    journal = go_on(path)
    journal.close()
    return journal.begun.day


@contextmanager
def take_folder(folder: Path, now: Begun, *, resume: bool) -> Iterator[BatchFolder]:
    """The folder, for as long as a batch runs.

    Args:
        folder: made where it is missing.
        now: what the batch is made from.
        resume: whether one that was begun goes on.

    Raises:
        Faulty: another batch is at work in it, it holds another batch, or it cannot be written to.
    """
    _make(folder)
    lock = FileLock(folder / HIDDEN / "lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        message = "another batch is at work in this folder"
        raise Faulty([Finding(Place(folder), message, "wait for it, or name another folder", code="locked")]) from None
    except (OSError, NotImplementedError) as error:
        raise _unusable(folder, error) from None
    try:
        desk = _take(folder, now, resume=resume)
        try:
            yield desk
        finally:
            desk.journal.close()
            remove_folder_of_drafts(drafts_folder(folder))
    finally:
        lock.release()


def _make(folder: Path) -> None:
    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: Exception) -> Faulty:
    told = getattr(error, "strerror", None) or str(error)
    hint = "check the folder and its rights"
    return Faulty([Finding(Place(folder), f"cannot be written to: {told}", hint, code="disk")])


def _take(folder: Path, now: Begun, *, resume: bool) -> BatchFolder:
    path = journal_path(folder)
    fresh = not has_begun(path)
    if not fresh and not resume:
        message = "a batch was begun in this folder"
        raise Faulty([Finding(Place(folder), message, "go on with it (--resume), or name another folder")])
    try:
        empty_folder_of_drafts(drafts_folder(folder))
        if fresh:
            path.unlink(missing_ok=True)
        journal = begin(path, replace(now, batch=uuid.uuid4().hex)) if fresh else go_on(path)
        mark_folder(folder, journal.begun.batch)
    except OSError as error:
        raise _unusable(folder, error) from None
    changed = differences(journal.begun, now)
    if changed:
        journal.close()
        raise Faulty(
            Finding(Place(folder), f"cannot go on: {what} is no longer as it was when the batch was begun", _ANEW)
            for what in changed
        )
    return BatchFolder(folder, journal, fresh)


_ANEW = "put it back as it was, or begin anew in another folder"

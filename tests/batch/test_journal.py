"""Proves that a journal keeps what was done, whole lines only, whatever the disk does in the middle of one."""

from __future__ import annotations

import errno
import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.journal import Begun, Journal, RowSet, begin, differences, go_on, has_begun
from merkblatt.core.findings import Faulty

BEGUN = Begun("orders", "content", "practice", "names", "2026-11-23", "batch")
FULL = "cannot be written: No space left on device"
#: A line that is longer than those that come after it.
LONG = range(1, 400, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = begin(path, BEGUN)
    yield opened
    opened.close()


class Disk:
    """A file on a disk that has room for so many bytes more, and takes so many of them at once.

    What does not fit into the room is written as far as it goes, as a full disk does it; then nothing is.
    """

    def __init__(self, file: Any, *, room: int = 10**6, at_once: int = 10**6) -> None:
        self.file, self.room, self.at_once = file, room, at_once

    def write(self, data: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written: int = self.file.write(data[: min(self.room, self.at_once)])
        self.room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def put_on(journal: Journal, **disk: int) -> Disk:
    """Puts the journal on another disk."""
    journal._file = found = Disk(journal._file, **disk)  # type: ignore[assignment]
    return found


def rows(path: Path) -> list[int]:
    """What a batch that goes on reads."""
    journal = go_on(path)
    journal.close()
    return [number for number in range(1000) if number in journal.done]


def undisturbed(path: Path, *noted: list[int]) -> bytes:
    journal = begin(path, BEGUN)
    for numbers in noted:
        journal.note(numbers)
    journal.close()
    return path.read_bytes()


# --- what is kept -------------------------------------------------------------------------------------------


def test_rows_are_kept_as_spans_and_read_back(path, journal):
    journal.note([3, 1, 2, 7])
    journal.note([])
    journal.note([8])
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[1:] == [{"done": [[1, 3], [7, 7]]}, {"done": [[8, 8]]}]
    found = go_on(path)
    assert (found.begun, len(found.done)) == (BEGUN, 5)
    found.close()
    assert rows(path) == [1, 2, 3, 7, 8]


def test_a_line_is_on_the_disk_when_it_is_noted(journal, monkeypatch):
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    journal.note([1])
    assert synced == [journal._file.fileno()]


def test_a_journal_begins_once(path, journal):
    with pytest.raises(Faulty, match="cannot be written: File exists"):
        begin(path, BEGUN)


def test_what_has_changed_is_named():
    now = Begun("other orders", "content", "practice", "other names", "2026-11-24", "other batch")
    assert [words.split()[1] for words in differences(BEGUN, now)] == ["list", "names"]
    assert differences(BEGUN, BEGUN) == []


def test_a_set_of_rows_counts_each_once():
    found = RowSet()
    for number in (0, 7, 8, 1000, 8):
        found.add(number)
    assert len(found) == 4
    assert [number in found for number in (0, 1, 7, 8, 9, 1000, 100_000)] == [1, 0, 1, 1, 0, 1, 0]


# --- a line that is half written ----------------------------------------------------------------------------


@pytest.mark.parametrize("room", [1, 10, 200])
def test_a_line_half_written_when_the_disk_is_full_is_taken_back(path, journal, room):
    journal.note([1])
    before = path.read_bytes()
    disk = put_on(journal, room=room)
    with pytest.raises(Faulty, match=FULL):
        journal.note(LONG)
    assert path.read_bytes() == before
    assert rows(path) == [1]
    disk.room = 10**6
    journal.note([500])
    assert path.read_bytes() == undisturbed(path.with_name("other"), [1], [500])
    assert rows(path) == [1, 500]


def test_a_line_that_is_not_safe_on_the_disk_is_taken_back(path, journal, monkeypatch):
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fail)
        with pytest.raises(Faulty, match="Input/output error"):
            journal.note(LONG)
    assert path.read_bytes() == before
    journal.note([2])
    assert rows(path) == [2]


def test_a_disk_that_takes_a_line_piece_by_piece_has_all_of_it(path, journal):
    put_on(journal, at_once=7)
    journal.note(LONG)
    journal.note([500])
    assert path.read_bytes() == undisturbed(path.with_name("other"), list(LONG), [500])
    assert rows(path) == [*LONG, 500]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may be longer, which the system refuses as it refuses to write to a full disk: in the middle."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_the_system_itself_writes_half_of_a_line(path, journal):
    journal.note([1])
    before = path.read_bytes()
    with pytest.raises(Faulty, match="File too large"), room_for(len(before) + 20):
        journal.note(LONG)
    assert path.read_bytes() == before
    journal.note([2])
    assert rows(path) == [1, 2]


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_line_that_a_power_cut_cut_off_counts_as_not_written(path, journal, cut):
    journal.note([1])
    journal.note(LONG)
    path.write_bytes(path.read_bytes()[:-cut])
    found = go_on(path)
    assert (1 in found.done, len(found.done)) == (True, 1)
    found.note([2])
    found.close()
    assert path.read_bytes() == undisturbed(path.with_name("other"), [1], [2])


def test_a_batch_has_begun_when_its_first_line_is_whole(path, journal):
    first = path.read_bytes()
    assert has_begun(path)
    path.write_bytes(first[:-1])
    assert not has_begun(path)
    path.unlink()
    assert not has_begun(path)


@pytest.mark.parametrize("text", ["\n", "[]\n", "nonsense\n", '{"merkblatt-batch": 2}\n', '{"merkblatt-batch": 1}\n'])
def test_what_is_no_journal_is_told(path, text):
    path.write_text(text)
    with pytest.raises(Faulty, match="is no journal of a batch"):
        go_on(path)

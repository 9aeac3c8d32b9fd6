"""Proves that one batch at a time has a folder, that it goes on only with what it began, and that drafts go."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.batch_folder import BatchFolder, begun_day, journal_path, take_folder
from merkblatt.batch.journal import Begun
from merkblatt.batch.staged_writes import HIDDEN, drafts_folder
from merkblatt.core.findings import Faulty

NOW = Begun("orders", "content", "practice", "names", "2026-11-23", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "out"


def take(folder: Path, now: Begun = NOW, *, resume: bool = False) -> BatchFolder:
    """Takes a folder, notes a row, and leaves it."""
    with take_folder(folder, now, resume=resume) as desk:
        desk.journal.note([1])
        return desk


def refused(folder: Path, now: Begun = NOW, *, resume: bool = False) -> str:
    with pytest.raises(Faulty) as caught:
        take(folder, now, resume=resume)
    return str(caught.value)


def test_a_folder_is_made_and_marked_as_the_batch_s(folder):
    desk = take(folder)
    assert desk.fresh
    assert (folder / HIDDEN / "batch").read_text() == desk.journal.begun.batch
    assert len(desk.journal.begun.batch) == 32


def test_a_batch_goes_on_as_itself_and_only_where_that_is_asked_for(folder):
    first = take(folder)
    assert "a batch was begun in this folder\n  hint: go on with it (--resume)" in refused(folder)
    again = take(folder, resume=True)
    assert (again.fresh, again.journal.begun) == (False, first.journal.begun)
    assert 1 in again.journal.done


def test_a_batch_that_is_asked_to_go_on_where_none_began_begins(folder):
    assert take(folder, resume=True).fresh


def test_a_journal_that_never_began_is_no_batch(folder):
    journal_path(folder).parent.mkdir(parents=True)
    journal_path(folder).write_bytes(b'{"merkblatt-ba')
    assert begun_day(folder) is None
    assert take(folder).fresh


def test_what_has_changed_since_is_told_and_the_folder_is_free_again(folder):
    take(folder)
    told = refused(folder, replace(NOW, content="other", names="other"), resume=True)
    assert told.count("is no longer as it was when the batch was begun") == 2
    assert take(folder, resume=True).journal.begun.content == "content"


def test_the_day_of_the_beginning_is_kept(folder):
    assert begun_day(folder) is None
    take(folder)
    assert begun_day(folder) == "2026-11-23"


def test_one_batch_at_a_time(folder):
    with take_folder(folder, NOW, resume=False):
        assert "another batch is at work in this folder" in refused(folder, resume=True)
    assert not take(folder, resume=True).fresh


def test_drafts_of_a_killed_batch_are_cleared_and_none_is_left(folder):
    take(folder)
    drafts_folder(folder).mkdir()
    (drafts_folder(folder) / "left").write_bytes(b"half")
    with take_folder(folder, NOW, resume=True):
        assert list(drafts_folder(folder).iterdir()) == []
        (drafts_folder(folder) / "mine").write_bytes(b"half")
    assert not drafts_folder(folder).exists()


def test_a_file_that_is_there_is_held(folder):
    with take_folder(folder, NOW, resume=False) as desk:
        (folder / "001").mkdir()
        (folder / "001/a.pdf").write_bytes(b"whole")
        assert [desk.holds(name) for name in ("001/a.pdf", "001/b.pdf")] == [True, False]


@pytest.mark.parametrize("name", ["", HIDDEN, f"{HIDDEN}/drafts"])
def test_a_folder_that_cannot_be_made_is_told(folder, name):
    in_the_way = folder / name
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("kept")
    assert "cannot be written to: " in refused(folder)
    assert in_the_way.read_text() == "kept"


@pytest.mark.parametrize("error", [OSError(errno.ENOLCK, os.strerror(errno.ENOLCK)), NotImplementedError("no locks")])
def test_a_disk_without_locks_is_told(folder, monkeypatch, error):
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("merkblatt.batch.batch_folder.FileLock.acquire", refuse)
    assert "cannot be written to: No locks available" in refused(folder).replace("no locks", "No locks available")

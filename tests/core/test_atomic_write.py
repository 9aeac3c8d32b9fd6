"""Proves that a file appears whole or not at all, and that what killed runs left is cleared, and nothing else."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from merkblatt.core import atomic_write as room
from merkblatt.core.atomic_write import Draft, clear_drafts, draft_of, is_draft, write_whole
from merkblatt.core.findings import Faulty
from tests.conftest import ROOT

DRAFT = ".merkblatt-0123456789abcdef.part"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- whole or not at all ------------------------------------------------------------------------------------


def test_a_file_is_written_and_nothing_beside_it(tmp_path):
    write_whole(tmp_path / "new/deep/a.pdf", b"whole")
    assert (tmp_path / "new/deep/a.pdf").read_bytes() == b"whole"
    assert names(tmp_path / "new/deep") == ["a.pdf"]


def fail_with(number: int):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, step, number):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(f"merkblatt.core.atomic_write.os.{step}", fail_with(number))
    with pytest.raises(Faulty) as caught:
        write_whole(path, b"new")
    (finding,) = caught.value.findings
    assert finding.place.path == path
    assert finding.message == f"cannot be written: {os.strerror(number)}"
    assert names(tmp_path) == ["a.pdf"]
    assert path.read_bytes() == b"old"


def test_a_disk_that_is_full_in_the_middle_leaves_nothing_behind(tmp_path):
    big = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115  the draft takes it over
    draft = Draft(tmp_path / "a.pdf")
    os.dup2(big.fileno(), draft.file.fileno())
    big.close()
    draft.file.write(b"new")
    with pytest.raises(OSError, match="No space left"):
        draft.appear()
    assert names(tmp_path) == []


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("merkblatt.core.atomic_write.os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.pdf", b"new")
    assert names(tmp_path) == []


@pytest.mark.parametrize("path", ["file/a.pdf", "file/deep/a.pdf", "folder"])
def test_a_file_in_the_place_of_a_folder_is_told(tmp_path, path):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Faulty, match="cannot be written"):
        write_whole(tmp_path / path, b"new")
    assert (tmp_path / "file").read_text() == "kept"
    assert names(tmp_path) == ["file", "folder"]


def test_bytes_are_safe_before_a_name_is_seen(tmp_path, monkeypatch):
    done: list[str] = []

    def note(what: str, call: Callable[..., None]) -> Callable[..., None]:
        def noted(*words: object) -> None:
            done.append(what)
            call(*words)

        return noted

    monkeypatch.setattr(os, "fsync", note("safe", os.fsync))
    monkeypatch.setattr(os, "replace", note("seen", os.replace))
    write_whole(tmp_path / "a.pdf", b"new")
    assert done == ["safe", "seen"]


def test_a_file_is_not_seen_before_its_end_and_goes_with_what_goes_wrong(tmp_path):
    def go_wrong() -> None:
        with draft_of(tmp_path / "a.pdf") as file:
            file.write(b"half")
            assert [name for name in names(tmp_path) if not is_draft(name)] == []
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        go_wrong()
    assert names(tmp_path) == []


def test_what_has_appeared_stays_when_its_draft_is_dropped_after(tmp_path):
    draft = Draft(tmp_path / "a.pdf")
    draft.file.write(b"whole")
    draft.appear()
    draft.drop()
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"


# --- rights, links, names -----------------------------------------------------------------------------------


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_file_has_the_rights_of_any_new_file(tmp_path, umask, mask, rights):
    umask(mask)
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == rights


def test_rights_of_the_file_before_are_not_kept(tmp_path, umask):
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "a.pdf").chmod(0o400)
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o644


def test_a_link_gives_way_and_what_it_led_to_stays(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "a.pdf").symlink_to("real.pdf")
    write_whole(tmp_path / "a.pdf", b"new")
    assert not (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert (tmp_path / "real.pdf").read_bytes() == b"old"


def test_a_link_to_a_folder_is_gone_through(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write_whole(tmp_path / "out/a.pdf", b"new")
    assert names(tmp_path / "real") == ["a.pdf"]


def test_a_name_may_be_as_long_as_the_disk_takes_it_and_no_draft_tells_it(tmp_path):
    name = "Erika-" + "a" * 245 + ".pdf"
    with draft_of(tmp_path / name) as file:
        file.write(b"whole")
        assert not any("Erika" in draft for draft in names(tmp_path))
    assert names(tmp_path) == [name]


# --- what killed runs leave behind --------------------------------------------------------------------------

#: Writes half a file into the folder that is named, tells its number, and waits.
WRITER = """
import os, sys
from pathlib import Path
from merkblatt.core.atomic_write import draft_of
with draft_of(Path(sys.argv[1]) / "theirs.pdf") as file:
    file.write(b"half")
    file.flush()
    print(os.getpid(), flush=True)
    sys.stdin.readline()
    file.write(b" whole")
"""

Writing = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Writing]:
    """Starts another process that is in the middle of a file."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        words = [sys.executable, "-c", WRITER, str(tmp_path)]
        process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == str(process.pid)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_draft_left_by_a_killed_process_with_the_same_pid_is_cleared(tmp_path, writing, monkeypatch):
    killed = writing()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert [is_draft(name) for name in names(tmp_path)] == [True]
    monkeypatch.setattr(os, "getpid", lambda: killed.pid)  # as 1 is in each container
    write_whole(tmp_path / "theirs.pdf", b"ours")
    assert names(tmp_path) == ["theirs.pdf"]
    assert (tmp_path / "theirs.pdf").read_bytes() == b"ours"


def test_a_draft_that_a_living_process_writes_stays(tmp_path, writing):
    living = writing()
    write_whole(tmp_path / "ours.pdf", b"ours")
    clear_drafts(tmp_path)
    assert len(names(tmp_path)) == 2
    living.communicate("go on\n")
    assert living.returncode == 0
    assert names(tmp_path) == ["ours.pdf", "theirs.pdf"]
    assert (tmp_path / "theirs.pdf").read_bytes() == b"half whole"


def test_a_draft_of_another_thread_of_our_own_stays(tmp_path):
    with draft_of(tmp_path / "a.pdf") as file:
        clear_drafts(tmp_path)
        file.write(b"whole")
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"


def test_nothing_but_drafts_is_cleared(tmp_path):
    others = [".part", ".a.pdf.1.part", ".merkblatt", ".merkblatt-x.part", DRAFT[1:], DRAFT[:-1]]
    for name in others:
        (tmp_path / name).write_text("kept")
    (tmp_path / DRAFT).mkdir()
    link = DRAFT.replace("0", "f")
    (tmp_path / link).symlink_to(".part")
    pipe = DRAFT.replace("0", "e")
    os.mkfifo(tmp_path / pipe)
    clear_drafts(tmp_path)
    assert names(tmp_path) == sorted([*others, DRAFT, link, pipe])


def test_a_run_looks_for_drafts_once_in_a_folder(tmp_path, monkeypatch):
    looked: list[Path] = []
    monkeypatch.setattr(room, "clear_drafts", looked.append)
    for name in ("a.pdf", "b.pdf"):
        write_whole(tmp_path / name, b"new")
    assert looked == [tmp_path]


@pytest.mark.parametrize("error", [OSError(errno.ENOLCK, "No locks available"), OSError(errno.ENOSYS, "none")])
def test_where_a_disk_knows_no_locks_a_draft_goes_after_an_hour(tmp_path, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr("fcntl.flock", refuse)
    (tmp_path / DRAFT).write_bytes(b"half")
    write_whole(tmp_path / "a.pdf", b"whole")
    assert names(tmp_path) == [DRAFT, "a.pdf"]
    hours_ago = time.time() - 7200
    os.utime(tmp_path / DRAFT, (hours_ago, hours_ago))
    clear_drafts(tmp_path)
    assert names(tmp_path) == ["a.pdf"]


def test_a_draft_that_another_run_cleared_before_it_was_locked_is_made_anew(tmp_path, monkeypatch):
    lock = room._lock
    met: list[int] = []

    def meet(number: int) -> bool | None:
        if not met:
            met.append(number)
            clear_drafts(tmp_path)  # which locks by the call below, and so takes the draft away
        return lock(number)

    monkeypatch.setattr(room, "_lock", meet)
    write_whole(tmp_path / "a.pdf", b"whole")
    assert met
    assert names(tmp_path) == ["a.pdf"]


def test_a_folder_of_drafts_is_made_empty_and_taken_away(tmp_path):
    folder = tmp_path / "new/drafts"
    room.empty_folder_of_drafts(folder)
    (folder / "of an older program").write_bytes(b"half")
    room.empty_folder_of_drafts(folder)
    assert names(folder) == []
    room.remove_folder_of_drafts(folder)
    assert not folder.exists()

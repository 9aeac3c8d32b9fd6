"""Files that appear whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from merkblatt.batch import staged_writes as room
from merkblatt.batch.staged_writes import StagedWrites, drafts_folder
from merkblatt.core.findings import Faulty


@pytest.fixture(params=["at once", "one by one"])
def folder(request, tmp_path: Path, monkeypatch) -> Path:
    """A folder on a system that can make a whole disk safe at once, and on one that cannot."""
    if request.param == "one by one":
        monkeypatch.setattr(room, "_syncfs", lambda: None)
    drafts_folder(tmp_path).mkdir(parents=True)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_appear_when_the_tray_is_settled(folder):
    with StagedWrites(folder) as tray:
        tray.put("a.pdf", (b"%PDF", b"-1"))
        tray.put("001/b.pdf", (b"x" * 100_000,))
        assert [name for name in names(folder) if name.endswith("pdf")] == []
    assert names(folder) == ["001/b.pdf", "a.pdf"]
    assert (folder / "a.pdf").read_bytes() == b"%PDF-1"


def test_a_tray_settles_before_it_holds_too_many(folder, monkeypatch):
    monkeypatch.setattr(room, "_TOGETHER", 3)
    with StagedWrites(folder) as tray:
        for number in range(7):
            tray.put(f"{number}.pdf", (b"x",))
        assert len([name for name in names(folder) if name.endswith("pdf")]) == 6


def test_two_trays_share_the_folder_of_drafts(folder):
    with StagedWrites(folder) as one, StagedWrites(folder) as other:
        one.put("a.pdf", (b"a",))
        other.put("b.pdf", (b"b",))
        assert len(list(drafts_folder(folder).iterdir())) == 2
    assert [(folder / name).read_bytes() for name in ("a.pdf", "b.pdf")] == [b"a", b"b"]


def test_drafts_tell_no_name_and_files_have_the_rights_of_any_new_file(folder):
    (folder / "other").touch()
    with StagedWrites(folder) as tray:
        tray.put("Erika.pdf", (b"x",))
        assert not list(folder.rglob("*Erika*"))
    assert (folder / "Erika.pdf").stat().st_mode == (folder / "other").stat().st_mode


def test_a_folder_of_drafts_that_is_gone_is_told(folder):
    drafts_folder(folder).rmdir()

    def put() -> None:
        with StagedWrites(folder) as tray:
            tray.put("a.pdf", (b"x",))

    with pytest.raises(Faulty, match=r"a\.pdf: cannot be written: No such file or directory"):
        put()


def test_what_goes_wrong_leaves_nothing_behind(folder):
    def go_wrong() -> None:
        with StagedWrites(folder) as tray:
            tray.put("a.pdf", (b"x",))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        go_wrong()
    assert names(folder) == []


def test_a_disk_that_does_not_take_a_file_is_told(folder, monkeypatch):
    def full(number, data):
        raise OSError(28, "No space left on device")

    def fill_up() -> None:
        with StagedWrites(folder) as tray:
            tray.put("a.pdf", (b"x",))
            monkeypatch.setattr(os, "write", full)
            tray.put("b.pdf", (b"x",))

    with pytest.raises(Faulty) as caught:
        fill_up()
    assert "b.pdf: cannot be written: No space left on device" in str(caught.value)
    assert names(folder) == []


def test_bytes_are_safe_before_a_name_is_seen(folder, monkeypatch):
    done: list[str] = []
    fsync, sync_disk, replace = os.fsync, room._sync_disk, os.replace

    def note(what, call):
        def noted(*words):
            done.append(what)
            return call(*words)

        return noted

    monkeypatch.setattr(os, "fsync", note("safe", fsync))
    monkeypatch.setattr(room, "_sync_disk", note("safe", sync_disk))
    monkeypatch.setattr(os, "replace", note("seen", replace))
    with StagedWrites(folder) as tray:
        tray.put("a.pdf", (b"x",))
    assert done.index("safe") < done.index("seen")


def test_a_disk_that_cannot_be_made_safe_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "_syncfs", lambda: lambda number: -1)
    monkeypatch.setattr("merkblatt.batch.staged_writes.ctypes.get_errno", lambda: 5)
    drafts_folder(tmp_path).mkdir(parents=True)
    with pytest.raises(Faulty) as caught, StagedWrites(tmp_path) as tray:
        tray.put("a.pdf", (b"x",))
    assert "cannot be written: Input/output error" in str(caught.value)
    assert names(tmp_path) == []

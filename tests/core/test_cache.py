"""Proves that the cache is a help and never a need, is whole at any moment, and keeps to its limit."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from merkblatt.content.fingerprint import key_of, sum_of_content, sum_of_layout
from merkblatt.core.atomic_write import draft_of
from merkblatt.core.cache import Cache, open_cache
from merkblatt.core.folders import Folders

KEY = key_of("one")


@pytest.fixture(name="cache")
def _cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def files(cache: Cache) -> list[Path]:
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found(cache: Cache) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, b"data")
    assert cache.get(KEY) == b"data"
    assert Cache(cache.folder).get(KEY) == b"data"
    assert cache.get(key_of("another")) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"merkblatt cache 1\n", None])
def test_what_is_damaged_is_not_there_and_can_be_kept_again(cache: Cache, damage: bytes | None) -> None:
    cache.put(KEY, b"data" * 1000)
    (file,) = files(cache)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"?" if damage is None else damage)
    assert cache.get(KEY) is None
    cache.put(KEY, b"data")
    assert cache.get(KEY) == b"data"


def test_nothing_in_it_is_run(cache: Cache) -> None:
    cache.put(KEY, b"data")
    (file,) = files(cache)
    file.write_bytes(pickle.dumps(os.getcwd))
    assert cache.get(KEY) is None


def test_it_can_be_deleted_at_any_time(cache: Cache) -> None:
    cache.put(KEY, b"data")
    for file in files(cache):
        file.unlink()
        file.parent.rmdir()
    cache.folder.rmdir()
    assert cache.get(KEY) is None
    cache.put(KEY, b"data")
    assert cache.get(KEY) == b"data"


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put(KEY, b"data")
    assert cache.get(KEY) is None


def test_two_runs_at_once_do_not_harm_each_other(cache: Cache) -> None:
    def work(number: int) -> bytes | None:
        key = key_of(number % 5)
        cache.put(key, bytes([number % 5]) * 100_000)
        return cache.get(key)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(200)))
    assert found == [bytes([number % 5]) * 100_000 for number in range(200)]
    assert len(files(cache)) == 5


def test_what_was_not_used_for_the_longest_time_goes_first(cache: Cache) -> None:
    small = replace(cache, limit=4000)
    for number in range(3):
        small.put(key_of(number), b"x" * 1000)
        path = small.folder / key_of(number)[:2] / key_of(number)
        os.utime(path, (number, number))
    assert small.get(key_of(0))  # used just now
    small.put(key_of(3), b"x" * 1000)
    assert [bool(small.get(key_of(number))) for number in range(4)] == [True, False, True, True]
    assert sum(path.stat().st_size for path in files(small)) <= 4000


def test_drafts_of_a_run_that_was_killed_go_wherever_they_lie(cache: Cache) -> None:
    cache.put(KEY, b"data")
    other = cache.folder / key_of("another")[:2]
    other.mkdir()
    left = [folder / ".merkblatt-0123456789abcdef.part" for folder in (cache.folder / KEY[:2], other)]
    for draft in left:
        draft.write_bytes(b"half")
    with draft_of(cache.folder / KEY[:2] / "written") as living:
        cache.put(key_of("another"), b"data")
        assert not any(draft.exists() for draft in left)
        living.write(b"by another run")
    assert (cache.folder / KEY[:2] / "written").read_bytes() == b"by another run"
    assert (cache.get(KEY), cache.get(key_of("another"))) == (b"data", b"data")


def test_a_draft_of_an_older_program_goes_as_entries_do(cache: Cache) -> None:
    small = replace(cache, limit=3000)
    small.put(KEY, b"x" * 1000)
    draft = small.folder / KEY[:2] / ".0123.part"
    draft.write_bytes(b"half" * 500)
    os.utime(draft, (1, 1))
    small.put(key_of("another"), b"x" * 1000)
    assert not draft.exists()
    assert small.get(KEY)


def test_only_the_user_can_read_it(cache: Cache) -> None:
    cache.put(KEY, b"data")
    assert cache.folder.stat().st_mode & 0o077 == 0


def test_a_key_cannot_lead_elsewhere(cache: Cache) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        cache.get("../../etc/passwd")


def test_the_environment_names_the_folder_or_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MERKBLATT_CACHE", str(tmp_path))
    assert open_cache() == Cache(tmp_path)
    monkeypatch.setenv("MERKBLATT_CACHE", "")
    assert open_cache() is None
    monkeypatch.delenv("MERKBLATT_CACHE")
    found = open_cache()
    assert found is not None
    assert "merkblatt" in found.folder.parts


def test_sums_change_with_every_file_and_its_name(tmp_path: Path) -> None:
    folders = Folders((tmp_path / "leaflets",), (tmp_path / "templates",), (tmp_path / "styles",))
    for part in ("leaflets", "templates", "styles"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "file").write_text("text")
    seen = {(sum_of_content(folders), sum_of_layout(folders))}
    assert (sum_of_content(folders), sum_of_layout(folders)) in seen
    for change in (
        lambda: (tmp_path / "leaflets" / "file").write_text("other"),
        lambda: (tmp_path / "templates" / "file").rename(tmp_path / "templates" / "file2"),
        lambda: (tmp_path / "styles" / "new").write_text(""),
    ):
        change()
        now = sum_of_content(folders), sum_of_layout(folders)
        assert now not in seen
        seen.add(now)

"""Workers that are processes of this machine: at work, dying, ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from pathlib import Path

import pytest

from merkblatt.batch.lists.rows import Row, open_list
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.process_pool import ProcessPool, processors
from merkblatt.batch.work import Setting
from merkblatt.batch.worker import Assignment, Task
from merkblatt.core.folders import Folders
from tests.batch_works import TODAY, Quick, files
from tests.conftest import ROOT

#: Seconds after which something that should happen has not.
PATIENCE = 60
LIST = """\
Blatt;Wochen;Name
neck-pain;14;Ayşe Yılmaz
neck-pain;;
neck-pain;;Łucja \u4e00
"""


def task(number: int, note: str = "") -> Task:
    return Task(Row(number, number + 1, {"note": note}, None), f"{number}.pdf")


@pytest.fixture
def hire(tmp_path: Path) -> Iterator[Callable[..., ProcessPool]]:
    """Hires workers for the quick work; they end with the test."""
    path = tmp_path / "orders.csv"
    path.write_text("Blatt\n", encoding="utf-8")
    setting = Setting(Folders((), (), ()), "", None, TODAY, open_list(open_source(str(path))))
    crews: list[ProcessPool] = []

    def call(jobs: int = 1, seconds: float = 0.0) -> ProcessPool:
        crews.append(ProcessPool(Assignment("b", Quick(setting, seconds), tmp_path / "out"), jobs))
        return crews[-1]

    yield call
    for crew in crews:
        crew.stop()
    # The next test counts workers, and one that is killed takes a moment to be gone.
    until(lambda: not workers())


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def workers() -> set[int]:
    return {process.pid for process in multiprocessing.active_children() if process.pid}


def test_chunks_are_worked_on_and_workers_end_at_rest(hire):
    before = workers()
    crew = hire(2)
    chunks = [crew.submit((task(1), task(2, "wrong"))), crew.submit((task(3),))]
    reports = [chunk.result(PATIENCE) for chunk in chunks]
    assert [[row for row, _ in report.done] for report in reports] == [[1], [3]]
    assert [[row for row, _ in report.left_out] for report in reports] == [[2], []]
    assert crew.width == 2
    assert workers() - before
    crew.close()
    assert workers() == before


def test_a_death_is_told_apart_and_the_next_pool_works(hire):
    crew = hire()
    error = crew.submit((task(1, "deadly"),)).exception(PATIENCE)
    assert isinstance(error, BrokenExecutor)
    assert crew.has_died(error)
    assert not crew.has_died(ValueError())
    # A chunk that is handed to a broken pool tells so by its future, as one under way does.
    assert crew.has_died(crew.submit((task(2),)).exception(PATIENCE) or ValueError())
    assert crew.renew() is True
    assert [row for row, _ in crew.submit((task(2),)).result(PATIENCE).done] == [2]


def test_who_stops_waits_for_nobody(hire):
    before = workers()
    crew = hire(1, seconds=PATIENCE)
    under_way, waiting, last = (crew.submit((task(number),)) for number in (1, 2, 3))
    until(lambda: bool(workers() - before))
    begun = time.monotonic()
    crew.stop()
    assert time.monotonic() - begun < PATIENCE / 4
    until(lambda: workers() == before)
    for chunk in (under_way, waiting, last):
        with pytest.raises((BrokenExecutor, CancelledError)):
            chunk.result(PATIENCE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT for one process")
def test_a_worker_leaves_ctrl_c_to_the_batch(hire):
    before = workers()
    crew = hire(1)
    crew.submit((task(1),)).result(PATIENCE)
    (pid,) = workers() - before
    os.kill(pid, signal.SIGINT)
    assert crew.submit((task(2),)).result(PATIENCE).done
    assert workers() - before == {pid}


def test_there_are_as_many_processors_as_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert processors() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert processors() == 7


def test_the_program_itself_makes_a_batch_with_processes(tmp_path):
    orders = tmp_path / "orders.csv"
    orders.write_text(LIST, encoding="utf-8")
    words = ["batch", orders, "-o", tmp_path / "out", "--jobs", "2"]
    done = subprocess.run(
        [sys.executable, ROOT / "generate.py", *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert sorted(files(tmp_path / "out")) == ["0001-neck-pain.pdf", "0002-neck-pain.pdf", "rejected.csv"]
    assert "row 3, Name: no font has the character U+4E00" in done.stderr
    assert "Traceback" not in done.stderr

"""A batch on a cluster: a real scheduler and two workers on loopback, one of them killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from merkblatt.batch.dask_pool import DaskPool
from merkblatt.batch.journal import go_on
from merkblatt.batch.run import Means
from merkblatt.batch.worker import Assignment
from merkblatt.cli.batch_session import means
from merkblatt.core.findings import Faulty
from tests.batch_works import contents, drafts, files, quick, run, slow
from tests.conftest import ROOT, Content

ROWS = 150


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler that runs as a program."""
    log = tmp_path_factory.mktemp("dask") / "log"
    with log.open("w", encoding="utf-8") as told:
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
        process = subprocess.Popen([sys.executable, "-m", "dask", *words], stdout=told, stderr=told)
    try:
        until = time.monotonic() + 30
        while not (found := re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.05)
        yield found[0]
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def workers(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers, programs of their own, without a nanny that would start them anew; one of them may be killed."""
    folder = tmp_path_factory.mktemp("workers")
    words = ["worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    with (folder / "workers.log").open("w", encoding="utf-8") as told:
        # They import the tests' work from the project's folder.
        started = [
            subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=ROOT, stdout=told, stderr=told)
            for _ in range(2)
        ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("Blatt;Name\n" + "".join(f"pain;Person {n}\n" for n in range(1, ROWS + 1)), encoding="utf-8")
    return path


def test_workers_that_do_not_see_the_folder_send_their_leaflets_back(
    content: Content, orders: Path, scheduler: str, workers: object, tmp_path: Path
) -> None:
    from dataclasses import replace

    made_from = contents(content.root, ROOT)
    run(made_from, orders, tmp_path / "whole")
    elsewhere = tmp_path / "not" / "here"
    means = Means(lambda duty: DaskPool(replace(duty, folder=elsewhere), scheduler), quick)
    assert run(made_from, orders, tmp_path / "out", means).outcome.made == ROWS
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert not elsewhere.exists()


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_there_twice(
    content: Content, orders: Path, scheduler: str, workers: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    made_from = contents(content.root, ROOT)
    run(made_from, orders, tmp_path / "whole")
    out = tmp_path / "out"

    def kill_one() -> None:
        while len(list(out.glob("*.pdf"))) < 30:
            time.sleep(0.01)
        os.kill(workers[0].pid, signal.SIGKILL)

    assassin = threading.Thread(target=kill_one, daemon=True)
    assassin.start()
    crews: list[DaskPool] = []

    def hire(duty: Assignment) -> DaskPool:
        crews.append(DaskPool(duty, scheduler))
        return crews[0]

    ended = run(made_from, orders, out, Means(hire, slow))
    assassin.join()
    assert workers[0].wait() == -signal.SIGKILL
    assert (ended.outcome.made, ended.outcome.left_out) == (ROWS, 0)
    assert files(out) == files(tmp_path / "whole")
    assert drafts(out) == []
    journal = go_on(out / ".merkblatt" / "journal.jsonl")
    journal.close()
    assert len(journal.done) == ROWS


def test_a_cluster_that_does_not_answer_is_told(content: Content, orders: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("merkblatt.batch.dask_pool.PATIENCE", 1)
    means = Means(lambda duty: DaskPool(duty, "tcp://127.0.0.1:9"), quick)
    with pytest.raises(Faulty) as caught:
        run(contents(content.root, ROOT), orders, tmp_path / "out", means)
    assert '--cluster "tcp://127.0.0.1:9"' in str(caught.value)
    assert "start a scheduler and workers" in str(caught.value)


def test_a_cluster_without_its_extra_is_told(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "merkblatt.batch.dask_pool", None)
    hire = means({"cluster": "tcp://x:1", "jobs": None}).hire
    with pytest.raises(Faulty, match=r"needs the extra merkblatt\[cluster\]"):
        hire(Assignment("b", lambda rows: iter(()), Path()))

"""Proves once that a run in which a test was left out fails where none may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest
from tests.conftest import ROOT
from tests.distribution import bundle, place_in_line

PLAIN = "def test_sound():\n    assert True\n"
#: Ways to leave a test out, each in a file of its own, and what the run says of it.
LEFT_OUT = {
    "skipped": ("import pytest\n@pytest.mark.skip(reason='later')\ndef test_x():\n    pass\n", "::test_x: skipped"),
    "within": ("import pytest\ndef test_x():\n    pytest.skip('later')\n", "::test_x: skipped"),
    "module": ("import pytest\npytest.importorskip('no_such_module')\ndef test_x():\n    pass\n", ": skipped"),
    "failed": ("import pytest\n@pytest.mark.xfail\ndef test_x():\n    assert False\n", "::test_x: failed as expected"),
}


def run_tests(folder, *words: str, no_skips: str = "1", **files: str) -> subprocess.CompletedProcess[str]:
    """A run of a sound test and of what stands in files by their names."""
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    for name, text in {"sound": PLAIN, **files}.items():
        (folder / "tests" / f"test_{name}.py").write_text(text)
    environment = {**os.environ, "MERKBLATT_NO_SKIPS": no_skips, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), *words, "tests"]
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_test_that_was_left_out_fails_the_run_and_is_named(tmp_path):
    ran = run_tests(tmp_path, "-p", "no:xdist", **{how: text for how, (text, _) in LEFT_OUT.items()})
    assert ran.returncode == 1, ran.stdout
    told = ran.stdout.split("MERKBLATT_NO_SKIPS=1, yet left out")[1].splitlines()[1:]
    assert sorted(told[: len(LEFT_OUT)]) == sorted(f"tests/test_{how}.py{says}" for how, (_, says) in LEFT_OUT.items())


def test_one_of_them_is_enough_and_without_any_the_run_passes(monkeypatch):
    """Whatever the way, what was left out is in one list, and a list that is not empty fails the run."""
    monkeypatch.setenv("MERKBLATT_NO_SKIPS", "1")
    for left_out, ending in (({}, pytest.ExitCode.OK), ({"a": "skipped"}, pytest.ExitCode.TESTS_FAILED)):
        monkeypatch.setattr("tests.conftest._LEFT_OUT", left_out)
        session: Any = SimpleNamespace(config=SimpleNamespace(), exitstatus=pytest.ExitCode.OK)
        conftest.pytest_sessionfinish(session)
        assert session.exitstatus == ending


def test_a_run_without_gaps_passes_and_one_where_gaps_are_allowed_too(tmp_path):
    assert run_tests(tmp_path, "-p", "no:xdist").returncode == 0
    (tmp_path / "two").mkdir()
    assert run_tests(tmp_path / "two", "-p", "no:xdist", no_skips="", b=LEFT_OUT["skipped"][0]).returncode == 0


def test_no_folder_of_tests_is_passed_over(pytestconfig):
    """pytest collects nothing of folders with certain names, such as "build", and does not say so."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {path.parent.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert "build" in folders
    assert [folder for folder in folders if any(fnmatch(folder, pattern) for pattern in passed_over)] == []


# --- bundles ----------------------------------------------------------------------------------------------

TRACE = """\
import os, pytest
@pytest.mark.parametrize("case", ["whiplash-a4-svg", "whiplash-a4-", "colour-whiplash-a4-en", "my-plan-dl-"])
@pytest.mark.parametrize("turn", range(6))
def test_x(case, turn):
    with open("trace", "a") as trace:
        trace.write(f"{case} {os.getpid()}\\n")
"""


@pytest.fixture(scope="module")
def by_workers(tmp_path_factory):
    """A run by two workers, one of which leaves a test out: what it said, and what was traced."""
    folder = tmp_path_factory.mktemp("workers")
    ran = run_tests(folder, "-n", "2", "--dist", "loadgroup", trace=TRACE, b=LEFT_OUT["skipped"][0])
    return ran, (folder / "trace").read_text(encoding="utf-8").splitlines()


def test_a_test_that_was_left_out_by_a_worker_fails_the_run_too(by_workers):
    ran, _ = by_workers
    assert ran.returncode == 1, ran.stdout
    assert "tests/test_b.py::test_x: skipped" in ran.stdout.split("yet left out")[1]


def test_the_leaflets_of_a_sheet_on_one_paper_stay_in_one_worker(by_workers):
    ran, traced = by_workers
    assert "25 passed, 1 skipped" in ran.stdout
    seen = [line.rsplit(" ", 1) for line in traced]
    assert len(seen) == 24
    assert len({worker for case, worker in seen if "whiplash" in case}) == 1
    assert len({worker for _, worker in seen}) == 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("tests/promises/test_print.py::test_x[low-back-pain-a4-large-de-simple]", "low-back-pain a4-large"),
        ("tests/promises/test_print.py::test_x[neck-pain-a4-grey]", "neck-pain a4"),
        ("tests/page/test_layout.py::test_x[neck-pain]", "neck-pain a4"),
        ("tests/outputs/test_epub.py::test_x[neck-pain-svg]", "tests/outputs/test_epub.py"),
        ("tests/core/test_cache.py::test_x", "tests/core/test_cache.py"),
    ],
)
def test_a_name_tells_the_bundle(name, wanted):
    assert bundle(name) == wanted


def test_the_longest_bundles_begin_first():
    names = [
        "tests/core/test_cache.py::test_x",
        "tests/page/test_x.py::test_x[contacts-a5-]",
        "tests/promises/test_y.py::y",
    ]
    assert sorted(names, key=place_in_line) == names[::-1]

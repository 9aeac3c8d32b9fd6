"""Proves once that a run in which a test was left out fails where none may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch

import pytest

from tests.conftest import ROOT
from tests.distribution import bundle, place_in_line

PLAIN = "def test_sound():\n    assert True\n"
LEFT_OUT = {
    "skipped": "import pytest\n@pytest.mark.skip(reason='later')\ndef test_x():\n    pass\n",
    "skipped within": "import pytest\ndef test_x():\n    pytest.skip('later')\n",
    "module": "import pytest\npytest.importorskip('no_such_module')\ndef test_x():\n    pass\n",
    "failed as expected": "import pytest\n@pytest.mark.xfail\ndef test_x():\n    assert False\n",
}


def run_tests(folder, text: str, *words: str, no_skips: str = "1") -> subprocess.CompletedProcess[str]:
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_a.py").write_text(PLAIN)
    (folder / "tests" / "test_b.py").write_text(text)
    environment = {**os.environ, "MERKBLATT_NO_SKIPS": no_skips, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), *words, "tests"]
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("how", LEFT_OUT)
def test_a_test_that_was_left_out_fails_the_run_and_is_named(tmp_path, how):
    ran = run_tests(tmp_path, LEFT_OUT[how], "-p", "no:xdist")
    assert ran.returncode == 1, ran.stdout
    assert "tests/test_b.py" in ran.stdout.split("MERKBLATT_NO_SKIPS=1, yet left out")[1]


def test_a_test_that_was_left_out_by_a_worker_fails_the_run_too(tmp_path):
    ran = run_tests(tmp_path, LEFT_OUT["skipped"], "-n", "1")
    assert ran.returncode == 1, ran.stdout
    assert "tests/test_b.py::test_x: skipped" in ran.stdout.split("yet left out")[1]


def test_a_run_without_gaps_passes_and_one_where_gaps_are_allowed_too(tmp_path):
    assert run_tests(tmp_path, PLAIN, "-p", "no:xdist").returncode == 0
    (tmp_path / "two").mkdir()
    assert run_tests(tmp_path / "two", LEFT_OUT["skipped"], "-p", "no:xdist", no_skips="").returncode == 0


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


def test_the_leaflets_of_a_sheet_on_one_paper_stay_in_one_worker(tmp_path):
    ran = run_tests(tmp_path, TRACE, "-n", "2", "--dist", "loadgroup")
    assert ran.returncode == 0, ran.stdout
    seen = [line.rsplit(" ", 1) for line in (tmp_path / "trace").read_text(encoding="utf-8").splitlines()]
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

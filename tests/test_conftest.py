"""Proves once that a run in which a test was left out fails where none may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

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

"""Help and version are data: on standard output, with exit code 0."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["build", "--help"], ["new", "module", "--help"], ["--version"]])
def test_help_is_data_and_ends_with_0(run, words):
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out

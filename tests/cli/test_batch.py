"""`batch` as it is called: what of it reaches the batch, and what is wrong usage."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.run import Contents, Wanted


@pytest.fixture
def called(monkeypatch) -> list[dict[str, Any]]:
    """With what a batch was run, instead of running it."""
    calls: list[dict[str, Any]] = []

    def run_told(wanted: Wanted, contents: Contents, tell: Any, how: Any) -> int:
        calls.append({"wanted": wanted, "contents": contents, "how": how})
        return 3

    monkeypatch.setattr("merkblatt.cli.batch_session.run_told", run_told)
    return calls


def test_what_is_said_reaches_the_batch(run, small_program, called):
    Path("praxis.yaml").write_text("name: Praxis am Markt\n", encoding="utf-8")
    words = ["--names", "{row}", "--print-file", "all.pdf", "--ignore-column", "a", "--ignore-column", "b"]
    flags = ["--named-title", "--dry-run", "--resume", "--strict"]
    ran = run("batch", "l.csv", "-o", "out", *words, *flags, "--practice", "praxis.yaml", "--date", "2026-11-20")
    assert ran.code == 3
    (call,) = called
    assert call["wanted"] == Wanted(
        "l.csv", Path("out"), date(2026, 11, 20), "{row}", ("a", "b"), dry_run=True, resume=True, strict=True,
        print_file=Path("all.pdf"), named_title=True,
    )  # fmt: skip
    assert call["contents"].sender.practice.name == "Praxis am Markt"
    assert list(call["contents"].library.sheets) == ["pain"]


def test_what_is_not_said_is_as_it_always_is(run, small_program, called):
    assert run("batch", "-", "-o", "out").code == 3
    (call,) = called
    assert call["wanted"] == Wanted("-", Path("out"), date(2026, 11, 23))
    assert call["contents"].sender is None
    assert [call["how"][name] for name in ("jobs", "cluster", "quiet", "as_json")] == [None, None, False, False]


@pytest.mark.parametrize(
    "words",
    [[], ["l.csv"], ["-o", "out"], ["l.csv", "-o", "out", "--jobs", "0"], ["l.csv", "-o", "out", "--date", "gestern"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_before_anything_is_read(run, small_program, called, words):
    ran = run("batch", *words)
    assert (ran.code, ran.out, called) == (2, "", [])

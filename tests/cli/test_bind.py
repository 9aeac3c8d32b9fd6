"""Proves the command that binds: what it writes, what it says, how it ends."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.pressed import sample


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    for name in ("one.pdf", "two.pdf"):
        Path(name).write_bytes(sample(f"<h1>{name}</h1><p>Text</p>"))
    return "one.pdf", "two.pdf"


def test_files_are_bound_in_their_order(run: Callable[..., Any], files: tuple[str, str]) -> None:
    ran = run("bind", *files, "--title", "Mappe", "-o", "out/all.pdf")
    assert (ran.code, ran.out, ran.err) == (0, "out/all.pdf\n", "")
    reader = pypdf.PdfReader(io.BytesIO(Path("out/all.pdf").read_bytes()))
    assert [page.extract_text().split()[0] for page in reader.pages] == list(files)
    assert reader.metadata is not None
    assert reader.metadata.title == "Mappe"


def test_a_file_that_is_none_is_named_and_nothing_is_written(run: Callable[..., Any], files: tuple[str, str]) -> None:
    Path("bad.pdf").write_text("no PDF")
    ran = run("bind", *files, "bad.pdf", "--title", "Mappe", "-o", "all.pdf")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("bad.pdf: is no readable PDF")
    ran = run("bind", *files, "none.pdf", "--title", "Mappe", "-o", "all.pdf")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "none.pdf: cannot be read: No such file or directory")
    assert not Path("all.pdf").exists()


@pytest.mark.parametrize(
    "words", [[], ["one.pdf"], ["one.pdf", "--title", "Mappe"], ["--title", "Mappe", "-o", "x.pdf"]]
)
def test_wrong_usage_ends_with_2(run: Callable[..., Any], files: tuple[str, str], words: list[str]) -> None:
    assert run("bind", *words).code == 2


def test_no_title_is_told_as_wrong_usage(run: Callable[..., Any], files: tuple[str, str]) -> None:
    ran = run("bind", *files, "--title", " ", "-o", "all.pdf")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "command line: the whole has no title")

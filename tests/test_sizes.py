"""Rooms stay small enough to be read at once: no file over 300 lines, no function over 45, most much shorter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import ROOT

LONGEST_FILE, USUAL_FILE = 300, 110
LONGEST_FUNCTION, USUAL_FUNCTION = 45, 8


def functions(source: str) -> Iterator[tuple[str, int]]:
    """The functions and methods of a file, each with its number of lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.fixture(scope="module", name="rooms")
def _rooms() -> dict[Path, str]:
    """The files of the program with what stands in them."""
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "merkblatt").rglob("*.py"))}


def test_files_are_short(rooms: dict[Path, str]) -> None:
    lines = {path: len(text.splitlines()) for path, text in rooms.items()}
    assert {path.name: count for path, count in lines.items() if count > LONGEST_FILE} == {}
    assert median(lines.values()) <= USUAL_FILE


def test_functions_are_short(rooms: dict[Path, str]) -> None:
    found = [(path.name, name, count) for path, text in rooms.items() for name, count in functions(text)]
    assert len(found) > 1000
    assert [one for one in found if one[2] > LONGEST_FUNCTION] == []
    assert median(count for _, _, count in found) <= USUAL_FUNCTION


def test_a_function_is_counted_from_its_head_to_its_end() -> None:
    assert list(
        functions("class A:\n    @b\n    def f(\n        self,\n    ):\n        def g(): ...\n        return 1\n")
    ) == [
        ("f", 5),
        ("g", 1),
    ]

"""Texts with a fault, and how their findings are told; the tests of models and of their wording share it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from merkblatt.core.findings import Finding
from tests.conftest import SMALL

HERE = Path("file.yaml")
MODULE = SMALL["modules/moving.yaml"]

#: Gives the findings of a text that should be a model.
Find = Callable[..., tuple[Finding, ...]]


def lines(found: tuple[Finding, ...]) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.message} | {f.hint}" for f in found]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)

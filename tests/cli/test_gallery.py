"""`gallery` as it is called: which leaflets it asks for, and how it ends. What it shows: tests/build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from merkblatt.build.gallery import Card
from merkblatt.core.findings import COMMAND_LINE, Finding, Place

FAULT = Finding(Place(Path("a.yaml")), "is wrong")
USAGE = Finding(COMMAND_LINE, "unknown sheet", code="unknown-name")


@pytest.fixture
def shown(run, small_program, monkeypatch):
    """Calls the gallery with cards of ours; what it gave back, and which leaflets it asked for."""

    def call(*words: str, findings: dict[str, Finding] | None = None) -> tuple[Any, list[str]]:
        asked: list[str] = []

        def make_cards(jobs: Any, *_: Any, **__: Any) -> Any:
            for job in jobs:
                asked.append(f"{job.order.sheet}.{job.order.edition}.{job.order.format}")
                found = (findings or {}).get(job.order.format)
                faults = (found,) if found else ()
                path = None if found else Path("a.pdf")
                yield Card(job.order.sheet, "Schmerz", "de", "de", job.order.format, path, findings=faults)

        monkeypatch.setattr("merkblatt.build.gallery.make_cards", make_cards)
        monkeypatch.setattr("merkblatt.build.gallery.compose_gallery", lambda cards: f"{len(cards)} cards")
        return run("gallery", *words), asked

    return call


def test_each_leaflet_is_asked_for_once_and_told(shown):
    ran, asked = shown("pain", "pain", "--format", "a5", "--format", "a4", "--format", "a5", "-o", "seen")
    assert asked == ["pain.de.a5", "pain.de.a4"]
    assert (ran.code, ran.out, ran.err) == (0, "seen/index.html\n", "1/2 pain.a5\n2/2 pain.a4\n")
    assert Path("seen/index.html").read_text() == "2 cards"


def test_without_words_every_sheet_is_shown_in_every_format_with_pages(shown):
    ran, asked = shown("-q")
    assert (ran.code, ran.err) == (0, "")
    assert {"pain.de.a4", "pain.de.dl-fold"} <= set(asked)
    assert "pain.de.html" not in asked


@pytest.mark.parametrize(
    ("findings", "code", "out"),
    [
        ({"a4": FAULT}, 3, "out/gallery/index.html\n"),
        ({"a4": FAULT, "a5": FAULT}, 1, ""),
        ({"a4": FAULT, "a5": USAGE}, 1, ""),
        ({"a4": USAGE, "a5": USAGE}, 2, ""),
    ],
)
def test_the_exit_code_says_how_much_is_shown(shown, findings, code, out):
    ran, _ = shown("--format", "a4", "--format", "a5", findings=findings)
    assert (ran.code, ran.out, Path("out").exists()) == (code, out, bool(out))
    assert all(str(finding.message) in ran.err for finding in findings.values())

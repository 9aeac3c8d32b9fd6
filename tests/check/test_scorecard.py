"""Proves that the table of quality counts what stands on the sheets, and that docs/ shows it as it is."""

from __future__ import annotations

from merkblatt.check.scorecard import POINTS, as_table, subjects
from tests.conftest import ROOT, TODAY

#: What a sheet need not have, each with its reason; anything else that is not met is a fault.
EXCUSED = {
    "contacts": "what to avoid or to take care of",  # addresses, and when not to wait
    "prevention": "what to avoid or to take care of",  # the source names no harm of movement
    "neck-exercises": "words of uncertainty",  # steps of exercises; their effect is not claimed
}


def test_every_sheet_meets_every_point_but_for_what_is_excused(library):
    missed = {
        (subject.leaflet.sheet, point.name)
        for subject in subjects(library, TODAY)
        for point in POINTS
        if not point.enough(point.count(subject))
    }
    assert missed <= set(EXCUSED.items())


def test_the_table_in_docs_is_what_the_tool_prints(library):
    assert as_table(library, TODAY) in (ROOT / "docs" / "qualitaet.md").read_text(encoding="utf-8")


def test_each_point_counts(content):
    (subject,) = subjects(content.load(), TODAY)
    before = {point.name: point.count(subject) for point in POINTS}
    content.change("modules/moving.yaml", "kind: do", "kind: avoid")
    (subject,) = subjects(content.load(), TODAY)
    changed = {point.name for point in POINTS if point.count(subject) != before[point.name]}
    assert {"things to do", "what to avoid or to take care of"} <= changed

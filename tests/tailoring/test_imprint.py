"""The foot of a leaflet: sources, reviews, and whether one is overdue."""

from __future__ import annotations

import pytest


def test_the_sources_are_those_of_what_is_printed(content):
    content.change("modules/later.yaml", "claims: [1-c]", "sources: [third]")
    content.change("sources.yaml", "- {id: leaf", "- {id: third, cite: {de: Drittes}}\n- {id: leaf")
    assert [source.id for source in content.choose(weeks=13).imprint.sources] == ["book", "leaf", "third"]
    assert [source.id for source in content.choose(weeks=12).imprint.sources] == ["book", "leaf"]


def test_the_next_review_is_the_earliest_of_what_is_printed(content):
    content.change("modules/later.yaml", "2028-11-23", "2027-01-01")
    assert str(content.choose(weeks=13).imprint.next_review) == "2027-01-01"
    assert str(content.choose(weeks=12).imprint.next_review) == "2028-11-23"


@pytest.mark.parametrize(("due", "overdue"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False)])
def test_a_review_is_overdue_on_the_day_after_it_was_due(content, due, overdue):
    content.change("modules/flags.yaml", "2028-11-23", due)
    assert content.choose().imprint.overdue is overdue


def test_a_leaflet_counts_as_reviewed_only_when_all_of_it_is(content):
    for path in sorted(content.root.rglob("*.yaml")):
        name = path.relative_to(content.root).as_posix()
        if name.startswith(("modules", "exercises")) and "cold" not in name:
            content.change(name, "{next:", "{by: Dr. A, on: 2026-10-01, next:")
    assert content.choose().imprint.reviewed_by is None
    content.change("sheets/pain.yaml", "{next:", "{by: Dr. B, on: 2026-10-02, next:")
    imprint = content.choose().imprint
    assert (imprint.reviewed_by, str(imprint.reviewed_on)) == ("Dr. B", "2026-10-02")

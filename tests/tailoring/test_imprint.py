"""The foot of a leaflet: sources, reviews, and whether one is overdue."""

from __future__ import annotations

import re

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


def reviewed(content, **files: str) -> None:
    """Has every file reviewed; those that are named, by their own words: `{by: Dr. B, on: 2026-10-02`."""
    for path in sorted(content.root.rglob("*.yaml")):
        name = path.relative_to(content.root).as_posix()
        if name.startswith(("modules", "exercises", "sheets")) and "cold" not in name:
            content.change(name, "{next:", files.get(path.stem, "{by: Dr. A, on: 2026-10-01") + ", next:")


def test_the_last_who_reviewed_is_named(content):
    reviewed(content, later="{by: Dr. C, on: 2026-10-03", turn="{by: Dr. B, on: 2026-10-02")
    assert (content.choose().imprint.reviewed_by, str(content.choose().imprint.reviewed_on)) == ("Dr. C", "2026-10-03")
    # Of what is not printed, nobody's review counts.
    assert content.choose(weeks=12).imprint.reviewed_by == "Dr. B"
    assert content.choose(weeks=12, without=["turn"]).imprint.reviewed_by == "Dr. A"


@pytest.mark.parametrize("pending", ["turn", "moving", "pain"])
def test_one_part_that_nobody_reviewed_leaves_the_whole_unreviewed(content, pending):
    reviewed(content)
    (path,) = content.root.rglob(f"{pending}.yaml")
    content.change(path.relative_to(content.root).as_posix(), "{by: Dr. A, on: 2026-10-01, ", "{")
    imprint = content.choose().imprint
    assert (imprint.reviewed_by, imprint.reviewed_on) == (None, None)


def test_the_review_of_an_exercise_is_due_too(content):
    content.change("exercises/turn.yaml", "2028-11-23", "2027-01-01")
    assert str(content.choose().imprint.next_review) == "2027-01-01"
    assert str(content.choose(without=["turn"]).imprint.next_review) == "2028-11-23"


def test_the_sources_of_the_message_are_named_each_once(content):
    content.change("sources.yaml", "- {id: leaf", "- {id: third, cite: {de: Drittes}}\n- {id: leaf")
    content.change("sheets/pain.yaml", "claims: [1-a]}", "sources: [third, leaf]}")
    found = content.choose().imprint
    assert [(source.id, source.cite) for source in found.sources] == [
        ("book", "Das Buch"), ("leaf", "Das Blatt"), ("third", "Drittes")
    ]  # fmt: skip
    assert str(found.issued) == "2026-11-23"


def test_a_claim_of_the_message_names_its_source(content):
    for name in ("modules/moving.yaml", "modules/warmth.yaml", "modules/later.yaml", "links.yaml"):
        text = (content.root / name).read_text()
        content.write(name, re.sub(r"claims: \[1-.\]", "sources: [leaf]", text))
    assert [source.id for source in content.choose().imprint.sources] == ["leaf", "book"]

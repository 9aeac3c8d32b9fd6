"""What `list` tells of a library."""

from __future__ import annotations

from merkblatt.authoring.listing import as_text, gather
from merkblatt.content.format_ids import FORMATS


def test_sheets_and_modules_are_told_with_what_stands_on_them(content):
    facts = gather(content.load())
    assert facts["sheets"]["pain"] == {
        "title": {"de": "Schmerz"},
        "editions": ["de"],
        "pages": {"a4": 2},
        "modules": ["moving", "warmth", "later", "flags"],
        "exercises": ["turn"],
    }
    assert facts["modules"]["cold"] == {
        "title": {"de": "Kälte"},
        "section": "self-help",
        "claims": ["1-d"],
        "contradicts": ["warmth"],
    }


def test_everything_else_is_told_by_its_name(content):
    facts = gather(content.load())
    assert facts["exercises"] == {"turn": {"title": {"de": "Drehen"}}}
    assert facts["editions"] == {"de": {"title": "Deutsch"}}
    assert facts["formats"] == list(FORMATS)
    assert facts["circumstances"]["sleepless"] == "Wenn Sie schlecht schlafen"
    assert list(facts["circumstances"]) == ["sleepless", "tension"]


def test_guidelines_that_differ_are_told_where_there_are_any(content):
    assert "guidelines" not in as_text(gather(content.load()))
    content.write(
        "guidelines.yaml",
        "guidelines:\n- {id: later, claims: [1-a], differs: Rest helps, source: The Guideline, since: 2025}\n",
    )
    facts = gather(content.load())
    assert facts["guidelines"] == {"later": {"title": "The Guideline", "differs": "Rest helps", "claims": ["1-a"]}}
    assert "  later  The Guideline. Rest helps" in as_text(facts)


def test_the_text_is_columns_one_part_after_the_other(content):
    blocks = as_text(gather(content.load())).split("\n\n")
    heads = [block.split(":")[0] for block in blocks]
    assert heads == ["sheets", "modules", "exercises", "editions", "formats", "circumstances"]
    assert blocks[1].splitlines()[1:] == [
        "  cold    Kälte",
        "  flags   Zeichen",
        "  later   Später",
        "  moving  Bewegung",
        "  warmth  Wärme",
    ]
    assert not any(line.endswith(" ") for block in blocks for line in block.splitlines())

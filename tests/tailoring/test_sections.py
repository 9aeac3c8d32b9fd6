"""Sections: what an order adds and leaves out, and where it then stands."""

from __future__ import annotations

import pytest

from merkblatt.content.model import SECTIONS
from tests.leaflet_facts import (
    doses,
    modules,
    sections,
)


def test_a_module_that_is_added_stands_at_the_end_of_its_section(content):
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert modules(leaflet) == ["moving", "cold", "later", "flags"]


def test_a_module_that_the_sheet_holds_already_is_not_printed_twice(content):
    assert modules(content.choose(**{"with": ["warmth", "warmth"]})) == modules(content.choose())


@pytest.mark.parametrize(
    ("section", "order"),
    [
        ("about", ["about", "self-help", "exercises", "longer", "red-flags", "contacts"]),
        ("work", ["self-help", "exercises", "work", "longer", "red-flags", "contacts"]),
        ("offers", ["self-help", "exercises", "longer", "red-flags", "offers", "contacts"]),
        ("notes", ["self-help", "exercises", "longer", "red-flags", "contacts", "notes"]),
    ],
)
def test_a_section_that_the_sheet_lacks_comes_in_its_place(content, section, order):
    content.change("modules/cold.yaml", "section: self-help", f"section: {section}")
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert sections(leaflet) == order
    assert order == sorted(order, key=SECTIONS.index)


def test_a_section_that_stands_twice_takes_an_addition_once_at_its_last_place(content):
    content.change(
        "sheets/pain.yaml", "- {section: contacts", "- {section: self-help, modules: [flags]}\n- {section: contacts"
    )
    content.change("sheets/pain.yaml", "- {section: red-flags, modules: [flags]}\n", "")
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert modules(leaflet) == ["moving", "later", "flags", "cold"]


def test_modules_and_exercises_can_be_left_out(content):
    leaflet = content.choose(without=["warmth", "turn"])
    assert modules(leaflet) == ["moving", "later", "flags"]
    assert "exercises" not in sections(leaflet)


def test_an_exercise_that_the_sheet_lacks_is_added_to_its_exercises(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    assert list(doses(content.choose(exercises={"nod": {}}))) == ["turn", "nod"]
    content.change("sheets/pain.yaml", "- {section: exercises, exercises: [turn]}\n", "")
    leaflet = content.choose(exercises={"nod": {"repeat": 3}})
    assert doses(leaflet) == {"nod": ("3", None)}
    assert sections(leaflet).index("exercises") < sections(leaflet).index("longer")

"""Sections: what an order adds and leaves out, and where it then stands."""

from __future__ import annotations

import pytest

from merkblatt.content.model import SECTIONS, Order
from merkblatt.tailoring.sections import added_exercises, sections_of
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


def test_a_fold_shows_warning_signs_and_addresses_on_its_back(content):
    content.change("sheets/pain.yaml", "- {section: contacts", "- {section: notes, lines: 3}\n- {section: contacts")
    assert sections(content.choose()) == ["self-help", "exercises", "longer", "red-flags", "notes", "contacts"]
    assert sections(content.choose(format="dl")) == [
        "self-help", "exercises", "longer", "notes", "red-flags", "contacts"
    ]  # fmt: skip


def test_a_poster_begins_with_the_warning_signs_and_shows_no_exercises(content):
    assert sections(content.choose(format="a3-poster")) == ["red-flags", "self-help", "contacts"]


def test_exercises_that_an_order_adds_keep_its_order(content):
    for name in ("nod", "arch"):
        content.write(f"exercises/{name}.yaml", (content.root / "exercises/turn.yaml").read_text())
    order = Order.model_validate({"sheet": "pain", "exercises": {"nod": {}, "turn": {}, "arch": {}}})
    sheet = content.load().sheets["pain"]
    assert added_exercises(sheet, order) == ["nod", "arch"]
    assert list(doses(content.choose(exercises={"nod": {}, "turn": {}, "arch": {}}))) == ["turn", "nod", "arch"]


def test_what_a_section_holds_to_write_in_is_chosen_with_it(content):
    content.change(
        "sheets/pain.yaml", "- {section: contacts", "- {section: plan, diary: 2, appointments: 3}\n- {section: contacts"
    )
    library = content.load()
    chosen = {one.section: one for one in sections_of(library.sheets["pain"], Order(sheet="pain"), library)}
    assert (chosen["plan"].diary, chosen["plan"].appointments, chosen["plan"].lines) == (2, 3, 0)
    contacts = chosen["contacts"]
    assert (contacts.links, contacts.lines, contacts.diary, contacts.appointments) == (("help",), 0, 0, 0)
    assert not chosen["exercises"].overview


def test_two_sections_that_the_sheet_lacks_come_in_their_places(content):
    content.change("modules/cold.yaml", "section: self-help", "section: offers")
    content.write("modules/sitting.yaml", (content.root / "modules/moving.yaml").read_text())
    content.change("modules/sitting.yaml", "section: self-help", "section: about")
    leaflet = content.choose(**{"with": ["cold", "sitting"], "without": ["warmth"]})
    assert sections(leaflet) == ["about", "self-help", "exercises", "longer", "red-flags", "offers", "contacts"]
    assert modules(leaflet) == ["sitting", "moving", "later", "flags", "cold"]


@pytest.mark.parametrize("format_", ["a4", "dl", "a3-poster"])
def test_a_paper_that_moves_a_section_takes_a_sheet_without_it(content, format_):
    content.change("sheets/pain.yaml", "- {section: contacts, links: [help]}\n", "")
    assert sorted(sections(content.choose(format=format_, without=["turn", "later"]))) == ["red-flags", "self-help"]

"""A sheet, its sections and its budget."""

from __future__ import annotations

import pytest

from merkblatt.content.model import (
    Message,
    Sheet,
)
from merkblatt.content.validation import to_model
from merkblatt.core.findings import Faulty
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL
from tests.content.faults import HERE, changed, lines


def test_a_section_that_holds_nothing_is_refused(findings):
    text = changed(SMALL["sheets/pain.yaml"], "- {section: longer, modules: [later]}", "- {section: longer}")
    assert lines(findings(text, Sheet)) == [
        "7:3 sections[3]: holds nothing: name modules, exercises, links, lines, diary or appointments | "
    ]


def sheet(pages: str) -> Sheet:
    text = changed(SMALL["sheets/pain.yaml"], "pages: {a4: 2}", pages)
    return to_model(parse_yaml(text, HERE), Sheet, HERE)


def test_a_budget_is_that_of_the_edition_or_of_the_sheet():
    made = sheet("pages: {a4: 2, a5: 6}\npages_in: {uk: {a4: 3}}")
    assert made.most_pages("de", "a4") == 2
    assert made.most_pages("uk", "a4") == 3
    assert made.most_pages("uk", "a5") == 6
    assert made.most_pages("uk", "dl") is None


@pytest.mark.parametrize("pages", ["pages: {a4: 0}", "pages: {a4: 101}", "pages: {a6: 2}", "pages_in: {DE: {a4: 2}}"])
def test_a_budget_that_cannot_be_is_refused(pages):
    with pytest.raises(Faulty):
        sheet(pages)


@pytest.mark.parametrize("part", ["lines: 3", "diary: 4", "appointments: 2"])
def test_a_section_may_hold_only_what_is_filled_in(part):
    text = changed(SMALL["sheets/pain.yaml"], "- {section: longer, modules: [later]}", f"- {{section: plan, {part}}}")
    section = to_model(parse_yaml(text, HERE), Sheet, HERE).sections[2]
    assert getattr(section, part.split(":")[0]) == int(part[-1])


def test_a_message_is_a_text_on_its_ground():
    message = Message.model_validate({"text": {"de": "Gehen Sie."}, "claims": ("1-a",)})
    assert (message.text.get("de"), message.claims, message.sources) == ("Gehen Sie.", ("1-a",), ())

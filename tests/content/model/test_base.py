"""What all models share: ids, dates, colours, texts, and that a value keeps its place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from merkblatt.content.model import (
    Module,
    Practice,
    Review,
    Text,
    When,
)
from merkblatt.content.validation import to_model
from merkblatt.core.yaml_reader import parse_yaml
from tests.content.faults import HERE, MODULE


@pytest.mark.parametrize("colour", ["blue", "'#fff'", "'#0b5563ff'", "0b5563", "'#0b556g'"])
def test_an_accent_is_a_colour_of_six_digits(findings, colour):
    (finding,) = findings(f"name: Praxis\naccent: {colour}\n", Practice)
    assert finding.hint == "a colour as #0b5563, in quotes"


def test_a_value_knows_where_it_and_its_fields_stand():
    module = to_model(parse_yaml(MODULE, HERE), Module, HERE)
    assert (module.at().line, module.at("section").line, module.at("section").column) == (1, 2, 10)
    assert module.at("nothing") == module.at()
    assert (module.title.at("de").line, module.title.at("de").column) == (1, 13)
    assert str(When.model_validate({"stage": "acute"}).at()) == "?"


def test_a_value_cannot_be_changed():
    text = Text.model_validate({"de": "Ja"})
    with pytest.raises(ValidationError, match="frozen"):
        text.root = {}  # type: ignore[misc]


def test_a_text_is_none_in_an_edition_that_it_lacks():
    text = Text.model_validate({"de": "Ja"})
    assert (text.get("de"), text.get("en")) == ("Ja", None)
    with pytest.raises(ValidationError):
        Text.model_validate({})


@pytest.mark.parametrize("day", ["2026-02-30", "23.11.2026", "2026-1-1", 20261123])
def test_a_day_is_an_iso_date(day):
    with pytest.raises(ValidationError):
        Review.model_validate({"next": day})

"""Exercises and their doses."""

from __future__ import annotations

import pytest

from merkblatt.content.model import (
    Dose,
    Exercise,
)
from merkblatt.content.validation import to_model
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL
from tests.content.faults import HERE, changed, lines


@pytest.mark.parametrize(
    ("amount", "taken"),
    [("5", True), ("8-10", True), ("0", False), ("ten", False), ("1000", False), ("8–10", False), ("true", False)],
)
def test_a_dose_is_a_number_or_a_span(findings, amount, taken):
    text = changed(SMALL["exercises/turn.yaml"], "repeat: 5", f"repeat: {amount}")
    if taken:
        assert to_model(parse_yaml(text, HERE), Exercise, HERE).dose.repeat == amount
    else:
        assert findings(text, Exercise)[0].message.startswith("dose.repeat")


def test_a_dose_says_only_what_it_says():
    dose = Dose.model_validate({"sets": 3, "each_side": True})
    assert dose.model_dump(exclude_none=True) == {"sets": "3", "each_side": True}


@pytest.mark.parametrize("count", [1, 7])
def test_an_exercise_takes_one_to_seven_steps(findings, count):
    text = changed(SMALL["exercises/turn.yaml"], "- {de: Drehen Sie den Kopf.}\n", "- {de: Weiter.}\n" * count)
    assert len(to_model(parse_yaml(text, HERE), Exercise, HERE).steps) == count


def test_an_eighth_step_is_refused(findings):
    text = changed(SMALL["exercises/turn.yaml"], "- {de: Drehen Sie den Kopf.}\n", "- {de: Weiter.}\n" * 8)
    assert [one.message for one in findings(text, Exercise)] == ["steps must have at most 7 entries, found 8"]


def test_an_area_is_one_that_there_is(findings):
    text = changed(SMALL["exercises/turn.yaml"], "area: [neck]", "area: [nek]")
    assert lines(findings(text, Exercise)) == ['2:8 area[1] cannot be "nek" | did you mean "neck"?']

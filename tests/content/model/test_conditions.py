"""What a statement may depend on."""

from __future__ import annotations

import pytest

from merkblatt.content.model import (
    Conditions,
    WeekSpan,
    When,
)
from tests.conftest import SMALL
from tests.content.faults import changed


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("{}", "names no condition"),
        ("{weeks: {}}", "weeks: names neither over nor upto"),
        ("{weeks: {over: 6}, stage: acute}", "names both weeks and a stage; one of them says when"),
        ("{weeks: {over: 6, upto: 6}}", "weeks: holds no week: over 6, upto 6"),
        ("{weeks: {over: 12, upto: 3}}", "weeks: holds no week: over 12, upto 3"),
        ("{weeks: {over: -1}}", 'weeks.over: must be greater than or equal to 0, found "-1"'),
        ("{weeks: {over: '12'}}", 'weeks.over must be a whole number, found "12"'),
        ("{weeks: {over: 1.5}}", 'weeks.over must be a whole number, found "1.5"'),
        ("{weeks: {form: 12}}", 'unknown key "form"'),
        ("{weeks: 12}", 'weeks must be a mapping (key: value), found "12"'),
    ],
)
def test_a_condition_that_cannot_be_is_refused(findings, when, message):
    assert message in [finding.message for finding in findings(when, When)]


def test_a_stage_needs_a_span(findings):
    text = changed(SMALL["conditions.yaml"], "weeks: {upto: 6}, ", "")
    assert [finding.message for finding in findings(text, Conditions)] == ['"weeks" is missing']


@pytest.mark.parametrize(
    ("span", "weeks", "held"),
    [
        ({"over": 6}, 6, False),
        ({"over": 6}, 7, True),
        ({"upto": 6}, 6, True),
        ({"upto": 6}, 7, False),
        ({"over": 6, "upto": 12}, 12, True),
        ({"over": 6, "upto": 12}, 13, False),
        ({"over": 6, "upto": 12}, 6, False),
    ],
)
def test_a_span_begins_after_a_week_and_ends_with_one(span, weeks, held):
    assert WeekSpan.model_validate(span).holds(weeks) is held


def test_a_statement_may_name_one_time_and_one_circumstance():
    when = When.model_validate({"stage": "acute", "circumstance": "tension"})
    assert (when.stage, when.circumstance, when.weeks) == ("acute", "tension", None)

"""An edition and the page's own words in it."""

from __future__ import annotations

import pytest

from merkblatt.content.model import (
    Edition,
    Plural,
)
from merkblatt.content.validation import to_model
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL
from tests.content.faults import HERE, changed


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("weeks_over", "labels.weeks_over: holds nothing in braces, not {weeks}"),
        ("weeks_over {week}", "labels.weeks_over: holds {week} in braces, not {weeks}"),
        ("weeks_over {weeks", "labels.weeks_over: has a brace too many or too few: expected '}' before end of string"),
        ("weeks_over {weeks.__class__}", "labels.weeks_over: holds {weeks.__class__} in braces, not {weeks}"),
        ("weeks_over {0}", "labels.weeks_over: holds {0} in braces, not {weeks}"),
    ],
)
def test_a_label_holds_what_the_program_fills_in_and_nothing_else(findings, label, message):
    text = changed(SMALL["editions/de.yaml"], '"weeks_over {weeks}"', f'"{label}"')
    assert [finding.message for finding in findings(text, Edition)] == [message]


def test_a_label_that_is_missing_is_named(findings):
    text = changed(SMALL["editions/de.yaml"], '  for_name: "for_name {name}"\n', "")
    assert [finding.message for finding in findings(text, Edition)] == ['"for_name" is missing']


def test_a_plural_has_the_form_of_its_category_or_the_other():
    words = Plural.model_validate({"none": "nie", "one": "einmal", "other": "{n}-mal"})
    assert words.words(0, "other") == "nie"
    assert words.words(1, "one") == "einmal"
    assert words.words(2, "two") == "{n}-mal"
    assert Plural(other="{n}-mal").words(0, "other") == "{n}-mal"


def test_a_form_may_hold_its_number_as_a_word_but_the_other_may_not(findings):
    text = changed(SMALL["editions/de.yaml"], '"dose_sets {n}"', "{one: einmal, other: mehrmals}")
    (finding,) = findings(text, Edition)
    assert finding.message == "labels.dose_sets: holds nothing in braces, not {n}"
    text = changed(SMALL["editions/de.yaml"], '"dose_sets {n}"', "{one: einmal, other: '{n} mal'}")
    assert to_model(parse_yaml(text, HERE), Edition, HERE).labels.dose_sets.one == "einmal"


def test_weeks_hold_their_number_and_no_other_brace(findings):
    text = SMALL["editions/de.yaml"] + "weeks: {one: '{weeks} Woche', other: '{n} Wochen'}\n"
    assert [one.message for one in findings(text, Edition)] == ["weeks: holds {weeks} in braces, not {n}"]


@pytest.mark.parametrize("line", ["language: Deutsch", "direction: up", "fonts: ['a;b']", "hyphenation: auto"])
def test_an_edition_that_no_page_can_have_is_refused(findings, line):
    text = changed(SMALL["editions/de.yaml"], "language: de", line if "language" in line else f"language: de\n{line}")
    assert findings(text, Edition)


def test_marks_are_those_of_german_unless_an_edition_says_otherwise():
    made = to_model(parse_yaml(SMALL["editions/de.yaml"], HERE), Edition, HERE)
    assert (made.marks.comma, made.marks.semicolon, made.direction, made.base) == (",", ";", "ltr", None)

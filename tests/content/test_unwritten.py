"""What a new edition still lacks is told field by field."""

from __future__ import annotations

from merkblatt.content.model import Edition
from merkblatt.content.unwritten import UNWRITTEN, unwritten_words
from merkblatt.content.validation import to_model
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL
from tests.content.faults import HERE, changed

DE = SMALL["editions/de.yaml"]


def told(text: str) -> list[str]:
    edition = to_model(parse_yaml(text, HERE), Edition, HERE)
    return [f"{one.place.line} {one.message}" for one in unwritten_words(edition)]


def test_an_edition_that_is_written_lacks_nothing():
    assert told(DE) == []


def test_a_label_and_a_section_are_named():
    line = DE.splitlines().index("labels:") + 2
    assert told(changed(DE, '"caution"', UNWRITTEN)) == [f"{line} is not written yet: caution"]
    assert told(changed(DE, "part work", UNWRITTEN)) == ["4 is not written yet: work"]
    assert told(changed(DE, "name: Deutsch", f"name: {UNWRITTEN} Türkisch")) == ["1 is not written yet: name"]


def test_more_than_three_are_counted():
    text = DE
    for name in ("about", "self-help", "exercises", "plan", "work"):
        text = changed(text, f"part {name}", UNWRITTEN)
    assert told(text) == ["4 is not written yet: about, self-help, exercises and 2 more"]


def test_the_forms_of_a_plural_are_named():
    text = DE + f"weeks: {{one: {UNWRITTEN} a, other: {UNWRITTEN} b}}\n"
    assert told(text)[0].endswith("is not written yet: one, weeks")

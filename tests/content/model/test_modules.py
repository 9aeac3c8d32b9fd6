"""Advice, its review, and addresses outside."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from merkblatt.content.model import (
    Links,
    Module,
    Review,
)
from merkblatt.content.validation import to_model
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL
from tests.content.faults import HERE, MODULE, changed, lines


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://www.example.org", True),
        ("https://example.org/a/b-c_d.html", True),
        ("http://example.org", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://example.org/?q=1", False),
        ("https://user@example.org", False),
        ("https://example.org/ä", False),
        ("https://EXAMPLE.org", False),
        ("https://example.org\\nx", False),
    ],
)
def test_an_address_can_be_typed_by_a_person(findings, url, taken):
    text = changed(SMALL["links.yaml"], "https://example.org/rat", url)
    if taken:
        assert to_model(parse_yaml(text, HERE), Links, HERE).links[0].url == url
    else:
        (finding,) = findings(text, Links)
        assert finding.hint == "an address that begins with https://"


def test_a_review_without_a_reviewer_or_a_day_is_refused(findings):
    text = changed(MODULE, "{next:", "{by: Dr. A, next:")
    assert lines(findings(text, Module)) == [
        "5:11 reviewed: a review names both by whom and on which day, or neither | "
    ]


def test_a_review_names_both_or_neither():
    data = {"next": "2028-11-23"}
    assert Review.model_validate(data).by is None
    assert Review.model_validate({**data, "by": "Dr. A", "on": "2026-11-23"}).by == "Dr. A"
    with pytest.raises(ValidationError, match="a review names both by whom and on which day, or neither"):
        Review.model_validate({**data, "on": "2026-11-23"})


def test_a_module_says_something(findings):
    text = MODULE.replace("text: {de: Gehen Sie.}", "text: {}")
    assert [line.split(" | ")[0] for line in lines(findings(text, Module))] == [
        "4:20 statements[1].text must have at least 1 entry, found 0"
    ]

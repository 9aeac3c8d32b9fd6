"""How a user's mistake is told: its place, what it is, how it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place, Severity, did_you_mean, shown


def test_a_place_is_told_as_editors_take_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(Place(tmp_path / "a/b.yaml", 3, 5)) == "a/b.yaml:3:5"
    assert str(Place(tmp_path / "a.yaml")) == "a.yaml"
    assert str(Place(tmp_path.parent / "c.yaml", 1, 1)) == f"{tmp_path.parent / 'c.yaml'}:1:1"
    assert str(Place(Path("a.yaml"), 2, 1)) == "a.yaml:2:1"


def test_places_stand_in_the_order_of_the_file():
    one, two, three = Place(Path("a"), 2, 9), Place(Path("a"), 10, 1), Place(Path("b"), 1, 1)
    assert sorted([three, two, one]) == [one, two, three]


def test_a_finding_names_its_weight_where_it_is_no_error_and_its_hint():
    assert str(Finding(COMMAND_LINE, "is wrong")) == "command line: is wrong"
    told = str(Finding(Place(Path("a"), 1, 2), "is odd", "mend it", Severity.WARNING))
    assert told == "a:1:2: warning: is odd\n  hint: mend it"


def test_all_findings_are_told_at_once():
    one, two = Finding(COMMAND_LINE, "one"), Finding(COMMAND_LINE, "two", "mend")
    error = Faulty(iter([one, two]))
    assert error.findings == (one, two)
    assert str(error) == f"{one}\n{two}"


@pytest.mark.parametrize(
    ("found", "known", "hint"),
    [
        ("nek", ["back", "neck"], 'did you mean "neck"?'),
        ("xyz", ["neck", "back"], "known: back, neck"),
        ("xyz", [], "none is known here"),
    ],
)
def test_the_nearest_word_is_offered_or_all_of_them(found, known, hint):
    assert did_you_mean(found, known) == hint


def test_values_are_shown_on_one_line_and_cut():
    assert shown("a\n  b") == '"a b"'
    assert shown(12) == '"12"'
    assert shown("x" * 61) == f'"{"x" * 59}…"'
    assert shown("x" * 60) == f'"{"x" * 60}"'
    assert shown("abcdef", 4) == '"abc…"'

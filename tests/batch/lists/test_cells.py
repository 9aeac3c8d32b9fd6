"""Cells: what stands in one becomes the value that an order takes, and none is a formula."""

from __future__ import annotations

import datetime

import pytest

from merkblatt.batch.lists.cells import FORMULA, guard, read_value, unguard


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("weeks", "6", 6),
        ("weeks", "6,0", 6),
        ("weeks", "6,5", 7),
        ("weeks", "6.5", 7),
        ("weeks", 12.0, 12),
        ("weeks", "1.000", "1.000"),
        ("weeks", "zwölf", "zwölf"),
        ("date", "23.11.2026", "2026-11-23"),
        ("date", "3.4.26", "2026-04-03"),
        ("date", "2026-11-23", "2026-11-23"),
        ("date", "23.11.2026 00:00:00", "2026-11-23"),
        ("date", "31.02.2026", "31.02.2026"),
        ("date", "11/23/2026", "11/23/2026"),
        ("date", datetime.datetime(2026, 11, 23), "2026-11-23"),
        ("appointment", datetime.datetime(2026, 11, 30, 9), "30.11.2026, 09:00"),
        ("appointment", datetime.datetime(2026, 11, 30), "30.11.2026"),
        ("appointment", "Mo,\n 9 Uhr", "Mo, 9 Uhr"),
        ("name", "Ju\u0308rgen\xa0 Groß ", "Jürgen Groß"),
        ("name", 4711.0, "4711"),
        ("note", " a\r\n b_x000D_\n", "a\n b"),
        ("note", "'=1+1", "=1+1"),
        ("note", "' so", "' so"),
        ("with", "a, b;c d\ne|f", ["a", "b", "c", "d", "e", "f"]),
        ("circumstances", "tension=ja, sleepless=nein", {"tension": True, "sleepless": False}),
        ("circumstances", "tension", {"tension": True}),
        ("exercises", "chin-tuck, bird-dog", {"chin-tuck": {}, "bird-dog": {}}),
        (
            "exercises",
            "chin-tuck:repeat=5,per_day=4, bird-dog:Halten=3, je Seite=ja | cat-camel",
            {
                "chin-tuck": {"repeat": "5", "per_day": "4"},
                "bird-dog": {"hold": "3", "each_side": True},
                "cat-camel": {},
            },
        ),
        ("format", "A4", "a4"),
        ("format", "groß", "a4-large"),
        ("format", "A4 large", "a4-large"),
        ("edition", "DE Simple", "de-simple"),
        ("named_title", "Ja", True),
        ("named_title", "vielleicht", "vielleicht"),
        ("name", "  ", None),
        ("name", None, None),
    ],
)
def test_a_cell_becomes_the_value_that_an_order_takes(field, cell, value):
    assert read_value(field, cell) == value


@pytest.mark.parametrize("sign", FORMULA)
def test_a_guarded_cell_is_no_formula_and_is_read_as_it_was(sign):
    assert guard(f"{sign}1").startswith("'")
    assert unguard(guard(f"{sign}1")) == f"{sign}1"
    assert (guard("a=1"), unguard("'a")) == ("a=1", "'a")


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("weeks", -0.5, 0),
        ("weeks", "-1", -1),
        ("weeks", float("inf"), float("inf")),
        ("weeks", True, True),
        ("weeks", "1234567", "1234567"),
        ("max_pages", "4,2", 5),
        ("date", "1. 2. 2026", "2026-02-01"),
        ("date", "01.02.2026, 0:00", "2026-02-01"),
        ("date", "01.02.2026 09:00", "01.02.2026 09:00"),
        ("date", "1.2.99", "2099-02-01"),
        ("date", datetime.date(2026, 2, 1), "2026-02-01"),
        ("date", 46049, 46049),
        ("appointment", datetime.date(2026, 2, 1), "01.02.2026"),
        ("appointment", datetime.time(9, 5), "09:05"),
        ("appointment", datetime.datetime(2026, 2, 1, 0, 0, 1), "01.02.2026, 00:00"),
        ("name", 1.5, "1.5"),
        ("name", ["a"], ["a"]),
        ("note", {"a": 1}, {"a": 1}),
        ("note", "a\rb", "a\nb"),
        ("note", 3.0, "3"),
        ("with", [1], [1]),
        ("with", " ,a,, b; ", ["a", "b"]),
        ("circumstances", {"tension": True}, {"tension": True}),
        (
            "circumstances",
            "tension = x ;; sleepless=0|a=oft\nb",
            {"tension": True, "sleepless": False, "a": "oft", "b": True},
        ),
        ("exercises", {"a": {}}, {"a": {}}),
        ("exercises", "a:repeat=8–10\nb", {"a": {"repeat": "8-10"}, "b": {}}),
        (
            "exercises",
            "a: Mal = 5, am Tag=2, Je_Seite=nein",
            {"a": {"repeat": "5", "per_day": "2", "each_side": False}},
        ),
        ("exercises", "a:,b:hold=3;;", {"a": {}, "b": {"hold": "3"}}),
        ("exercises", "repeat=5", {"": {"repeat": "5"}}),
        ("exercises", "a, ,b; ", {"a": {}, "b": {}}),
        ("circumstances", "tension; ", {"tension": True}),
        ("exercises", "a:lang", {"a": {"lang": ""}}),
        ("exercises", "a, b, a:repeat=5", {"a": {"repeat": "5"}, "b": {}}),
        ("format", "A4_Großdruck", "a4-large"),
        ("format", "a5", "a5"),
        ("format", 4, 4),
        ("edition", "EN", "en"),
        ("named_title", " NEIN ", False),
        ("named_title", 1, True),
        ("named_title", False, False),
        ("sheet", "Neck\n Pain", "Neck Pain"),
        ("sheet", 0, "0"),
    ],
)
def test_what_is_unusual_in_a_cell_is_read_or_left_as_it_is(field, cell, value):
    found = read_value(field, cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("cell", ["", " \u00a0", "_x000D_", "\r\n", None])
def test_a_cell_that_shows_nothing_is_empty(cell):
    assert read_value("name", cell) is None
    assert read_value("exercises", cell) is None


def test_an_apostrophe_that_guards_nothing_stays():
    assert [unguard(text) for text in ("'", "''", "'=", "=", "a'=")] == ["'", "''", "=", "=", "a'="]

"""JSON Lines and YAML: rows that name their own fields."""

from __future__ import annotations

import json

import pytest

from tests.batch_lists import faults, orders, row_faults, wishes


def test_json_lines_are_read(read):
    rows = [
        {"sheet": "neck-pain", "weeks": 6, "exercises": {"chin-tuck": {"repeat": 5}}},
        {"Blatt": "whiplash", "mit": ["a"]},
    ]
    listing = read("\n".join(map(json.dumps, rows)), "orders.jsonl")
    first, second = orders(listing)
    assert (first.weeks, first.exercises["chin-tuck"].repeat, second.with_) == (6, "5", ("a",))


def test_json_lines_at_fault_are_told_and_the_others_go_on(read):
    listing = read('{"sheet": "neck-pain"}\n{"sheet": \n[1]\n{"sheet": "x", "wekks": 3}\n', "orders.jsonl")
    told = row_faults(listing, "orders.jsonl")
    assert [line.split("\n")[0] for line in told] == [
        "2:10: row 2: is no JSON: Expecting value",
        "3:1: row 3: is no JSON object",
        '4:1: row 4: unknown column "wekks"',
    ]
    assert len(list(listing.rows())) == 4


def test_yaml_is_read(read):
    listing = read(
        "- sheet: neck-pain\n  weeks: 6\n  exercises: {chin-tuck: {repeat: 5}}\n- Blatt: whiplash\n", "o.yaml"
    )
    first, second = orders(listing)
    assert (first.weeks, first.exercises["chin-tuck"].repeat, second.sheet) == (6, "5", "whiplash")
    assert [row.line for row in listing.rows()] == [1, 4]


def test_yaml_that_is_no_list_is_told(read):
    assert "is no list" in faults(lambda: list(read("sheet: neck-pain\n", "o.yaml").rows()))[0]


def test_a_row_tells_its_line_and_how_it_was_written(read):
    listing = read('\n{"sheet": "x"}\r\n\n  {broken \n', "orders.jsonl")
    assert [(row.number, row.line, row.raw) for row in listing.rows()] == [
        (1, 2, {"sheet": "x"}),
        (2, 4, "  {broken "),
    ]


def test_json_that_is_nested_too_deeply_is_told(read):
    (told,) = row_faults(read("[" * 100_000 + "\n", "orders.jsonl"), "orders.jsonl")
    assert told.startswith("1:1: row 1: is no JSON: it is nested too deeply")


def test_yaml_items_that_are_no_rows_are_told_and_the_others_go_on(read):
    listing = read("- sheet: x\n- neck-pain\n- [1]\n- sheet: y\n", "o.yaml")
    assert [line.split("\n")[0] for line in row_faults(listing, "o.yaml")] == [
        "2:3: row 2: is no mapping (key: value)",
        "3:3: row 3: is no mapping (key: value)",
    ]
    assert [row.wish.get("sheet") for row in listing.rows()] == ["x", None, None, "y"]
    assert [row.raw for row in listing.rows()][1] == "neck-pain"


@pytest.mark.parametrize("name", ["o.yaml", "orders.jsonl"])
def test_a_row_of_its_own_fields_may_leave_some_unread_and_needs_no_heading(name, read):
    rows = [{"sheet": "x", "Patient": 3}, {"Blatt": "y", "Warum ausgelassen": "so"}]
    text = "\n".join(("- " if name == "o.yaml" else "") + json.dumps(row) for row in rows)
    listing = read(text, name, ("patient",))
    assert wishes(listing) == [{"sheet": "x"}, {"sheet": "y"}]
    assert listing.columns == ()

"""JSON Lines and YAML: rows that name their own fields."""

from __future__ import annotations

import json

from tests.batch_lists import faults, orders, row_faults


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

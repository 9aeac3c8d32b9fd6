"""Proves that what a leaflet could do without is found with few tries, and no more than is needed."""

from __future__ import annotations

import pytest

from merkblatt.tailoring.copyfit import find_spare, spare_names

SIZES = {"a": 3, "b": 1, "c": 5, "d": 1}


@pytest.mark.parametrize(
    ("room", "spare"),
    [
        (9, ("a",)),
        (8, ("a",)),
        (7, ("a",)),
        (6, ("a", "b")),
        (5, ("c",)),
        (2, ("a", "c")),
        (1, ("a", "b", "c")),
        (-1, ()),
    ],
)
def test_as_little_as_possible_goes(room, spare):
    tried = []

    def fits(gone: tuple[str, ...]) -> bool:
        tried.append(gone)
        return sum(size for name, size in SIZES.items() if name not in gone) <= int(room)

    assert find_spare(tuple(SIZES), fits) == spare
    assert len(tried) <= 7


def test_where_there_is_nothing_to_leave_out_nothing_is_named():
    assert find_spare((), lambda gone: True) == ()


def leaflet(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    return content.choose(exercises={"nod": {}})


def test_what_stands_last_may_go_first_and_warning_signs_never(content):
    assert spare_names(leaflet(content)) == ["later", "nod", "turn", "warmth", "moving"]


def test_it_is_asked_seldom_of_many():
    names, tried = tuple(map(str, range(100))), []

    def fits(gone: tuple[str, ...]) -> bool:
        tried.append(gone)
        return len(gone) >= 3

    assert find_spare(names, fits) == ("0", "1", "2")
    assert len(tried) <= 1 + 7 + 2
    assert tried[0] == names


def test_one_alone_may_be_enough():
    assert find_spare(("a",), lambda gone: "a" in gone) == ("a",)
    assert find_spare(("a", "b"), lambda gone: "a" in gone) == ("a",)
    assert find_spare(("a", "b"), lambda gone: "b" in gone) == ("b",)

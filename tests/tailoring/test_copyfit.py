"""Proves that what a leaflet could do without is found with few tries, and no more than is needed."""

from __future__ import annotations

import pytest

from merkblatt.tailoring.copyfit import find_spare

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

"""Finished leaflets as they are kept, and the trails by which they are found."""

from __future__ import annotations

from merkblatt.build.kept_pdf import Trail
from merkblatt.core.cache import key_of
from tests.pressed import TODAY


def test_a_trail_holds_until_the_review_is_due() -> None:
    trail = Trail(key_of(1), "neck-pain.de.a4", TODAY, overdue=False)
    assert Trail.from_bytes(trail.to_bytes()) == trail
    assert trail.holds(TODAY)
    assert not trail.holds(TODAY.replace(year=2027))

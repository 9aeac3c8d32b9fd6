"""How far joints go."""

from __future__ import annotations

import pytest

from merkblatt.figures.ranges import RANGES, Faults


@pytest.mark.parametrize("joint", sorted(RANGES))
def test_a_joint_goes_to_its_bounds_and_not_beyond(joint):
    low, high = RANGES[joint]
    faults = Faults()
    faults.within(joint, low)
    faults.within(joint, high)
    assert faults.found == []
    faults.within(joint, low - 1)
    faults.within(joint, high + 1, "left")
    assert faults.found == [
        f"{joint}: {low - 1} degrees; a body goes from {low} to {high}",
        f"left {joint}: {high + 1} degrees; a body goes from {low} to {high}",
    ]


def test_half_a_degree_is_no_fault():
    faults = Faults()
    faults.within("knee", -0.5)
    faults.within("knee", 158.5)
    assert faults.found == []

"""Legs by their angles, and feet on the ground."""

from __future__ import annotations

import pytest

from merkblatt.figures.anatomy import ANKLE, SHIN, SIDES, SIGN, THIGH
from merkblatt.figures.space import angle, distance, minus
from tests.figures.bodies import posed


@pytest.mark.parametrize("posture", ["standing", "seated"])
def test_feet_stand_on_the_ground_below_an_ankle(posture):
    for leg in posed(posture).legs.values():
        assert leg.end[2] == pytest.approx(ANKLE)


@pytest.mark.parametrize("bent", [0, 45, 90, 150])
def test_a_knee_bends_as_far_as_it_is_said(bent):
    leg = posed("lying", legs={"hip": 60, "knee": bent}).legs["left"]
    assert angle(minus(leg.middle, leg.root), minus(leg.end, leg.middle)) == pytest.approx(bent, abs=0.01)
    assert distance(leg.root, leg.middle) == pytest.approx(THIGH)
    assert distance(leg.middle, leg.end) == pytest.approx(SHIN)


def test_a_hip_brings_the_thigh_forward():
    straight, lifted = (posed(right_leg={"hip": hip, "knee": 0}).legs["right"] for hip in (0, 60))
    assert lifted.middle[0] > straight.middle[0] + 20
    assert lifted.middle[2] > straight.middle[2] + 10


@pytest.mark.parametrize("side", SIDES)
def test_a_leg_is_spread_away_from_the_body(side):
    near, far = (posed("lying", legs={"hip": 0, "knee": 0, "spread": spread}).legs[side] for spread in (0, 30))
    assert (far.end[1] - near.end[1]) * SIGN[side] > 20


@pytest.mark.parametrize("foot", [-10, 0, 10])
def test_a_foot_stands_as_far_before_its_place_as_it_is_said(foot):
    rest, moved = (posed("seated", legs={"foot": way}).legs["left"] for way in (0, foot))
    assert moved.end[0] - rest.end[0] == pytest.approx(foot)


def test_a_foot_that_cannot_get_there_is_told():
    assert "the left foot does not reach its place" in " ".join(posed(left_leg={"foot": -80}).faults)


@pytest.mark.parametrize("lean", [-40, 40])
def test_knees_lean_to_a_side_over_standing_feet(lean):
    rest, leaned = (posed("lying", legs={"lean": way}).legs["left"] for way in (0, lean))
    assert (leaned.middle[1] - rest.middle[1]) * lean > 0
    assert distance(leaned.root, leaned.middle) == pytest.approx(THIGH)

"""Arms by their angles, and hands that reach their places."""

from __future__ import annotations

import pytest

from merkblatt.figures.anatomy import FOREARM, SIDES, SIGN, UPPER_ARM, Side
from merkblatt.figures.space import angle, distance, minus
from tests.figures.bodies import posed

STRAIGHT = {"elbow": 0, "spread": 0}


@pytest.mark.parametrize(("lift", "way"), [(0, (0, 0, -1)), (90, (1, 0, 0)), (180, (0, 0, 1))])
def test_an_arm_is_lifted_forward_and_up(lift, way):
    body = posed(tilt=-4, lumbar={"bend": 14}, thorax={"bend": -20}, arms={"lift": lift, **STRAIGHT})
    arm = body.arms["left"]
    assert angle(minus(arm.end, arm.root), way) == pytest.approx(0, abs=0.5)
    assert distance(arm.root, arm.end) == pytest.approx(UPPER_ARM + FOREARM)


@pytest.mark.parametrize("side", SIDES)
def test_an_arm_is_spread_away_from_the_body(side):
    arm = posed(arms={"spread": 90, "elbow": 0}).arms[side]
    assert (arm.end[1] - arm.root[1]) * SIGN[side] == pytest.approx(UPPER_ARM + FOREARM, abs=0.5)


@pytest.mark.parametrize("bent", [0, 30, 90, 150])
def test_an_elbow_bends_as_far_as_it_is_said(bent):
    arm = posed(arms={"elbow": bent}).arms["right"]
    assert angle(minus(arm.middle, arm.root), minus(arm.end, arm.middle)) == pytest.approx(bent)


@pytest.mark.parametrize("side", SIDES)
def test_a_turned_arm_brings_the_forearm_inward(side):
    straight, turned = (posed(arms={"elbow": 90, "turn": turn}).arms[side] for turn in (0, 60))
    assert (turned.end[1] - straight.end[1]) * SIGN[side] < -10


@pytest.mark.parametrize(
    ("posture", "reach"),
    [
        ("lying", "floor"),
        ("lying", "beside-head"),
        ("seated", "thigh"),
        ("seated", "other-shoulder"),
        ("standing", "nape"),
        ("standing", "waist"),
        ("standing", "belly"),
        ("all-fours", "floor"),
    ],
)
def test_hands_reach_their_places_and_bones_keep_their_lengths(posture, reach):
    body = posed(posture, arms={"reach": reach})
    assert [fault for fault in body.faults if "reach" in fault] == []
    for arm in body.arms.values():
        assert distance(arm.root, arm.middle) == pytest.approx(UPPER_ARM)
        assert distance(arm.middle, arm.end) == pytest.approx(FOREARM)


@pytest.mark.parametrize("side", SIDES)
def test_a_hand_is_where_its_place_is(side):
    body = posed("seated", arms={"reach": "thigh"})
    leg = body.legs[side]
    assert distance(body.arms[side].end, leg.root) + distance(body.arms[side].end, leg.middle) < 50
    other: Side = "right" if side == "left" else "left"
    crossed = posed("seated", **{f"{side}_arm": {"reach": "other-shoulder"}})
    assert distance(crossed.arms[side].end, crossed.arms[other].root) < 20
    nape = posed(arms={"reach": "nape"})
    assert distance(nape.arms[side].end, nape.head) < 15


@pytest.mark.parametrize("knee", SIDES)
def test_a_hand_reaches_the_knee_that_it_names(knee):
    body = posed("lying", **{f"{knee}_leg": {"hip": 120, "knee": 130}, f"{knee}_arm": {"reach": f"{knee}-knee"}})
    assert distance(body.arms[knee].end, body.legs[knee].middle) < 15


def test_the_elbow_swivels_while_the_hand_stays():
    down, out = (posed("seated", arms={"reach": "thigh", "swivel": turn}).arms["left"] for turn in (0, 90))
    assert down.end == pytest.approx(out.end)
    assert distance(down.middle, out.middle) > 10
    assert distance(out.root, out.middle) == pytest.approx(UPPER_ARM)
    assert distance(out.middle, out.end) == pytest.approx(FOREARM)


def test_what_is_out_of_reach_is_told_and_drawn_all_the_same():
    body = posed("standing", arms={"reach": "left-knee"})
    assert 'the left hand does not reach "left-knee"' in body.faults
    assert distance(body.arms["left"].root, body.arms["left"].middle) == pytest.approx(UPPER_ARM)


def test_a_side_that_is_named_alone_goes_before_both():
    body = posed(arms={"lift": 0, **STRAIGHT}, left_arm={"lift": 90, **STRAIGHT})
    assert body.arms["left"].end[2] > body.arms["right"].end[2] + 30

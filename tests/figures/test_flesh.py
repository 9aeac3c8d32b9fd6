"""Limbs are as thick as they are drawn, and what lies under the ground is told."""

from __future__ import annotations

import pytest

from merkblatt.content.model import ArmPose
from merkblatt.figures import figure_faults
from merkblatt.figures.anatomy import Limb
from merkblatt.figures.flesh import arm_balls, foot_balls, leg_balls, under_ground
from merkblatt.figures.space import Frame
from tests.figures.bodies import bodies, figure, posed


def test_a_foot_under_the_ground_is_caught():
    drawn = figure(end={"right_leg": {"hip": 0, "knee": 0, "ankle": 60}})
    assert [fault.message for fault in figure_faults(drawn)] == [
        "end position: the right foot is 12 cm under the ground"
    ]
    assert under_ground(bodies(drawn)[0]) == []


def test_limbs_taper_from_their_root_and_meet_at_their_joints():
    body = posed()
    thigh, shin = leg_balls(body.legs["left"])
    upper, lower, hand = arm_balls(body.arms["left"])
    assert thigh[-1] == shin[0]
    assert upper[-1] == lower[0]
    assert lower[-1] == hand[0]
    assert [thigh[0].radius, upper[0].radius] == [8.8, 5.2]
    assert thigh[0].radius > shin[0].radius > shin[-1].radius


def test_the_calf_stands_out_to_the_back():
    calf = leg_balls(posed("seated").legs["left"])[1][1]
    assert calf.at[0] < posed("seated").legs["left"].middle[0]


def test_a_fist_is_shorter_and_thicker_than_an_open_hand():
    def hand(kind: str) -> list[float]:
        pose = ArmPose.model_validate({"hand": kind})
        balls = arm_balls(Limb("left", (0, 0, 60), (0, 0, 30), (0, 0, 4), Frame(), pose))[2]
        return [round(balls[-1].at[2], 6), balls[-1].radius]

    assert hand("open") == [-10.5, 2.0]
    assert hand("fist") == [-2, 5.0]


def test_the_toes_are_before_the_heel():
    ankle, heel, ball, toe = (one.at[0] for one in foot_balls(posed().legs["left"]))
    assert heel < ankle < ball < toe


@pytest.mark.parametrize("name", ["head", "trunk", "left hand"])
def test_each_part_under_the_ground_is_named(name):
    body = posed("lying")
    assert under_ground(body) == []
    sunk = body.__class__(**{**vars(body), **_sunk(body, name)})
    assert any(told.startswith(f"the {name} is ") for told in under_ground(sunk))


def _sunk(body, name: str) -> dict[str, object]:
    if name == "head":
        return {"head": (body.head[0], 0.0, 0.0)}
    if name == "trunk":
        low = [section.__class__(**{**vars(section), "centre": (0.0, 0.0, 0.0)}) for section in body.trunk]
        return {"trunk": tuple(low)}
    arm = body.arms["left"]
    return {"arms": body.arms | {"left": arm.__class__(**{**vars(arm), "end": (0.0, 0.0, -20.0)})}}

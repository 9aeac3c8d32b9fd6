"""Bones keep their lengths, what bears weight is on the ground, and a mirrored pose gives a mirrored body."""

from __future__ import annotations

import random

import pytest

from merkblatt.content.model import LegPose, Pose
from merkblatt.figures import figure_faults
from merkblatt.figures.anatomy import FOREARM, SHIN, SIDES, THIGH, UPPER_ARM
from merkblatt.figures.drawing import draw
from merkblatt.figures.flesh import arm_balls, foot_balls
from merkblatt.figures.skeleton import end_pose, pose_body
from merkblatt.figures.space import Vec, distance
from tests.figures.bodies import POSTURES, bodies, figure, posed


def test_bones_keep_their_lengths(figures):
    for one in figures.values():
        for body in bodies(one):
            for side in SIDES:
                arm, leg = body.arms[side], body.legs[side]
                assert distance(arm.root, arm.middle) == pytest.approx(UPPER_ARM)
                assert distance(arm.middle, arm.end) == pytest.approx(FOREARM)
                assert distance(leg.root, leg.middle) == pytest.approx(THIGH)
                assert distance(leg.middle, leg.end) == pytest.approx(SHIN)


def test_what_bears_weight_is_on_the_ground(figures):
    for name, one in figures.items():
        for pose, body in zip((one.start, end_pose(one)), bodies(one), strict=True):
            for side in SIDES:
                if getattr(pose, f"{side}_leg") is not None or (pose.legs and pose.legs.lean):
                    continue
                low = min(ball.at[2] - ball.radius for ball in foot_balls(body.legs[side]))
                assert low == pytest.approx(0, abs=1.0), (name, side)


def test_hands_of_one_on_all_fours_are_on_the_mat(figures):
    for name, one in figures.items():
        for pose, body in zip((one.start, end_pose(one)), bodies(one), strict=True):
            for side in SIDES:
                if one.posture == "all-fours" and getattr(pose, f"{side}_arm") is None:
                    hand = arm_balls(body.arms[side])[2]
                    assert min(ball.at[2] - ball.radius for ball in hand) == pytest.approx(0.7, abs=0.5), name


def test_one_who_lies_rests_on_pelvis_shoulders_and_head():
    body, lifted = bodies(figure(posture="lying", end={"tilt": -27}))
    pelvis, shoulders = (min(s.lowest() for s in part) for part in (body.trunk[:4], body.trunk[7:]))
    assert pelvis == pytest.approx(0, abs=0.1)
    assert shoulders == pytest.approx(0, abs=0.1)
    assert body.head[2] == pytest.approx(9.4, abs=0.3)
    assert lifted.trunk[2].centre[2] > body.trunk[2].centre[2] + 15
    assert lifted.trunk[9].centre[0] == pytest.approx(body.trunk[9].centre[0])


def test_what_the_end_does_not_name_is_as_at_the_start():
    start = {"arms": {"reach": "waist"}, "belly": 2}
    pose = end_pose(figure(start=start, end={"belly": -1}))
    assert pose.arms is not None
    assert pose.arms.reach == "waist"
    assert pose.belly == -1


def test_a_knee_that_bends_the_wrong_way_is_caught():
    whole = figure(end={"right_leg": {"hip": 40, "knee": 60}})
    assert figure_faults(whole) == []
    leg = LegPose(hip=40).model_copy(update={"knee": -60})
    faults = pose_body(whole, whole.start.model_copy(update={"right_leg": leg})).faults
    assert faults == ("right knee: -60 degrees; a body goes from 0 to 158",)


def _wild(chance: random.Random) -> Pose:
    """A pose of chance; most are such as no body could take."""
    arm = {"reach": chance.choice(["floor", "thigh", "right-knee", "nape", None]), "swivel": chance.randint(-180, 180)}
    leg = {"hip": chance.randint(-30, 130), "knee": chance.randint(0, 155), "spread": chance.randint(-30, 45)}
    spine = {name: {"bend": chance.randint(-60, 70), "turn": chance.randint(-80, 80)} for name in ("lumbar", "neck")}
    return Pose.model_validate({"tilt": chance.randint(-60, 100), "left_arm": arm, "right_leg": leg, **spine})


def test_whatever_is_asked_is_judged_and_can_be_drawn():
    chance = random.Random(3)  # noqa: S311 - poses, not secrets
    for posture in ("standing", "seated", "lying", "all-fours"):
        for view in ("side", "front", "back", "oblique", "feet", "above"):
            body = pose_body(figure(posture=posture, view=view), _wild(chance))
            assert "nan" not in draw(body.figure, body, body)
            assert distance(body.arms["left"].root, body.arms["left"].middle) == pytest.approx(UPPER_ARM)


def _mirror(point: Vec) -> Vec:
    return (point[0], -point[1], point[2])


@pytest.mark.parametrize("posture", POSTURES)
def test_a_pose_that_turns_to_no_side_is_the_same_on_both(posture):
    body = posed(posture, tilt=5, shoulders_up=2, shoulders_back=-3, lumbar={"bend": 10})
    for limbs in (body.arms, body.legs):
        for part in ("root", "middle", "end"):
            assert getattr(limbs["left"], part) == pytest.approx(_mirror(getattr(limbs["right"], part)), abs=1e-6)


@pytest.mark.parametrize("posture", POSTURES)
def test_what_turns_to_the_left_is_the_mirror_of_what_turns_to_the_right(posture):
    left = posed(posture, thorax={"side": 12, "turn": 20}, left_arm={"lift": 60, "spread": 30, "turn": 25})
    right = posed(posture, thorax={"side": -12, "turn": -20}, right_arm={"lift": 60, "spread": 30, "turn": 25})
    assert left.arms["left"].end == pytest.approx(_mirror(right.arms["right"].end), abs=1e-6)
    assert left.arms["right"].end == pytest.approx(_mirror(right.arms["left"].end), abs=1e-6)
    assert left.head == pytest.approx(_mirror(right.head), abs=1e-6)


def test_shoulders_go_up_and_back():
    rest, moved = posed(), posed(shoulders_up=5, shoulders_back=4)
    for side in SIDES:
        before, after = rest.arms[side].root, moved.arms[side].root
        assert after[2] - before[2] > 4
        assert after[0] - before[0] < -3
        assert abs(after[1]) == pytest.approx(abs(before[1]) - 1.6, abs=0.1)

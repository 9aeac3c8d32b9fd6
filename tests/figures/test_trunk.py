"""The trunk where its posture puts it, and the head on it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from merkblatt.content.model import Pose
from merkblatt.figures.anatomy import HEAD, KNEE_RADIUS, NECK, PILLOW, SEAT, THIGH, TRUNK, head_lowest
from merkblatt.figures.space import FRONT, LEFT, UP, distance
from merkblatt.figures.trunk import CURVES, curve, head_on, pelvis_frame, placed_trunk, rested_head, settled
from tests.figures.bodies import POSTURES, figure


@pytest.mark.parametrize("posture", POSTURES)
def test_a_spine_keeps_its_length_however_it_bends(posture):
    drawn = figure(posture=posture)
    for pose in (Pose(), Pose.model_validate({"lumbar": {"bend": 30, "side": 10}, "thorax": {"turn": 20}})):
        sections, _ = placed_trunk(drawn, pose)
        steps = [distance(a.centre, b.centre) for a, b in pairwise(sections)]
        assert steps == pytest.approx([b[0] - a[0] for a, b in pairwise(TRUNK)])


@pytest.mark.parametrize("posture", POSTURES)
@pytest.mark.parametrize("index", range(4))
def test_a_bend_is_added_to_the_curve_at_rest(posture, index):
    name = ("lumbar", "thorax", "neck", "head")[index]
    bent = curve(figure(posture=posture), Pose.model_validate({name: {"bend": 10, "turn": 5}}), index)
    assert (bent.bend, bent.side, bent.turn) == (CURVES[posture][index] + 10, 0, 5)


def test_a_pelvis_faces_front_up_or_down():
    seated, lying = (pelvis_frame(figure(posture=posture), Pose()) for posture in ("seated", "lying"))
    assert seated.forward == pytest.approx(FRONT)
    assert lying.forward == pytest.approx(UP)
    assert pelvis_frame(figure(posture="seated"), Pose(turn=60)).forward[1] > 0.8


def test_hips_are_over_seat_knees_or_feet():
    assert placed_trunk(figure(posture="seated"), Pose(shift=3))[1] == (3.0, 0.0, SEAT + 9)
    assert placed_trunk(figure(posture="all-fours"), Pose())[1] == (0.0, 0.0, KNEE_RADIUS + THIGH)
    back = placed_trunk(figure(posture="all-fours"), Pose(lean=30))[1]
    assert back == pytest.approx((-THIGH / 2, 0, KNEE_RADIUS + THIGH * 0.8660254))
    assert placed_trunk(figure(), Pose(shift=20))[1][2] < placed_trunk(figure(), Pose())[1][2]


def test_a_belly_stands_out_in_front_and_nowhere_else():
    flat, round_ = (placed_trunk(figure(), Pose(belly=belly))[0] for belly in (0, 5))
    grown = [index for index, (a, b) in enumerate(zip(flat, round_, strict=True)) if b.front > a.front]
    assert grown == [3, 4, 5, 6]
    assert round_[4].front - flat[4].front == 5
    assert [section.back for section in flat] == [section.back for section in round_]


def test_one_who_lies_tilts_the_pelvis_until_it_rests_but_not_where_a_tilt_is_said():
    lying = figure(posture="lying")
    assert settled(lying, Pose()).tilt != 0
    assert settled(lying, Pose(tilt=-20)).tilt == -20
    assert settled(figure(), Pose()).tilt == 0


def test_a_head_is_a_neck_above_the_trunk_and_turns_with_it():
    top = placed_trunk(figure(), Pose())[0][-1]
    still = Pose().neck
    at, frame = head_on(top, still, still)
    assert distance(at, top.centre) == pytest.approx(((NECK + 7.5) ** 2 + 2**2) ** 0.5)
    turned = head_on(top, still.model_copy(update={"turn": 40}), still.model_copy(update={"turn": 50}))[1]
    assert turned.forward[1] > 0.9
    assert frame.left == pytest.approx(LEFT)


@pytest.mark.parametrize(("pillow", "ground"), [(False, 0.0), (True, PILLOW)])
def test_the_head_of_one_who_lies_rests_on_mat_or_pillow_and_looks_up(pillow, ground):
    lying = figure(posture="lying", pillow=pillow)
    top = placed_trunk(lying, settled(lying, Pose()))[0][-1]
    at, frame, _ = rested_head(top, lying)
    assert head_lowest(at, frame) == pytest.approx(ground, abs=0.05)
    assert frame.forward == pytest.approx(UP, abs=1e-6)
    assert at[2] == pytest.approx(ground + HEAD[0], abs=0.1)

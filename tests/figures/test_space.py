"""Vectors, frames, and the joint between two bones."""

from __future__ import annotations

import math

import pytest

from merkblatt.figures.space import (
    FRONT,
    LEFT,
    UP,
    Frame,
    angle,
    between,
    cross,
    distance,
    dot,
    middle_joint,
    minus,
    plus,
    rotate,
    times,
    unit,
)


def test_a_middle_joint_points_to_the_side_of_its_pole():
    knee = middle_joint((0, 0, 10), (0, 0, 0), 6, 6, FRONT)
    assert knee == pytest.approx((math.sqrt(11), 0, 5))
    assert middle_joint((0, 0, 20), (0, 0, 0), 6, 6, FRONT) is None


def test_vectors_are_reckoned_with():
    assert plus((1, 2, 3), (4, 5, 6), (0, 0, 1)) == (5, 7, 10)
    assert minus((4, 5, 6), (1, 2, 4)) == (3, 3, 2)
    assert times((1, -2, 3), 2) == (2, -4, 6)
    assert dot((1, 2, 3), (4, 5, 6)) == 32
    assert cross(FRONT, LEFT) == UP
    assert distance((1, 1, 1), (3, 4, 7)) == 7
    assert between((0, 0, 0), (4, 8, 12), 0.25) == (1, 2, 3)


def test_the_direction_of_nought_is_up():
    assert unit((0, 0, 0)) == UP
    assert unit((0, 3, 4)) == pytest.approx((0, 0.6, 0.8))


def test_a_turn_follows_the_right_hand():
    assert rotate(FRONT, UP, 90) == pytest.approx(LEFT)
    assert rotate(LEFT, FRONT, 90) == pytest.approx(UP)
    assert rotate(UP, UP, 40) == pytest.approx(UP)


def test_angles_are_between_directions_whatever_their_lengths():
    assert angle(FRONT, times(LEFT, 5)) == pytest.approx(90)
    assert angle(FRONT, times(FRONT, -2)) == pytest.approx(180)
    assert angle((1, 1, 0), FRONT) == pytest.approx(45)


def test_a_frame_bends_forward_leans_and_turns_to_its_left():
    assert Frame().bent(90).up == pytest.approx(FRONT)
    assert Frame().bent(0, 90).up == pytest.approx(LEFT)
    assert Frame().bent(0, 0, 90).forward == pytest.approx(LEFT)


def test_a_frame_goes_out_along_its_own_directions():
    assert Frame().out(1, 2, 3) == (1, 2, 3)
    assert Frame().bent(0, 0, 90).out(1, 0, 0) == pytest.approx(LEFT)


@pytest.mark.parametrize("pole", [FRONT, UP, (0.0, 0.0, 0.0)])
def test_both_bones_reach_whatever_the_pole(pole):
    joint = middle_joint((0, 0, 0), (0, 0, 50), 30, 26, pole)
    assert joint
    assert distance(joint, (0, 0, 0)) == pytest.approx(30)
    assert distance(joint, (0, 0, 50)) == pytest.approx(26)


def test_no_joint_where_the_target_is_too_near():
    assert middle_joint((0, 0, 0), (0, 0, 3), 30, 26, FRONT) is None
    assert middle_joint((0, 0, 0), (0, 0, 0), 30, 30, FRONT) is None
    assert math.isclose(distance((0, 0, 0), middle_joint((0, 0, 0), (56, 0, 0), 30, 26, UP) or FRONT), 30)

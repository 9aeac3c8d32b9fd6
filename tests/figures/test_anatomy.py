"""A body tells its points by the names that arrows use, and how low its parts reach."""

from __future__ import annotations

from typing import get_args

import pytest

from merkblatt.content.model import Joint
from merkblatt.figures.anatomy import HEAD, Section, head_lowest
from merkblatt.figures.space import Frame
from tests.figures.bodies import posed


@pytest.mark.parametrize("side", ["left", "right"])
def test_limbs_have_their_joints_by_name(side):
    body = posed()
    arm, leg = body.arms[side], body.legs[side]
    names = {"shoulder": arm.root, "elbow": arm.middle, "hand": arm.end, "knee": leg.middle, "foot": leg.end}
    assert {name: body.joint(f"{side}-{name}") for name in names} == names


def test_every_joint_that_an_arrow_may_name_is_somewhere_of_its_own():
    body = posed()
    points = {name: body.joint(name) for name in get_args(Joint)}
    assert len(set(points.values())) == len(points) == 16


def test_the_joints_of_the_trunk_stand_in_their_order():
    body = posed()
    heights = [body.joint(name)[2] for name in ("pelvis", "belly", "chest", "neck", "chin", "head")]
    assert heights == sorted(heights)
    assert body.joint("chest")[0] > body.trunk[8].centre[0] + 10
    assert posed(belly=5).joint("belly")[0] == pytest.approx(body.joint("belly")[0] + 5, abs=0.1)


def test_a_cut_is_deeper_where_it_is_and_its_middle_lies_between():
    section = Section(0.0, (0.0, 0.0, 30.0), Frame(), 15.0, 10.0, 4.0)
    assert section.middle == pytest.approx((3, 0, 30))
    assert section.axes() == ((0.0, 15.0, 0.0), (7.0, 0.0, 0.0))
    assert section.lowest() == 30
    assert Section(0.0, (0.0, 0.0, 30.0), Frame().bent(90), 15.0, 10.0, 4.0).lowest() == pytest.approx(20)


def test_a_head_reaches_as_low_as_the_way_it_is_turned():
    assert head_lowest((0, 0, 50), Frame()) == pytest.approx(50 - HEAD[2])
    assert head_lowest((0, 0, 50), Frame().bent(90)) == pytest.approx(50 - HEAD[0])
    assert head_lowest((0, 0, 50), Frame().bent(0, 90)) == pytest.approx(50 - HEAD[1])

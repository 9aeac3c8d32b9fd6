"""The parts of a body, the farthest first, with far limbs lighter."""

from __future__ import annotations

import pytest

from merkblatt.figures.drawing import VIEWS
from merkblatt.figures.ink import FAR, LINE_FAR, NEAR, Part
from merkblatt.figures.parts import body_parts
from merkblatt.figures.shapes import Camera
from tests.figures.bodies import POSTURES, posed


def parts(view: str, posture: str = "standing", **pose) -> list[Part]:
    return body_parts(posed(posture, **pose), Camera(*VIEWS[view]))


@pytest.mark.parametrize("posture", POSTURES)
@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_farthest_comes_first(posture, view):
    depths = [part.near for part in parts(view, posture)]
    assert depths == sorted(depths)


def test_from_the_side_the_left_limbs_are_far_and_the_near_leg_is_one_with_the_trunk():
    side, front = parts("side"), parts("front")
    assert [part.line for part in side].count(FAR.line) == 3
    assert {part.width for part in side if part.line == FAR.line} == {LINE_FAR}
    assert [part.line for part in front].count(FAR.line) == 0
    assert len(front) == len(side) + 1


def test_from_behind_one_sees_the_shoulder_blades():
    assert parts("back")[-1].fills == ()
    assert len(parts("back")[-1].marks) == 2
    assert len(parts("back")) == len(parts("front")) + 1


def test_shoulders_that_go_back_bring_the_blades_together():
    def aside(back: int) -> float:
        first, second = (mark.box for mark in parts("back", shoulders_back=back)[-1].marks)
        return abs(first[0] - second[0])

    assert aside(5) < aside(0)


def test_a_body_is_dressed():
    tones = {tone for part in parts("front") for tone in [tone for _, tone in part.fills]}
    assert tones == {NEAR.skin, NEAR.shirt, NEAR.trousers, NEAR.hair}

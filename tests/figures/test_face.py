"""One sees by the head which way it looks."""

from __future__ import annotations

from merkblatt.figures.drawing import VIEWS
from merkblatt.figures.face import head_part
from merkblatt.figures.ink import NEAR, Part
from merkblatt.figures.shapes import Camera
from tests.figures.bodies import posed


def seen(view: str, **pose) -> Part:
    return head_part(Camera(*VIEWS[view]), posed(**pose))


def skins(part: Part) -> int:
    return [tone for _, tone in part.fills].count(NEAR.skin)


def test_from_before_one_sees_face_both_eyes_nose_and_both_ears_at_most():
    front = seen("front")
    assert skins(front) > 0
    assert len(front.inner) == 2
    assert any("Q" in mark.path for mark in front.marks)


def test_from_behind_one_sees_hair_alone():
    back = seen("back")
    assert skins(back) == 0
    assert back.inner == ()
    assert [tone for _, tone in back.fills] == [NEAR.hair]


def test_from_the_side_one_sees_one_eye_and_one_ear():
    side = seen("side")
    assert len(side.inner) == 1
    assert len(side.marks) == 1
    assert skins(side) > 1


def test_a_head_that_turns_away_shows_its_hair():
    assert skins(seen("front", neck={"turn": 75}, head={"turn": 75})) < skins(seen("front"))


def test_a_head_stands_before_trunk_and_shoulders():
    camera, body = Camera(*VIEWS["front"]), posed()
    assert head_part(camera, body).near == camera.near(body.head) + 3

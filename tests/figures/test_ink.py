"""Limbs as joined shapes, and the tones in which they are filled."""

from __future__ import annotations

from merkblatt.figures.flesh import Ball
from merkblatt.figures.ink import FAR, LINE, LINE_FAR, NEAR, chain, filled
from merkblatt.figures.shapes import Camera, Shape


def test_a_limb_joins_each_ball_with_the_next():
    balls = [Ball((0, 0, 0), 3), Ball((10, 0, 0), 2), Ball((20, 0, 0), 1)]
    first, second = chain(Camera(0, 0, scale=0.5), balls)
    assert first.box == (-1.5, -1.5, 6, 1.5)
    assert second.box == (4, -1, 10.5, 1)


def test_shapes_are_filled_in_one_tone():
    shapes = [Shape("a", (0, 0, 1, 1)), Shape("b", (0, 0, 1, 1))]
    assert filled(shapes, NEAR.skin) == [(shapes[0], "#ffffff"), (shapes[1], "#ffffff")]


def test_what_is_far_is_lighter_and_thinner():
    assert LINE_FAR < LINE
    for name in ("line", "shirt", "trousers"):
        assert int(getattr(FAR, name)[1:3], 16) > int(getattr(NEAR, name)[1:3], 16)

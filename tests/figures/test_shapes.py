"""What a camera sees, and the boxes and paths of flat shapes."""

from __future__ import annotations

import pytest

from merkblatt.figures.shapes import (
    Camera,
    Shape,
    around,
    box_of,
    capsule,
    circle,
    curve,
    hull,
    joined,
    number,
    polygon,
    smooth,
    xy,
)
from merkblatt.figures.space import FRONT, LEFT, UP


def test_a_camera_at_the_right_side_sees_the_front_to_the_right():
    side, front = Camera(0, 0), Camera(90, 0)
    assert side.see(FRONT) == pytest.approx((1, 0))
    assert side.see(UP) == pytest.approx((0, -1))
    assert front.see(LEFT) == pytest.approx((1, 0))


def test_shapes_know_their_boxes():
    assert capsule((0, 0), 2, (10, 0), 1).box == (-2, -2, 11, 2)
    assert capsule((0, 0), 5, (1, 0), 1).box == (-5, -5, 5, 5)
    assert sorted(hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])) == [(0, 0), (0, 2), (2, 0), (2, 2)]


def test_a_camera_has_scale_and_shift():
    camera = Camera(0, 0, scale=0.5, shift=(10, 20))
    assert camera.see((4, 0, 6)) == pytest.approx((12, 17))
    assert camera.flat((4, 0, 6)) == pytest.approx((2, -3))


def test_a_camera_from_above_sees_the_top_of_the_head():
    above = Camera(90, 90)
    assert above.toward == pytest.approx(UP)
    assert above.near((0, 0, 5)) == pytest.approx(5)
    assert Camera(90, 0).near(FRONT) == pytest.approx(1)
    assert Camera(0, 0).near(LEFT) == pytest.approx(-1)


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (1.2, "1.2"), (1.239, "1.24"), (-0.001, "0"), (100, "100")])
def test_numbers_are_short(value, written):
    assert number(value) == written


def test_points_and_boxes():
    assert xy((1.5, -2)) == "1.5 -2"
    assert box_of([(1, 5), (3, 2)], 1) == (0, 1, 4, 6)
    assert joined([(0, 0, 1, 1), (-1, 2, 0, 3)]) == (-1, 0, 1, 3)
    assert around([Shape("", (0, 0, 1, 1)), Shape("", (5, 5, 6, 7))]) == (0, 0, 6, 7)


def test_paths_are_closed():
    assert polygon([(0, 0), (2, 0), (1, 1)]).path == "M0 0L2 0L1 1Z"
    assert circle((5, 5), 2).path == "M3 5A2 2 0 1 1 7 5A2 2 0 1 1 3 5Z"
    assert circle((5, 5), 2).box == (3, 3, 7, 7)


def test_a_capsule_touches_both_discs():
    assert capsule((0, 0), 1, (10, 0), 1).path == "M0 1A1 1 0 1 1 0 -1L10 -1A1 1 0 0 1 10 1Z"


def test_a_smooth_curve_goes_through_its_points():
    square = [(0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (0.0, 6.0)]
    assert curve(square, 0, 1) == "M0 0C1 -1 5 -1 6 0Z"
    assert smooth(square).path.count("C") == 4
    assert smooth(square).box == (0, 0, 6, 6)


def test_a_hull_drops_what_lies_inside_or_on_an_edge():
    assert sorted(hull([(0, 0), (4, 0), (2, 0), (4, 4), (0, 4), (1, 1)])) == [(0, 0), (0, 4), (4, 0), (4, 4)]

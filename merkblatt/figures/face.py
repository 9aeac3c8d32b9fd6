"""The head as a camera sees it: hair, face, nose, eyes and ears, so that one sees which way it looks."""

from __future__ import annotations

import math
from collections.abc import Iterator

from merkblatt.figures.anatomy import HEAD, Body
from merkblatt.figures.flesh import Ball
from merkblatt.figures.ink import NEAR, Part, chain, filled
from merkblatt.figures.shapes import Camera, Shape, box_of, circle, hull, polygon, smooth, xy
from merkblatt.figures.space import Vec, dot, plus, times


def head_part(camera: Camera, body: Body) -> Part:
    """The head; it stands before the trunk and the shoulders."""
    face, looks = _face(camera, body), dot(body.head_frame.forward, camera.toward)
    fills = filled([_head_outline(camera, body)], NEAR.hair) + filled([face] if face else [], NEAR.skin)
    if looks > -0.35:
        nose = [Ball(_on_head(body, 7.6, 0, 1.5), 0.9), Ball(_on_head(body, 10.3, 0, -2.2), 1.5)]
        fills += filled(chain(camera, nose), NEAR.skin)
    marks = [*_ears(camera, body), *([_nose_and_mouth(camera, body)] if looks > 0.6 else [])]
    eyes = tuple(filled(_eyes(camera, body), NEAR.line))
    return Part(camera.near(body.head) + 3, NEAR.line, tuple(fills), eyes, tuple(marks))


def _on_head(body: Body, forward: float, left: float, up: float) -> Vec:
    return plus(body.head, body.head_frame.out(forward, left, up))


def _face(camera: Camera, body: Body) -> Shape | None:
    """What is seen of the face: the part of the head before a slanting plane; None from behind."""
    if dot(body.head_frame.forward, camera.toward) < -0.5:
        return None
    seen = [
        camera.see(plus(body.head, point)) for point, normal in _head_points(body) if dot(normal, camera.toward) >= 0
    ]
    return polygon(hull(seen)) if len(seen) > 8 else None


#: Points of a ball before the hairline, eight degrees apart.
_FACE = [
    n
    for a in (math.radians(degrees) for degrees in range(-88, 90, 8))
    for b in (math.radians(degrees) for degrees in range(0, 360, 8))
    for n in [(math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a))]
    if n[0] * 0.8 - n[2] * 0.6 >= 0.02
]


def _head_points(body: Body) -> Iterator[tuple[Vec, Vec]]:
    """Points of the face as seen from the middle of the head, and which way the skin faces there."""
    f, (deep, broad, high) = body.head_frame, HEAD
    for x, y, z in _FACE:
        yield f.out(x * deep, y * broad, z * high), f.out(x / deep, y / broad, z / high)


def _head_outline(camera: Camera, body: Body) -> Shape:
    axes = [
        camera.flat(times(a, r))
        for a, r in zip((body.head_frame.forward, body.head_frame.left, body.head_frame.up), HEAD, strict=True)
    ]
    centre, points = camera.see(body.head), []
    for degrees in range(0, 360, 20):
        way = (math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))
        shares = [a[0] * way[0] + a[1] * way[1] for a in axes]
        reach = math.hypot(*shares)
        points.append(
            tuple(centre[i] + sum(s * a[i] for s, a in zip(shares, axes, strict=True)) / reach for i in (0, 1))
        )
    return smooth(points)  # type: ignore[arg-type]


def _nose_and_mouth(camera: Camera, body: Body) -> Shape:
    """Both as lines, where the face looks at the viewer."""
    a, tip, b = (camera.see(_on_head(body, 9.4, y, z)) for y, z in ((1.0, -1.0), (0, -3.4), (-1.0, -1.0)))
    left, right = (camera.see(_on_head(body, 8.5, y, -6.0)) for y in (1.7, -1.7))
    return Shape(f"M{xy(a)}Q{xy(tip)} {xy(b)}M{xy(left)}L{xy(right)}", box_of([a, tip, b, left, right]))


def _eyes(camera: Camera, body: Body) -> Iterator[Shape]:
    f = body.head_frame
    for side in (1, -1):
        if dot(plus(times(f.forward, 0.9), times(f.left, 0.43 * side)), camera.toward) > 0.35:
            yield circle(camera.see(_on_head(body, 8.2, side * 3.2, 1.6)), 0.6 * camera.scale + 0.06)


def _ears(camera: Camera, body: Body) -> Iterator[Shape]:
    for side in (1, -1):
        if dot(times(body.head_frame.left, side), camera.toward) > 0.25:
            at = camera.see(_on_head(body, -0.5, side * HEAD[1] * 0.95, -1.5))
            yield circle(at, 1.4 * camera.scale)

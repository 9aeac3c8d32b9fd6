"""A body -> the parts that a camera sees of it, with their tones, the farthest first; lays nothing on a page.

What belongs together has one outline: a part is drawn as all its shapes in the tone of its line, a little wider, and
then as the same shapes filled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from merkblatt.figures.anatomy import SIDES, Body, Limb, Section, Side
from merkblatt.figures.face import head_part
from merkblatt.figures.flesh import Ball, arm_balls, foot_balls, leg_balls
from merkblatt.figures.ink import FAR, LINE, LINE_FAR, NEAR, Fill, Part, chain, filled
from merkblatt.figures.shapes import XY, Camera, Shape, box_of, curve, hull, polygon, smooth, xy
from merkblatt.figures.space import Vec, between, dot, minus, plus

#: So many cuts of the trunk from below are trousers.
BELT = 4


def _edge(camera: Camera, section: Section, way: XY) -> XY:
    """The outermost point of a cut of the trunk in a direction of the picture."""
    middle, axes = camera.see(section.middle), [camera.flat(a) for a in section.axes()]
    shares = [a[0] * way[0] + a[1] * way[1] for a in axes]
    reach = math.hypot(*shares) or 1.0
    x, y = (sum(s * a[i] for s, a in zip(shares, axes, strict=True)) / reach for i in (0, 1))
    return (middle[0] + x, middle[1] + y)


def _ring(camera: Camera, section: Section) -> list[XY]:
    turns = [math.radians(degrees) for degrees in range(0, 360, 20)]
    return [_edge(camera, section, (math.cos(t), math.sin(t))) for t in turns]


def _outline(camera: Camera, sections: Sequence[Section]) -> list[XY]:
    """The points around the trunk; around all of its cuts where one looks along the spine."""
    seen = [camera.see(s.centre) for s in sections]
    if math.dist(seen[0], seen[-1]) < 0.6 * (sections[-1].height - sections[0].height) * camera.scale:
        return hull(point for section in sections for point in _ring(camera, section))[::2]
    left, right = [], []
    for i, section in enumerate(sections):
        a, b = seen[max(0, i - 1)], seen[min(len(seen) - 1, i + 1)]
        way = (b[0] - a[0], b[1] - a[1])
        left.append(_edge(camera, section, (way[1], -way[0])))
        right.append(_edge(camera, section, (-way[1], way[0])))
    return left + right[::-1]


def _hips(camera: Camera, body: Body) -> Shape:
    return smooth(hull(point for section in body.trunk[:BELT] for point in _ring(camera, section)))


def _trunk_shapes(camera: Camera, body: Body) -> list[Fill]:
    neck = chain(camera, [Ball(body.trunk[-3].centre, 6.2), Ball(plus(body.head, body.head_frame.out(-3, 0, -5)), 5.6)])
    outline = _outline(camera, body.trunk)
    shirt = smooth(outline)
    hips = (
        Shape(curve(outline, -BELT, BELT - 1), shirt.box)
        if len(outline) == 2 * len(body.trunk)
        else _hips(camera, body)
    )
    return [(neck[0], NEAR.skin), (shirt, NEAR.shirt), (hips, NEAR.trousers)]


def _foot_shapes(camera: Camera, leg: Limb) -> list[Shape]:
    ankle, heel, ball, toe = foot_balls(leg)
    sole = polygon([camera.see(at.at) for at in (ankle, heel, ball)])
    return [*chain(camera, [ankle, heel, ball, toe]), *chain(camera, [ankle, ball]), sole]


def _from_side(camera: Camera) -> bool:
    return abs(camera.toward[1]) > 0.8


def _is_far(camera: Camera, side: Side) -> bool:
    """Whether a side of the body stands behind the other one, as in a view from the side."""
    return _from_side(camera) and (camera.toward[1] < 0) == (side == "left")


def _depth(camera: Camera, balls: Sequence[Ball]) -> float:
    return sum(camera.near(ball.at) for ball in balls) / len(balls)


def _leg_part(camera: Camera, leg: Limb) -> Part:
    tones = FAR if _is_far(camera, leg.side) else NEAR
    thigh, shin = leg_balls(leg)
    hem = Ball(between(shin[1].at, leg.end, 0.72), 4.3)
    ankle = chain(camera, [hem, Ball(leg.end, 3.6)])
    trousers = chain(camera, [*shin[:2], hem]) + chain(camera, thigh)
    fills = filled(_foot_shapes(camera, leg) + ankle, tones.skin) + filled(trousers, tones.trousers)
    width = LINE_FAR if tones is FAR else LINE
    return Part(_depth(camera, [*thigh, *shin]), tones.line, tuple(fills), width=width)


def _arm_parts(camera: Camera, arm: Limb, body: Body) -> list[Part]:
    """Upper arm and forearm, since the head may stand between them; what is nearer hides the seam at the elbow."""
    far = _is_far(camera, arm.side)
    tones, width = (FAR, LINE_FAR) if far else (NEAR, LINE)
    upper, lower, hand = arm_balls(arm)
    sleeve = chain(camera, [upper[0], upper[1]])
    fills = (
        filled(chain(camera, upper), tones.skin) + filled(sleeve, tones.shirt),
        filled(chain(camera, lower) + chain(camera, hand), tones.skin),
    )
    depths = (_depth(camera, upper), _depth(camera, [*lower[1:], *hand]))
    seams = [filled(_stump(camera, arm, end), tones.skin) for end in (arm.end, arm.root)]
    inner = [[] if far else filled(_shoulder(camera, arm, body), tones.shirt), []]
    nearer = int(depths[1] > depths[0])
    inner[nearer] = inner[nearer] + seams[nearer]
    return [
        Part(d + 6, tones.line, tuple(f), tuple(i), width=width) for d, f, i in zip(depths, fills, inner, strict=True)
    ]


def _stump(camera: Camera, arm: Limb, toward: Vec) -> list[Shape]:
    return chain(camera, [Ball(arm.middle, 3.8), Ball(between(arm.middle, toward, 0.1), 3.85)])


def _shoulder(camera: Camera, arm: Limb, body: Body) -> list[Shape]:
    """What joins an upper arm with the trunk."""
    return chain(camera, [Ball(arm.root, 5.0), Ball(between(arm.root, body.trunk[8].centre, 0.55), 4.0)])


def _trunk_part(camera: Camera, body: Body) -> Part:
    depth = camera.near(body.trunk[6].centre)
    return Part(depth, NEAR.line, tuple(_trunk_shapes(camera, body)))


def _blades(camera: Camera, body: Body) -> list[Shape]:
    """The inner edges of the shoulder blades, where the back is seen."""
    if dot(body.thorax.forward, camera.toward) > -0.5:
        return []
    back = max(0.0, -dot(minus(body.arms["left"].root, body.trunk[9].centre), body.thorax.forward) - 1)
    aside = 8.0 - 0.9 * back
    lines = []
    for side in (1, -1):
        top, low = (
            camera.see(plus(body.trunk[i].centre, body.thorax.out(-10, side * a, up)))
            for i, a, up in ((9, aside, 0), (7, aside + 1.0, -2))
        )
        bow = camera.see(plus(body.trunk[8].centre, body.thorax.out(-10, side * (aside - 0.8), 0)))
        lines.append(Shape(f"M{xy(top)}Q{xy(bow)} {xy(low)}", box_of([top, low])))
    return lines


def body_parts(body: Body, camera: Camera) -> list[Part]:
    """All of a body, the farthest first; in a view from the side the near leg shares its outline with the trunk."""
    parts = [_trunk_part(camera, body), head_part(camera, body)]
    if blades := _blades(camera, body):
        parts.append(Part(math.inf, NEAR.line, (), marks=tuple(blades)))
    for side in SIDES:
        leg = _leg_part(camera, body.legs[side])
        if _from_side(camera) and not _is_far(camera, side):
            parts[0] = replace(parts[0], fills=(*leg.fills, *parts[0].fills))
        else:
            parts.append(leg)
        parts += _arm_parts(camera, body.arms[side], body)
    return sorted(parts, key=lambda part: part.near)

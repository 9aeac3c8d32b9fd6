"""Bodies in space -> one SVG of two positions side by side: what they rest on, arrows, one scale for both.

Plain paths only: no text, style, filter, clip or reference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from merkblatt.content.model import Arrow, Figure
from merkblatt.figures.anatomy import PILLOW, SEAT, Body
from merkblatt.figures.ink import Part
from merkblatt.figures.parts import body_parts
from merkblatt.figures.shapes import XY, Box, Camera, Shape, around, box_of, hull, joined, number, polygon, xy
from merkblatt.figures.space import UP, Vec, plus, times

#: Both positions with the gap between them, in mm.
WIDTH, GAP, HIGHEST, MARGIN = 74.0, 4.0, 36.0, 0.8
#: The largest scale, so that heads differ little from picture to picture; mm a cm.
LARGEST = {"whole": 0.27, "upper": 0.50}
#: The head of an arrow, in mm.
HEAD = 2.0
#: What `upper` shows: from so many cm over the hips.
WAIST = 20.0
#: From where a view looks: turned from the right side to the front, and raised, in degrees.
VIEWS = {
    "side": (8, 0),
    "front": (90, 0),
    "back": (-90, 0),
    "oblique": (50, 16),
    "feet": (90, 42),
    "above": (90, 90),
}
#: Mat, chair, pillow: a tint of at most 10 %.
SUPPORT_FILL, SUPPORT_LINE, GHOST_LINE, ARROW, PAPER = "#e8e8e8", "#8a8a8a", "#9a9a9a", "#2b2b2b", "#ffffff"


# --- what it rests on -----------------------------------------------------------------------------------------


def _block(camera: Camera, low: Vec, high: Vec) -> Shape:
    return polygon(
        hull(camera.see((x, y, z)) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2]))
    )


def _chair(camera: Camera) -> list[Shape]:
    back = -13.5
    seat = _block(camera, (back - 2, -21, SEAT - 4), (27, 21, SEAT))
    legs = [_block(camera, (x, y, 0), (x + 3, y + 3, SEAT - 4)) for x in (back - 2, 22) for y in (-20, 17)]
    posts = [_block(camera, (back - 3, y, SEAT), (back, y + 3, SEAT + 36)) for y in (-20, 17)]
    rest = _block(camera, (back - 3, -20, SEAT + 20), (back, 20, SEAT + 37))
    return [*legs, *posts, rest, seat]


def support_shapes(body: Body, camera: Camera) -> list[Shape]:
    """Mat, pillow, chair or floor."""
    figure = body.figure
    if figure.posture == "seated":
        shapes = [] if figure.crop == "upper" else [_block(camera, (-28, -30, -0.8), (70, 30, 0)), *_chair(camera)]
        return shapes
    if figure.posture == "lying":
        low, high = plus(body.head, (-13, -20, 0)), plus(body.head, (9, 20, 0))
        pillow = _block(camera, (low[0], low[1], 0), (high[0], high[1], PILLOW))
        mat = _block(camera, (-92, -36, -2.0), (62, 36, 0))
        return [mat, pillow] if figure.pillow else [mat]
    if figure.posture == "all-fours":
        return [_block(camera, (-66, -34, -2.0), (76, 34, 0))]
    return [] if figure.crop == "upper" else [_block(camera, (-35, -30, -0.8), (35, 30, 0))]


# --- arrows -----------------------------------------------------------------------------------------------------


def arrow_shapes(body: Body, camera: Camera, arrow: Arrow) -> tuple[Shape, Shape]:
    """The line of an arrow, straight or a part of a circle, and its head."""
    x, y = camera.see(body.joint(arrow.joint))
    a, b = ((x + p[0] * camera.scale, y - p[1] * camera.scale) for p in (arrow.from_, arrow.to))
    bow, chord = arrow.bow * camera.scale, math.dist(a, b)
    # An arc so high meets its chord at this angle.
    heading = math.atan2(b[1] - a[1], b[0] - a[0]) + 2 * math.atan2(2 * bow, chord)
    neck = _back(b, heading, 0.8 * HEAD)
    course = f"L{xy(neck)}"
    if bow:
        radius = number(abs((chord**2 / 4 + bow**2) / (2 * bow)))
        course = f"A{radius} {radius} 0 {int(2 * abs(bow) > chord)} {int(bow > 0)} {xy(neck)}"
    wings = [_back(b, heading + turn, HEAD) for turn in (0.5, -0.5)]
    return Shape(f"M{xy(a)}{course}", box_of([a, b], 0.5 + abs(bow))), polygon([b, *wings])


def _back(point: XY, heading: float, way: float) -> XY:
    return (point[0] - way * math.cos(heading), point[1] - way * math.sin(heading))


# --- the picture --------------------------------------------------------------------------------------------------


def _cut(body: Body, camera: Camera) -> float:
    """Below which height of the picture nothing is shown."""
    return camera.see(plus(body.trunk[2].centre, times(UP, WAIST)))[1] if body.figure.crop == "upper" else math.inf


def _extent(body: Body, camera: Camera, arrows: Sequence[Arrow]) -> Box:
    shapes = [shape for part in body_parts(body, camera) for shape, _ in part.fills]
    shapes += support_shapes(body, camera)
    shapes += [shape for arrow in arrows for shape in arrow_shapes(body, camera, arrow)]
    cut = _cut(body, camera)
    left, top, right, bottom = around(shape for shape in shapes if shape.box[1] < cut)
    return left, top, right, min(bottom, cut)


def _arrows(figure: Figure) -> tuple[list[Arrow], list[Arrow]]:
    """Those on the start and those on the end."""
    before, after = ([arrow for arrow in figure.arrows if arrow.on == on] for on in ("start", "end"))
    return before, after


def _fit(bodies: tuple[Body, Body], figure: Figure) -> tuple[tuple[Camera, Camera], float]:
    """One scale and one ground for both positions, each in the middle of its half; and the height of the picture."""
    camera, half, cut = Camera(*VIEWS[figure.view]), (WIDTH - GAP) / 2, figure.crop == "upper"
    boxes = [_extent(body, camera, own) for body, own in zip(bodies, _arrows(figure), strict=True)]
    left, top, right, bottom = joined(boxes)
    room = (half - 2 * MARGIN, HIGHEST - 2 * MARGIN)
    scale = min(room[0] / (right - left), room[1] / (bottom - top), LARGEST[figure.crop])
    middle, high = half / 2 - (left + right) / 2 * scale, MARGIN - top * scale
    first, second = (replace(camera, scale=scale, shift=(middle + i * (half + GAP), high)) for i in (0, 1))
    return (first, second), (bottom - top) * scale + (MARGIN if cut else 2 * MARGIN)


def _group(shapes: Iterable[Shape], fill: str, line: str = "", width: float = 0.0) -> str:
    stroke = f' stroke="{line}" stroke-width="{number(width)}"' if line else ""
    paths = "".join(f'<path d="{shape.path}"/>' for shape in shapes)
    return f'<g fill="{fill}"{stroke}>{paths}</g>' if paths else ""


def _filled(fills: Iterable[tuple[Shape, str]]) -> str:
    """Shapes in their order; neighbours of one tone share a group."""
    runs = groupby(fills, key=lambda fill: fill[1])
    return "".join(_group((shape for shape, _ in run), tone) for tone, run in runs)


def _shown(body: Body, camera: Camera) -> list[Part]:
    """The parts of a body without what lies below the picture."""
    cut = _cut(body, camera)
    parts = body_parts(body, camera)
    return [replace(part, fills=tuple(fill for fill in part.fills if fill[0].box[1] < cut)) for part in parts]


def _draw_part(part: Part) -> str:
    outline = _group((shape for shape, _ in part.fills), part.line, part.line, 2 * part.width)
    return outline + _filled((*part.fills, *part.inner)) + _group(part.marks, "none", part.line, part.width)


def _draw_ghost(body: Body, camera: Camera) -> str:
    """A body as a light line around it."""
    shapes = [shape for part in _shown(body, camera) for shape, _ in part.fills]
    return _group(shapes, GHOST_LINE, GHOST_LINE, 0.5) + _group(shapes, PAPER)


def _draw_arrow(body: Body, camera: Camera, arrow: Arrow) -> str:
    """Dark, with a light rim that parts it from what it crosses."""
    line, head = arrow_shapes(body, camera, arrow)
    rim = _group([line], "none", PAPER, 1.7) + _group([head], PAPER, PAPER, 0.9)
    return rim + _group([line], "none", ARROW, 0.75) + _group([head], ARROW, ARROW, 0.2)


def _draw_position(body: Body, camera: Camera, arrows: Sequence[Arrow], ghost: Body | None) -> str:
    return "".join(
        [
            _group(support_shapes(body, camera), SUPPORT_FILL, SUPPORT_LINE, 0.2),
            _draw_ghost(ghost, camera) if ghost else "",
            *(_draw_part(part) for part in _shown(body, camera)),
            *(_draw_arrow(body, camera, arrow) for arrow in arrows),
        ]
    )


def draw(figure: Figure, start: Body, end: Body) -> str:
    """Both positions as SVG; its view box is in mm."""
    (left, right), height = _fit((start, end), figure)
    before, after = _arrows(figure)
    drawn = _draw_position(start, left, before, None)
    drawn += _draw_position(end, right, after, start if figure.ghost else None)
    size = f'viewBox="0 0 {number(WIDTH)} {number(height)}" width="{number(WIDTH)}mm" height="{number(height)}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<g stroke-linejoin="round" stroke-linecap="round">{drawn}</g></svg>'
    )

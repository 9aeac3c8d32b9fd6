"""What a camera sees, and flat shapes as SVG paths; knows nothing of bodies.

Lengths are mm on the picture where a camera has its scale; y goes down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from merkblatt.figures.space import Vec, cross, dot

XY = tuple[float, float]
#: Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Camera:
    """Where a picture is seen from, and how large a cm is on it."""

    azimuth: float
    elevation: float
    scale: float = 1.0
    shift: XY = (0.0, 0.0)

    @cached_property
    def toward(self) -> Vec:
        """The direction to the viewer."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        return (math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e))

    @cached_property
    def right(self) -> Vec:
        """The direction to the right of the picture."""
        a = math.radians(self.azimuth)
        return (math.cos(a), math.sin(a), 0.0)

    @cached_property
    def up(self) -> Vec:
        """The direction to the top of the picture."""
        return cross(self.toward, self.right)

    def flat(self, way: Vec) -> XY:
        """A direction as it is seen; y goes down."""
        return (dot(way, self.right) * self.scale, -dot(way, self.up) * self.scale)

    def see(self, point: Vec) -> XY:
        """A point as it is seen."""
        x, y = self.flat(point)
        return (x + self.shift[0], y + self.shift[1])

    def near(self, point: Vec) -> float:
        """How near a point is."""
        return dot(point, self.toward)


@dataclass(frozen=True)
class Shape:
    """A path, and the box around it: left, top, right, bottom."""

    path: str
    box: Box


def number(value: float) -> str:
    """A number as paths write it."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def xy(point: XY) -> str:
    """A point as paths write it."""
    return f"{number(point[0])} {number(point[1])}"


def box_of(points: Iterable[XY], radius: float = 0.0) -> Box:
    """The box around points, so far away from them."""
    xs, ys = zip(*points, strict=True)
    return (min(xs) - radius, min(ys) - radius, max(xs) + radius, max(ys) + radius)


def joined(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def around(shapes: Iterable[Shape]) -> Box:
    """The box around shapes."""
    return joined(shape.box for shape in shapes)


def circle(at: XY, radius: float) -> Shape:
    """A disc."""
    r, left, right = number(radius), xy((at[0] - radius, at[1])), xy((at[0] + radius, at[1]))
    return Shape(f"M{left}A{r} {r} 0 1 1 {right}A{r} {r} 0 1 1 {left}Z", box_of([at], radius))


def capsule(a: XY, ra: float, b: XY, rb: float) -> Shape:
    """The hull of two discs."""
    way = math.dist(a, b)
    if way <= abs(ra - rb) + 1e-6:
        return circle(a, ra) if ra >= rb else circle(b, rb)
    heading, opening = math.atan2(b[1] - a[1], b[0] - a[0]), math.acos((ra - rb) / way)
    ends = [(a, ra, opening), (a, ra, -opening), (b, rb, -opening), (b, rb, opening)]
    p = [xy((c[0] + r * math.cos(heading + t), c[1] + r * math.sin(heading + t))) for c, r, t in ends]
    first, second = (f"A{number(r)} {number(r)} 0 {int(large)} 1 " for r, large in ((ra, ra >= rb), (rb, rb > ra)))
    boxes = (box_of([a], ra), box_of([b], rb))
    return Shape(f"M{p[0]}{first}{p[1]}L{p[2]}{second}{p[3]}Z", joined(boxes))


def polygon(points: Sequence[XY]) -> Shape:
    """Straight lines around points."""
    return Shape("M" + "L".join(map(xy, points)) + "Z", box_of(points))


def hull(points: Iterable[XY]) -> list[XY]:
    """The convex hull (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(along: Iterable[XY]) -> list[XY]:
        chain: list[XY] = []
        for p in along:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(o: XY, a: XY, b: XY) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def curve(points: Sequence[XY], first: int, last: int) -> str:
    """The course of a closed curve from one of its points to another (Catmull-Rom as Bézier curves)."""
    parts = [f"M{xy(points[first % len(points)])}"]
    for i in range(first, last):
        before, here, there, after = (points[(i + k) % len(points)] for k in (-1, 0, 1, 2))
        out = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        into = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append(f"C{xy(out)} {xy(into)} {xy(there)}")
    return "".join(parts) + "Z"


def smooth(points: Sequence[XY]) -> Shape:
    """A closed curve through points."""
    return Shape(curve(points, 0, len(points)), box_of(points))

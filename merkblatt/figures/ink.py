"""The greys of a body, and the parts that are drawn with one outline each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from merkblatt.figures.flesh import Ball
from merkblatt.figures.shapes import Camera, Shape, capsule

LINE, LINE_FAR = 0.34, 0.26
Fill = tuple[Shape, str]


@dataclass(frozen=True)
class Tones:
    """The greys of a body."""

    line: str = "#2b2b2b"
    skin: str = "#ffffff"
    shirt: str = "#d4d4d4"
    trousers: str = "#9c9c9c"
    hair: str = "#5c5c5c"


NEAR = Tones()
FAR = Tones(line="#8a8a8a", shirt="#ececec", trousers="#cfcfcf")


@dataclass(frozen=True)
class Part:
    """What has one outline: shapes with their tones in the order of filling, and lines on top."""

    near: float
    line: str
    fills: tuple[Fill, ...]
    #: Filled without outline: hides a seam.
    inner: tuple[Fill, ...] = ()
    marks: tuple[Shape, ...] = ()
    width: float = LINE


def chain(camera: Camera, balls: Sequence[Ball]) -> list[Shape]:
    """A limb: each ball joined with the next."""
    seen = [(camera.see(ball.at), ball.radius * camera.scale) for ball in balls]
    return [capsule(a, ra, b, rb) for (a, ra), (b, rb) in pairwise(seen)]


def filled(shapes: Iterable[Shape], tone: str) -> list[Fill]:
    """Shapes of one tone."""
    return [(shape, tone) for shape in shapes]

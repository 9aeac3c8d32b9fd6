"""Points, directions and frames of a body in space; no anatomy and no drawing.

Lengths are centimetres, angles degrees. The world has x to the front, y to the left and z up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Vec = tuple[float, float, float]

FRONT: Vec = (1.0, 0.0, 0.0)
LEFT: Vec = (0.0, 1.0, 0.0)
UP: Vec = (0.0, 0.0, 1.0)
NOUGHT = 1e-9


def plus(*vectors: Vec) -> Vec:
    """The sum."""
    x = y = z = 0.0
    for vector in vectors:
        x, y, z = x + vector[0], y + vector[1], z + vector[2]
    return (x, y, z)


def times(a: Vec, factor: float) -> Vec:
    """A vector so many times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def minus(a: Vec, b: Vec) -> Vec:
    """The way from b to a."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def distance(a: Vec, b: Vec) -> float:
    """How far two points are apart."""
    return math.sqrt(dot(minus(a, b), minus(a, b)))


def unit(a: Vec) -> Vec:
    """The direction of a vector; that of nought is up."""
    length = math.sqrt(dot(a, a))
    return times(a, 1 / length) if length > NOUGHT else UP


def between(a: Vec, b: Vec, share: float) -> Vec:
    """A point on the way from a to b."""
    return plus(a, times(minus(b, a), share))


def rotate(a: Vec, axis: Vec, degrees: float) -> Vec:
    """A vector turned about an axis by the right-hand rule (Rodrigues' formula)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return plus(times(a, c), times(cross(axis, a), s), times(axis, dot(axis, a) * (1 - c)))


def angle(a: Vec, b: Vec) -> float:
    """The angle between two directions."""
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


@dataclass(frozen=True)
class Frame:
    """Which way a part of the body faces."""

    forward: Vec = FRONT
    left: Vec = LEFT
    up: Vec = UP

    def rotated(self, axis: Vec, degrees: float) -> Frame:
        """The frame turned about an axis of the world."""
        return Frame(*(rotate(a, axis, degrees) for a in (self.forward, self.left, self.up)))

    def bent(self, bend: float, side: float = 0, turn: float = 0) -> Frame:
        """The frame bent forward, then to its left side, then turned to its left."""
        bowed = self.rotated(self.left, bend)
        leaned = bowed.rotated(bowed.forward, -side)
        return leaned.rotated(leaned.up, turn)

    def out(self, forward: float, left: float, up: float) -> Vec:
        """The vector that goes so far along each of its directions."""
        f, s, u = self.forward, self.left, self.up
        x, y, z = (f[i] * forward + s[i] * left + u[i] * up for i in (0, 1, 2))
        return (x, y, z)


def middle_joint(root: Vec, target: Vec, upper: float, lower: float, pole: Vec) -> Vec | None:
    """Where a knee or an elbow is, so that two bones reach from root to target; it points to the pole's side.

    None where the target is too far or too near.
    """
    far = distance(root, target)
    if not abs(upper - lower) < far <= upper + lower or far < NOUGHT:
        return None
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    ahead = unit(minus(target, root))
    sides = (minus(way, times(ahead, dot(way, ahead))) for way in (pole, FRONT, LEFT))
    aside = next(side for side in sides if dot(side, side) > NOUGHT)
    height = math.sqrt(max(0.0, upper**2 - along**2))
    return plus(root, times(ahead, along), times(unit(aside), height))

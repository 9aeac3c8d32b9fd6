"""The values of a body in space: its measures, the cuts of its trunk, its limbs; solves and draws nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from merkblatt.content.model import ArmPose, Figure, LegPose
from merkblatt.figures.space import (
    Frame,
    Vec,
    plus,
    times,
)

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
SIGN = {"left": 1, "right": -1}

# Lengths of an adult of about 172 cm, in cm; DIN 33402-2 has them near.
THIGH, SHIN, ANKLE, UPPER_ARM, FOREARM = 43.0, 42.0, 8.0, 30.0, 26.0
NECK, HEAD_UP, HEAD_FORWARD = 6.0, 7.5, 2.0
#: Half the head's depth, breadth and height.
HEAD = (9.4, 7.8, 11.2)
HIP_ASIDE, SHOULDER_ASIDE = 9.0, 16.5
SEAT, KNEE_RADIUS, MAT_ARM_ASIDE = 45.0, 5.6, 24.0
PILLOW = 5.0

#: The trunk from below: height over the hips, half its width, its depth to the front and to the back.
TRUNK = (
    (-9.0, 10.0, 5.0, 8.0),
    (-4.0, 15.5, 8.5, 12.0),
    (3.0, 16.5, 9.5, 12.5),
    (9.0, 15.5, 10.0, 10.5),
    (14.7, 14.0, 10.0, 8.5),
    (19.3, 13.4, 9.8, 8.0),
    (24.0, 13.8, 10.3, 8.8),
    (31.0, 15.0, 11.3, 10.3),
    (38.0, 16.0, 11.5, 11.0),
    (45.0, 16.5, 9.5, 10.5),
    (50.0, 15.8, 6.5, 8.5),
    (53.2, 11.5, 5.2, 6.8),
    (56.5, 6.6, 4.6, 5.8),
)


@dataclass(frozen=True)
class Section:
    """A cut through the trunk: an ellipse, more to the front or to the back."""

    height: float
    centre: Vec
    frame: Frame
    half: float
    front: float
    back: float

    @property
    def middle(self) -> Vec:
        """The middle of the ellipse, which is not quite on the spine."""
        return plus(self.centre, times(self.frame.forward, (self.front - self.back) / 2))

    def axes(self) -> tuple[Vec, Vec]:
        """Its half axes."""
        return times(self.frame.left, self.half), times(self.frame.forward, (self.front + self.back) / 2)

    def lowest(self) -> float:
        """How low it reaches."""
        a, b = self.axes()
        return self.middle[2] - math.hypot(a[2], b[2])


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: its three joints, its end (hand or foot), and how the end lies."""

    side: Side
    root: Vec
    middle: Vec
    end: Vec
    frame: Frame
    pose: ArmPose | LegPose


@dataclass(frozen=True)
class Body:
    """A whole body in space."""

    figure: Figure
    trunk: tuple[Section, ...]
    pelvis: Frame
    thorax: Frame
    head: Vec
    head_frame: Frame
    arms: dict[Side, Limb]
    legs: dict[Side, Limb]
    belly: float
    faults: tuple[str, ...]

    def joint(self, name: str) -> Vec:
        """A point of the body by the name that an arrow uses."""
        side, _, part = name.partition("-")
        if part:
            return _limb_joint(self, side, part)  # type: ignore[arg-type]
        return {
            "head": self.head,
            "chin": plus(self.head, self.head_frame.out(9, 0, -9)),
            "neck": self.trunk[-1].centre,
            "chest": plus(self.trunk[8].centre, times(self.thorax.forward, 11)),
            "belly": plus(self.trunk[4].centre, times(self.trunk[4].frame.forward, 10 + self.belly)),
            "pelvis": self.trunk[2].centre,
        }[name]


def head_lowest(centre: Vec, frame: Frame) -> float:
    """How low a head with its middle there reaches."""
    axes = (times(a, r) for a, r in zip((frame.forward, frame.left, frame.up), HEAD, strict=True))
    return centre[2] - math.sqrt(sum(a[2] ** 2 for a in axes))


def _limb_joint(body: Body, side: Side, part: str) -> Vec:
    if part == "shoulder":
        return body.arms[side].root
    if part in ("elbow", "hand"):
        return body.arms[side].middle if part == "elbow" else body.arms[side].end
    return body.legs[side].middle if part == "knee" else body.legs[side].end

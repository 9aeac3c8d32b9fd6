"""Joints -> how thick a body is: balls along its limbs, and what lies under the ground; solves and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from merkblatt.content.model import ArmPose
from merkblatt.figures.anatomy import SIDES, Body, Limb, head_lowest
from merkblatt.figures.space import Vec, between, minus, plus, times, unit


@dataclass(frozen=True)
class Ball:
    """A part of a limb: so thick at this point, in cm."""

    at: Vec
    radius: float


def leg_balls(leg: Limb) -> tuple[list[Ball], list[Ball]]:
    """Thigh and lower leg; the calf stands out to the back."""
    calf = between(leg.middle, leg.end, 0.3)
    back = unit(minus(leg.root, between(leg.middle, leg.end, 0.5)))
    thigh = [Ball(leg.root, 8.8), Ball(between(leg.root, leg.middle, 0.45), 7.8), Ball(leg.middle, 5.6)]
    return thigh, [Ball(leg.middle, 5.6), Ball(plus(calf, times(back, 0.8)), 5.6), Ball(leg.end, 3.7)]


def foot_balls(leg: Limb) -> list[Ball]:
    """Ankle, heel, ball and toe."""
    places = ((0.0, 0.0, 3.7), (-4.5, -4.6, 3.4), (12.5, -5.6, 2.4), (17.5, -6.2, 1.8))
    return [Ball(plus(leg.end, leg.frame.out(ahead, 0, up)), radius) for ahead, up, radius in places]


def arm_balls(arm: Limb) -> tuple[list[Ball], list[Ball], list[Ball]]:
    """Upper arm, forearm and hand."""
    upper = [Ball(arm.root, 5.2), Ball(between(arm.root, arm.middle, 0.5), 4.7), Ball(arm.middle, 3.9)]
    lower = [Ball(arm.middle, 3.9), Ball(between(arm.middle, arm.end, 0.3), 4.0), Ball(arm.end, 2.8)]
    away = times(arm.frame.up, -1.0)
    if isinstance(arm.pose, ArmPose) and arm.pose.hand == "fist":
        return upper, lower, [Ball(arm.end, 2.8), Ball(plus(arm.end, times(away, 6)), 5.0)]
    palm, tips = Ball(plus(arm.end, times(away, 5.5)), 3.5), Ball(plus(arm.end, times(away, 14.5)), 2.0)
    return upper, lower, [Ball(arm.end, 2.8), palm, tips]


def under_ground(body: Body) -> list[str]:
    """What reaches more than a cm under the ground."""
    lowest: dict[str, float] = {
        "head": head_lowest(body.head, body.head_frame),
        "trunk": min(s.lowest() for s in body.trunk),
    }
    for side in SIDES:
        upper, lower, hand = arm_balls(body.arms[side])
        thigh, shin = leg_balls(body.legs[side])
        parts = {"arm": [*upper, *lower], "hand": hand, "leg": [*thigh, *shin], "foot": foot_balls(body.legs[side])}
        lowest |= {f"{side} {name}": min(b.at[2] - b.radius for b in balls) for name, balls in parts.items()}
    return [f"the {name} is {-z:.0f} cm under the ground" for name, z in lowest.items() if z < -1.0]

"""Shoulders and a pose -> arms: by their angles, or with the hand at a place and the elbow where the bones meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from merkblatt.content.model import ArmPose, Figure, Pose
from merkblatt.figures.anatomy import FOREARM, MAT_ARM_ASIDE, SIGN, UPPER_ARM, Limb, Section, Side
from merkblatt.figures.ranges import Faults
from merkblatt.figures.space import (
    FRONT,
    LEFT,
    UP,
    Frame,
    Vec,
    angle,
    between,
    cross,
    dot,
    middle_joint,
    minus,
    plus,
    rotate,
    times,
    unit,
)


@dataclass(frozen=True)
class Reachable:
    """What an arm can reach."""

    figure: Figure
    sections: list[Section]
    head: Vec
    head_frame: Frame
    legs: dict[Side, Limb]
    shoulders: dict[Side, Vec]


#: A hand's place: the wrist, and the frame whose `up` points from the fingers to the wrist.
_Place = tuple[Vec, Vec]


def _on_floor(body: Reachable, side: Side) -> _Place:
    if body.figure.posture == "lying":
        return (9.0, SIGN[side] * MAT_ARM_ASIDE, 3.6), FRONT
    return (46.0, SIGN[side] * 17.0, 4.2), FRONT


def _beside_head(body: Reachable, side: Side) -> _Place:
    return (body.head[0] - 2, SIGN[side] * 34.0, 3.6), times(FRONT, -1.0)


def _on_thigh(body: Reachable, side: Side) -> _Place:
    leg = body.legs[side]
    along = unit(minus(leg.middle, leg.root))
    above = unit(minus(UP, times(along, dot(UP, along))))
    return plus(between(leg.root, leg.middle, 0.55), times(above, 9.4)), along


def _on_knee(which: Side) -> Callable[[Reachable, Side], _Place]:
    def place(body: Reachable, side: Side) -> _Place:
        leg = body.legs[which]
        down = unit(minus(leg.end, leg.middle))
        thigh = unit(minus(leg.middle, leg.root))
        ahead = unit(minus(thigh, times(down, dot(thigh, down))))
        inward = times(LEFT, -float(SIGN[side]))
        return plus(leg.middle, times(down, 6), times(ahead, 6.0), times(inward, -5)), plus(inward, times(down, 0.25))

    return place


def _on_other_shoulder(body: Reachable, side: Side) -> _Place:
    frame = body.sections[9].frame
    other = body.shoulders["right" if side == "left" else "left"]
    near = SIGN[side]
    return plus(other, frame.out(10 + (2.5 if near > 0 else 0), near * 9, -11)), frame.out(-0.4, -near * 0.62, 0.68)


def _on_nape(body: Reachable, side: Side) -> _Place:
    frame, out = body.head_frame, SIGN[side]
    return plus(body.head, frame.out(-6.5, out * 11.5, -2)), frame.out(-0.5, -out, 0.12)


def _on_waist(body: Reachable, side: Side) -> _Place:
    section, out = body.sections[3], SIGN[side]
    return plus(section.centre, section.frame.out(-7.5, out * 15.5, 3)), section.frame.out(-0.3, -out * 0.7, -0.6)


def _on_belly(body: Reachable, side: Side) -> _Place:
    section, out = body.sections[4], SIGN[side]
    return plus(section.centre, section.frame.out(section.front + 2.0, out * 11, 0)), section.frame.out(0.0, -out, 0.0)


_REACH: dict[str, Callable[[Reachable, Side], _Place]] = {
    "floor": _on_floor,
    "beside-head": _beside_head,
    "thigh": _on_thigh,
    "left-knee": _on_knee("left"),
    "right-knee": _on_knee("right"),
    "other-shoulder": _on_other_shoulder,
    "nape": _on_nape,
    "waist": _on_waist,
    "belly": _on_belly,
}
#: Where arms are that no pose names.
_REST = {
    "standing": ArmPose(),
    "seated": ArmPose(reach="thigh"),
    "lying": ArmPose(reach="floor", swivel=85),
    "all-fours": ArmPose(reach="floor"),
}


def _arm_by_angles(side: Side, root: Vec, thorax: Frame, pose: ArmPose) -> tuple[Vec, Vec, Frame]:
    upper = thorax.rotated(thorax.left, -pose.lift)
    upper = upper.rotated(upper.forward if abs(pose.lift) < 45 else thorax.forward, SIGN[side] * pose.spread)
    upper = upper.rotated(upper.up, -SIGN[side] * pose.turn)
    lower = upper.rotated(upper.left, -pose.elbow)
    elbow = plus(root, times(upper.up, -UPPER_ARM))
    return elbow, plus(elbow, times(lower.up, -FOREARM)), lower


def _reaching(body: Reachable, side: Side, target: str, pose: ArmPose) -> tuple[Vec, Vec, Frame] | None:
    wrist, fingers = _REACH[target](body, side)
    root, thorax = body.shoulders[side], body.sections[9].frame
    ahead = unit(minus(wrist, root))
    rest = plus(times(thorax.up, -1.0), times(thorax.forward, -0.6))
    elbow = middle_joint(root, wrist, UPPER_ARM, FOREARM, rotate(rest, ahead, -SIGN[side] * pose.swivel))
    back = times(unit(fingers), -1.0)
    frame = Frame(unit(cross(LEFT, back)) if abs(dot(LEFT, back)) < 0.95 else FRONT, LEFT, back)
    return (elbow, wrist, frame) if elbow else None


def arm_of(body: Reachable, pose: Pose, side: Side, faults: Faults) -> Limb:
    """One arm, named by the pose or hanging, lying or propped as its posture has it."""
    arm = (pose.left_arm if side == "left" else pose.right_arm) or pose.arms
    arm = arm or _REST[body.figure.posture]
    solved = _reaching(body, side, arm.reach, arm) if arm.reach else None
    if solved is None:
        if arm.reach:
            faults.found.append(f'the {side} hand does not reach "{arm.reach}"')
        solved = _arm_by_angles(side, body.shoulders[side], body.sections[9].frame, arm)
    root = body.shoulders[side]
    faults.within("elbow", angle(minus(solved[0], root), minus(solved[1], solved[0])), side)
    return Limb(side, root, *solved, arm)

"""Hips and a pose -> legs: by their angles, or with the foot on the ground and the knee where the bones meet."""

from __future__ import annotations

import math

from merkblatt.content.model import Figure, LegPose, Pose
from merkblatt.figures.anatomy import ANKLE, HIP_ASIDE, KNEE_RADIUS, SHIN, SIGN, THIGH, Limb, Side
from merkblatt.figures.ranges import Faults
from merkblatt.figures.space import (
    FRONT,
    LEFT,
    UP,
    Frame,
    Vec,
    angle,
    cross,
    dot,
    middle_joint,
    minus,
    plus,
    rotate,
    times,
    unit,
)
from merkblatt.figures.trunk import pelvis_frame


def _leg_by_angles(side: Side, root: Vec, pelvis: Frame, pose: LegPose) -> tuple[Vec, Vec, Frame]:
    thigh = pelvis.rotated(pelvis.left, -(pose.hip or 0)).rotated(pelvis.forward, SIGN[side] * pose.spread)
    shin = thigh.rotated(thigh.left, pose.knee or 0)
    knee = plus(root, times(thigh.up, -THIGH))
    return knee, plus(knee, times(shin.up, -SHIN)), shin.rotated(shin.left, pose.ankle)


def _ankle_place(figure: Figure, side: Side, pose: LegPose) -> Vec:
    aside = SIGN[side] * {"standing": 11.0, "seated": 10.0, "lying": 9.0}.get(figure.posture, HIP_ASIDE)
    ahead = {"standing": 0.0, "seated": 44.0, "lying": 33.0}.get(figure.posture, 0.0)
    return (ahead + pose.foot, aside, ANKLE)


def _kneeling(side: Side, root: Vec) -> tuple[Vec, Vec, Frame]:
    """The shin lies on the ground behind the knee, the instep too."""
    knee = (0.0, SIGN[side] * HIP_ASIDE, KNEE_RADIUS)
    ankle = plus(knee, (-math.sqrt(SHIN**2 - 1.2**2), 0.0, -1.2))
    flat = Frame((0.0, 0.0, -1.0), LEFT, FRONT).rotated(LEFT, 2)
    return knee, ankle, flat.rotated(LEFT, 62)


def _leg_on_ground(figure: Figure, side: Side, root: Vec, pose: LegPose) -> tuple[Vec, Vec, Frame] | None:
    if figure.posture == "all-fours":
        return _kneeling(side, root)
    ankle = _ankle_place(figure, side, pose)
    pole = (
        rotate(plus(times(FRONT, 0.4), UP), FRONT, -pose.lean)
        if figure.posture == "lying"
        else plus(FRONT, times(UP, 0.2))
    )
    knee = middle_joint(root, ankle, THIGH, SHIN, pole)
    tipped = Frame().rotated(FRONT, -0.6 * pose.lean)
    return (knee, ankle, tipped) if knee else None


def leg_of(figure: Figure, pose: Pose, side: Side, hips: Vec, faults: Faults) -> Limb:
    """One leg, by its angles or on its place on the ground."""
    pelvis = pelvis_frame(figure, pose)
    root = plus(hips, times(pelvis.left, SIGN[side] * HIP_ASIDE))
    leg = (pose.left_leg if side == "left" else pose.right_leg) or pose.legs or LegPose()
    solved = _leg_on_ground(figure, side, root, leg) if leg.hip is None and leg.knee is None else None
    if solved is None:
        if leg.hip is None and leg.knee is None:
            faults.found.append(f"the {side} foot does not reach its place on the ground")
        solved = _leg_by_angles(side, root, pelvis, leg)
    _check_leg(side, root, solved, pelvis, faults)
    return Limb(side, root, *solved, leg)


def _check_leg(side: Side, root: Vec, solved: tuple[Vec, Vec, Frame], pelvis: Frame, faults: Faults) -> None:
    knee, ankle, foot = solved
    thigh, shin = minus(knee, root), minus(ankle, knee)
    bend = angle(thigh, shin)
    backward = dot(cross(thigh, shin), pelvis.left) >= 0 or abs(dot(unit(cross(thigh, shin)), pelvis.left)) < 0.5
    faults.within("knee", bend if backward or bend < 1 else -bend, side)
    along = math.degrees(math.atan2(dot(thigh, pelvis.forward), -dot(thigh, pelvis.up)))
    faults.within("hip", along if along > -120 else along + 360, side)
    faults.within("ankle", 90 - angle(shin, foot.forward), side)

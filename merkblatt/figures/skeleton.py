"""A pose -> the whole body in space, standing, sitting, lying or kneeling on its support; draws nothing.

Bones keep their lengths. What bears weight rests on the ground: the posture places the pelvis, hands and feet are
placed next, and knees and elbows follow. What no body can do is told as a fault.
"""

from __future__ import annotations

from merkblatt.content.model import Bend, Figure, Pose
from merkblatt.figures.anatomy import SHOULDER_ASIDE, SIDES, SIGN, Body, Section, Side
from merkblatt.figures.arms import Reachable, arm_of
from merkblatt.figures.legs import leg_of
from merkblatt.figures.ranges import Faults
from merkblatt.figures.space import (
    Vec,
    plus,
)
from merkblatt.figures.trunk import curve, head_on, pelvis_frame, placed_trunk, rested_head, settled


def _shoulder(section: Section, pose: Pose, side: Side) -> Vec:
    out = SHOULDER_ASIDE - 0.4 * max(0, pose.shoulders_back)
    return plus(
        section.centre, section.frame.out(-1.0 - pose.shoulders_back, SIGN[side] * out, 0.5 + pose.shoulders_up)
    )


def _together(neck: Bend, head: Bend) -> Bend:
    """What neck and head reach; nodding is a matter of the head alone."""
    return neck.model_copy(update={"side": neck.side + head.side, "turn": neck.turn + head.turn})


def _check_spine(lumbar: Bend, thorax: Bend, neck: Bend, faults: Faults) -> None:
    for name, part in (("lumbar", lumbar), ("thorax", thorax), ("neck", neck)):
        faults.within(f"{name} bend", part.bend)
        faults.within(f"{name} side", part.side)
        faults.within(f"{name} turn", part.turn)


def pose_body(figure: Figure, pose: Pose) -> Body:
    """The body of a figure in one of its poses, with what no body could do told as faults."""
    faults, pose = Faults(), settled(figure, pose)
    sections, hips = placed_trunk(figure, pose)
    neck, head = curve(figure, pose, 2), curve(figure, pose, 3)
    at, frame = head_on(sections[-1], neck, head)
    if figure.posture == "lying":
        at, frame, bend = rested_head(sections[-1], figure)
        neck = neck.model_copy(update={"bend": bend})
    _check_spine(curve(figure, pose, 0), curve(figure, pose, 1), _together(neck, head), faults)
    legs = {side: leg_of(figure, pose, side, hips, faults) for side in SIDES}
    shoulders = {side: _shoulder(sections[9], pose, side) for side in SIDES}
    reached = Reachable(figure, sections, at, frame, legs, shoulders)
    arms = {side: arm_of(reached, pose, side, faults) for side in SIDES}
    pelvis, thorax = pelvis_frame(figure, pose), sections[9].frame
    return Body(figure, tuple(sections), pelvis, thorax, at, frame, arms, legs, pose.belly, tuple(faults.found))


def end_pose(figure: Figure) -> Pose:
    """The end position in full: what it does not name is as at the start."""
    named = {name: getattr(figure.end, name) for name in figure.end.model_fields_set}
    return figure.start.model_copy(update=named)

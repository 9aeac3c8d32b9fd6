"""A pose -> spine, pelvis and head, where the posture puts them: on the mat, the seat, the knees or the feet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from merkblatt.content.model import Bend, Figure, Pose
from merkblatt.figures.anatomy import (
    ANKLE,
    HEAD_FORWARD,
    HEAD_UP,
    KNEE_RADIUS,
    NECK,
    PILLOW,
    SEAT,
    SHIN,
    THIGH,
    TRUNK,
    Section,
    head_lowest,
)
from merkblatt.figures.space import (
    Frame,
    Vec,
    plus,
    times,
)

#: How the spine is curved at rest: lumbar hollow, thoracic round, neck hollow, head level.
CURVES = {
    "standing": (-14, 20, 8, -18),
    "seated": (-2, 12, 6, -16),
    "lying": (-6, 6, 0, 0),
    "all-fours": (-8, 12, -4, 0),
}
TILT = {"standing": 4.0, "seated": 0.0, "lying": -90.0, "all-fours": 84.0}


#: The cuts of the trunk before which the spine bends, and into how many steps; and those that are the belly.
_PARTS = {4: "lumbar", 5: "lumbar", 6: "lumbar", 7: "thorax", 8: "thorax", 9: "thorax", 10: "thorax"}
_STEPS = {"lumbar": 3, "thorax": 4}
_BELLY = {3: 0.7, 4: 1.0, 5: 1.0, 6: 0.6}


def curve(figure: Figure, pose: Pose, index: int) -> Bend:
    """How lumbar spine, thorax, neck and head (0 to 3) are bent, with what they are at rest."""
    part = (pose.lumbar, pose.thorax, pose.neck, pose.head)[index]
    rest = CURVES[figure.posture][index]
    return part.model_copy(update={"bend": part.bend + rest})


def pelvis_frame(figure: Figure, pose: Pose) -> Frame:
    """Which way the pelvis faces."""
    return Frame().bent(TILT[figure.posture] + pose.tilt).bent(0, 0, pose.turn)


def _spine(figure: Figure, pose: Pose) -> Iterator[Section]:
    """The cuts of the trunk, with the hips at the origin; lumbar and thoracic spine bend evenly."""
    frame, centre, height = pelvis_frame(figure, pose), (0.0, 0.0, 0.0), 0.0
    bends = {"lumbar": curve(figure, pose, 0), "thorax": curve(figure, pose, 1)}
    for index, (up, half, front, back) in enumerate(TRUNK):
        if part := _PARTS.get(index):
            bend, steps = bends[part], _STEPS[part]
            frame = frame.bent(bend.bend / steps, bend.side / steps, bend.turn / steps)
        centre = plus(centre, times(frame.up, up - height))
        height = up
        yield Section(up, centre, frame, half, front + pose.belly * _BELLY.get(index, 0.0), back)


def head_on(top: Section, neck: Bend, head: Bend) -> tuple[Vec, Frame]:
    """Centre and frame of the head on a trunk."""
    half = top.frame.bent(neck.bend / 2, neck.side / 2, neck.turn / 2)
    whole = half.bent(neck.bend / 2, neck.side / 2, neck.turn / 2)
    length = NECK / 2
    nape = plus(top.centre, times(half.up, length), times(whole.up, length))
    frame = whole.bent(head.bend, head.side, head.turn)
    return plus(nape, frame.out(HEAD_FORWARD, 0, HEAD_UP)), frame


def rested_head(top: Section, figure: Figure) -> tuple[Vec, Frame, float]:
    """The head of someone lying: the neck bends until it rests on mat or pillow, the face looks up."""
    ground = PILLOW if figure.pillow else 0.0
    pitch = math.degrees(math.atan2(top.frame.up[0], top.frame.up[2]))
    low, high = -60.0, 60.0
    for _ in range(14):
        bend = (low + high) / 2
        centre, frame = head_on(top, _bend(bend), _bend(-90 - bend - pitch))
        low, high = (low, bend) if head_lowest(centre, frame) > ground else (bend, high)
    return centre, frame, bend


def _bend(degrees: float) -> Bend:
    return Bend().model_copy(update={"bend": degrees})


# --- where the posture puts the body ------------------------------------------------------------------------


def _moved(sections: list[Section], by: Vec) -> list[Section]:
    return [replace(section, centre=plus(section.centre, by)) for section in sections]


def settled(figure: Figure, pose: Pose) -> Pose:
    """Someone lying rests on both pelvis and shoulders; a `tilt` of its own lifts the pelvis from the mat."""
    if figure.posture != "lying" or pose.tilt:
        return pose
    low, high = -25.0, 25.0
    for _ in range(14):
        tried = pose.model_copy(update={"tilt": (low + high) / 2})
        sections = list(_spine(figure, tried))
        pelvis, shoulders = (min(s.lowest() for s in part) for part in (sections[:4], sections[7:]))
        low, high = (low, tried.tilt) if pelvis < shoulders else (tried.tilt, high)
    return tried


def placed_trunk(figure: Figure, pose: Pose) -> tuple[list[Section], Vec]:
    """The trunk where its posture puts it, and the middle between the hips."""
    sections = list(_spine(figure, pose))
    if figure.posture == "lying":
        shoulders = sections[9].centre
        hips = (-shoulders[0] - 45, 0.0, -min(section.lowest() for section in sections))
    elif figure.posture == "all-fours":
        lean = math.radians(pose.lean)
        hips = (-THIGH * math.sin(lean), 0.0, KNEE_RADIUS + THIGH * math.cos(lean))
    elif figure.posture == "seated":
        hips = (float(pose.shift), 0.0, SEAT + 9)
    else:
        reach = THIGH + SHIN - 0.4
        hips = (float(pose.shift), 0.0, ANKLE + math.sqrt(reach**2 - pose.shift**2))
    return _moved(sections, hips), hips

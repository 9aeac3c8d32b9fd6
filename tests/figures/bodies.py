"""Figures and bodies that the tests of drawing share."""

from __future__ import annotations

from typing import Any

from merkblatt.content.model import Figure
from merkblatt.figures.anatomy import Body
from merkblatt.figures.skeleton import end_pose, pose_body

POSTURES = ("standing", "seated", "lying", "all-fours")
VIEWS = ("side", "front", "back", "oblique", "feet", "above")


def figure(**data: Any) -> Figure:
    return Figure.model_validate({"posture": "standing", "end": {}, **data})


def bodies(drawn: Figure) -> tuple[Body, Body]:
    return pose_body(drawn, drawn.start), pose_body(drawn, end_pose(drawn))


def posed(posture: str = "standing", **pose: Any) -> Body:
    """A body in a pose."""
    made = figure(posture=posture, start=pose)
    return pose_body(made, made.start)

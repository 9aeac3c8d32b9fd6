"""Exercises drawn: a figure of a few numbers -> one SVG with two positions of a body."""

from __future__ import annotations

from merkblatt.content.model import Figure
from merkblatt.core.findings import Faulty, Finding
from merkblatt.figures.anatomy import Body
from merkblatt.figures.drawing import draw
from merkblatt.figures.flesh import under_ground
from merkblatt.figures.skeleton import end_pose, pose_body


def _bodies(figure: Figure) -> tuple[Body, Body]:
    return pose_body(figure, figure.start), pose_body(figure, end_pose(figure))


def _faults(figure: Figure, bodies: tuple[Body, Body]) -> list[Finding]:
    return [
        Finding(figure.at(name), f"{name} position: {fault}", "change the angles, or the place that it reaches")
        for name, body in zip(("start", "end"), bodies, strict=True)
        for fault in (*body.faults, *under_ground(body))
    ]


def figure_faults(figure: Figure) -> list[Finding]:
    """What no body could do: joints beyond their ranges, hands and feet that do not reach, limbs under the ground."""
    return _faults(figure, _bodies(figure))


def render_figure(figure: Figure) -> str:
    """Both positions of a figure, side by side, as SVG with a view box in mm; the same figure gives the same text.

    Raises:
        Faulty: with all that no body could do.
    """
    bodies = _bodies(figure)
    if faults := _faults(figure, bodies):
        raise Faulty(faults)
    return draw(figure, *bodies)

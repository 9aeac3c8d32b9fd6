"""How an exercise is drawn: postures, angles, arrows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from merkblatt.content.model.base import Many, Placed

#: Angles in degrees; the bounds are those of a healthy adult (AAOS, Joint Motion, with room for the whole spine).
Angle = Annotated[int, Field(ge=-180, le=180)]

Centimetres = Annotated[int, Field(ge=-100, le=100)]


class Bend(Placed):
    """How a part of the spine leaves its rest: `bend` forward, `side` and `turn` to the person's left."""

    bend: Annotated[int, Field(ge=-60, le=70)] = 0
    side: Annotated[int, Field(ge=-45, le=45)] = 0
    turn: Annotated[int, Field(ge=-80, le=80)] = 0


class ArmPose(Placed):
    """An arm: by its angles, or by the place that its hand reaches; the program then finds the elbow."""

    #: Forward and up; 180 beside the ear.
    lift: Annotated[int, Field(ge=-60, le=180)] = 0
    #: Away from the body.
    spread: Annotated[int, Field(ge=-30, le=180)] = 5
    elbow: Annotated[int, Field(ge=0, le=150)] = 12
    #: About its own length; the forearm goes inward.
    turn: Annotated[int, Field(ge=-90, le=90)] = 0
    reach: (
        Literal["floor", "beside-head", "thigh", "left-knee", "right-knee", "other-shoulder", "nape", "waist", "belly"]
        | None
    ) = None
    #: Where the elbow points while the hand stays: 0 down or back, 90 outward, 180 up or forward.
    swivel: Angle = 0
    hand: Literal["open", "fist"] = "open"


class LegPose(Placed):
    """A leg: by its angles, or, where neither `hip` nor `knee` is named, on the ground as the posture wants it."""

    #: Thigh forward.
    hip: Annotated[int, Field(ge=-30, le=130)] | None = None
    knee: Annotated[int, Field(ge=0, le=155)] | None = None
    spread: Annotated[int, Field(ge=-30, le=45)] = 0
    #: Toes down.
    ankle: Annotated[int, Field(ge=-30, le=60)] = 0
    #: The foot on the ground, so far before (in cm) the place where the posture puts it.
    foot: Centimetres = 0
    #: The knee above a foot on the ground, so far to the person's left.
    lean: Annotated[int, Field(ge=-80, le=80)] = 0


class Pose(Placed):
    """One position of a body; what is not named is as its posture has it."""

    #: The pelvis: rocked forward, rolled to the left, and, of someone who stands or sits, moved forward in cm.
    tilt: Annotated[int, Field(ge=-60, le=100)] = 0
    turn: Annotated[int, Field(ge=-60, le=60)] = 0
    shift: Annotated[int, Field(ge=-40, le=40)] = 0
    #: On all fours: the thighs leaned back, so that the seat comes to the heels.
    lean: Annotated[int, Field(ge=-30, le=75)] = 0
    lumbar: Bend = Bend()
    thorax: Bend = Bend()
    #: Someone lying rests the head on mat or pillow; neck and head then follow from that.
    neck: Bend = Bend()
    head: Bend = Bend()
    #: Both shoulders, in cm.
    shoulders_up: Annotated[int, Field(ge=-3, le=7)] = 0
    shoulders_back: Annotated[int, Field(ge=-6, le=5)] = 0
    #: How far the belly stands out, in cm.
    belly: Annotated[int, Field(ge=-4, le=6)] = 0
    #: Both arms or legs; a side that is named alone goes before.
    arms: ArmPose | None = None
    left_arm: ArmPose | None = None
    right_arm: ArmPose | None = None
    legs: LegPose | None = None
    left_leg: LegPose | None = None
    right_leg: LegPose | None = None


Joint = Literal[
    "head",
    "chin",
    "neck",
    "chest",
    "belly",
    "pelvis",
    "left-shoulder",
    "right-shoulder",
    "left-elbow",
    "right-elbow",
    "left-hand",
    "right-hand",
    "left-knee",
    "right-knee",
    "left-foot",
    "right-foot",
]

#: Right and up on the picture, in cm.
Point = Annotated[tuple[Centimetres, Centimetres], Field(strict=False)]


class Arrow(Placed):
    """Where it moves: from a point to a point, both seen from a joint; `bow` makes it an arc, so many cm high."""

    joint: Joint
    from_: Point = Field(alias="from")
    to: Point
    bow: Centimetres = 0
    on: Literal["start", "end"] = "end"


class Figure(Placed):
    """The drawing of an exercise: a posture, from where it is seen, and what moves between two positions."""

    posture: Literal["standing", "seated", "lying", "all-fours"]
    view: Literal["side", "front", "back", "oblique", "feet", "above"] = "side"
    #: The whole body, or from the waist up where only a little moves.
    crop: Literal["whole", "upper"] = "whole"
    pillow: bool = False
    #: Whether the end shows the start once more, as a light line.
    ghost: bool = False
    start: Pose = Pose()
    #: Only what differs from the start.
    end: Pose
    arrows: Many[Arrow] = ()

    @model_validator(mode="after")
    def _upright_where_cut(self) -> Figure:
        if self.crop == "upper" and self.posture not in ("standing", "seated"):
            raise ValueError(f"crop upper shows someone standing or seated, not {self.posture}")
        return self

"""Exercises are drawn from data: bodies that could stand like that, on their support, in plain SVG."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from defusedxml import ElementTree
from pydantic import ValidationError

from merkblatt.content.library import Library
from merkblatt.content.model import Figure, LegPose, Pose
from merkblatt.core.findings import Faulty
from merkblatt.figures import figure_faults, render_figure
from merkblatt.figures.anatomy import FOREARM, SHIN, SIDES, THIGH, UPPER_ARM, Body
from merkblatt.figures.drawing import HIGHEST, WIDTH, draw
from merkblatt.figures.flesh import arm_balls, foot_balls, under_ground
from merkblatt.figures.shapes import Camera, capsule, hull
from merkblatt.figures.skeleton import end_pose, pose_body
from merkblatt.figures.space import FRONT, LEFT, UP, distance, middle_joint
from tests.conftest import Content

Make = Callable[..., Content]


def figure(**data: Any) -> Figure:
    return Figure.model_validate({"posture": "standing", "end": {}, **data})


def bodies(drawn: Figure) -> tuple[Body, Body]:
    return pose_body(drawn, drawn.start), pose_body(drawn, end_pose(drawn))


@pytest.fixture(scope="session")
def figures(library: Library) -> dict[str, Figure]:
    """The figures of the real content."""
    return {name: one.figure for name, one in library.exercises.items() if one.figure}


# --- the content ------------------------------------------------------------------------------------------


def test_each_exercise_is_drawn_and_told_in_words(library, figures):
    assert len(figures) >= 20
    assert figures.keys() == library.exercises.keys()
    for name, exercise in library.exercises.items():
        assert exercise.alt, name
        assert exercise.alt.get("de"), name


def test_no_figure_asks_what_a_body_cannot_do(figures):
    assert [str(fault) for one in figures.values() for fault in figure_faults(one)] == []


def test_each_figure_shows_a_movement(figures):
    for name, one in figures.items():
        assert one.arrows, name
        start, end = bodies(one)
        assert start != replace(end, figure=start.figure), name


# --- bodies -----------------------------------------------------------------------------------------------


def test_bones_keep_their_lengths(figures):
    for one in figures.values():
        for body in bodies(one):
            for side in SIDES:
                arm, leg = body.arms[side], body.legs[side]
                assert distance(arm.root, arm.middle) == pytest.approx(UPPER_ARM)
                assert distance(arm.middle, arm.end) == pytest.approx(FOREARM)
                assert distance(leg.root, leg.middle) == pytest.approx(THIGH)
                assert distance(leg.middle, leg.end) == pytest.approx(SHIN)


def test_what_bears_weight_is_on_the_ground(figures):
    for name, one in figures.items():
        for pose, body in zip((one.start, end_pose(one)), bodies(one), strict=True):
            for side in SIDES:
                if getattr(pose, f"{side}_leg") is not None or (pose.legs and pose.legs.lean):
                    continue
                low = min(ball.at[2] - ball.radius for ball in foot_balls(body.legs[side]))
                assert low == pytest.approx(0, abs=1.0), (name, side)


def test_hands_of_one_on_all_fours_are_on_the_mat(figures):
    for name, one in figures.items():
        for pose, body in zip((one.start, end_pose(one)), bodies(one), strict=True):
            for side in SIDES:
                if one.posture == "all-fours" and getattr(pose, f"{side}_arm") is None:
                    hand = arm_balls(body.arms[side])[2]
                    assert min(ball.at[2] - ball.radius for ball in hand) == pytest.approx(0.7, abs=0.5), name


def test_one_who_lies_rests_on_pelvis_shoulders_and_head():
    body, lifted = bodies(figure(posture="lying", end={"tilt": -27}))
    pelvis, shoulders = (min(s.lowest() for s in part) for part in (body.trunk[:4], body.trunk[7:]))
    assert pelvis == pytest.approx(0, abs=0.1)
    assert shoulders == pytest.approx(0, abs=0.1)
    assert body.head[2] == pytest.approx(9.4, abs=0.3)
    assert lifted.trunk[2].centre[2] > body.trunk[2].centre[2] + 15
    assert lifted.trunk[9].centre[0] == pytest.approx(body.trunk[9].centre[0])


def test_what_the_end_does_not_name_is_as_at_the_start():
    start = {"arms": {"reach": "waist"}, "belly": 2}
    pose = end_pose(figure(start=start, end={"belly": -1}))
    assert pose.arms is not None
    assert pose.arms.reach == "waist"
    assert pose.belly == -1


# --- planted faults -----------------------------------------------------------------------------------------


def test_a_knee_that_bends_the_wrong_way_is_caught():
    whole = figure(end={"right_leg": {"hip": 40, "knee": 60}})
    assert figure_faults(whole) == []
    leg = LegPose(hip=40).model_copy(update={"knee": -60})
    faults = pose_body(whole, whole.start.model_copy(update={"right_leg": leg})).faults
    assert faults == ("right knee: -60 degrees; a body goes from 0 to 158",)


def test_a_foot_under_the_ground_is_caught():
    drawn = figure(end={"right_leg": {"hip": 0, "knee": 0, "ankle": 60}})
    assert [fault.message for fault in figure_faults(drawn)] == [
        "end position: the right foot is 12 cm under the ground"
    ]
    assert under_ground(bodies(drawn)[0]) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"posture": "seated", "end": {"arms": {"reach": "right-knee"}, "thorax": {"bend": -30}}}, "does not reach"),
        ({"end": {"left_leg": {"foot": -80}}}, "foot does not reach its place"),
        ({"end": {"lumbar": {"bend": -40}}}, "lumbar bend: -54 degrees"),
        ({"end": {"neck": {"bend": 70}}}, "neck bend: 78 degrees"),
        ({"end": {"lumbar": {"turn": 40}}}, "lumbar turn: 40 degrees"),
        ({"end": {"neck": {"turn": -60}, "head": {"turn": -40}}}, "neck turn: -100 degrees"),
    ],
)
def test_what_no_body_can_do_is_a_finding(data, fault):
    with pytest.raises(Faulty, match=fault):
        render_figure(figure(**data))


def test_an_author_is_told_where_a_joint_goes_too_far(make_library: Make):
    turn = "exercises/turn.yaml"
    content = make_library()
    content.change(turn, "sources:", "figure: {posture: standing, end: {legs: {knee: -20}}}\nsources:")
    (fault,) = content.faults()
    assert fault.startswith(f"{turn}:9:48: ")
    assert "knee: must be greater than or equal to 0" in fault


def test_a_fault_is_told_at_its_place(make_library: Make):
    content = make_library()
    content.change("exercises/turn.yaml", "sources:", "figure: {posture: standing, end: {neck: {bend: 70}}}\nsources:")
    drawn = content.load().exercises["turn"].figure
    assert drawn is not None
    (fault,) = figure_faults(drawn)
    assert (fault.place.path.name, fault.place.line) == ("turn.yaml", 9)


def test_only_someone_upright_is_cut_at_the_waist():
    with pytest.raises(ValidationError, match="crop upper shows someone standing or seated, not lying"):
        figure(posture="lying", crop="upper")


def _wild(chance: random.Random) -> Pose:
    """A pose of chance; most are such as no body could take."""
    arm = {"reach": chance.choice(["floor", "thigh", "right-knee", "nape", None]), "swivel": chance.randint(-180, 180)}
    leg = {"hip": chance.randint(-30, 130), "knee": chance.randint(0, 155), "spread": chance.randint(-30, 45)}
    spine = {name: {"bend": chance.randint(-60, 70), "turn": chance.randint(-80, 80)} for name in ("lumbar", "neck")}
    return Pose.model_validate({"tilt": chance.randint(-60, 100), "left_arm": arm, "right_leg": leg, **spine})


def test_whatever_is_asked_is_judged_and_can_be_drawn():
    chance = random.Random(3)  # noqa: S311 - poses, not secrets
    for posture in ("standing", "seated", "lying", "all-fours"):
        for view in ("side", "front", "back", "oblique", "feet", "above"):
            body = pose_body(figure(posture=posture, view=view), _wild(chance))
            assert "nan" not in draw(body.figure, body, body)
            assert distance(body.arms["left"].root, body.arms["left"].middle) == pytest.approx(UPPER_ARM)


# --- the drawing --------------------------------------------------------------------------------------------


def test_the_same_figure_gives_the_same_text(figures):
    for one in figures.values():
        assert render_figure(one) == render_figure(
            Figure.model_validate(one.model_dump(by_alias=True, exclude_unset=True))
        )


def test_the_drawing_is_plain_svg(figures):
    for name, one in figures.items():
        root = ElementTree.fromstring(render_figure(one), forbid_dtd=True)
        tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
        names = {attribute for element in root.iter() for attribute in element.attrib}
        assert tags == {"svg", "g", "path"}, name
        assert names <= {"viewBox", "width", "height", "d", "fill"} | {
            f"stroke{part}" for part in ("", "-width", "-linejoin", "-linecap")
        }
        assert not any((element.text or "").strip() for element in root.iter())


def _view_box(svg: str) -> list[str]:
    found = re.search(r'viewBox="([^"]+)"', svg)
    assert found
    return found.group(1).split()


def test_the_picture_is_as_wide_as_two_positions_and_no_higher_than_one_is_wide(figures):
    for name, one in figures.items():
        left, top, width, height = map(float, _view_box(render_figure(one)))
        assert (left, top, width) == (0, 0, WIDTH)
        assert 10 < height <= HIGHEST + 0.01, name


def test_all_tones_are_grey(figures):
    for one in figures.values():
        for red, green, blue in re.findall(r"#(..)(..)(..)", render_figure(one)):
            assert red == green == blue


def test_nothing_is_drawn_beside_the_picture(figures):
    for name, one in figures.items():
        xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", render_figure(one))]
        assert min(xs) >= -0.5, name
        assert max(xs) <= WIDTH + 0.5, name


# --- space and shapes ---------------------------------------------------------------------------------------


def test_a_middle_joint_points_to_the_side_of_its_pole():
    knee = middle_joint((0, 0, 10), (0, 0, 0), 6, 6, FRONT)
    assert knee == pytest.approx((math.sqrt(11), 0, 5))
    assert middle_joint((0, 0, 20), (0, 0, 0), 6, 6, FRONT) is None


def test_a_camera_at_the_right_side_sees_the_front_to_the_right():
    side, front = Camera(0, 0), Camera(90, 0)
    assert side.see(FRONT) == pytest.approx((1, 0))
    assert side.see(UP) == pytest.approx((0, -1))
    assert front.see(LEFT) == pytest.approx((1, 0))


def test_shapes_know_their_boxes():
    assert capsule((0, 0), 2, (10, 0), 1).box == (-2, -2, 11, 2)
    assert capsule((0, 0), 5, (1, 0), 1).box == (-5, -5, 5, 5)
    assert sorted(hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])) == [(0, 0), (0, 2), (2, 0), (2, 2)]

"""What no body could do is told at its place; what one can is drawn, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from merkblatt.content.model import Figure
from merkblatt.core.findings import Faulty
from merkblatt.figures import figure_faults, render_figure
from tests.conftest import Content
from tests.figures.bodies import bodies, figure

Make = Callable[..., Content]


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


def test_the_same_figure_gives_the_same_text(figures):
    for one in figures.values():
        assert render_figure(one) == render_figure(
            Figure.model_validate(one.model_dump(by_alias=True, exclude_unset=True))
        )

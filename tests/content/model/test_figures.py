"""Which figures can be asked for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from merkblatt.content.model import Arrow, Figure
from tests.figures.bodies import figure


def test_only_someone_upright_is_cut_at_the_waist():
    with pytest.raises(ValidationError, match="crop upper shows someone standing or seated, not lying"):
        figure(posture="lying", crop="upper")


@pytest.mark.parametrize("posture", ["standing", "seated"])
def test_someone_upright_is_cut_at_the_waist(posture):
    assert figure(posture=posture, crop="upper").crop == "upper"


@pytest.mark.parametrize(
    "data",
    [
        {"posture": "flying"},
        {"view": "below"},
        {"start": {"arms": {"elbow": 151}}},
        {"start": {"legs": {"knee": -1}}},
        {"start": {"tilt": 101}},
        {"end": {"neck": {"turn": 81}}},
        {"start": {"left_arm": {"reach": "moon"}}},
        {"arrows": [{"joint": "tail", "from": [0, 0], "to": [1, 1]}]},
        {"arrows": [{"joint": "head", "from": [0], "to": [1, 1]}]},
        {"start": {"wing": 1}},
    ],
)
def test_what_no_body_has_or_does_is_refused(data: dict[str, Any]):
    with pytest.raises(ValidationError):
        figure(**data)


def test_an_arrow_takes_two_points():
    arrow = Arrow.model_validate({"joint": "head", "from": [0, -1], "to": [2, 3]})
    assert (arrow.from_, arrow.to, arrow.bow, arrow.on) == ((0, -1), (2, 3), 0, "end")


def test_a_figure_is_seen_from_the_side_and_whole_unless_it_says_otherwise():
    plain: Figure = figure()
    assert (plain.view, plain.crop, plain.pillow, plain.ghost, plain.arrows) == ("side", "whole", False, False, ())

"""A drawing is plain, grey, of one size, and shows nothing beside the picture."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree

from merkblatt.content.model import Arrow
from merkblatt.figures import render_figure
from merkblatt.figures.drawing import HIGHEST, WIDTH, arrow_shapes, support_shapes
from merkblatt.figures.shapes import Camera
from tests.figures.bodies import figure, posed


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


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ({"posture": "standing"}, 1),
        ({"posture": "standing", "crop": "upper"}, 0),
        ({"posture": "seated"}, 9),
        ({"posture": "seated", "crop": "upper"}, 0),
        ({"posture": "lying"}, 1),
        ({"posture": "lying", "pillow": True}, 2),
        ({"posture": "all-fours"}, 1),
    ],
)
def test_a_body_rests_on_what_its_posture_needs(data, count):
    body = posed(data["posture"])
    shown = body.__class__(**{**vars(body), "figure": figure(**data)})
    assert len(support_shapes(shown, Camera(8, 0))) == count


def _arrow(**data) -> Arrow:
    return Arrow.model_validate({"joint": "head", "from": [0, 0], "to": [10, 0], **data})


def test_an_arrow_is_straight_or_an_arc():
    body, camera = posed(), Camera(0, 0)
    straight, _ = arrow_shapes(body, camera, _arrow())
    arc, _ = arrow_shapes(body, camera, _arrow(bow=3))
    assert re.fullmatch(r"M\S+ \S+L\S+ \S+", straight.path)
    assert "A5.67 5.67 0 0 1 " in arc.path
    assert "A5.67 5.67 0 0 0 " in arrow_shapes(body, camera, _arrow(bow=-3))[0].path


def test_the_head_of_an_arrow_is_at_its_end():
    body, camera = posed(), Camera(0, 0)
    x, y = camera.see(body.head)
    assert arrow_shapes(body, camera, _arrow())[1].box[2] == pytest.approx(x + 10)
    assert arrow_shapes(body, camera, _arrow(to=[0, 10]))[1].box[1] == pytest.approx(y - 10)


def test_the_end_shows_the_start_as_a_light_line_where_it_is_asked():
    end = {"arms": {"lift": 90}}
    assert "#9a9a9a" in render_figure(figure(end=end, ghost=True))
    assert "#9a9a9a" not in render_figure(figure(end=end))


def test_an_arrow_stands_on_the_position_that_it_names():
    arrow = {"joint": "head", "from": [0, 20], "to": [10, 20]}
    drawn = {on: render_figure(figure(end={}, arrows=[{**arrow, "on": on}])) for on in ("start", "end")}
    found = {
        on: re.search(r'<path d="M([\d.]+) [^"]*"/></g><g fill="#ffffff" stroke="#ffffff"', svg)
        for on, svg in drawn.items()
    }
    assert found["start"]
    assert found["end"]
    assert float(found["start"][1]) < WIDTH / 2 < float(found["end"][1])

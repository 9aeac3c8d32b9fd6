"""Drawings and logo as files of a book."""

from __future__ import annotations

from merkblatt.figures import render_figure
from merkblatt.outputs.blocks import Chapter, Drawing
from merkblatt.outputs.epub.pictures import drawings_in, pictures
from tests.figures.bodies import figure
from tests.pressed import leaflet

ONE, TWO = Drawing(figure(end={"arms": {"lift": 90}}), "a"), Drawing(figure(), "b")
CHAPTERS = (Chapter("x", (ONE,)), Chapter("y", (TWO,)))


def test_drawings_are_numbered_in_their_order(content):
    assert drawings_in(CHAPTERS) == [ONE, TWO]
    files = list(pictures(content.choose(), CHAPTERS))
    assert [file.name for file in files] == ["drawing-1.svg", "drawing-2.svg"]
    assert files[0].data == render_figure(ONE.figure).encode()
    assert files[0].media_type == "image/svg+xml"


def test_the_logo_is_given_on_as_it_is():
    made = leaflet("neck-pain", "a4", "png")
    (logo,) = pictures(made, ())
    assert (logo.name, logo.media_type) == ("logo.png", "image/png")
    assert made.sender
    assert made.sender.logo
    assert logo.data == made.sender.logo.data

"""Pages of a PDF as pictures: how many, how large, in colour, and what is told where nothing draws them."""

from __future__ import annotations

import sys

import pytest

from merkblatt.build.page_images import draw_pages, find_engine
from merkblatt.core.findings import Faulty
from tests.pressed import sample

#: Three pages of 100 mm by 100 mm, the first of them red.
BODY = (
    '<h1 style="background: #ff0000; height: 80mm; break-after: page">A</h1><p style="break-after: page">B</p><p>C</p>'
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return sample(BODY)


@pytest.mark.parametrize(("most", "number"), [(None, 3), (1, 1), (2, 2), (9, 3), (0, 0)])
def test_the_first_pages_are_drawn(pdf, most, number):
    assert len(draw_pages(pdf, 0.5, most)) == number


@pytest.mark.parametrize(("per_mm", "size"), [(1, 100), (2.36, 236), (0.5, 50)])
def test_a_picture_has_so_many_dots_a_mm(pdf, per_mm, size):
    (page,) = draw_pages(pdf, per_mm, 1)
    assert list(page.size) == pytest.approx([size, size], abs=1)


def test_pages_are_drawn_in_colour_and_in_their_order(pdf):
    pages = draw_pages(pdf, 1)
    assert {page.mode for page in pages} == {"RGB"}
    assert [page.getpixel((50, 50)) == (255, 0, 0) for page in pages] == [True, False, False]
    assert pages[1].getpixel((2, 2)) == (255, 255, 255)


def test_what_draws_them_may_be_missing_and_is_told(monkeypatch, pdf):
    assert find_engine().__name__ == "pypdfium2"
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Faulty, match="pypdfium2, which is not installed") as caught:
        draw_pages(pdf, 1)
    (finding,) = caught.value.findings
    assert (finding.code, "pip install pypdfium2" in finding.hint) == ("extra", True)

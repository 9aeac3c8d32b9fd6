"""Proves the press sheet: its boxes, its marks outside the bleed, and the page unchanged within."""

from __future__ import annotations

import io

import pikepdf
import pytest

from merkblatt.core.findings import Faulty
from merkblatt.prepress.crop_marks import put_on_press_sheets
from merkblatt.prepress.imposition import DL_FOLD, impose
from merkblatt.prepress.press_sheets import MM, read_pages
from tests.prepress.test_imposition import drawn, numbered, on, unlike
from tests.print_facts import glyphs, page_sizes, pictures

DPI = 254  # ten pixels a millimetre


def test_the_boxes_are_the_page_its_bleed_and_the_sheet() -> None:
    with pikepdf.open(io.BytesIO(put_on_press_sheets(numbered(2, "A5", "3mm"), bleed=3))) as file:
        for page in file.pages:
            boxes = {name: [round(float(value) / MM, 2) for value in page[name]] for name in ("/TrimBox", "/BleedBox")}
            assert boxes == {"/TrimBox": [0, 0, 148, 210], "/BleedBox": [-3, -3, 151, 213]}
            assert [round(float(value) / MM, 2) for value in page.MediaBox] == [-10, -10, 158, 220]


def test_marks_stand_outside_the_bleed_in_line_with_the_page_s_edges() -> None:
    (picture,) = pictures(put_on_press_sheets(numbered(1, "A5", "3mm"), bleed=3), DPI)
    ink = picture.convert("L").point(lambda value: 255 if value < 200 else 0)
    ink.paste(0, (70, 70, 70 + 1540, 70 + 2160))  # the page with its bleed
    for x, y in ((100, 30), (1580, 30), (30, 100), (30, 2200), (1650, 100), (1650, 2200), (100, 2270), (1580, 2270)):
        assert ink.crop((x - 3, y - 3, x + 4, y + 4)).getbbox(), (x, y)
        ink.paste(0, (x - 33, y - 3, x + 33, y + 4) if x in (30, 1650) else (x - 3, y - 33, x + 4, y + 33))
    assert ink.getbbox() is None


def test_the_page_is_as_it_was_and_where_it_was() -> None:
    pages = numbered(1, "A5", "3mm")
    (own,), (marked,) = pictures(pages.pdf, DPI), pictures(put_on_press_sheets(pages, bleed=3), DPI)
    assert unlike(own, marked.crop((70, 70, 70 + own.width, 70 + own.height))) < 0.001
    (before,), (after,) = glyphs(pages.pdf), glyphs(put_on_press_sheets(pages, bleed=3))
    assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=0.01)


def test_marks_are_in_the_colour_of_all_plates() -> None:
    with pikepdf.open(io.BytesIO(put_on_press_sheets(numbered(1, "A5", "3mm"), bleed=3))) as file:
        assert str(file.pages[0].Resources.ColorSpace.All[1]) == "/All"


def test_a_folded_sheet_can_have_marks_as_well() -> None:
    marked = put_on_press_sheets(read_pages("fold.pdf", on(DL_FOLD, 6, "3mm")), bleed=3)
    assert page_sizes(marked) == [(317.0, 230.0)] * 2
    assert drawn(marked) == "5 6 1 / 2 3 4"


def test_a_page_without_bleed_is_named() -> None:
    with pytest.raises(Faulty) as caught:
        put_on_press_sheets(numbered(1, "A5"), bleed=3)
    assert [f.message for f in caught.value.findings] == ["page 1 has 0 mm of bleed, 3 mm are wanted"]
    with pytest.raises(Faulty):
        put_on_press_sheets(read_pages("fold.pdf", impose(numbered(6, "99mm 210mm"), DL_FOLD)), bleed=3)


def test_without_marks_the_sheet_is_the_page_with_its_bleed() -> None:
    with pikepdf.open(io.BytesIO(put_on_press_sheets(numbered(1, "A5", "5mm"), bleed=3, marks=False))) as file:
        assert [round(float(value) / MM, 2) for value in file.pages[0].MediaBox] == [-3, -3, 151, 213]
        assert "Schnittmarken" not in str(file.docinfo["/Keywords"])

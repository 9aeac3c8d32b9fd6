"""A font file: its glyphs, their widths, and the characters they stand for."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from merkblatt.stamp.face import Face
from tests.stamp.settings import FONTS, face

FILE = FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"


def test_a_text_is_shaped_in_units_of_its_size() -> None:
    with TTFont(FILE) as font:
        names, widths, order = font.getBestCmap(), font["hmtx"], font.getGlyphOrder()
        (glyph,) = face().shape("n", 20.0, "de")
        name = names[ord("n")]
        assert glyph[0] == order.index(name)
        assert glyph[2] == pytest.approx(widths[name][0] * 20 * 1024 / font["head"].unitsPerEm, abs=1)
        assert face().width(glyph[0]) == round(widths[name][0] * 1000 / font["head"].unitsPerEm)


def test_two_sizes_do_not_get_in_each_other_s_way() -> None:
    small, large, again = (face().shape("n", size, "de")[0][2] for size in (10.0, 30.0, 10.0))
    assert small == again
    assert large == pytest.approx(3 * small, abs=3)


def test_kerning_is_applied() -> None:
    alone = [face().shape(letter, 16.0, "de")[0][2] for letter in "To"]
    assert sum(glyph[2] for glyph in face().shape("To", 16.0, "de")) < sum(alone)


def test_words_from_the_right_come_from_left_to_right() -> None:
    clusters = [glyph[1] for glyph in face("Vazirmatn-Regular").shape("علي", 16.0, "ar", from_right=True)]
    assert clusters == sorted(clusters, reverse=True)


def test_a_font_knows_what_it_has() -> None:
    assert face().has("ä")
    assert not face().has("田")
    assert face().characters[face().shape("ä", 16.0, "de")[0][0]] == "ä"


def test_of_several_characters_a_glyph_stands_for_the_lowest() -> None:
    target = io.BytesIO()
    with TTFont(FILE) as font:
        for table in font["cmap"].tables:
            table.cmap |= {0x391: table.cmap[ord("A")], 0x21: table.cmap[ord("A")]}
        font.save(target)
    own = Face(target.getvalue())
    assert own.characters[own.shape("A", 16.0, "de")[0][0]] == "!"

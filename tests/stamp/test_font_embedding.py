"""A font as objects of a PDF: the glyphs that are wanted under their numbers, as wide as before, with their text."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from merkblatt.stamp.font_embedding import OBJECTS, embed, everyday_glyphs
from tests.stamp.settings import FONTS, face


def glyphs(text: str) -> dict[int, str]:
    return {face().shape(letter, 16.0, "de")[0][0]: letter for letter in text}


def opened(body: bytes) -> bytes:
    """What a compressed stream holds."""
    return zlib.decompress(body.partition(b"stream\n")[2].removesuffix(b"\nendstream"))


def drawn(font: TTFont, number: int) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(number)].draw(pen)
    value: list[object] = pen.value
    return value


def test_a_font_is_five_objects_that_name_each_other() -> None:
    bodies = embed(face(), glyphs("Ab"), 20)
    assert len(bodies) == OBJECTS
    assert b"/DescendantFonts[21 0 R]/ToUnicode 23 0 R" in bodies[0]
    assert b"/FontDescriptor 22 0 R" in bodies[1]
    assert b"/FontFile2 24 0 R" in bodies[2]
    assert b"/Length1 %d" % len(opened(bodies[4])) in bodies[4]


def test_the_glyphs_keep_number_and_form_and_no_others_are_there() -> None:
    wanted = glyphs("Aä")
    part = TTFont(io.BytesIO(opened(embed(face(), wanted, 1)[4])))
    whole = TTFont(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf")
    for number in wanted:
        assert drawn(part, number) == drawn(whole, number) != []
    (other,) = glyphs("Q")
    assert other >= part["maxp"].numGlyphs or drawn(part, other) == []


def test_widths_stand_in_rows_of_neighbours() -> None:
    wanted = {1: "x", 2: "y", 7: "z"}
    (found,) = re.findall(rb"/W\[(.*\])\]", embed(face(), wanted, 1)[1])
    widths = [face().width(number) for number in (1, 2, 7)]
    assert found == b"1[%d %d]7[%d]" % (*widths,)


def test_each_glyph_has_its_text_in_blocks_of_a_hundred() -> None:
    wanted = {number: chr(0x4E00 + number) for number in range(1, 151)} | {200: "ffi", 201: ""}
    told = opened(embed(face(), wanted, 1)[3]).decode()
    assert "<00c8> <006600660069>" in told
    assert "<00c9>" not in told
    assert re.findall(r"(\d+) beginbfchar", told) == ["100", "51"]


def test_other_glyphs_make_another_name() -> None:
    names = {re.findall(rb"/BaseFont/([A-Z]{6})\+", embed(face(), glyphs(text), 1)[0])[0] for text in ("A", "B", "A")}
    assert len(names) == 2


@pytest.mark.parametrize(("letter", "is_everyday"), [("a", True), ("ß", True), ("ł", True), ("€", True), ("–", True)])
def test_everyday_letters_are_brought(letter: str, is_everyday: bool) -> None:
    assert (letter in everyday_glyphs(face(), "de").values()) is is_everyday


def test_of_a_large_font_only_latin_letters_are_brought_and_never_the_missing_glyph() -> None:
    large = face("NotoSans-Regular")
    assert large.face.glyph_count > 700
    brought = everyday_glyphs(large, "de")
    assert "ж" not in brought.values()
    assert "a" in brought.values()
    assert 0 not in brought

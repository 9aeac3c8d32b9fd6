"""Fonts of one layout make room for those that hold all everyday glyphs, where these hold theirs."""

from __future__ import annotations

import re

import pydyf

from merkblatt.pdf.engine_internals import object_at
from merkblatt.stamp.font_embedding import OBJECTS, embed
from merkblatt.stamp.font_replacement import Raw, replace_fonts
from tests.stamp.settings import face


def held_font(pdf: pydyf.PDF, text: str, *, off: int = 0) -> pydyf.Dictionary:
    """A font dictionary as the layout engine writes it, with the glyphs of a text; widths may be off."""

    def add(item: pydyf.Object) -> bytes:
        pdf.add_object(item)
        reference: bytes = item.reference
        return reference

    gids = sorted({glyph[0] for glyph in face().shape(text, 16.0, "de")})
    widths = pydyf.Array(item for gid in gids for item in (gid, pydyf.Array([face().width(gid) + off])))
    descriptor = add(pydyf.Dictionary({"FontFile2": add(pydyf.Stream([b"font"]))}))
    descendant = add(pydyf.Dictionary({"W": widths, "FontDescriptor": descriptor}))
    return pydyf.Dictionary({"DescendantFonts": pydyf.Array([descendant]), "ToUnicode": add(pydyf.Stream([b"text"]))})


def replaced(text: str, brought: str, *, off: int = 0, named: bool = True) -> tuple[pydyf.PDF, bytes, set[int], int]:
    pdf = pydyf.PDF()
    own = held_font(pdf, text, off=off)
    pdf.add_object(own)
    glyphs = {glyph[0]: letter for letter in brought for glyph in face().shape(letter, 16.0, "de")}
    first = len(pdf.objects)
    entries, needless = replace_fonts(pdf, {"old": own.reference}, {"old": 0} if named else {}, [face()], {0: glyphs})
    return pdf, entries, needless, first


def test_a_font_that_is_held_whole_goes_with_all_its_objects() -> None:
    pdf, entries, needless, first = replaced("ab", "abc")
    assert entries == b"/old %d 0 R/F0 %d 0 R" % (first, first)
    assert len(needless) == 5
    assert len(pdf.objects) == first + OBJECTS


def test_a_font_with_a_glyph_or_a_width_more_stays() -> None:
    for case in (replaced("abd", "abc"), replaced("ab", "abc", off=1), replaced("ab", "abc", named=False)):
        _, entries, needless, first = case
        assert needless == set()
        assert int(re.findall(rb"/old (\d+)", entries)[0]) < first


def test_the_font_is_added_as_it_is_embedded() -> None:
    pdf, _, _, first = replaced("a", "a")
    glyphs = {glyph[0]: "a" for glyph in face().shape("a", 16.0, "de")}
    bodies = [object_at(pdf, b"%d 0 R" % number).data for number in range(first, first + OBJECTS)]
    assert bodies == embed(face(), glyphs, first)


def test_raw_bytes_stand_as_they_are() -> None:
    assert Raw(b"<<>>", is_stream=False).compressible
    assert not Raw(b"stream", is_stream=True).compressible
    assert Raw(b"x", is_stream=True).data == b"x"

"""A font file: shapes text with HarfBuzz, and says how wide its glyphs are. Knows neither lines nor PDF."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

import uharfbuzz as hb

#: A glyph as shaped: its number, where its text begins, how far it moves the pen, its shift to the right and up; the
#: last three in units of a px (`UNITS`), as Pango counts.
Glyph: TypeAlias = tuple[int, int, int, int, int]
UNITS = 1024


class NeedsLayout(Exception):
    """A leaflet cannot be stamped and has to be laid out; the reason never repeats a person's words."""


class Face:
    """One font file, open for shaping.

    Args:
        data: a TrueType font.
    """

    def __init__(self, data: bytes) -> None:
        self.face = hb.Face(hb.Blob(data))
        self.font = hb.Font(self.face)
        self.scale = 1000 / self.face.upem
        self._widths: dict[int, int] = {}
        self._sized: dict[float, hb.Font] = {}

    def shape(self, text: str, size: float, language: str, *, from_right: bool = False) -> list[Glyph]:
        """The glyphs of a text of one script and one direction, from left to right; `size` is in px."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if from_right else "ltr"
        buffer.language = language
        buffer.guess_segment_properties()
        hb.shape(self._sized.get(size) or self._at(size), buffer)
        return [
            (info.codepoint, info.cluster, at.x_advance, at.x_offset, at.y_offset)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def _at(self, size: float) -> hb.Font:
        font = self._sized[size] = hb.Font(self.face)
        font.scale = (round(size * UNITS), round(size * UNITS))
        return font

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for a character."""
        return self.font.get_nominal_glyph(ord(character)) is not None

    def width(self, gid: int) -> int:
        """The advance of a glyph as a PDF writes it: in whole 1/1000 em."""
        width = self._widths.get(gid)
        if width is None:
            width = self._widths[gid] = round(self.font.get_glyph_h_advance(gid) * self.scale)
        return width

    @cached_property
    def characters(self) -> dict[int, str]:
        """The character of each glyph that stands for one; the lowest where there are several."""
        found: dict[int, str] = {}
        for code in sorted(self.face.unicodes):
            gid = self.font.get_nominal_glyph(code)
            if gid is not None:
                found.setdefault(gid, chr(code))
        return found

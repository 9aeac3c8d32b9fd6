"""Learns how open runs are set: their size and language, and which font Pango takes for each character."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from merkblatt.pdf.engine_internals import font_data, font_key, fonts_of, initial_style
from merkblatt.stamp.face import Face, NeedsLayout
from merkblatt.stamp.font_embedding import everyday_glyphs
from merkblatt.stamp.open_paragraphs import Laid
from merkblatt.stamp.setting import Type
from merkblatt.stamp.shaping import Pen

#: Styles that change how text is shaped or broken; a run has to have their initial values.
_PLAIN = (
    "font_feature_settings", "font_kerning", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position",
    "font_language_override", "font_variation_settings", "letter_spacing", "text_decoration_line", "text_overflow",
    "text_transform", "word_spacing", "text_indent", "hyphenate_character",
)  # fmt: skip


class Types:
    """The ways in which open runs are set, and the fonts for them, numbered as they are met.

    Args:
        size_of: the size of a text's type in px, as it stands in the file.
        names: by its key, the name of each font in the PDF (`engine_internals.font_names`).
    """

    def __init__(self, size_of: Callable[[Laid], float], names: Mapping[Any, str]) -> None:
        self._size_of, self._names = size_of, names
        #: By its name in the PDF, the number of a font that was met.
        self.named: dict[str, int] = {}
        self.types: list[Type] = []
        self.fonts: list[str] = []
        self.faces: list[Face] = []
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._fonts: dict[Any, int] = {}

    def number_of(self, laid: Laid) -> int:
        """The number of the way in which a text is set.

        Raises:
            NeedsLayout: its style does more with it than choose a font and a size.
        """
        style = laid.box.style
        _require_plain(style)
        key = (
            style["font_size"], tuple(style["font_family"]), style["font_weight"], style["font_style"],
            style["font_stretch"], style["lang"],
        )  # fmt: skip
        if key not in self._numbers:
            self._numbers[key] = len(self.types)
            size = self._size_of(laid)
            self.types.append(Type(size, style["lang"] or "", tuple(self._coverage(style))))
        return self._numbers[key]

    def _coverage(self, style: Any) -> Iterator[tuple[int, int]]:
        """Which font Pango takes for each character."""
        yield 0, -1
        before, last = -1, -1
        for code, font in sorted(self._fonts_of_characters(style)):
            if code != last + 1 and before != -1:
                yield last + 1, -1
                before = -1
            if font != before:
                yield code, font
            before, last = font, code
        yield last + 1, -1

    def _fonts_of_characters(self, style: Any) -> Iterator[tuple[int, int]]:
        for pango_font, characters in fonts_of(_candidates(), style):
            font = self._number_of_font(pango_font)
            for character in characters:
                if font >= 0 and self.faces[font].has(character):
                    yield ord(character), font

    def _number_of_font(self, pango_font: Any) -> int:
        key = font_key(pango_font)
        if key not in self._fonts:
            data = font_data(pango_font)
            face = Face(data)
            if "fvar" in face.face.table_tags or "glyf" not in face.face.table_tags:
                self._fonts[key] = -1
            else:
                self._fonts[key] = self._add(hashlib.sha256(data).hexdigest(), face)
                if key in self._names:
                    self.named[self._names[key]] = self._fonts[key]
        return self._fonts[key]

    def _add(self, checksum: str, face: Face) -> int:
        if checksum not in self.fonts:
            self.fonts.append(checksum)
            self.faces.append(face)
        return self.fonts.index(checksum)

    def everyday(self) -> dict[int, dict[int, str]]:
        """The glyphs of each type's first font that every file brings along."""
        found: dict[int, dict[int, str]] = {}
        for type_ in self.types:
            font = Pen(self.faces, [type_], {}).font_of(0, "n")
            found[font] = everyday_glyphs(self.faces[font], type_.language)
        return found


def _require_plain(style: Any) -> None:
    for name in _PLAIN:
        if style[name] != initial_style(name):
            raise NeedsLayout(f"the style of a field has {name.replace('_', '-')}")
    if style["text_align_all"] not in {"start", "left"} or style["white_space"] not in {"normal", "nowrap"}:
        raise NeedsLayout("the style of a field aligns or breaks it in its own way")


@lru_cache(maxsize=1)
def _candidates() -> str:
    """The characters that fonts are asked for: all letters, marks, digits, signs of the scripts in use."""
    kept = {"L", "M", "N", "P", "S"}
    blocks = ((0x20, 0x1CFF), (0x1D00, 0x218F), (0x2190, 0x27BF), (0x2C60, 0x2DFF), (0xA640, 0xA9FF), (0xFB00, 0xFEFE))
    codes = (code for first, last in blocks for code in range(first, last + 1))
    return " " + "".join(c for c in map(chr, codes) if unicodedata.category(c)[0] in kept or c == "\u00a0")

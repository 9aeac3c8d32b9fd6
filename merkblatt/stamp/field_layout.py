"""Opens a laid-out leaflet where a person's words stand, and makes a master of it.

Reads WeasyPrint's boxes to learn how each open paragraph is set, and asks Pango which font has which characters; the
PDF itself is `tailor`'s. What it cannot be certain of raises `NeedsLayout`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pydyf
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face, get_pango_font_key
from weasyprint.text.line_break import create_layout

from merkblatt.stamp.face import Face, NeedsLayout
from merkblatt.stamp.font_embedding import everyday_glyphs
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.master import Master
from merkblatt.stamp.setting import FIELD, MARK, Lines, Paragraph, Run, Setting, Type
from merkblatt.stamp.shaping import Pen
from merkblatt.stamp.stream_cutter import Laid, Tailor

#: In px: as far as two computations of one place may differ.
_NEAR = 0.02
#: Styles that change how text is shaped or broken; a run has to have their initial values.
_PLAIN = (
    "font_feature_settings", "font_kerning", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position",
    "font_language_override", "font_variation_settings", "letter_spacing", "text_decoration_line", "text_overflow",
    "text_transform", "word_spacing", "text_indent", "hyphenate_character",
)  # fmt: skip


class _Text(NamedTuple):
    """A text node of an open paragraph, with the names of fields at the odd places of its words."""

    element: Any
    pattern: tuple[str, ...]
    starts_line: bool


@dataclass(frozen=True)
class _Open:
    """An open paragraph as it was laid out: its block's width in px, and the boxes of each line."""

    element: Any
    width: float
    lines: tuple[tuple[Laid, ...], ...]


def open_master(
    document: Any, pdf: pydyf.PDF, pages: Sequence[Any], source: Any, stand_ins: Mapping[str, str]
) -> Master:
    """The master of a leaflet whose fields hold stand-ins.

    Args:
        document: the layout.
        pdf: its objects, tagged, not yet written; not to be used afterwards.
        pages: under which mark each box was painted (`tag_growth.PaintedPage`).
        source: the root element of the page before its fields were filled.
        stand_ins: what the fields were filled with, by the names under which the page has them.

    Raises:
        NeedsLayout: something about the leaflet is not certain to be right when it is stamped.
    """
    twins = _twins(source, pages[0].box.children[0].element)
    paragraphs = [_read(laid, twins) for laid in _open_paragraphs(pages, twins)]
    title = FIELD.split(source.findtext(".//title") or "")
    found = [name for _, texts in paragraphs for text in texts for name in text.pattern[1::2]] + title[1::2]
    if sorted(found) != sorted(_fields_of(source)) or not stand_ins.keys() <= set(found):
        raise NeedsLayout("a field stands where no paragraph is")
    tailor = Tailor(pdf, pages)
    tailor.open_title(title, stand_ins)
    types = _Types(tailor, document.fonts)
    setting = Setting(
        paragraphs=tuple(_paragraph(laid, texts, types) for laid, texts in paragraphs),
        types=tuple(types.types),
        fonts=tuple(types.fonts),
    )
    brought = types.everyday()
    hand = Hand(setting, Pen(types.faces, setting.types, brought))
    for number, (lines, (laid, _)) in enumerate(zip(hand.set(stand_ins), paragraphs, strict=True)):
        _compare(hand, setting.paragraphs[number], lines, laid)
        tailor.cut(number, setting.paragraphs[number], lines, laid.lines)
    tailor.name_fonts(types.named)
    return tailor.finish(setting, types.faces, brought)


# What the page says, before and after its fields were filled


def _twins(source: Any, filled: Any) -> dict[Any, Any]:
    """The element before its fields were filled, by the element afterwards."""
    before, after = list(source.iter()), list(filled.iter())
    if [element.tag for element in before] != [element.tag for element in after]:
        raise NeedsLayout("the page changes with what stands in a field")
    return dict(zip(after, before, strict=True))


def _fields_of(source: Any) -> Iterator[str]:
    """The fields of a page wherever they stand, be it in an attribute."""
    for element in source.iter():
        for words in (element.text, element.tail, *element.attrib.values()):
            yield from FIELD.findall(words or "")


def _texts(element: Any, twin: Any, begins: list[bool]) -> Iterator[_Text]:
    """The text nodes below an element in order; `begins` holds whether the next one starts a line by force."""

    def text(own: Any, words: str | None) -> Iterator[_Text]:
        if words:
            pattern = tuple(re.sub(r"[ \t\n\r\f]+", " ", word) for word in FIELD.split(words))
            if pattern != (" ",) or not begins[0]:
                yield _Text(own, pattern, begins[0])
                begins[0] = False

    yield from text(element, twin.text)
    for kid, kid_twin in zip(element, twin, strict=True):
        if kid.tag == "br":
            begins[0] = True
        elif isinstance(kid.tag, str):
            yield from _texts(kid, kid_twin, begins)
        yield from text(element, kid_twin.tail)


def _is_open(element: Any, twins: Mapping[Any, Any]) -> bool:
    twin = twins.get(element)
    if twin is None:
        return False
    return any(MARK in (words or "") for words in (twin.text, *(kid.tail for kid in twin)))


# How it was laid out


def _open_paragraphs(pages: Sequence[Any], twins: Mapping[Any, Any]) -> Iterator[_Open]:
    seen = set()
    loose = _loose_cells(pages)
    for number, page in enumerate(pages):
        for block in page.box.descendants():
            if not isinstance(block, boxes.BlockContainerBox) or not block.children:
                continue
            if not all(isinstance(line, boxes.LineBox) for line in block.children):
                continue
            inner = [box for line in block.children for box in line.descendants() if box is not line]
            if not any(_is_open(box.element, twins) for box in inner if isinstance(box, boxes.TextBox)):
                continue
            if block.style["direction"] != "ltr":
                raise NeedsLayout("a field stands in a paragraph from the right")
            if any(not isinstance(box, boxes.TextBox | boxes.InlineBox) for box in inner) or block.element in seen:
                raise NeedsLayout("a field stands beside a picture, or goes over a page")
            if block.element in loose:
                raise NeedsLayout("a field stands in a table whose columns are as wide as their words")
            seen.add(block.element)
            yield _Open(block.element, block.width, tuple(_line_boxes(line, number) for line in block.children))


def _loose_cells(pages: Sequence[Any]) -> set[Any]:
    """All elements in tables whose columns take their width from what stands in them."""
    tables = (box for page in pages for box in page.box.descendants() if isinstance(box, boxes.TableBox))
    return {element for table in tables if table.style["table_layout"] != "fixed" for element in table.element.iter()}


def _line_boxes(line: Any, page: int) -> tuple[Laid, ...]:
    found = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    # A forced break is a text box of its own.
    return tuple(Laid(box, page) for box in found if box.text.strip("\n") and "::" not in (box.element_tag or ""))


def _read(found: _Open, twins: Mapping[Any, Any]) -> tuple[_Open, tuple[_Text, ...]]:
    texts = tuple(_texts(found.element, twins[found.element], [True]))
    if any(not all(words[1::2]) or len(words) > 3 for _, words, _ in texts):
        raise NeedsLayout("a text holds more than one field")
    return found, texts


def _paragraph(found: _Open, texts: Sequence[_Text], types: _Types) -> Paragraph:
    runs = []
    painted = [laid for line in found.lines for laid in line if laid.box.text.strip(" ")]
    for own in painted:
        # First, since of a space nothing is painted that says how large it is.
        types.number_of(own)
    for text in texts:
        laid = next((box for line in found.lines for box in line if box.box.element is text.element), None)
        if laid is None:
            raise NeedsLayout("a text of the page was not laid out")
        unbroken = laid.box.style["white_space"] == "nowrap"
        runs.append(Run(text.pattern, types.number_of(laid), text.starts_line, unbroken))
    # Rounded, since two layouts come to one width by different sums.
    return Paragraph(round(found.width, 6), tuple(runs))


def _compare(hand: Hand, paragraph: Paragraph, lines: Lines, found: _Open) -> None:
    """Makes sure that what we set is what the layout engine set: the words of each line, and where each begins."""
    laid = [[own for own in line if own.box.text.strip(" ")] for line in found.lines]
    ours = [[piece for piece in line if piece.text.strip(" ")] for line in lines]
    if [[own.box.text for own in line] for line in laid] != [[piece.text for piece in line] for line in ours]:
        raise NeedsLayout("a line breaks in another way than was thought")
    for own_line, line in zip(found.lines, lines, strict=True):
        at = own_line[0].box.position_x
        by_text = iter([own for own in own_line if own.box.text.strip(" ")])
        for piece in line:
            width = hand.pen.draw(paragraph.runs[piece.run].type, piece.text).width
            if piece.text.strip(" "):
                own = next(by_text).box
                if abs(own.position_x - at) > _NEAR or abs(own.width - width) > _NEAR:
                    raise NeedsLayout("a text stands elsewhere than was thought")
            at += width


class _Types:
    """The ways in which open runs are set, and the fonts for them, numbered as they are met."""

    def __init__(self, tailor: Tailor, fonts: Mapping[Any, Any]) -> None:
        self.tailor, self._names = tailor, {key: font.hash for key, font in fonts.items()}
        #: By its name in the PDF, the number of a font that was met.
        self.named: dict[str, int] = {}
        self.types: list[Type] = []
        self.fonts: list[str] = []
        self.faces: list[Face] = []
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._fonts: dict[Any, int] = {}

    def number_of(self, laid: Laid) -> int:
        style = laid.box.style
        _require_plain(style)
        key = (
            style["font_size"], tuple(style["font_family"]), style["font_weight"], style["font_style"],
            style["font_stretch"], style["lang"],
        )  # fmt: skip
        if key not in self._numbers:
            self._numbers[key] = len(self.types)
            size = self.tailor.size_of(laid)
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
        text = _candidates()
        encoded = text.encode()
        layout = create_layout(text, style, None, None, 0)
        line, _ = layout.get_first_line()
        run = line.runs[0]
        while run != ffi.NULL:
            item = run.data.item
            run = run.next
            font = self._number_of_font(item.analysis.font)
            for character in encoded[item.offset : item.offset + item.length].decode():
                if font >= 0 and self.faces[font].has(character):
                    yield ord(character), font

    def _number_of_font(self, pango_font: Any) -> int:
        key = get_pango_font_key(pango_font)[0]
        if key not in self._fonts:
            data = get_hb_object_data(get_pango_font_hb_face(pango_font))
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
        if style[name] != INITIAL_VALUES[name]:
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

"""Finds the paragraphs of a laid-out page in which a person's words stand: what they say, and how they were laid out.

A page is compared with itself before its fields were filled; what is open is known by the marks that stood there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from merkblatt.pdf.engine_internals import BlockContainerBox, Box, InlineBox, LineBox, TableBox, TextBox
from merkblatt.pdf.structure_from_boxes import PaintedPage
from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.setting import FIELD, MARK


class Laid(NamedTuple):
    """A text as it was laid out: its box, and its page, counted from 0."""

    box: Box
    page: int


class Text(NamedTuple):
    """A text node of an open paragraph, with the names of fields at the odd places of its words."""

    element: Any
    pattern: tuple[str, ...]
    starts_line: bool


@dataclass(frozen=True)
class OpenParagraph:
    """An open paragraph as it was laid out: its block's width in px, the texts of each line, and what the page says."""

    width: float
    lines: tuple[tuple[Laid, ...], ...]
    texts: tuple[Text, ...]


# What the page says, before and after its fields were filled


def twins_of(source: Any, filled: Any) -> dict[Any, Any]:
    """The element before its fields were filled, by the element afterwards.

    Raises:
        NeedsLayout: the page has other elements once it is filled.
    """
    before, after = list(source.iter()), list(filled.iter())
    if [element.tag for element in before] != [element.tag for element in after]:
        raise NeedsLayout("the page changes with what stands in a field")
    return dict(zip(after, before, strict=True))


def fields_of(source: Any) -> Iterator[str]:
    """The fields of a page wherever they stand, be it in an attribute."""
    for element in source.iter():
        for words in (element.text, element.tail, *element.attrib.values()):
            yield from FIELD.findall(words or "")


def _texts(element: Any, twin: Any, begins: list[bool]) -> Iterator[Text]:
    """The text nodes below an element in order; `begins` holds whether the next one starts a line by force."""

    def text(own: Any, words: str | None) -> Iterator[Text]:
        if words:
            pattern = tuple(re.sub(r"[ \t\n\r\f]+", " ", word) for word in FIELD.split(words))
            if pattern != (" ",) or not begins[0]:
                yield Text(own, pattern, begins[0])
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


def find_paragraphs(pages: Sequence[PaintedPage], twins: Mapping[Any, Any]) -> Iterator[OpenParagraph]:
    """All open paragraphs in the order of the page.

    Raises:
        NeedsLayout: one of them is not certain to be set right.
    """
    seen = set[Any]()
    loose = _loose_cells(pages)
    for number, page in enumerate(pages):
        for block in page.box.descendants():
            if not _is_open_block(block, twins):
                continue
            _require_plain_block(block, seen, loose)
            seen.add(block.element)
            lines = tuple(_line_boxes(line, number) for line in block.children)
            yield OpenParagraph(block.width, lines, _texts_of(block.element, twins))


def _is_open_block(block: Box, twins: Mapping[Any, Any]) -> bool:
    if not isinstance(block, BlockContainerBox) or not block.children:
        return False
    if not all(isinstance(line, LineBox) for line in block.children):
        return False
    return any(_is_open(box.element, twins) for box in _inner(block) if isinstance(box, TextBox))


def _inner(block: Box) -> list[Box]:
    """What stands in the lines of a block."""
    return [box for line in block.children for box in line.descendants() if box is not line]


def _require_plain_block(block: Box, seen: Collection[Any], loose: Collection[Any]) -> None:
    if block.style["direction"] != "ltr":
        raise NeedsLayout("a field stands in a paragraph from the right")
    if any(not isinstance(box, TextBox | InlineBox) for box in _inner(block)) or block.element in seen:
        raise NeedsLayout("a field stands beside a picture, or goes over a page")
    if block.element in loose:
        raise NeedsLayout("a field stands in a table whose columns are as wide as their words")


def _loose_cells(pages: Sequence[PaintedPage]) -> set[Any]:
    """All elements in tables whose columns take their width from what stands in them."""
    tables = (box for page in pages for box in page.box.descendants() if isinstance(box, TableBox))
    return {element for table in tables if table.style["table_layout"] != "fixed" for element in table.element.iter()}


def _line_boxes(line: Box, page: int) -> tuple[Laid, ...]:
    found = [box for box in line.descendants() if isinstance(box, TextBox)]
    # A forced break is a text box of its own.
    return tuple(Laid(box, page) for box in found if box.text.strip("\n") and "::" not in (box.element_tag or ""))


def _texts_of(element: Any, twins: Mapping[Any, Any]) -> tuple[Text, ...]:
    texts = tuple(_texts(element, twins[element], [True]))
    if any(not all(words[1::2]) or len(words) > 3 for _, words, _ in texts):
        raise NeedsLayout("a text holds more than one field")
    return texts

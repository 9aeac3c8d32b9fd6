"""All that is known of WeasyPrint and pydyf beyond their public face: private names, and the places of their modules.

Another release may change any of it. So it stands here alone, behind functions that say what is meant; before the
engine is woken, `engine_versions` makes sure that it is the release for which this was written.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, Protocol

import pydyf
import weasyprint
from weasyprint.anchors import rectangle_aabb
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    BlockContainerBox,
    BlockLevelBox,
    FlexBox,
    GridBox,
    GridContainerBox,
    InlineBox,
    LineBox,
    MarginBox,
    PageBox,
    ReplacedBox,
    TableBox,
    TableCellBox,
    TableRowGroupBox,
    TextBox,
)
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as _tagging
from weasyprint.svg import TAGS as _SHAPES
from weasyprint.svg.path import path as _paint_path
from weasyprint.svg.utils import size
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import (
    FontConfiguration,
    get_hb_object_data,
    get_pango_font_hb_face,
    get_pango_font_key,
)
from weasyprint.text.line_break import create_layout
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

__all__ = [
    "BlockBox", "BlockContainerBox", "BlockLevelBox", "Box", "FatalURLFetchingError", "FlexBox", "FontConfiguration",
    "GridBox", "GridContainerBox", "InlineBox", "LineBox", "MarginBox", "PageBox", "ReplacedBox", "TableBox",
    "TableCellBox", "TableRowGroupBox", "TextBox", "URLFetcher", "URLFetcherResponse", "bounds", "font_data",
    "font_key", "font_names", "fonts_of", "initial_style", "laid_out", "marks_of", "object_at", "page_box",
    "recorded_marks", "remember_paths", "to_bytes",
]  # fmt: skip

_writing = threading.Lock()


class Box(Protocol):
    """A box of the layout, as far as it is read here: places and sizes are in CSS px from the page's top left.

    `element` is that of the HTML, None for a box that stands for none. What is named behind the methods, boxes of some
    kinds have alone.
    """

    element: Any
    element_tag: str | None
    style: Mapping[str, Any]
    children: Sequence[Box]
    position_x: float
    position_y: float
    width: float
    height: float
    transformation_matrix: Any
    link_annotation: Any

    def descendants(self) -> Iterator[Box]:
        """The box and all boxes in it."""

    def content_box_x(self) -> float:
        """The left edge of what stands in it."""

    def content_box_y(self) -> float:
        """The upper edge of what stands in it."""

    def border_box_x(self) -> float:
        """The left edge of its border."""

    def border_box_y(self) -> float:
        """The upper edge of its border."""

    def border_width(self) -> float:
        """How wide it is with padding and border."""

    def border_height(self) -> float:
        """How high it is with padding and border."""

    def margin_height(self) -> float:
        """How high it is with its margins."""

    text: str
    page_type: Any
    at_keyword: str
    colspan: int
    rowspan: int
    is_header: bool
    is_footer: bool


# Boxes


def page_box(page: weasyprint.Page) -> Box:
    """The box of a page, which holds all others."""
    box: Box = page._page_box
    return box


def laid_out(box: Any) -> Box:
    """The box itself, where one that is placed by hand has left something in its stead."""
    own: Box = box._box if isinstance(box, AbsolutePlaceholder) else box
    return own


def bounds(matrix: Any, left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a rectangle once it is transformed; `matrix` is a box's, or None."""
    found: tuple[float, float, float, float] = rectangle_aabb(matrix, left, top, width, height)
    return found


def initial_style(name: str) -> Any:
    """The value of a CSS property that no style sets; its name with underscores."""
    return INITIAL_VALUES[name]


# Fonts


def fonts_of(text: str, style: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    """Which of Pango's fonts each part of a text is set in."""
    encoded = text.encode()
    layout = create_layout(text, style, None, None, 0)  # kept by name: with it goes all that hangs on it
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data.item
        run = run.next
        yield item.analysis.font, encoded[item.offset : item.offset + item.length].decode()


def font_key(font: Any) -> Any:
    """What tells one of Pango's fonts from another, whatever its size."""
    return get_pango_font_key(font)[0]


def font_data(font: Any) -> bytes:
    """The file of one of Pango's fonts."""
    data: bytes = get_hb_object_data(get_pango_font_hb_face(font))
    return data


def font_names(document: weasyprint.Document) -> dict[Any, str]:
    """By its key, the name that a font has in the PDF of a document; known once that is painted."""
    return {key: font.hash for key, font in document.fonts.items()}


# Marks: which box each piece of content on a page was painted for


@contextmanager
def recorded_marks(record: Callable[[Box, dict[Any, Any]], None]) -> Iterator[None]:
    """Takes WeasyPrint's tagging away from it: it hands over the box of each page with its marks, and makes no tags.

    Args:
        record: is given a page's box and the marks of its content streams, by box; `marks_of` gives the same mapping.

    Raises:
        RuntimeError: another document is being written at the same time in this process.
    """
    if not _writing.acquire(blocking=False):
        raise RuntimeError("another tagged PDF is being written in this process, hint: write one at a time")
    original, writer = _tagging._build_box_tree, threading.get_ident()

    def hand_over(box: Box, *context: Any) -> Iterable[Any]:
        if threading.get_ident() != writer:  # somebody else's plain write_pdf
            tree: Iterable[Any] = original(box, *context)
            return tree
        marks = context[-1]
        record(box, marks)
        marks.clear()  # or WeasyPrint misses them in its own tree
        return ()

    _tagging._build_box_tree = hand_over
    try:
        yield
    finally:
        _tagging._build_box_tree = original
        _writing.release()


def marks_of(stream: Any) -> Any:
    """The marks into which a content stream wrote what it painted; None for any other object of a PDF."""
    return getattr(stream, "_tags", None)


# Drawings: what the path of a picture comes to, which WeasyPrint works out anew wherever the picture stands

_NUMBERS_ALONE = re.compile(r"[-+\d\s.,eEMmLlHhVvCcSsQqTtAaZz]*")


class _PathAlone:
    """All that WeasyPrint's drawing of a path asks of a picture and of its node; there, numbers have no units."""

    def __init__(self, data: str) -> None:
        self.stream, self.vertices, self._data = pydyf.Stream(), list[Any](), data

    def get(self, name: str, default: str = "") -> str:
        """An attribute of the node."""
        return self._data if name == "d" else default

    def point(self, x: object, y: object, font_size: float) -> tuple[float, float]:
        """A point in units of the picture."""
        return size(x, font_size), size(y, font_size)


# An exercise has some hundred paths, and stands on each paper and in each edition of many sheets.
@lru_cache(maxsize=5000)
def _painted(data: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The operators that paint a path, and its vertices, for markers."""
    alone = _PathAlone(data)
    _paint_path(alone, alone, 0)
    return tuple(alone.stream.stream), tuple(alone.vertices)


def _paint_known_path(svg: Any, node: Any, font_size: float) -> None:
    data = node.get("d", "")
    if _NUMBERS_ALONE.fullmatch(data):
        with suppress(Exception):  # a path at fault, which WeasyPrint paints as far as it goes
            operators, vertices = _painted(data)
            svg.stream.stream.extend(operators)
            node.vertices.extend(vertices)
            return
    _paint_path(svg, node, font_size)


def remember_paths() -> None:
    """Lets WeasyPrint work out each path once in a process; the bytes of a PDF are the same."""
    _SHAPES["path"] = _paint_known_path


# Objects of a PDF


def object_at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object to which a reference leads."""
    return pdf.objects[int(reference.split()[0])]


def to_bytes(item: Any) -> bytes:
    """An object, an operator or an operand as it stands in a PDF."""
    data: bytes = pydyf._to_bytes(item)
    return data

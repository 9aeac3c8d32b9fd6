"""Reads from a layout how it fits: what sticks out of its box or off the page, and how full each page is.

WeasyPrint has no public view of boxes; how they are reached stands in `pdf.engine_internals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from merkblatt.pdf.engine_internals import (
    BlockBox,
    Box,
    FlexBox,
    GridBox,
    GridContainerBox,
    MarginBox,
    PageBox,
    ReplacedBox,
    TableCellBox,
    TextBox,
    laid_out,
    page_box,
)

#: CSS px in mm (CSS Values 4: 1in = 96px = 25.4mm).
MM = 25.4 / 96
#: Rounding of glyph advances, in px.
_SLACK = 0.5


@dataclass(frozen=True)
class Overflow:
    """Something that sticks out: on which page, by how many mm, and the number of its place."""

    page: int
    excess: float
    what: str
    place: int | None


@dataclass(frozen=True)
class Fit:
    """Facts of a layout. `fill` is the used share of each page's type area, from 0 to 1; `names` are the style's."""

    pages: int
    fill: tuple[float, ...]
    overflows: tuple[Overflow, ...]
    names: tuple[str, ...] = ()


def measure(document: Any) -> Fit:
    """How a laid-out document fits."""
    fill, overflows, names = [], [], []
    for number, page in enumerate(document.pages, 1):
        box = page_box(page)
        overflows += list(_sticking_out(box, number))
        fill.append(_fill(box))
        names.append(str(box.page_type.name))
    return Fit(len(document.pages), tuple(fill), tuple(overflows), tuple(names))


def find_characters(document: Any, wanted: frozenset[str]) -> dict[str, int | None]:
    """The place number of the first text that holds each of some characters."""
    found: dict[str, int | None] = {}
    for page in document.pages:
        for box, trail in _walk(page_box(page)):
            for character in wanted & set(getattr(box, "text", "") or ""):
                found.setdefault(character, _place(box, trail))
    return found


def _walk(box: Box, trail: tuple[Box, ...] = ()) -> Iterator[tuple[Box, tuple[Box, ...]]]:
    box = laid_out(box)
    yield box, trail
    for child in getattr(box, "children", ()):
        yield from _walk(child, (*trail, box))


def _is_seen(box: Box) -> bool:
    if isinstance(box, TextBox):
        return bool(box.text.strip())
    return isinstance(box, ReplacedBox)


def _in_margin(trail: tuple[Box, ...]) -> Any:
    return next((box for box in trail if isinstance(box, MarginBox)), None)


def _sticking_out(page: Box, number: int) -> Iterator[Overflow]:
    for box, trail in _walk(page):
        if not _is_seen(box):
            continue
        excess = max(_excess(box, holder) for holder in _holders(page, (*trail, box)))
        if excess > _SLACK:
            what = "a picture" if isinstance(box, ReplacedBox) else "text"
            yield Overflow(number, round(excess * MM, 1), what, _place(box, trail))


def _holders(page: Box, trail: tuple[Box, ...]) -> Iterator[tuple[float, float, float, float]]:
    """The areas (left, top, right, bottom in px) that a box must stay inside."""
    margin = _in_margin(trail)
    outer = margin if margin is not None else page
    yield _content_area(outer)
    # What is placed by hand answers to its containing block, padding and all, which made room for it.
    placed = [i for i, box in enumerate(trail) if box.style["position"] == "absolute"]
    if placed:
        around = [box for box in trail[: placed[-1]] if box.style["position"] in {"relative", "absolute"}]
        yield from map(_border_area, around[-1:])
    holder = None
    for box in trail[placed[-1] if placed else 0 : -1]:
        in_grid, holder = isinstance(holder, GridContainerBox), box
        if isinstance(box, (PageBox, MarginBox)):
            continue
        if isinstance(box, TableCellBox) or _has_own_size(box):
            # A grid sets its items' heights itself, to the tallest of the row: that is no bound of the author's.
            yield _content_area(box, open_below=in_grid or box.style["height"] == "auto")


def _has_own_size(box: Box) -> bool:
    if not isinstance(box, (BlockBox, FlexBox, GridBox)):
        return False
    return bool(box.style["height"] != "auto" or box.style["width"] != "auto")


def _content_area(box: Box, *, open_below: bool = False) -> tuple[float, float, float, float]:
    left, top = box.content_box_x(), box.content_box_y()
    bottom = float("inf") if open_below else top + box.height
    return left, top, left + box.width, bottom


def _border_area(box: Box) -> tuple[float, float, float, float]:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _excess(box: Box, area: tuple[float, float, float, float]) -> float:
    left, _, right, bottom = area
    past_right = box.position_x + box.width - right
    past_bottom = box.position_y + box.height - bottom
    return float(max(left - box.position_x, past_right, past_bottom))


def _fill(page: Box) -> float:
    _, top, _, bottom = _content_area(page)
    lowest = top
    for box, trail in _walk(page):
        if _is_seen(box) and _in_margin(trail) is None:
            lowest = max(lowest, min(box.position_y + box.height, bottom))
    return float(round((lowest - top) / (bottom - top), 3)) if bottom > top else 1.0


def _place(box: Box, trail: tuple[Box, ...]) -> int | None:
    """The number of the innermost element around a box that carries one."""
    for around in (box, *reversed(trail)):
        element = getattr(around, "element", None)
        number = element.get("data-place") if element is not None and hasattr(element, "get") else None
        if number is not None:
            return int(number)
    return None

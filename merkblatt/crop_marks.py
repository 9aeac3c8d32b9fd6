"""Puts pages on press sheets for a print house: with their bleed, and with crop marks outside of it.

A page that bleeds must have been laid out so; nothing is stretched over the edge here.
"""

from __future__ import annotations

from pathlib import Path

from merkblatt.findings import Faulty, Finding, Place
from merkblatt.print_file import Note, Pages, Placed, Side, write_print_file

#: In mm: how far a mark stays off the bleed, how long it is, and how wide the margin is that holds it.
_OFF, _LONG, _MARGIN = 1.0, 5.0, 7.0
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TOLERANCE = 0.05


def add_crop_marks(pages: Pages, *, bleed: float) -> bytes:
    """Each page on a sheet 7 mm larger all round than its bleed (in mm), with two marks at each corner.

    Raises:
        Faulty: pages with less bleed than is wanted.
    """
    findings = [
        Finding(
            Place(Path(pages.name)),
            f"page {number} has {beyond:g} mm of bleed, {bleed:g} mm are wanted",
            "build it with as much bleed",
            code="bleed",
        )
        for number, beyond in enumerate(pages.bleeds, 1)
        if beyond < bleed - _TOLERANCE
    ]
    if findings:
        raise Faulty(findings)
    sides = [_press_sheet(number, *size, bleed) for number, size in enumerate(pages.sizes, 1)]
    return write_print_file(pages, sides, Note(f"Druckdatei: {bleed:g} mm Anschnitt, Schnittmarken"))


def _press_sheet(number: int, width: float, height: float, bleed: float) -> Side:
    window = (-bleed, -bleed, width + bleed, height + bleed)
    marks = []
    near, far = bleed + _OFF, bleed + _OFF + _LONG
    for x, outward in ((0.0, -1), (width, 1)):
        for y, upward in ((0.0, -1), (height, 1)):
            marks.append((x + outward * near, y, x + outward * far, y))
            marks.append((x, y + upward * near, x, y + upward * far))
    return Side(width, height, (Placed(number, _UNMOVED, window),), bleed, _MARGIN, tuple(marks))

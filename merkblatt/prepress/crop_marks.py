"""Puts pages on press sheets for a print house: with their bleed, and with crop marks outside of it where wanted.

A page that bleeds must have been laid out so; nothing is stretched over the edge here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.prepress.press_sheets import Note, Pages, Placed, Side, write_print_file

#: In mm: how far a mark stays off the bleed, how long it is, and how wide the margin is that holds it.
_OFF, _LONG, _MARGIN = 1.0, 5.0, 7.0
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TOLERANCE = 0.05


def put_on_press_sheets(pages: Pages, *, bleed: float, marks: bool = True) -> bytes:
    """Each page with its bleed (in mm); for marks, two at each corner, on a sheet that is 7 mm larger all round.

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
    sides = [_press_sheet(number, size, bleed) for number, size in enumerate(pages.sizes, 1)]
    if not marks:
        sides = [replace(side, margin=0.0, marks=()) for side in sides]
    kind = f"{bleed:g} mm Anschnitt" + (", Schnittmarken" if marks else "")
    return write_print_file(pages, sides, Note(f"Druckdatei: {kind}"))


def _press_sheet(number: int, size: tuple[float, float], bleed: float) -> Side:
    (width, height), near, far = size, bleed + _OFF, bleed + _OFF + _LONG
    marks = []
    for x, outward in ((0.0, -1), (width, 1)):
        for y, upward in ((0.0, -1), (height, 1)):
            marks.append((x + outward * near, y, x + outward * far, y))
            marks.append((x, y + upward * near, x, y + upward * far))
    window = (-bleed, -bleed, width + bleed, height + bleed)
    return Side(width, height, (Placed(number, _UNMOVED, window),), bleed, _MARGIN, tuple(marks))

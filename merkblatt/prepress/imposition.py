"""Imposes pages on sheets: booklets, folded leaflets, several pages on one sheet. Each is a table to check by eye.

A fold says for each side of each sheet which page stands where, as a matrix in mm from the sheet's bottom left corner.
Sheets are turned over as the fold says; the backs are so laid that they then stand upright.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.prepress.press_sheets import Box, Matrix, Note, Pages, Placed, Side, write_print_file

#: ISO 216 and ISO 269 (a third of A4), width and height in mm.
A4, A4_ACROSS, A5, DL = (210.0, 297.0), (297.0, 210.0), (148.0, 210.0), (99.0, 210.0)
#: How far a size may be off, in mm.
_TOLERANCE = 0.1


@dataclass(frozen=True)
class Fold:
    """How pages of one size (in mm) lie on sheets. Sides come in the order of printing: front, back, front, back.

    `hint` tells the user how it is printed and folded; `duplex` tells the printer.
    """

    name: str
    page_size: tuple[float, float]
    sheet_size: tuple[float, float]
    sides: tuple[tuple[Placed, ...], ...]
    hint: str
    duplex: str = "DuplexFlipShortEdge"


# An A5 booklet: two pages on each side of A4 across, which meet at the fold in the middle, at 148.5 mm.
_LEFT, _RIGHT = (1.0, 0.0, 0.0, 1.0, 0.5, 0.0), (1.0, 0.0, 0.0, 1.0, 148.5, 0.0)
_LEFT_HALF, _RIGHT_HALF = (0.0, 0.0, 148.5, 210.0), (148.5, 0.0, 297.0, 210.0)


def a5_booklet(pages: int, *, creep: float = 0.0) -> Fold:
    """A booklet of A5 pages on A4, folded once and stapled; filled up with blank pages to a multiple of four.

    Of eight pages:

                 front    back
        sheet 1  8 | 1    2 | 7
        sheet 2  6 | 3    4 | 5      (lies inside)

    Args:
        pages: how many there are.
        creep: by how many mm each further sheet inside sticks out; its pages are moved to the fold by as much.
    """
    last = -(-pages // 4) * 4
    sides: list[tuple[Placed, ...]] = []
    for sheet in range(last // 4):
        low, high = 2 * sheet + 1, last - 2 * sheet
        left, right = _moved(_LEFT, creep * sheet), _moved(_RIGHT, -creep * sheet)
        sides += [
            (Placed(high, left, _LEFT_HALF), Placed(low, right, _RIGHT_HALF)),
            (Placed(low + 1, left, _LEFT_HALF), Placed(high - 1, right, _RIGHT_HALF)),
        ]
    hint = "A5-Heft auf A4: beidseitig, über die kurze Kante wenden, Originalgröße; falten und heften"
    return Fold("a5-booklet", A5, A4_ACROSS, tuple(sides), hint)


# A leaflet of six DL pages on A4 across. Page 1 is the title; 2, 3, 4 are the inside, from left to right.


def _panel(page: int, matrix: Matrix, left: float, right: float) -> Placed:
    return Placed(page, matrix, (left, 0.0, right, 210.0))


#: Wickelfalz. The flap, which is folded in first, is 97 mm wide, the other two panels 100; so it lies flat inside.
#: Page 6 is the back of the folded leaflet; page 5 is on the flap's outside, beside page 2 when the title is opened.
#: Pages are 99 mm wide: at the sheet's edge they are flush with it, in the middle they have half a mm on each side,
#: and on the flap they go a mm beyond each.
DL_FOLD = Fold(
    "dl-fold",
    DL,
    A4_ACROSS,
    sides=(
        (  # outside: flap, back, title
            _panel(5, (1, 0, 0, 1, -1.0, 0), 0, 97),
            _panel(6, (1, 0, 0, 1, 97.5, 0), 97, 197),
            _panel(1, (1, 0, 0, 1, 198.0, 0), 197, 297),
        ),
        (  # inside: behind the title, behind the back, behind the flap
            _panel(2, (1, 0, 0, 1, 0, 0), 0, 100),
            _panel(3, (1, 0, 0, 1, 100.5, 0), 100, 200),
            _panel(4, (1, 0, 0, 1, 199.0, 0), 200, 297),
        ),
    ),
    hint="Wickelfalz auf A4: beidseitig, über die kurze Kante wenden, Originalgröße; erst die kurze Klappe"
    " (97 mm) nach innen falten, dann die andere Seite darüber",
)

#: Zickzackfalz. All panels are 99 mm wide. Page 4 is the back of the folded leaflet.
DL_ZIGZAG = Fold(
    "dl-zigzag",
    DL,
    A4_ACROSS,
    sides=(
        (
            _panel(5, (1, 0, 0, 1, 0, 0), 0, 99),
            _panel(6, (1, 0, 0, 1, 99, 0), 99, 198),
            _panel(1, (1, 0, 0, 1, 198, 0), 198, 297),
        ),
        (
            _panel(2, (1, 0, 0, 1, 0, 0), 0, 99),
            _panel(3, (1, 0, 0, 1, 99, 0), 99, 198),
            _panel(4, (1, 0, 0, 1, 198, 0), 198, 297),
        ),
    ),
    hint="Zickzackfalz auf A4: beidseitig, über die kurze Kante wenden, Originalgröße; alle 99 mm im Wechsel falten",
)

# Several A4 pages on one sheet of A4, smaller. √½ halves the area, so that two fill a sheet.
_HALF = 0.5**0.5
_TWO: tuple[tuple[Matrix, Box], ...] = (
    ((_HALF, 0, 0, _HALF, 0, 0), _LEFT_HALF),
    ((_HALF, 0, 0, _HALF, 148.5, 0), _RIGHT_HALF),
)
_FOUR: tuple[tuple[Matrix, Box], ...] = (
    ((0.5, 0, 0, 0.5, 0, 148.5), (0, 148.5, 105, 297)),
    ((0.5, 0, 0, 0.5, 105, 148.5), (105, 148.5, 210, 297)),
    ((0.5, 0, 0, 0.5, 0, 0), (0, 0, 105, 148.5)),
    ((0.5, 0, 0, 0.5, 105, 0), (105, 0, 210, 148.5)),
)


def two_up(pages: int) -> Fold:
    """Two A4 pages side by side on A4 across."""
    hint = "2 Seiten auf einer: beidseitig über die kurze Kante wenden"
    return Fold("2-up", A4, A4_ACROSS, tuple(_filled(pages, _TWO)), hint)


def four_up(pages: int) -> Fold:
    """Four A4 pages on one of A4: two above, two below."""
    hint = "4 Seiten auf einer: beidseitig über die lange Kante wenden"
    return Fold("4-up", A4, A4, tuple(_filled(pages, _FOUR)), hint, "DuplexFlipLongEdge")


def _filled(pages: int, places: tuple[tuple[Matrix, Box], ...]) -> Iterator[tuple[Placed, ...]]:
    for first in range(1, pages + 1, len(places)):
        yield tuple(Placed(first + at, matrix, panel) for at, (matrix, panel) in enumerate(places))


#: All folds by name, each made for a number of pages.
FOLDS: dict[str, Callable[[int], Fold]] = {
    "a5-booklet": a5_booklet,
    "dl-fold": lambda _: DL_FOLD,
    "dl-zigzag": lambda _: DL_ZIGZAG,
    "2-up": two_up,
    "4-up": four_up,
}


def impose(pages: Pages, fold: Fold, *, bleed: float = 0.0) -> bytes:
    """Pages on sheets, as a print file without tags and claims; `bleed` is how far ink goes beyond a sheet, in mm.

    Raises:
        Faulty: the pages have another size than the fold takes or too little bleed, or there are too many.
    """
    findings = list(_misfits(pages, fold, bleed))
    if findings:
        raise Faulty(findings)
    width, height = fold.sheet_size
    sides = [Side(width, height, tuple(_bled(placed, fold, bleed) for placed in side), bleed) for side in fold.sides]
    return write_print_file(pages, sides, Note(f"Druckdatei: {fold.hint}", fold.duplex))


def mirrored(fold: Fold) -> Fold:
    """The same fold with left and right exchanged; pages are moved, not turned."""
    width = fold.sheet_size[0]

    def move(placed: Placed) -> Placed:
        (a, b, c, d, across, up), (left, bottom, right, top) = placed.matrix, placed.window
        matrix = (a, b, c, d, width - across - a * fold.page_size[0], up)
        return replace(placed, matrix=matrix, window=(width - right, bottom, width - left, top))

    return replace(fold, sides=tuple(tuple(map(move, side)) for side in fold.sides))


def _moved(matrix: Matrix, across: float) -> Matrix:
    return (*matrix[:4], matrix[4] + across, matrix[5])


def _bled(placed: Placed, fold: Fold, bleed: float) -> Placed:
    """Ink stays on its panel, but goes over the sheet's edge where the panel ends there."""
    (width, height), (left, bottom, right, top) = fold.sheet_size, placed.window
    window = (
        left - bleed * (left == 0),
        bottom - bleed * (bottom == 0),
        right + bleed * (right == width),
        top + bleed * (top == height),
    )
    return replace(placed, window=window)


def _misfits(pages: Pages, fold: Fold, bleed: float) -> Iterator[Finding]:
    place, (width, height) = Place(Path(pages.name)), fold.page_size
    wanted = _wanted_bleed(fold, bleed) if bleed else 0.0
    for number, ((wide, high), beyond) in enumerate(zip(pages.sizes, pages.bleeds, strict=True), 1):
        if abs(wide - width) > _TOLERANCE or abs(high - height) > _TOLERANCE:
            message = f"page {number} is {wide:g} × {high:g} mm, {fold.name} takes {width:g} × {height:g} mm"
            yield Finding(place, message, "build it at the format that fits the fold", code="fold")
        if beyond < wanted - _TOLERANCE:
            message = f"page {number} has {beyond:g} mm of bleed, {wanted:g} mm are wanted"
            yield Finding(place, message, "build it with as much bleed", code="bleed")
    room = max(placed.page for side in fold.sides for placed in side)
    if len(pages) > room:
        message = f"has {len(pages)} pages, {fold.name} holds {room}"
        yield Finding(place, message, "leave modules out (--without), or take another format", code="fold")


def _wanted_bleed(fold: Fold, bleed: float) -> float:
    """How far pages must go beyond their own edges, so that every panel is covered and the sheet bleeds."""
    widest = 0.0
    for placed in (_bled(placed, fold, bleed) for side in fold.sides for placed in side):
        (a, _, _, d, across, up), (left, bottom, right, top) = placed.matrix, placed.window
        beyond = (right - across - a * fold.page_size[0], top - up - d * fold.page_size[1])
        widest = max(widest, (across - left) / a, (up - bottom) / d, beyond[0] / a, beyond[1] / d)
    return round(widest, 2)

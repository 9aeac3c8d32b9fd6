"""Makes the files of a leaflet's format: pages, a fold beside the pages it is made of, or what is no paper.

Each way lies in a room of its own and is imported where it is asked for, since layout is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from merkblatt.content.format_ids import Grade, Variant
from merkblatt.content.formats import FORMS, Kind
from merkblatt.core.folders import Folders
from merkblatt.tailoring.leaflet import Leaflet

if TYPE_CHECKING:
    from merkblatt.prepress.imposition import Fold


@dataclass(frozen=True)
class Wishes:
    """What is wanted of the files themselves, not of their words."""

    variant: Variant = "ua1"
    #: So many pages on each side of a sheet of A4, for an office printer.
    up: int = 1
    #: For a print house: its file, or how many mm of colour go beyond the edge, and whether it wants marks.
    house: Path | None = None
    bleed: float = 0.0
    crop_marks: bool = False
    #: By how many mm each further sheet inside a booklet sticks out.
    creep: float = 0.0
    #: Of braille: contracted or not, cells a line, lines a page.
    grade: Grade = "full"
    cells: int = 40
    lines: int = 25


@dataclass(frozen=True)
class Product:
    """A finished file: its name, its bytes, how many pages it has (0 where it has none), a hint for who prints it."""

    name: str
    data: bytes
    pages: int = 0
    hint: str = ""


def produce(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    """The files of a leaflet; what is to be printed by hand comes last.

    Raises:
        Faulty: with everything that keeps the leaflet from being right.
    """
    form = FORMS[leaflet.format]
    return _MAKERS[form.kind](leaflet, folders, wishes)


def _pages(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.page.compose import compose
    from merkblatt.page.layout import press

    pressed = press(compose(leaflet, folders), folders, wishes.variant)
    page = Product(f"{leaflet.file_name}.pdf", pressed.pdf, pressed.pages)
    return (page, *_several_on_a_sheet(page, wishes), *_for_print_house(leaflet, folders, wishes))


def _several_on_a_sheet(page: Product, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.prepress.imposition import FOLDS, impose
    from merkblatt.prepress.press_sheets import read_pages

    if wishes.up == 1:
        return ()
    fold = FOLDS[f"{wishes.up}-up"](page.pages)
    name = page.name.removesuffix(".pdf") + f".{wishes.up}-up.pdf"
    return (Product(name, impose(read_pages(page.name, page.data), fold), len(fold.sides), fold.hint),)


def _for_print_house(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    """The pages once more, laid out with bleed, on press sheets; without tags or claims."""
    from merkblatt.page.compose import compose
    from merkblatt.page.layout import press
    from merkblatt.prepress.crop_marks import put_on_press_sheets
    from merkblatt.prepress.pdfx import prepare, read_press
    from merkblatt.prepress.press_sheets import read_pages

    if not (wishes.house or wishes.bleed or wishes.crop_marks):
        return ()
    house = read_press(wishes.house) if wishes.house else None
    bleed = float(house.house.bleed) if house else wishes.bleed
    name = f"{leaflet.file_name}.print.pdf"
    pressed = press(compose(leaflet, folders, bleed=bleed), folders, "plain")
    pages = read_pages(name, pressed.pdf)
    sheets = prepare(pages, house) if house else put_on_press_sheets(pages, bleed=bleed, marks=wishes.crop_marks)
    return (Product(name, sheets, pressed.pages),)


def _fold(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    """A print file, and beside it the pages that it is made of, tagged: a fold drops every tag."""
    from merkblatt.page.compose import compose
    from merkblatt.page.layout import press
    from merkblatt.prepress.imposition import FOLDS, a5_booklet, impose, mirrored
    from merkblatt.prepress.press_sheets import read_pages

    laid_out = replace(leaflet, format=FORMS[leaflet.format].paper)
    pressed = press(compose(laid_out, folders), folders, wishes.variant)
    if leaflet.format == "a5-booklet":
        fold = a5_booklet(pressed.pages, creep=wishes.creep)
    else:
        fold = _panelled(FOLDS[leaflet.format](pressed.pages), pressed.names)
    if leaflet.edition.direction == "rtl":
        fold = mirrored(fold)
    sheet = impose(read_pages(f"{laid_out.file_name}.pdf", pressed.pdf), fold)
    return (
        Product(f"{laid_out.file_name}.pdf", pressed.pdf, pressed.pages),
        Product(f"{leaflet.file_name}.pdf", sheet, len(fold.sides), fold.hint),
    )


def _panelled(fold: Fold, names: tuple[str, ...]) -> Fold:
    """A fold of six panels with what fewer pages there are: panels inside stay empty, flap and back never."""
    last = names.index("flap") if "flap" in names else len(names) - 1
    blank = len(fold.sides) * 3 - len(names)
    numbers = {page: page if page <= last else page - blank for page in range(1, 7) if not last < page <= last + blank}
    sides = tuple(
        tuple(replace(placed, page=numbers[placed.page]) for placed in side if placed.page in numbers)
        for side in fold.sides
    )
    return replace(fold, sides=sides)


def _name(leaflet: Leaflet) -> str:
    """What is no paper is named by sheet and edition alone: `neck-pain.de.epub`."""
    return f"{leaflet.sheet}.{leaflet.edition_id}{FORMS[leaflet.format].suffix}"


def _html(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.page.compose import compose_html

    return (Product(_name(leaflet), compose_html(leaflet, folders).encode()),)


def _text(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.outputs.plain_text import write_text

    return (Product(_name(leaflet), write_text(leaflet).encode()),)


def _epub(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.outputs.epub import write_epub

    return (Product(_name(leaflet), write_epub(leaflet, folders)),)


def _brf(leaflet: Leaflet, folders: Folders, wishes: Wishes) -> tuple[Product, ...]:
    from merkblatt.outputs.braille import BraillePage, write_braille

    page = BraillePage(wishes.cells, wishes.lines, wishes.grade)
    return (Product(_name(leaflet), write_braille(leaflet, page)),)


_MAKERS: dict[Kind, Callable[[Leaflet, Folders, Wishes], tuple[Product, ...]]] = {
    "pages": _pages,
    "fold": _fold,
    "html": _html,
    "text": _text,
    "epub": _epub,
    "brf": _brf,
}

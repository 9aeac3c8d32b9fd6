"""Writes print files: finished pages painted anew on sheets of paper, for a printer and for nobody's screen reader.

Each page is painted as it is, moved, scaled or turned by one matrix. Its tags and links are left behind, and so is
every claim of conformance: the tagged file stands beside a print file. Which page goes where is told by `impose`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.pdf.objects import UNREADABLE, dictionary, listed, resolved
from merkblatt.pdf.xmp import About, read_about, set_identifier, write_about

#: Points in a millimetre.
MM = 72 / 25.4
#: a, b, c, d turn and scale; e, f move, in mm from the bottom left of the sheet (ISO 32000-1, 8.3.3).
Matrix = tuple[float, float, float, float, float, float]
#: Left, bottom, right, top in mm.
Box = tuple[float, float, float, float]
#: How thick a mark is, in points.
_HAIRLINE = 0.25


@dataclass(frozen=True)
class Placed:
    """A page on a side: its number from 1, the matrix that brings its trimmed corner there, and where ink may be."""

    page: int
    matrix: Matrix
    window: Box


@dataclass(frozen=True)
class Side:
    """A side of a sheet; the finished paper begins at 0, 0. All in mm.

    Ink goes `bleed` beyond each edge; the press sheet goes `margin` beyond that, where `marks` are drawn, which are
    lines in the colour of all inks.
    """

    width: float
    height: float
    placed: tuple[Placed, ...]
    bleed: float = 0.0
    margin: float = 0.0
    marks: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class Note:
    """How a file is printed: in the user's words, and in PDF's (ISO 32000-1, table 150); "" is for the printer."""

    keywords: str
    duplex: str = ""


@dataclass(frozen=True)
class Pages:
    """A finished PDF that has been read, and its name for findings.

    `sizes` are of the trimmed pages, `bleeds` is what each has beyond its trimmed edges at least, in mm.
    """

    name: str
    pdf: bytes
    reader: PdfReader
    sizes: tuple[tuple[float, float], ...]
    bleeds: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.sizes)


def read_pages(name: str, pdf: bytes) -> Pages:
    """Reads a finished PDF.

    Raises:
        Faulty: it is none, or cannot be read.
    """
    try:
        reader = PdfReader(io.BytesIO(pdf), strict=True)
        boxes = [(page.trimbox, page.mediabox, page.rotation % 180) for page in reader.pages]
    except UNREADABLE as error:
        raise Faulty([_unreadable(name, error)]) from None
    sizes = tuple(_size(trim, across=bool(turned)) for trim, _, turned in boxes)
    return Pages(name, pdf, reader, sizes, tuple(_least_bleed(trim, media) for trim, media, _ in boxes))


def _unreadable(name: str, error: Exception) -> Finding:
    message, hint = f"is no readable PDF ({type(error).__name__})", "make the file again"
    return Finding(Place(Path(name)), message, hint, code="print")


def _size(trim: Any, *, across: bool) -> tuple[float, float]:
    width, height = round(float(trim.width) / MM, 3), round(float(trim.height) / MM, 3)
    return (height, width) if across else (width, height)


def _least_bleed(trim: Any, media: Any) -> float:
    below = min(trim.left - media.left, trim.bottom - media.bottom)
    return round(float(min(below, media.right - trim.right, media.top - trim.top)) / MM, 2)


def write_print_file(pages: Pages, sides: Sequence[Side], note: Note) -> bytes:
    """Paints the pages on the sides; a page that is not there leaves its place blank. The same bytes each time.

    Raises:
        Faulty: a page cannot be read.
    """
    writer = PdfWriter()
    writer.pdf_header = pages.reader.pdf_header
    forms: dict[int, Any] = {}
    try:
        for side in sides:
            _add_side(writer, side, pages, forms)
    except UNREADABLE as error:
        raise Faulty([_unreadable(pages.name, error)]) from None
    root: Any = writer.root_object
    language = pages.reader.root_object.get("/Lang")
    if language is not None:
        root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = _preferences(note)
    own = read_about(pages.reader)
    write_about(writer, About(own.title, own.authors, note.keywords, created=own.created))
    set_identifier(writer, [pages.pdf, repr((sides, note)).encode()])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _preferences(note: Note) -> Any:
    # Scaled to fit the paper, the folds would lie beside the pages' edges.
    preferences = dictionary(DisplayDocTitle=True, PrintScaling="/None")
    if note.duplex:
        preferences.update(dictionary(Duplex=f"/{note.duplex}"))
    return preferences


def _add_side(writer: PdfWriter, side: Side, pages: Pages, forms: dict[int, Any]) -> None:
    sheet: Any = writer.add_blank_page(side.width * MM, side.height * MM)
    for name, beyond in (("MediaBox", side.bleed + side.margin), ("BleedBox", side.bleed), ("TrimBox", 0.0)):
        sheet[NameObject(f"/{name}")] = _box((-beyond, -beyond, side.width + beyond, side.height + beyond))
    there = [placed for placed in side.placed if placed.page <= len(pages)]
    for placed in there:
        if placed.page not in forms:
            forms[placed.page] = _form(writer, pages.reader.pages[placed.page - 1])
    names = {NameObject(f"/Page{placed.page}"): forms[placed.page] for placed in there}
    resources = dictionary(XObject=DictionaryObject(names))
    if side.marks:
        resources.update(dictionary(ColorSpace=dictionary(All=_all_inks())))
    stream = StreamObject()
    stream.set_data("\n".join([*map(_painting, there), *_marking(side)]).encode("ascii"))
    sheet[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    sheet[NameObject("/Resources")] = resources


def _marking(side: Side) -> Iterator[str]:
    if side.marks:
        yield f"/All CS 1 SCN {_HAIRLINE} w"
    for line in side.marks:
        x1, y1, x2, y2 = (f"{value * MM:.4f}" for value in line)
        yield f"{x1} {y1} m {x2} {y2} l S"


def _all_inks() -> Any:
    """The colour that prints on every plate (ISO 32000-1, 8.6.6.4); on a screen it is black."""
    none, full = (ArrayObject(map(NumberObject, [amount] * 4)) for amount in (0, 1))
    tint = dictionary(FunctionType=2, Domain=ArrayObject([NumberObject(0), NumberObject(1)]), C0=none, C1=full, N=1)
    return ArrayObject([NameObject("/Separation"), NameObject("/All"), NameObject("/DeviceCMYK"), tint])


def _painting(placed: Placed) -> str:
    left, bottom, right, top = (value * MM for value in placed.window)
    *turned, across, up = placed.matrix
    matrix = " ".join(f"{value:.6g}" for value in turned) + f" {across * MM:.4f} {up * MM:.4f}"
    window = f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f}"
    return f"q {window} re W n {matrix} cm /Page{placed.page} Do Q"


def _form(writer: PdfWriter, page: Any) -> Any:
    """The page as a form (ISO 32000-1, 8.10), so moved that its trimmed corner lies at 0, 0."""
    form = StreamObject()
    form.set_data(b"\n".join(resolved(stream).get_data() for stream in listed(page["/Contents"])))
    form = form.flate_encode()
    form.update(
        dictionary(
            Type="/XObject",
            Subtype="/Form",
            BBox=ArrayObject(FloatObject(value) for value in page.mediabox),
            Matrix=ArrayObject(map(FloatObject, _upright(page.rotation % 360, page.trimbox))),
            Resources=page.get_inherited("/Resources").clone(writer),
        )
    )
    if "/Group" in page:
        form[NameObject("/Group")] = page["/Group"].clone(writer)
    return writer._add_object(form)


def _upright(rotation: int, trim: Any) -> tuple[float, ...]:
    """Brings the corner that is shown at the bottom left to 0, 0; a page may be shown turned (clockwise, degrees)."""
    return {
        0: (1, 0, 0, 1, -trim.left, -trim.bottom),
        90: (0, -1, 1, 0, -trim.bottom, trim.right),
        180: (-1, 0, 0, -1, trim.right, trim.top),
        270: (0, 1, -1, 0, trim.top, -trim.left),
    }[rotation]


def _box(box: Box) -> Any:
    return ArrayObject(FloatObject(round(value * MM, 4)) for value in box)

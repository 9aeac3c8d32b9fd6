"""Writes print files: finished pages painted anew on sheets of paper, for a printer and for nobody's screen reader.

Each page is painted as it is, moved, scaled or turned by one matrix. Its tags and links are left behind, and so is
every claim of conformance: the tagged file stands beside a print file. Which page goes where is told by `impose`.
pypdf reads what pages there are, pikepdf paints them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdf.errors
from pypdf.generic import RectangleObject

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.pdf.objects import UNREADABLE, copied, open_pdf, refuse_mended, saved
from merkblatt.pdf.xmp import About, read_about, write_about

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
        reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
        boxes = [(page.trimbox, page.mediabox, page.rotation % 180) for page in reader.pages]
    except (pypdf.errors.PyPdfError, *UNREADABLE) as error:
        raise Faulty([_unreadable(name, error)]) from None
    sizes = tuple(_size(trim, across=bool(turned)) for trim, _, turned in boxes)
    return Pages(name, pdf, sizes, tuple(_least_bleed(trim, media) for trim, media, _ in boxes))


def _unreadable(name: str, error: Exception) -> Finding:
    message, hint = f"is no readable PDF ({type(error).__name__})", "make the file again"
    return Finding(Place(Path(name)), message, hint, code="print")


def _size(trim: RectangleObject, *, across: bool) -> tuple[float, float]:
    width, height = round(float(trim.width) / MM, 3), round(float(trim.height) / MM, 3)
    return (height, width) if across else (width, height)


def _least_bleed(trim: RectangleObject, media: RectangleObject) -> float:
    below = min(trim.left - media.left, trim.bottom - media.bottom)
    return round(float(min(below, media.right - trim.right, media.top - trim.top)) / MM, 2)


def write_print_file(pages: Pages, sides: Sequence[Side], note: Note) -> bytes:
    """Paints the pages on the sides; a page that is not there leaves its place blank. The same bytes each time.

    Raises:
        Faulty: a page cannot be read.
    """
    try:
        with open_pdf(pages.pdf) as source:
            target = pikepdf.new()
            forms: dict[int, Any] = {}
            for side in sides:
                _add_side(target, side, source, forms)
            language = source.Root.get("/Lang")
            if language is not None:
                target.Root.Lang = str(language)
            target.Root.ViewerPreferences = _preferences(note)
            own = read_about(source)
            write_about(target, About(own.title, own.authors, note.keywords, created=own.created))
            return saved(target, least=source.pdf_version)
    except UNREADABLE as error:
        raise Faulty([_unreadable(pages.name, error)]) from None


def _preferences(note: Note) -> Any:
    # Scaled to fit the paper, the folds would lie beside the pages' edges.
    preferences = pikepdf.Dictionary(DisplayDocTitle=True, PrintScaling=pikepdf.Name("/None"))
    if note.duplex:
        preferences.Duplex = pikepdf.Name(f"/{note.duplex}")
    return preferences


def _add_side(target: pikepdf.Pdf, side: Side, source: pikepdf.Pdf, forms: dict[int, Any]) -> None:
    sheet = target.add_blank_page(page_size=(side.width * MM, side.height * MM)).obj
    for name, beyond in (("/MediaBox", side.bleed + side.margin), ("/BleedBox", side.bleed), ("/TrimBox", 0.0)):
        sheet[name] = _box((-beyond, -beyond, side.width + beyond, side.height + beyond))
    there = [placed for placed in side.placed if placed.page <= len(source.pages)]
    for placed in there:
        if placed.page not in forms:
            forms[placed.page] = _form(target, source, source.pages[placed.page - 1])
    names = {f"/Page{placed.page}": forms[placed.page] for placed in there}
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(names))
    if side.marks:
        sheet.Resources.ColorSpace = pikepdf.Dictionary(All=_all_inks())
    sheet.Contents = target.make_stream("\n".join([*map(_painting, there), *_marking(side)]).encode("ascii"))


def _marking(side: Side) -> Iterator[str]:
    if side.marks:
        yield f"/All CS 1 SCN {_HAIRLINE} w"
    for line in side.marks:
        x1, y1, x2, y2 = (f"{value * MM:.4f}" for value in line)
        yield f"{x1} {y1} m {x2} {y2} l S"


def _all_inks() -> Any:
    """The colour that prints on every plate (ISO 32000-1, 8.6.6.4); on a screen it is black."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1)
    return pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK, tint])


def _painting(placed: Placed) -> str:
    left, bottom, right, top = (value * MM for value in placed.window)
    *turned, across, up = placed.matrix
    matrix = " ".join(f"{value:.6g}" for value in turned) + f" {across * MM:.4f} {up * MM:.4f}"
    window = f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f}"
    return f"q {window} re W n {matrix} cm /Page{placed.page} Do Q"


def _form(target: pikepdf.Pdf, source: pikepdf.Pdf, page: Any) -> Any:
    """The page as a form (ISO 32000-1, 8.10), so moved that its trimmed corner lies at 0, 0."""
    form = page.as_form_xobject(handle_transformations=False)
    form.BBox = page.mediabox
    form.Matrix = list(_upright(page.rotation % 360, pikepdf.Rectangle(page.trimbox)))
    form.read_bytes()  # what is damaged is told now, and not when all is written
    refuse_mended(source)
    return copied(target, form, source)


def _upright(rotation: int, trim: pikepdf.Rectangle) -> tuple[float, ...]:
    """Brings the corner that is shown at the bottom left to 0, 0; a page may be shown turned (clockwise, degrees)."""
    return {
        0: (1, 0, 0, 1, -trim.llx, -trim.lly),
        90: (0, -1, 1, 0, -trim.lly, trim.urx),
        180: (-1, 0, 0, -1, trim.urx, trim.ury),
        270: (0, 1, -1, 0, trim.ury, -trim.llx),
    }[rotation]


def _box(box: Box) -> Any:
    return pikepdf.Array([round(value * MM, 4) for value in box])

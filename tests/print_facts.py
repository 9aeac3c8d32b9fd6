"""Reads back from a PDF what stands on paper: glyphs with size, font, colour and place; lines; QR codes.

PDFium reads the glyphs, zxing the codes, and the lines of a paragraph come from the tags. Units are points, from the
bottom left of the page; pages count from 1. Nothing here knows how the PDF came about.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image

from merkblatt.page.colour import contrast
from tests.pdf_facts import Run, _join, _pieces, facts_of

Box = tuple[float, float, float, float]  # left, bottom, right, top
#: What a picture of a page is made with, for all that is found in one.
DPI = 150


@dataclass(frozen=True)
class Glyph:
    """A letter as painted. `advance` is how far the next letter of its line stands, where there is one."""

    page: int
    letter: str
    x: float
    y: float
    size: float
    font: str
    is_upright: bool
    colour: str
    opacity: float
    box: Box
    is_furniture: bool


@dataclass(frozen=True)
class Line:
    """A line of a block: its text, where its baseline begins and ends, and how high its largest type is."""

    text: str
    start: float
    end: float
    y: float
    size: float


@dataclass(frozen=True)
class Block:
    """The lines of one element of the structure, such as a paragraph; one that goes over a page is parted there."""

    role: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Font:
    """A font of the file."""

    name: str
    is_embedded: bool


@lru_cache(maxsize=40)
def glyphs(pdf: bytes) -> tuple[Glyph, ...]:
    """Every letter that is painted, in the order of the content."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(glyph for number in range(len(document)) for glyph in _glyphs_of(document[number], number + 1))


def _glyphs_of(page: Any, number: int) -> Iterator[Glyph]:
    text = page.get_textpage()
    raw, looks = text.raw, dict[int | None, tuple[Any, ...]]()
    numbers = [ctypes.c_double() for _ in range(6)]
    x, y, left, right, bottom, top = numbers
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        painted = pdfium.FPDFText_GetTextObject(raw, index)
        at = ctypes.cast(painted, ctypes.c_void_p).value
        if at is None or at not in looks:
            looks[at] = (*_look(raw, index), _is_artifact(painted))
        size, font, is_upright, colour, opacity, is_furniture = looks[at]
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        yield Glyph(
            page=number,
            letter=chr(pdfium.FPDFText_GetUnicode(raw, index)),
            x=x.value,
            y=y.value,
            size=size,
            font=font,
            is_upright=is_upright,
            colour=colour,
            opacity=opacity,
            box=(left.value, bottom.value, right.value, top.value),
            is_furniture=is_furniture,
        )
    text.close()


def _look(text: Any, index: int) -> tuple[float, str, bool, str, float]:
    """Size, font, whether it stands upright, colour and opacity of a letter; all letters shown at once share them."""
    matrix, flags, name = pdfium.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    pdfium.FPDFText_GetFontInfo(text, index, name, 200, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    font = name.value.decode().partition("+")[2] or name.value.decode()
    # PDF 32000-1, table 123: bit 7 of the flags is italic.
    is_slanted = bool(flags.value & 64) or matrix.b != 0 or matrix.c != 0 or re.search("ital|obli", font, re.IGNORECASE)
    size = round(pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d), 2)
    return size, font, not is_slanted, f"#{red.value:02x}{green.value:02x}{blue.value:02x}", alpha.value / 255


def _is_artifact(painted: Any) -> bool:
    """Whether a page object is marked as an artifact (ISO 32000-1, 14.8.2.2)."""
    for index in range(pdfium.FPDFPageObj_CountMarks(painted)):
        mark, length = pdfium.FPDFPageObj_GetMark(painted, index), ctypes.c_ulong()
        name = ctypes.create_string_buffer(64)
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 64, length)
        if name.raw[: max(length.value - 2, 0)].decode("utf-16-le") == "Artifact":
            return True
    return False


@lru_cache(maxsize=40)
def blocks(pdf: bytes) -> tuple[Block, ...]:
    """The blocks that are read, with their lines as they stand on paper."""
    facts = facts_of(pdf)
    pieces = [(id(block), block.role, runs) for block, runs in _pieces(facts.document, facts)]
    found = []
    for (_, role), group in groupby(pieces, key=lambda piece: piece[:2]):
        runs = [run for _, _, runs in group for run in runs if run.size]
        found += [Block(role, tuple(lines)) for lines in _columns(_lines(runs))]
    return tuple(found)


def _lines(runs: Iterable[Run]) -> Iterator[Line]:
    for _, group in groupby(runs, key=lambda run: round(run.start[1], 1)):
        row = list(group)
        size = max(run.size for run in row)
        yield Line(_join(row), row[0].start[0], row[-1].end[0], row[0].start[1], round(size, 2))


def _columns(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that go on downward; where the next stands higher, a new page began."""
    found: list[Line] = []
    for line in lines:
        if found and line.y > found[-1].y:
            yield found
            found = []
        found.append(line)
    if found:
        yield found


@lru_cache(maxsize=8)
def spaces(pdf: bytes) -> dict[tuple[str, float], Counter[float]]:
    """How wide the gaps between words are, in thousandths of the size: by font and size, each width with its count."""
    found: dict[tuple[str, float], Counter[float]] = {}
    painted = glyphs(pdf)
    for glyph, after in pairwise(painted):
        is_same = (glyph.page, glyph.y, glyph.font, glyph.size) == (after.page, after.y, after.font, after.size)
        if glyph.letter == " " and is_same and after.x > glyph.x:
            width = round((after.x - glyph.x) / glyph.size * 1000, -1)
            found.setdefault((glyph.font, glyph.size), Counter())[width] += 1
    return found


@lru_cache(maxsize=40)
def fonts(pdf: bytes) -> tuple[Font, ...]:
    """All fonts of the file, used or not, without the tag of a subset."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = set()
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/FontDescriptor" in thing:
                keys = set(thing.FontDescriptor.keys()) & {"/FontFile", "/FontFile2", "/FontFile3"}
                found.add(Font(str(thing.BaseFont).lstrip("/").rpartition("+")[2], bool(keys)))
            elif isinstance(thing, pikepdf.Dictionary) and _is_bare(thing):
                found.add(Font(str(thing.get("/BaseFont", "?")).lstrip("/"), False))
        return tuple(sorted(found, key=lambda font: font.name))


def _is_bare(thing: pikepdf.Dictionary) -> bool:
    """Whether a font has no descriptor of its own and none in a descendant: the reader's machine would supply it."""
    return thing.get("/Type") == "/Font" and "/DescendantFonts" not in thing


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in mm, to a tenth."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = [[float(value) for value in page.MediaBox] for page in file.pages]
        return [(round((x2 - x1) / 72 * 25.4, 1), round((y2 - y1) / 72 * 25.4, 1)) for x1, y1, x2, y2 in boxes]


def ink_outside(pdf: bytes, area: Box, foot: float) -> list[tuple[int, Box]]:
    """Page and bounds of what is painted outside an area; letters of the foot are let pass above the height `foot`.

    A letter stands where its origin is: the tail of a j reaches to the left of that.
    """
    scale, found = DPI / 72, []
    for number, picture in enumerate(pictures(pdf, DPI), 1):
        tails = [
            glyph.box
            for glyph in glyphs(pdf)
            if glyph.page == number and glyph.box[0] < area[0] <= glyph.x + 0.01 and glyph.letter == "j"
        ]
        furniture = [glyph.box for glyph in glyphs(pdf) if glyph.page == number and glyph.is_furniture]
        ink = picture.convert("L").point(lambda value: 255 if value < 250 else 0)
        height = picture.height / scale
        for left, bottom, right, top in (area, *tails, *(box for box in furniture if box[1] >= foot)):
            # A point more on each side: letters are painted softly at their edges.
            x1, x2 = round((left - 1) * scale), round((right + 1) * scale)
            y1, y2 = round((height - top - 1) * scale), round((height - bottom + 1) * scale)
            ink.paste(0, (x1, y1, x2, y2))
        bounds = ink.getbbox()
        if bounds:
            left, top, right, bottom = (value / scale for value in bounds)
            found.append((number, (left, height - bottom, right, height - top)))
    return found


@lru_cache(maxsize=6)
def pictures(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    """Each page as a picture in colour."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmaps = [document[number].render(scale=dpi / 72, rev_byteorder=True) for number in range(len(document))]
        found = tuple(bitmap.to_pil() for bitmap in bitmaps)
    assert {picture.mode for picture in found} <= {"RGB"}
    return found


def qr_codes(pdf: bytes, *, grey: bool = False) -> list[tuple[int, str]]:
    """Page and text of each QR code that a picture of 150 dpi (`DPI`) lets decode."""
    found = []
    for number, picture in enumerate(pictures(pdf, DPI), 1):
        shown = picture.convert("L") if grey else picture
        # As it stands there, at once: a camera need not turn it, enlarge it or see it in reverse.
        codes = zxingcpp.read_barcodes(
            shown,
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
        )
        found += [(number, code.text) for code in codes]
    return found


@lru_cache(maxsize=8)
def contrasts(pdf: bytes) -> dict[tuple[str, str], float]:
    """Each colour of type with the colour that it stands on, and their ratio by WCAG 2.2."""
    grounds: dict[tuple[str, str], float] = {}
    scale = DPI / 72
    for (number, colour, _), group in groupby(glyphs(pdf), key=lambda glyph: (glyph.page, glyph.colour, glyph.y)):
        boxes = [glyph.box for glyph in group if glyph.letter.strip()]
        if not boxes:
            continue
        picture = pictures(pdf, DPI)[number - 1]
        left, bottom = min(box[0] for box in boxes) - 1, min(box[1] for box in boxes) - 2
        right, top = max(box[2] for box in boxes) + 2, max(box[3] for box in boxes) + 3
        height = picture.height / scale
        area = (int(left * scale), int((height - top) * scale), int(right * scale), int((height - bottom) * scale))
        ground = _commonest(picture.crop(area))
        grounds[colour, ground] = contrast(colour, ground)
    return grounds


def _commonest(picture: Image.Image) -> str:
    _, pixel = max(picture.getcolors(picture.width * picture.height) or [(0, (0, 0, 0))])
    red, green, blue = pixel if isinstance(pixel, tuple) else (pixel, pixel, pixel)
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"

"""Compares pages with the pictures that they looked like when somebody last judged them.

The measure, in three steps:
1. Both pages are blurred by half a dot, since type weighs the same however it falls between dots.
2. For each dot, in each colour, and in both directions: how far does it lie outside what it and its eight neighbours
   span in the other picture? So an edge that is smoothed differently is no difference.
3. The mean of that over squares of 5 by 5 dots, 2 mm. What is scattered fades; what is gone, new or moved stays.

With our type at 60 dpi, of 255: pages that stand 0.1 mm off reach 9, pages drawn by a PDFium two years older mostly 8.
A word in the accent's colour instead of black reaches 19, a line that is 1 mm lower 24, half a point more of type 26.
A lone hairline of 0.6 pt reaches 5, so it is not judged here; nor is the shade of a rule.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from merkblatt.build.page_images import draw_pages

LOOKS = Path(__file__).parent / "looks"
OUT = Path(__file__).resolve().parents[1] / "out" / "looks"
PER_MM = 60 / 25.4
#: What a square of 2 mm may be off, of 255.
TOLERANCE = 12


@dataclass(frozen=True)
class Unlike:
    """How two pages differ: by how much at worst (of 255), in which box of dots, and a picture that shows it."""

    worst: int
    box: tuple[int, int, int, int] | None
    shown: Image.Image


def compare_pages(actual: Image.Image, expected: Image.Image) -> Unlike:
    """How one page differs from another; pages of unlike size differ throughout."""
    if actual.size != expected.size:
        return Unlike(255, (0, 0, *actual.size), actual)
    one, other = (page.filter(ImageFilter.BoxBlur(0.5)) for page in (actual, expected))
    over = ImageChops.lighter(_beyond(one, other), _beyond(other, one)).filter(ImageFilter.BoxBlur(2))
    marks = over.point([255 if value > TOLERANCE else 0 for value in range(256)])
    # What differs stands in red on the page, which is pale.
    pale = Image.blend(actual, Image.new("RGB", actual.size, "white"), 0.7)
    shown = Image.composite(Image.new("RGB", actual.size, "#d00000"), pale, marks)
    return Unlike(max(value for value, dots in enumerate(over.histogram()) if dots), marks.getbbox(), shown)


def _beyond(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far each dot of a picture lies outside the span of the other's nearest nine; of the colours, the farthest."""
    above = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    below = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
    red, green, blue = ImageChops.lighter(above, below).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def judge(name: str, pdf: bytes) -> list[str]:
    """What looks unlike `tests/looks/<name>-<page>.png`, a line a page; nothing where all is as it was.

    For each such page, actual, expected and difference are written to out/looks/. With MERKBLATT_UPDATE_LOOKS=1 the
    references are written anew instead.
    """
    pages = {f"{name}-{number}": page for number, page in enumerate(draw_pages(pdf, PER_MM), 1)}
    if os.environ.get("MERKBLATT_UPDATE_LOOKS") == "1":
        _keep(name, pages)
    known = {path.stem for path in LOOKS.glob(f"{name}-*.png")}
    gone = [f"{page}: was there, and is no more" for page in sorted(known - pages.keys())]
    return [line for page, picture in pages.items() if (line := _judge_page(page, picture))] + gone


def _judge_page(name: str, actual: Image.Image) -> str:
    path = LOOKS / f"{name}.png"
    if not path.is_file():
        written = _write(f"{name}.actual.png", actual)
        return f"{name}: has no reference; look at {written}, then MERKBLATT_UPDATE_LOOKS=1 keeps it"
    with Image.open(path) as opened:
        expected = opened.convert("RGB")
    unlike = compare_pages(actual, expected)
    if unlike.box is None:
        return ""
    shown = {"actual": actual, "expected": expected, "difference": unlike.shown}
    names = ", ".join(str(_write(f"{name}.{what}.png", picture)) for what, picture in shown.items())
    left, top, right, bottom = (round(value / PER_MM) for value in unlike.box)
    where = f"{left} to {right} mm from the left, {top} to {bottom} mm from the top"
    return f"{name}: unlike by {unlike.worst} ({TOLERANCE} is allowed), {where}; look at {names}"


def _keep(name: str, pages: dict[str, Image.Image]) -> None:
    LOOKS.mkdir(exist_ok=True)
    for path in LOOKS.glob(f"{name}-*.png"):
        path.unlink()
    for page, picture in pages.items():
        (LOOKS / f"{page}.png").write_bytes(small_png(picture))


def small_png(picture: Image.Image) -> bytes:
    """A picture of 128 colours, which the measure cannot tell from the whole."""
    target = io.BytesIO()
    reduced = picture.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(target, "PNG", optimize=True)
    return target.getvalue()


def _write(name: str, picture: Image.Image) -> Path:
    OUT.mkdir(parents=True, exist_ok=True)
    picture.save(OUT / name)
    return OUT / name

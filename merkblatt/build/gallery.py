"""Shows every sheet by format: builds them, draws their pages small, gathers them in one HTML file and one picture.

The page holds its pictures itself and fetches nothing; each leads to the PDF beside it. Decides nothing of a leaflet.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from PIL import Image, ImageFilter

from merkblatt.build.job import Job
from merkblatt.build.page_images import draw_pages, find_engine
from merkblatt.content.format_ids import Format
from merkblatt.content.formats import FORMS, paper_of
from merkblatt.content.library import Library
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from merkblatt.core.folders import Folders, program_folder
from merkblatt.outputs.produce import Wishes, produce
from merkblatt.pdf.engine_versions import require_wanted_versions
from merkblatt.tailoring.resolve import Resolver

#: What readers call the formats that have pages to be seen, in the order of the gallery.
NAMES: dict[Format, str] = {
    "a4": "A4",
    "a4-large": "A4, Großdruck",
    "a4-xlarge": "A4, sehr großer Druck",
    "a5": "A5",
    "a5-large": "A5, Großdruck",
    "a5-booklet": "A5-Heft, gedruckt auf A4",
    "dl": "DL",
    "dl-fold": "Wickelfalz, gedruckt auf A4",
    "dl-zigzag": "Zickzackfalz, gedruckt auf A4",
    "a3-poster": "A3, Aushang",
}
#: Dots a mm of paper. The page shows a mm as one CSS pixel, so that papers can be compared; many screens have two dots.
_THUMB_PER_MM = 2.0
_THUMB_QUALITY = 55


@dataclass(frozen=True)
class Thumb:
    """A page drawn small: an address that holds the picture, its width and height in CSS pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Card:
    """A leaflet as the gallery shows it.

    `path` is the file of `pages` pages; None where the sheet is too long for the paper, or where `findings` kept it
    from being made.
    """

    sheet: str
    title: str
    edition: str
    language: str
    format: Format
    path: Path | None = None
    pages: int = 0
    thumbs: tuple[Thumb, ...] = ()
    findings: tuple[Finding, ...] = ()


def refuse_unseen(formats: Iterable[Format]) -> None:
    """Refuses formats that have no pages.

    Raises:
        Faulty: with each of them.
    """
    unseen = [Finding(COMMAND_LINE, f"{one} has no pages to be seen", _known()) for one in formats if one not in NAMES]
    if unseen:
        raise Faulty(unseen)


def _known() -> str:
    return f"known: {', '.join(NAMES)}"


def make_cards(
    jobs: Iterable[Job], library: Library, folders: Folders, out: Path, *, every_page: bool = False
) -> Iterator[Card]:
    """Builds each leaflet into a folder and yields its card.

    Raises:
        Faulty: pypdfium2 is not installed.
    """
    find_engine()  # before any work is done in vain
    require_wanted_versions()
    resolver = Resolver(library)
    for job in jobs:
        blank = _blank_card(job, library)
        try:
            products = produce(resolver.resolve(job.order, job.sender, job.today).for_person, folders, Wishes())
            for product in products:
                write_whole(out / product.name, product.data)
        except Faulty as error:
            yield blank if _is_too_long(error, blank.format) else replace(blank, findings=error.findings)
        else:
            last = products[-1]
            thumbs = tuple(map(_thumb, draw_pages(last.data, _THUMB_PER_MM, None if every_page else 1)))
            yield replace(blank, path=out / last.name, pages=last.pages, thumbs=thumbs)


def _blank_card(job: Job, library: Library) -> Card:
    """What is known before a leaflet is made; a sheet or an edition that nobody has is named as it was asked for."""
    order = job.order
    sheet, edition = library.sheets.get(order.sheet), library.editions.get(order.edition)
    title = sheet.title.get(order.edition) if sheet else None
    name, language = (edition.name, edition.language) if edition else (order.edition, "de")
    return Card(order.sheet, title or order.sheet, name, language, order.format)


def _is_too_long(error: Faulty, format_: Format) -> bool:
    """Whether nothing is wrong but that the paper, a fold or a poster, has too few pages for the sheet."""
    return paper_of(format_).most_pages is not None and all(finding.code == "pages" for finding in error.findings)


def _thumb(page: Image.Image) -> Thumb:
    target = io.BytesIO()
    page.save(target, "WEBP", quality=_THUMB_QUALITY)
    address = f"data:image/webp;base64,{base64.b64encode(target.getvalue()).decode()}"
    return Thumb(address, round(page.width / _THUMB_PER_MM), round(page.height / _THUMB_PER_MM))


def compose_gallery(cards: Iterable[Card]) -> str:
    """The HTML file: a part for each format, a card for each leaflet that is made or too long for it."""
    shown = [card for card in cards if not card.findings]
    parts = [(format_, [card for card in shown if card.format == format_]) for format_ in NAMES]
    environment = jinja2.Environment(
        # Only the program's own: a template of a user's is drawn in the sandbox of `compose`.
        loader=jinja2.FileSystemLoader(program_folder() / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("gallery.html.j2")
    return template.render(
        parts=[(format_, own) for format_, own in parts if own],
        names=NAMES,
        forms=FORMS,
        paper_of=paper_of,
        address=lambda card: quote(card.path.name),
        editions=sorted({card.edition for card in shown}),
    )


# --- the picture ------------------------------------------------------------------------------------------

#: The widest row of pages, what lies between them, and the edge around all, in mm of paper.
_ROW, _GAP, _EDGE = 1300, 26, 40
_PICTURE_WIDTH = 2000
_GROUND, _SHADOW = "#e9eef0", (24, 44, 52)
#: Suffixes that a picture may have, with how Pillow writes it.
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    ".webp": ("WEBP", {"quality": 80}),
    ".png": ("PNG", {"optimize": True}),
}


def draw_picture(cards: Sequence[Card], suffix: str) -> bytes:
    """First pages at one scale, side by side: of each format one leaflet, each time of the next sheet.

    Raises:
        Faulty: nothing was made that could be shown.
    """
    chosen = _one_a_format([card for card in cards if card.path])
    if not chosen:
        raise Faulty([Finding(COMMAND_LINE, "there is no page for a picture", "name a sheet and a format that fit")])
    rows = _rows([(card.thumbs[0].width, card.thumbs[0].height) for card in chosen])
    per_mm = _PICTURE_WIDTH / (2 * _EDGE + max(_width(row) for row in rows))
    pages = [draw_pages(card.path.read_bytes(), per_mm, 1)[0] for card in chosen if card.path]
    target = io.BytesIO()
    kind, how = PICTURES[suffix]
    _arrange(pages, [len(row) for row in rows], per_mm).save(target, kind, **how)
    return target.getvalue()


def _one_a_format(made: Sequence[Card]) -> list[Card]:
    """For the first format the first sheet, for the second the second, so that the picture shows many."""
    sheets = list(dict.fromkeys(card.sheet for card in made))
    chosen = []
    for number, (_, own) in enumerate(groupby(sorted(made, key=_format_order), key=_format_order)):
        cards = sorted(own, key=lambda card: (sheets.index(card.sheet) - number) % len(sheets))
        chosen.append(cards[0])
    return chosen


def _format_order(card: Card) -> int:
    return list(NAMES).index(card.format)


def _rows(sizes: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Sizes in rows, filled one after the other."""
    rows: list[list[tuple[int, int]]] = [[]]
    for size in sizes:
        if rows[-1] and _width([*rows[-1], size]) > _ROW:
            rows.append([])
        rows[-1].append(size)
    return rows


def _width(row: Sequence[tuple[int, int]]) -> int:
    return sum(width for width, _ in row) + _GAP * (len(row) - 1)


def _arrange(pages: Sequence[Image.Image], lengths: Sequence[int], per_mm: float) -> Image.Image:
    """Pages in rows on one ground line each, in the middle, each with a soft shadow."""
    left, edge, gap = iter(pages), round(_EDGE * per_mm), round(_GAP * per_mm)
    rows = [_peaked([next(left) for _ in range(length)]) for length in lengths]
    heights = [max(page.height for page in row) for row in rows]
    picture = Image.new("RGB", (_PICTURE_WIDTH, sum(heights) + gap * (len(rows) - 1) + 2 * edge), _GROUND)
    bottom = edge - gap
    for row, height in zip(rows, heights, strict=True):
        bottom += height + gap
        x = (_PICTURE_WIDTH - sum(page.width for page in row) - gap * (len(row) - 1)) // 2
        for page in row:
            _lay(picture, page, (x, bottom - page.height))
            x += page.width + gap
    return picture


def _peaked(row: Sequence[Image.Image]) -> list[Image.Image]:
    """The highest page in the middle, the others falling off to both sides."""
    rising = sorted(row, key=lambda page: page.height)
    return [*rising[::2], *reversed(rising[1::2])]


def _lay(picture: Image.Image, page: Image.Image, at: tuple[int, int]) -> None:
    blur, (x, y) = 8, at
    shade = Image.new("L", (page.width + 4 * blur, page.height + 4 * blur))
    shade.paste(70, (2 * blur, 2 * blur, 2 * blur + page.width, 2 * blur + page.height))
    picture.paste(_SHADOW, (x - 2 * blur, y - 2 * blur + 4), shade.filter(ImageFilter.GaussianBlur(blur)))
    picture.paste(page, at)

"""The drawings of a book and the logo of who hands it out, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from merkblatt.figures import render_figure
from merkblatt.outputs.blocks import Chapter, Drawing
from merkblatt.outputs.epub.container import BookFile
from merkblatt.tailoring.leaflet import Leaflet

LOGO_NAMES = {"image/svg+xml": "logo.svg", "image/png": "logo.png"}


def drawings_in(chapters: Iterable[Chapter]) -> list[Drawing]:
    """The drawings of some chapters in their order."""
    return [block for chapter in chapters for block in chapter.blocks if isinstance(block, Drawing)]


def pictures(leaflet: Leaflet, chapters: Iterable[Chapter]) -> Iterator[BookFile]:
    """The drawings as SVG, numbered in their order, and the logo."""
    for number, drawing in enumerate(drawings_in(chapters), 1):
        yield BookFile(f"drawing-{number}.svg", "image/svg+xml", render_figure(drawing.figure).encode())
    if leaflet.sender and leaflet.sender.logo:
        logo = leaflet.sender.logo
        yield BookFile(LOGO_NAMES[logo.mime], logo.mime, logo.data)

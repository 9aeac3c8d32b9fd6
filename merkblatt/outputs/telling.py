"""Leaflet -> chapters of blocks: says the words of each part in their order, conditions run in.

Pure: takes a leaflet, gives frozen values.
"""

from __future__ import annotations

from collections.abc import Iterator

from merkblatt.outputs.blocks import Chapter, Heading, Paragraph
from merkblatt.outputs.page_words import said
from merkblatt.outputs.telling_frame import FrameTeller
from merkblatt.outputs.telling_parts import PartTeller
from merkblatt.page.inline_markup import parse_prose
from merkblatt.tailoring.leaflet import Leaflet


def tell(leaflet: Leaflet) -> tuple[Chapter, ...]:
    """The leaflet's chapters in the order in which they are read."""
    return tuple(_chapters(leaflet))


def _chapters(leaflet: Leaflet) -> Iterator[Chapter]:
    frame, parts, labels = FrameTeller(leaflet), PartTeller(leaflet.labels, leaflet.edition), leaflet.labels
    yield Chapter("head", tuple(frame.head()))
    message = Paragraph(parse_prose(leaflet.message.text), "message")
    yield Chapter("message", (Heading(2, said(labels.message)), message))
    if leaflet.note:
        yield Chapter("note", (Heading(2, said(labels.note)), *frame.note(leaflet.note)))
    for part in leaflet.parts:
        yield Chapter(part.section, (Heading(2, said(part.heading)), *parts.part(part)))
    yield Chapter("imprint", (Heading(2, said(labels.about)), *frame.imprint()))

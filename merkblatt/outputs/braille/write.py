"""Leaflet -> BRF: ASCII, page by page.

Layout by the habits of German braille: paragraphs begin in the third cell, headings are underlined with cells or set
in, no word is divided, the number of the page stands at the right of its last line. What can only be filled in by pen,
lines to write on, is left out.
"""

from __future__ import annotations

from merkblatt.outputs.blocks import for_reading
from merkblatt.outputs.braille.embosser import BraillePage, emboss, refuse_small
from merkblatt.outputs.braille.entries import entries_of
from merkblatt.outputs.braille.lines import lump_of, paged
from merkblatt.outputs.braille.translator import Translator
from merkblatt.outputs.telling import tell
from merkblatt.tailoring.leaflet import Leaflet


def write_braille(leaflet: Leaflet, page: BraillePage | None = None) -> bytes:
    """The leaflet as BRF: ASCII, lines end with CR LF, pages with FF.

    Args:
        leaflet: what stands on paper, personal fields and practice included.
        page: the embosser's page.

    Raises:
        Faulty: liblouis is missing; it has no braille for the language, the grade or a character; too small a page.
    """
    page = page or BraillePage()
    refuse_small(page)
    blocks = [block for chapter in for_reading(tell(leaflet)) for block in chapter.blocks]
    entries = [entry for block in blocks for entry in entries_of(block)]
    cells = Translator(leaflet, page.grade).translate([entry.words for entry in entries])
    lumps = (lump_of(entry, words, page.cells) for entry, words in zip(entries, cells, strict=True))
    return b"".join(emboss(lines, number, page) for number, lines in enumerate(paged(lumps, page.lines - 1), 1))

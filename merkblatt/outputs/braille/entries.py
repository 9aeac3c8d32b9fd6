"""Blocks -> entries: the words that begin a line of their own, before any of them is braille."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from merkblatt.outputs.blocks import Block, Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.page.inline_markup import Piece, Words


@dataclass(frozen=True)
class Entry:
    """Words that begin a line: a heading of a level, an item of a list, or a paragraph."""

    words: Words
    level: int = 0
    is_item: bool = False
    has_dash: bool = False
    #: Whether it stands on one page with what follows.
    leads: bool = False


def entries_of(block: Block) -> Iterator[Entry]:
    """What a block says, line by line; lines to write on say nothing."""
    match block:
        case Heading():
            yield Entry(block.words, level=block.level, leads=True)
        case Paragraph():
            lines = groupby(block.words, key=lambda piece: piece.text == "\n")
            leads = block.role == "call"
            yield from (Entry(tuple(pieces), leads=leads) for is_break, pieces in lines if not is_break)
        case Listing():
            for number, item in enumerate(block.items, 1):
                is_step = block.kind == "steps"
                words = (Piece(f"{number}. "), *item) if is_step else item
                yield Entry(words, is_item=True, has_dash=not is_step)
        case Drawing():
            yield from (Entry((Piece(f"({block.alt})"),)),) if block.alt else ()
        case Grid():
            yield from (Entry((Piece(line),), is_item=True) for line in _rows(block))
        case WritingLines():
            pass


def _rows(grid: Grid) -> Iterator[str]:
    for head, *boxes in grid.rows:
        filled = boxes if any(boxes) else grid.heads[1:]
        yield f"{head}: {', '.join(filled)}" if head else ", ".join(grid.heads)

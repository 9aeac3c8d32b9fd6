"""The leaflet as one stream of headings, paragraphs and lists: the values that all outputs share that know no page.

What a block holds and what it is for; how it looks is the matter of the output, what it says of `telling`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from merkblatt.content.model import Figure
from merkblatt.page.inline_markup import Words


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title, 4 a condition of time."""

    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, in which a line feed begins a new line.

    `role` tells what it is for: subtitle, name, weeks, sender, message, call, dose, caution, too-much, address, path.
    """

    words: Words
    role: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; `kind` is that of its statements, or steps, doses, contact."""

    kind: str
    items: tuple[Words, ...]


@dataclass(frozen=True)
class Drawing:
    """An exercise drawn, with the words for those who do not see it."""

    figure: Figure
    alt: str


@dataclass(frozen=True)
class Grid:
    """A table: the heads of its columns, and rows of which the first box is the head; empty boxes are to be filled."""

    role: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WritingLines:
    """So many lines to write on."""

    count: int


Block = Heading | Paragraph | Listing | Drawing | Grid | WritingLines


@dataclass(frozen=True)
class Chapter:
    """What stands under one main heading; `role` is head, message, note, imprint, or the section's name."""

    role: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> Heading:
        """The heading that it begins with."""
        return next(block for block in self.blocks if isinstance(block, Heading))


def for_reading(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """The chapters without lines to write on, and without the headings under which nothing else stands."""
    kept = (Chapter(chapter.role, tuple(_with_content(chapter.blocks))) for chapter in chapters)
    return tuple(chapter for chapter in kept if chapter.blocks)


def _with_content(blocks: tuple[Block, ...]) -> list[Block]:
    kept: list[Block] = []
    level_below = 0
    for block in reversed([block for block in blocks if not isinstance(block, WritingLines)]):
        if not isinstance(block, Heading):
            level_below = 9
        elif level_below <= block.level:
            continue
        else:
            level_below = block.level
        kept.append(block)
    return kept[::-1]

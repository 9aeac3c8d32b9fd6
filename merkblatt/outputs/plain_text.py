"""The leaflet as plain text for an e-mail: 72 columns, headings underlined, links as numbered footnotes.

A list says by its mark what is to be done (✓) and what to be left (✗). Text that runs against the edition is kept
together by isolates (UAX 9), so that a mail program sets a telephone number right in an Arabic leaflet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from merkblatt.content.model import Edition
from merkblatt.outputs.blocks import Block, Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.telling import tell
from merkblatt.page.inline_markup import Piece, Words
from merkblatt.tailoring.leaflet import Leaflet

#: Columns; leaves room for the marks of quotation in an answer (RFC 3676, 4.2: 78 with them).
WIDTH = 72

_UNDERLINES = {1: "=", 2: "-", 3: "~", 4: "."}
_MARKS = {"do": "✓ ", "avoid": "✗ "}
_LEFT, _RIGHT, _END, _RIGHT_MARK = "\u2066", "\u2067", "\u2069", "\u200f"


def write_text(leaflet: Leaflet) -> str:
    """The whole leaflet as text, with a line feed at the end of each line; no line but a long address is over `WIDTH`.

    Args:
        leaflet: what stands on paper, personal fields and practice included.
    """
    writer = _Writer(leaflet.edition)
    blocks = [block for chapter in tell(leaflet) for block in chapter.blocks]
    written = filter(None, (list(writer.block(block)) for block in blocks))
    lines = [line for held in written for line in ("", *held)]
    return "\n".join(writer.in_direction([*lines[1:], *writer.footnotes(leaflet.labels.web)])) + "\n"


class _Writer:
    """Writes block after block, and remembers the links that it has numbered."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.links: dict[str, int] = {}

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield from self.heading(block)
            case Paragraph():
                for line in self.line(block.words).split("\n"):
                    yield from _wrap(line)
            case Listing():
                yield from self.listing(block)
            case Drawing():
                yield from _wrap(f"[{block.alt}]", 1) if block.alt else ()
            case Grid():
                yield from self.grid(block)
            case WritingLines():
                yield from ("_" * WIDTH, "") * (block.count - 1)
                yield "_" * WIDTH

    def heading(self, heading: Heading) -> Iterator[str]:
        lines = list(_wrap(self.line(heading.words)))
        if heading.level == 2:
            yield ""
        yield from lines
        yield _UNDERLINES[heading.level] * max(map(width, lines))

    def listing(self, listing: Listing) -> Iterator[str]:
        for number, item in enumerate(listing.items, 1):
            mark = f"{number}. " if listing.kind == "steps" else _MARKS.get(listing.kind, "• ")
            yield from _wrap(mark + self.line(item), len(mark))

    def grid(self, grid: Grid) -> Iterator[str]:
        for number, (head, *boxes) in enumerate(grid.rows):
            if grid.role == "doses":
                yield from _wrap(f"• {head}: {boxes[0]}", 2)
            elif grid.role == "diary":
                yield from _wrap("  ".join((head, *(f"[ ]\u00a0{day}" for day in grid.heads[1:]))), 2)
            else:
                yield from ("",) if number else ()
                yield _blanks(grid.heads)

    def line(self, words: Words) -> str:
        """The words in one line, with the number of each link behind it."""
        return "".join(self.linked(href, list(pieces)) for href, pieces in groupby(words, key=lambda piece: piece.href))

    def linked(self, href: str, pieces: list[Piece]) -> str:
        text = "".join(isolated(piece, self.edition.direction) for piece in pieces)
        return f"{text} [{self.links.setdefault(href, len(self.links) + 1)}]" if href else text

    def footnotes(self, heading: str) -> Iterator[str]:
        if self.links:
            yield from ("", *self.heading(Heading(2, (Piece(heading),))), "")
        for url, number in self.links.items():
            yield f"[{number}] {isolated(Piece(url, href=url), self.edition.direction)}"

    def in_direction(self, lines: Iterable[str]) -> Iterator[str]:
        """Lines that begin on the side of the edition, with no isolate left open."""
        start = _RIGHT_MARK if self.edition.direction == "rtl" else ""
        still_open = ""
        for line in lines:
            whole, still_open = _closed(still_open + line)
            yield start + whole if line else ""


def isolated(piece: Piece, direction: str) -> str:
    """The text of a piece; in isolates where it runs, or may run, against the edition."""
    ways = {way for c in piece.text if (way := _WAYS.get(unicodedata.bidirectional(c)))}
    own = "rtl" if "rtl" in ways and direction == "ltr" else "ltr"
    is_own = piece.is_given or piece.href or piece.language
    if not is_own or own == direction or (direction == "rtl" and "rtl" in ways):
        return piece.text
    return f"{_RIGHT if own == 'rtl' else _LEFT}{piece.text}{_END}"


#: Strong characters by their direction (UAX 9); what has none, a telephone number, runs from the left.
_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def _closed(line: str) -> tuple[str, str]:
    """A line with its isolates closed, and the isolate that the next line must open again."""
    opened = max(line.rfind(_LEFT), line.rfind(_RIGHT))
    if opened <= line.rfind(_END):
        return line, ""
    return line + _END, line[opened]


def width(text: str) -> int:
    """Columns that a text takes: none for marks and steering characters, two for wide letters (UAX 11)."""
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _wrap(text: str, indent: int = 0) -> Iterator[str]:
    """Lines of at most `WIDTH` columns, broken at spaces; all but the first indented. An address is never broken."""
    line = ""
    for word in (part for whole in text.split(" ") for part in _parts(whole, WIDTH - indent)):
        if line.strip() and width(f"{line} {word}") > WIDTH:
            yield line.rstrip()
            line = " " * indent + word
        else:
            line = f"{line} {word}" if line else word
    yield line.rstrip()


def _parts(word: str, most: int) -> Iterator[str]:
    """A word, cut where it alone is wider than a line."""
    if width(word) <= most or "://" in word:
        yield word
        return
    part = ""
    for character in word:
        if width(part + character) > most:
            yield part
            part = ""
        part += character
    yield part


def _blanks(heads: tuple[str, ...]) -> str:
    """Labels, each before a blank to fill in; together one line."""
    free = WIDTH - sum(width(head) + 2 for head in heads) - 2 * (len(heads) - 1)
    return "  ".join(f"{head}: {'_' * max(4, free // len(heads))}" for head in heads)

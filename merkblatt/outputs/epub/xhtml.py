"""Blocks -> XHTML: what a chapter of a book says, in the tags that reading systems know."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from merkblatt.outputs.blocks import Block, Chapter, Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.page.inline_markup import Piece, Words

#: Chapters by their meaning: EPUB 3 Structural Semantics Vocabulary 1.1, and the role that DPUB-ARIA 1.1 gives it.
_MEANINGS = {
    "message": ("abstract", "doc-abstract"),
    "red-flags": ("notice", "doc-notice"),
    "imprint": ("colophon", "doc-colophon"),
}
_CHAPTER = ("chapter", "doc-chapter")

#: What XML 1.0 has no way to write (production 2), as far as a text may hold it.
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
_HEADING = Markup('<h{0} id="h{1}">{2}</h{0}>')


def one_a_line(parts: Iterable[Markup]) -> Markup:
    """Parts, each in a line of its own."""
    return Markup("\n").join(parts)


class BlockWriter:
    """Writes block after block; numbers headings and drawings as `navigation` and `pictures` do."""

    def __init__(self) -> None:
        self.headings, self.drawings = 0, 0

    def chapter(self, chapter: Chapter) -> Markup:
        """A chapter as a section that is known by its heading and its meaning."""
        meaning, role = _MEANINGS.get(chapter.role, _CHAPTER)
        section = Markup('<section class="{}" epub:type="{}" role="{}" aria-labelledby="h{}">\n{}\n</section>')
        return section.format(chapter.role, meaning, role, self.headings + 1, self.blocks(chapter.blocks))

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Blocks, one after the other."""
        return one_a_line(map(self._block, blocks))

    def _block(self, block: Block) -> Markup:
        match block:
            case Heading():
                self.headings += 1
                return _HEADING.format(block.level, self.headings, xhtml_words(block.words))
            case Paragraph():
                return Markup("<p{}>{}</p>").format(_class(block.role), xhtml_words(block.words))
            case Listing():
                items = one_a_line(Markup("<li>{}</li>").format(xhtml_words(item)) for item in block.items)
                kind = "ol" if block.kind == "steps" else "ul"
                return Markup("<{0}{1}>\n{2}\n</{0}>").format(kind, _class(block.kind), items)
            case Drawing():
                self.drawings += 1
                image = Markup('<p><img class="figure" src="drawing-{}.svg" alt="{}"/></p>')
                return image.format(self.drawings, block.alt)
            case Grid():
                return _table(block)
            case WritingLines():
                return Markup()


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup()


def _table(grid: Grid) -> Markup:
    head = Markup().join(
        Markup('<th scope="col">{}</th>').format(words) if words else Markup("<td></td>") for words in grid.heads
    )
    rows = one_a_line(Markup("<tr>{}</tr>").format(_row(row)) for row in grid.rows)
    table = Markup("<table{}>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>")
    return table.format(_class(grid.role), head, rows)


def _row(row: tuple[str, ...]) -> Markup:
    first = Markup('<th scope="row">{}</th>').format(row[0]) if row[0] else Markup("<td></td>")
    return first + Markup().join(Markup("<td>{}</td>").format(box) for box in row[1:])


def xhtml_words(words: Words) -> Markup:
    """Words with what is strong, foreign, a link, or brought along by a person."""
    return Markup().join(map(_piece, words))


def _piece(piece: Piece) -> Markup:
    text = Markup("<br/>").join(map(escape, piece.text.translate(_NO_XML).split("\n")))
    if piece.is_strong:
        text = Markup("<strong>{}</strong>").format(text)
    if piece.language:
        text = Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(piece.language, text)
    if piece.is_given:
        text = Markup("<bdi>{}</bdi>").format(text)
    return Markup('<a href="{}">{}</a>').format(piece.href, text) if piece.href else text

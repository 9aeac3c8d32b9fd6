"""Blocks in the tags that reading systems know; what a person wrote is never markup."""

from __future__ import annotations

import pytest

from merkblatt.outputs.blocks import Block, Chapter, Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.epub.xhtml import BlockWriter, xhtml_words
from merkblatt.page.inline_markup import Piece
from tests.figures.bodies import figure

X = (Piece("x"),)


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        (Heading(2, X), '<h2 id="h1">x</h2>'),
        (Paragraph(X), "<p>x</p>"),
        (Paragraph(X, "dose"), '<p class="dose">x</p>'),
        (Listing("steps", (X,)), '<ol class="steps">\n<li>x</li>\n</ol>'),
        (Listing("do", (X,)), '<ul class="do">\n<li>x</li>\n</ul>'),
        (Drawing(figure(), '"a"'), '<p><img class="figure" src="drawing-1.svg" alt="&#34;a&#34;"/></p>'),
        (WritingLines(3), ""),
    ],
)
def test_each_block_has_its_tag(block: Block, tags: str):
    assert str(BlockWriter().blocks([block])) == tags


def test_a_table_has_heads_of_columns_and_rows_and_empty_boxes():
    written = str(BlockWriter().blocks([Grid("diary", ("", "Mo"), (("1", ""),))]))
    assert '<thead><tr><td></td><th scope="col">Mo</th></tr></thead>' in written
    assert '<tr><th scope="row">1</th><td></td></tr>' in written


def test_headings_and_drawings_are_numbered_on():
    writer = BlockWriter()
    assert 'id="h1"' in writer.blocks([Heading(1, X)])
    section = writer.chapter(Chapter("red-flags", (Heading(2, X), Drawing(figure(), "a"), Drawing(figure(), "b"))))
    assert 'epub:type="notice" role="doc-notice" aria-labelledby="h2"' in section
    assert 'src="drawing-2.svg"' in section
    assert 'role="doc-chapter"' in writer.chapter(Chapter("plan", (Heading(2, X),)))


@pytest.mark.parametrize(
    ("piece", "written"),
    [
        (Piece("<b>&"), "&lt;b&gt;&amp;"),
        (Piece("a\nb"), "a<br/>b"),
        (Piece("a\uffff"), "a"),
        (Piece("a", is_strong=True), "<strong>a</strong>"),
        (Piece("a", language="en"), '<span lang="en" xml:lang="en">a</span>'),
        (Piece("a", is_given=True), "<bdi>a</bdi>"),
        (Piece("a", href="https://x.org/?a&b"), '<a href="https://x.org/?a&amp;b">a</a>'),
    ],
)
def test_words_are_written_with_their_setting(piece, written):
    assert str(xhtml_words((piece,))) == written

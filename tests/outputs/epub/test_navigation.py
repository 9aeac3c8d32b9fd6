"""The contents of a book nest as its headings do."""

from __future__ import annotations

from merkblatt.outputs.blocks import Chapter, Heading
from merkblatt.outputs.epub.navigation import navigation
from merkblatt.page.inline_markup import Piece


def head(level: int, words: str, href: str = "") -> Heading:
    return Heading(level, (Piece(words, href=href),))


def test_contents_and_landmarks(content):
    chapters = (
        Chapter("head", (head(1, "T"),)),
        Chapter("self-help", (head(2, "A"), head(3, "a", "https://x.org"), head(4, "never"))),
        Chapter("imprint", (head(2, "B"),)),
    )
    written = str(navigation(content.choose(), chapters))
    assert (
        '<li><a href="leaflet.xhtml#h2">A</a>\n<ol>\n<li><a href="leaflet.xhtml#h3">a</a></li>\n</ol>\n</li>' in written
    )
    assert '<li><a href="leaflet.xhtml#h5">B</a></li>' in written
    assert '<li><a epub:type="colophon" href="leaflet.xhtml#h5">B</a></li>' in written
    assert "never" not in written
    assert "x.org" not in written
    assert '<h1 id="contents">Schmerz</h1>' in written

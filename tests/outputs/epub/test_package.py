"""What a book says of itself."""

from __future__ import annotations

from merkblatt.outputs.blocks import Chapter, Drawing, Heading
from merkblatt.outputs.epub.container import BookFile
from merkblatt.outputs.epub.package import package_of
from merkblatt.page.inline_markup import Piece
from tests.figures.bodies import figure

FILES = [BookFile("nav.xhtml", "application/xhtml+xml", b"x", "nav"), BookFile("style.css", "text/css", b"y")]


def drawn(*alts: str) -> tuple[Chapter, ...]:
    return (Chapter("exercises", (Heading(2, (Piece("x"),)), *(Drawing(figure(), alt) for alt in alts))),)


def test_every_file_is_in_the_manifest(content):
    written = package_of(content.choose(), drawn(), FILES)
    assert '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' in written
    assert '<item id="style" href="style.css" media-type="text/css"/>' in written


def test_its_name_changes_with_what_is_in_it_and_with_nothing_else(content):
    made = content.choose()
    one, same = (package_of(made, drawn(), FILES) for _ in range(2))
    other = package_of(made, drawn(), [FILES[0], BookFile("style.css", "text/css", b"z")])
    assert one == same
    assert one.split("urn:uuid:")[1][:36] != other.split("urn:uuid:")[1][:36]


def test_the_standard_is_claimed_only_where_every_picture_has_words(content):
    made = content.choose()
    assert "EPUB Accessibility 1.1" in package_of(made, drawn("a", "b"), FILES)
    assert "EPUB Accessibility 1.1" not in package_of(made, drawn("a", ""), FILES)
    assert "alternativeText" in package_of(made, drawn("a"), FILES)
    assert "alternativeText" not in package_of(made, drawn(), FILES)

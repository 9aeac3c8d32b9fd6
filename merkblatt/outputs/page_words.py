"""Words that stand on a page beside the prose of authors: the page's own, and those that a person brought along."""

from __future__ import annotations

from collections.abc import Iterable

from merkblatt.page.inline_markup import Piece, Words


def said(text: str) -> Words:
    """Words of the page itself; no Markdown stands in them."""
    return (Piece(text),)


def given(text: str) -> Words:
    """Words that a practice or a person brought along, as they are."""
    return (Piece(text, is_given=True),)


def one_below_another(lines: Iterable[Words]) -> Words:
    """Lines of words as one text, parted by line feeds."""
    return tuple(piece for line in lines for piece in (Piece("\n"), *line))[1:]


def label(words: str) -> Words:
    """Words of the page that stand before others, set apart from them."""
    return (Piece(words, is_strong=True), Piece(" "))

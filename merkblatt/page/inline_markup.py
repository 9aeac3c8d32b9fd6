"""Prose of the small kind taken apart: bold, links, foreign words. Knows Markdown, and no output.

`template_words.markdown` makes HTML of the same prose; what reads it here are the outputs that have no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True)
class Piece:
    """Words that are set alike.

    `language` is empty where they are in that of the edition, `href` where they lead nowhere. `is_given` tells words
    that a practice or a person brought along: they keep their own direction.
    """

    text: str
    is_strong: bool = False
    language: str = ""
    href: str = ""
    is_given: bool = False


#: A line of prose.
Words = tuple[Piece, ...]


@lru_cache(maxsize=1)
def prose_parser() -> MarkdownIt:
    """The parser of prose: bold, links, escapes, and foreign words as `[word]{lang=en}`. No HTML."""
    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    return parser.use(attrs_plugin, spans=True, allowed=["lang"])


def parse_prose(text: str, *, is_given: bool = False) -> Words:
    """The pieces of a text; line breaks within it are spaces."""
    (inline,) = prose_parser().parseInline(text)
    return tuple(_pieces(inline.children or [], Piece("", is_given=is_given)))


def _pieces(tokens: list[Token], plain: Piece) -> Iterator[Piece]:
    around = [plain]
    for token in tokens:
        if token.nesting > 0:
            around.append(_opened(token, around[-1]))
        elif token.nesting < 0:
            around.pop()
        elif text := re.sub(r"[ \t\r\n]+", " ", " " if token.type == "softbreak" else token.content):
            yield replace(around[-1], text=text)


def _opened(token: Token, around: Piece) -> Piece:
    return replace(
        around,
        is_strong=around.is_strong or token.type == "strong_open",
        language=str(token.attrGet("lang") or around.language),
        href=str(token.attrGet("href") or around.href),
    )

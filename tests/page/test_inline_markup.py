"""Prose of the small kind taken apart into pieces that know how they are set."""

from __future__ import annotations

import pytest

from merkblatt.page.inline_markup import Piece, parse_prose, prose_parser
from tests.leaflet_facts import plain_text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Wort", (Piece("Wort"),)),
        ("", ()),
        ("ein **fettes** Wort", (Piece("ein "), Piece("fettes", is_strong=True), Piece(" Wort"))),
        ("[Hilfe](https://x.org)", (Piece("Hilfe", href="https://x.org"),)),
        ("[pain]{lang=en}", (Piece("pain", language="en"),)),
        ("**[a](https://x.org) b**", (Piece("a", is_strong=True, href="https://x.org"), Piece(" b", is_strong=True))),
        ("eins\nzwei", (Piece("eins zwei"),)),
        ("<b>x</b>", (Piece("<b>x</b>"),)),
    ],
)
def test_prose_is_taken_apart(text: str, pieces: tuple[Piece, ...]) -> None:
    found = parse_prose(text)
    assert plain_text(found) == plain_text(pieces)
    assert found == pieces


def test_an_escaped_sign_is_a_sign() -> None:
    assert plain_text(parse_prose(r"\*kein\*")) == "*kein*"


def test_what_was_given_is_told() -> None:
    assert {piece.is_given for piece in parse_prose("a **b**", is_given=True)} == {True}
    assert {piece.is_given for piece in parse_prose("a **b**")} == {False}


def test_a_language_ends_with_its_words() -> None:
    assert [piece.language for piece in parse_prose("a [b]{lang=en} c")] == ["", "en", ""]


def test_one_parser_serves_all() -> None:
    assert prose_parser() is prose_parser()

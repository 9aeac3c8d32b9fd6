"""Text as operators: what is shown, how wide it is, in which fonts, and what a reader gets back."""

from __future__ import annotations

import re

import pytest

from merkblatt.stamp.face import NeedsLayout
from tests.stamp.settings import SIZE, face, pen


def shown(operators: bytes) -> list[tuple[str, list[int]]]:
    """By font, the glyphs that operators show."""
    found = []
    for name, array in re.findall(rb"/(\w+) [\d.]+ Tf\n\[(.*?)\] TJ", operators):
        text = "".join(re.findall(r"<([0-9a-f]*)>", array.decode()))
        found.append((name.decode(), [int(text[at : at + 4], 16) for at in range(0, len(text), 4)]))
    return found


def test_glyphs_are_those_of_the_font() -> None:
    drawn = pen().draw(0, "Anna")
    assert shown(drawn.operators) == [("F0", [glyph[0] for glyph in face().shape("Anna", SIZE, "de")])]
    assert drawn.width == pytest.approx(sum(glyph[2] for glyph in face().shape("Anna", SIZE, "de")) / 1024)
    assert (drawn.fonts, drawn.lacks, drawn.says) == ((0,), (), None)


def test_words_drawn_one_by_one_are_as_the_whole() -> None:
    own = pen()
    for text in ("To. We, V", "Anna Beispiel, Ulm", "AVATAR Tofu Wally"):
        assert own.draw(0, text) == own._draw_whole(0, text)


def test_what_the_file_does_not_bring_is_told_with_its_text() -> None:
    drawn = pen(brought=False).draw(0, "Ana")
    gids = [glyph[0] for glyph in face().shape("Ana", SIZE, "de")]
    assert drawn.lacks == ((0, {gids[0]: "A", gids[1]: "n", gids[2]: "a"}),)
    assert drawn.operators.startswith(b"/X0 ")


def test_words_from_the_right_stand_turned_and_say_how_they_are_read() -> None:
    drawn = pen().draw(0, "Frau علي!")
    fonts = [name[1:] for name, _ in shown(drawn.operators)]
    assert fonts[0] == "0"
    assert "1" in fonts
    assert drawn.fonts == (0, 1)
    assert drawn.says == "Frau علي!"


def test_the_pen_advances_by_characters() -> None:
    own = pen()
    advances = own.advances(0, "Ana b")
    assert advances[0] == 0
    assert len(advances) == 6
    assert list(advances) == sorted(advances)
    assert advances[-1] == pytest.approx(own.draw(0, "Ana b").width)


def test_a_character_has_its_font_or_the_leaflet_is_laid_out() -> None:
    own = pen()
    assert [own.font_of(0, character) for character in ("A", "ж", "ع", "\u0590", "\u058f")] == [0, 0, 1, 1, 0]
    with pytest.raises(NeedsLayout, match="no font"):
        own.font_of(0, "\U0001f642")


def test_a_no_break_space_reads_as_a_space() -> None:
    assert pen().draw(0, "10\u00a0Uhr").says is None

"""The stream of a leaflet says what its page says: the same words, of every sheet, in every edition."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest

from merkblatt.outputs.blocks import Chapter, Drawing, Grid, Heading, Listing, Paragraph
from merkblatt.outputs.telling import tell
from merkblatt.page.compose import compose
from merkblatt.page.inline_markup import Piece, parse_prose
from tests.leaflet_facts import plain_text
from tests.page.reading import Reader
from tests.pressed import EDITIONS, SHEETS, leaflet, shelf

READERS = ("", "svg", *EDITIONS)


def words(chapter: Chapter) -> list[str]:
    """Every line of words of a chapter."""
    lines: list[str] = []
    for block in chapter.blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(plain_text(block.words))
            case Listing():
                lines += map(plain_text, block.items)
            case Grid():
                lines += [*block.heads, *(box for row in block.rows for box in row)]
    return lines


def counted(text: str) -> Counter[str]:
    """Words without the marks that part them, which the page and the stream set in ways of their own."""
    marks = string.punctuation + "·›„“”"
    return Counter(word for part in re.split(r"\s+", text) if (word := part.strip(marks)))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_it_says_what_stands_on_the_page(sheet, reader):
    if reader in EDITIONS and sheet not in {"neck-pain", "whiplash"}:
        reader = ""  # the other sheets are not written in it yet
    made = leaflet(sheet, "a4", reader)
    html = compose(made, shelf()[0]).html
    page = Reader(html[html.index("<main>") :].replace("<", " <")).text
    told = " ".join(line for chapter in tell(made) for line in words(chapter))
    on_page, in_stream = counted(page), counted(told)
    titles = counted(" ".join(a.title for p in made.parts if p.section == "red-flags" for a in p.advice))
    assert in_stream - on_page == Counter()
    assert on_page - in_stream - titles == Counter()


def test_headings_leave_out_no_level():
    for sheet in SHEETS:
        level = 0
        for chapter in tell(leaflet(sheet, "a4")):
            for block in chapter.blocks:
                if isinstance(block, Heading):
                    assert block.level <= level + 1, (sheet, plain_text(block.words))
                    level = block.level


def test_what_always_holds_does_not_stand_under_a_condition(content):
    content.change("modules/later.yaml", "section: longer", "section: exercises")
    content.change("sheets/pain.yaml", "exercises: [turn]}", "modules: [later], exercises: [turn, shrug]}")
    turn = (content.root / "exercises/turn.yaml").read_text(encoding="utf-8")
    content.write("exercises/shrug.yaml", turn.replace("Drehen", "Heben"))
    content.change("sheets/pain.yaml", "- {section: longer, modules: [later]}\n", "")
    (chapter,) = [chapter for chapter in tell(content.choose()) if chapter.role == "exercises"]
    told = words(chapter)
    assert told.index("too_much es schmerzt.") < told.index("weeks_over 12")


def test_the_condition_of_a_warning_sign_is_said(content):
    content.change("modules/flags.yaml", "text: {de: Fieber}", "when: {stage: acute}, text: {de: Fieber}")
    (chapter,) = [chapter for chapter in tell(content.choose()) if chapter.role == "red-flags"]
    assert words(chapter)[-4:] == ["soon", "soon_call", "Am Anfang", "Fieber"]


def test_an_exercise_carries_its_drawing_with_words_for_it():
    drawn = [b for c in tell(leaflet("neck-exercises", "a4")) for b in c.blocks if isinstance(b, Drawing)]
    assert len(drawn) == 7
    assert all(drawing.alt for drawing in drawn)


def test_a_note_keeps_its_lines_and_stays_words(content):
    (note,) = [chapter for chapter in tell(content.choose(note="**Eins**.\nZwei.\n\nDrei.")) if chapter.role == "note"]
    assert words(note) == ["note", "**Eins**.\nZwei.", "Drei."]


@pytest.mark.parametrize(
    ("prose", "pieces"),
    [
        ("Gehen Sie.", (Piece("Gehen Sie."),)),
        ("a **b** c", (Piece("a "), Piece("b", is_strong=True), Piece(" c"))),
        ("[Wort]{lang=en}", (Piece("Wort", language="en"),)),
        ("[a **b**](https://x.org)", (Piece("a ", href="https://x.org"), Piece("b", True, "", "https://x.org"))),
        (r"\*kein\*", (Piece("*kein*"),)),
        ("<b>&amp;</b>", (Piece("<b>&amp;</b>"),)),
        ("zwei\nZeilen", (Piece("zwei Zeilen"),)),
    ],
)
def test_prose_is_taken_apart(prose, pieces):
    assert parse_prose(prose) == pieces

"""What begins a line of braille."""

from __future__ import annotations

from merkblatt.outputs.blocks import Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.braille.entries import Entry, entries_of
from merkblatt.page.inline_markup import Piece
from tests.figures.bodies import figure


def texts(*entries: Entry) -> list[str]:
    return ["".join(piece.text for piece in entry.words) for entry in entries]


def test_a_heading_leads_and_has_its_level():
    assert list(entries_of(Heading(3, (Piece("x"),)))) == [Entry((Piece("x"),), level=3, leads=True)]


def test_lines_of_a_paragraph_are_entries_and_a_call_leads():
    words = (Piece("a"), Piece("\n"), Piece("b"), Piece("c"))
    assert texts(*entries_of(Paragraph(words))) == ["a", "bc"]
    assert not any(entry.leads for entry in entries_of(Paragraph(words, "note")))
    assert all(entry.leads for entry in entries_of(Paragraph(words, "call")))


def test_steps_are_numbered_and_other_items_have_a_dash():
    items = ((Piece("a"),), (Piece("b"),))
    assert texts(*entries_of(Listing("steps", items))) == ["1. a", "2. b"]
    assert [entry.has_dash for entry in entries_of(Listing("do", items))] == [True, True]
    assert [entry.has_dash for entry in entries_of(Listing("steps", items))] == [False, False]


def test_a_drawing_is_its_words():
    assert texts(*entries_of(Drawing(figure(), "Ein Mensch"))) == ["(Ein Mensch)"]
    assert list(entries_of(Drawing(figure(), ""))) == []


def test_a_table_is_told_row_by_row_and_empty_boxes_by_their_heads():
    assert texts(*entries_of(Grid("doses", ("Übung", "Dosis"), (("Drehen", "5-mal"),)))) == ["Drehen: 5-mal"]
    assert texts(*entries_of(Grid("diary", ("", "Mo", "Di"), (("Woche 1", "", ""),)))) == ["Woche 1: Mo, Di"]
    assert texts(*entries_of(Grid("dates", ("Tag", "Zeit"), (("", ""),)))) == ["Tag, Zeit"]


def test_lines_to_write_on_say_nothing():
    assert list(entries_of(WritingLines(3))) == []

"""Words of the page beside those that a person brought along."""

from __future__ import annotations

from merkblatt.outputs.page_words import given, label, one_below_another, said
from merkblatt.page.inline_markup import Piece


def test_words_of_the_page_are_not_read_as_markdown():
    assert said("**x**") == (Piece("**x**"),)


def test_what_a_person_brought_along_is_marked_as_theirs():
    assert given("*Erika*") == (Piece("*Erika*", is_given=True),)


def test_lines_are_parted_and_neither_begun_nor_ended_by_a_line_feed():
    assert one_below_another([said("a"), given("b")]) == (Piece("a"), Piece("\n"), Piece("b", is_given=True))
    assert one_below_another([said("a")]) == said("a")
    assert one_below_another([]) == ()


def test_a_label_stands_out_and_apart():
    assert label("Dosis:") == (Piece("Dosis:", is_strong=True), Piece(" "))

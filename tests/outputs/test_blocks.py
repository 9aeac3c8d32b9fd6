"""Chapters as they are read: without what can only be filled in, and without headings over nothing."""

from __future__ import annotations

import pytest

from merkblatt.outputs.blocks import Block, Chapter, Heading, Paragraph, WritingLines, for_reading
from merkblatt.page.inline_markup import Piece


def head(level: int, words: str = "x") -> Heading:
    return Heading(level, (Piece(words),))


TEXT = Paragraph((Piece("Text"),))


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ((head(2), TEXT), (head(2), TEXT)),
        ((head(2), WritingLines(3)), ()),
        ((head(2), head(3), WritingLines(3)), ()),
        ((head(2), head(3), TEXT), (head(2), head(3), TEXT)),
        ((head(2), head(3, "a"), head(3, "b"), TEXT), (head(2), head(3, "b"), TEXT)),
        ((head(2), TEXT, head(3), WritingLines(1)), (head(2), TEXT)),
        ((head(2), head(4), head(3), TEXT), (head(2), head(3), TEXT)),
    ],
)
def test_headings_over_nothing_are_left_out(blocks: tuple[Block, ...], kept: tuple[Block, ...]):
    assert for_reading([Chapter("plan", blocks)]) == ((Chapter("plan", kept),) if kept else ())


def test_a_chapter_is_known_by_its_first_heading():
    assert Chapter("plan", (TEXT, head(2, "a"), head(3, "b"))).heading == head(2, "a")

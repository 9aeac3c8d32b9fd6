"""Head, note and imprint as they are said."""

from __future__ import annotations

from merkblatt.outputs.blocks import Block, Heading, Paragraph, WritingLines
from merkblatt.outputs.telling_frame import FrameTeller
from tests.pressed import leaflet


def roles(blocks: list[Block]) -> list[str]:
    return [block.role for block in blocks if isinstance(block, Paragraph)]


def words(block: Block) -> str:
    assert isinstance(block, Heading | Paragraph)
    return "".join(piece.text for piece in block.words)


def test_the_head_says_for_whom_and_when_if_it_is_known(content):
    plain = list(FrameTeller(content.choose()).head())
    assert [words(block) for block in plain] == ["Schmerz", "Für Erwachsene"]
    told = list(FrameTeller(content.choose(name="Erika", weeks=3)).head())
    assert roles(told) == ["subtitle", "name", "weeks"]
    assert [piece.text for piece in told[2].words if piece.is_given] == ["Erika"]  # type: ignore[union-attr]
    assert "3" in words(told[3])


def test_the_sender_stands_in_the_head_and_with_more_in_the_imprint():
    frame = FrameTeller(leaflet("neck-pain", "a4", "svg"))
    head, foot = list(frame.head()), list(frame.imprint())
    assert roles(head)[-1] == "sender"
    short, full = (
        next(words(block) for block in part if isinstance(block, Paragraph) and block.role == "sender")
        for part in (head, foot)
    )
    assert short.splitlines()[0] == full.splitlines()[0]
    assert frame.leaflet.sender
    email = frame.leaflet.sender.practice.email
    assert email
    assert email in full
    assert email not in short


def test_without_a_practice_there_is_a_line_to_write_it_on(content):
    assert list(FrameTeller(content.choose()).imprint())[-1] == WritingLines(1)


def test_a_review_that_nobody_made_is_said_to_be_pending(content):
    dates = next(iter(FrameTeller(content.choose()).imprint()))
    assert "review_pending" in words(dates)
    content.change("sheets/pain.yaml", "reviewed: {next", "reviewed: {by: Dr. A, on: 2026-11-01, next")
    for name in ("moving", "warmth", "later", "flags"):
        content.change(f"modules/{name}.yaml", "reviewed: {next", "reviewed: {by: Dr. A, on: 2026-11-01, next")
    content.change("exercises/turn.yaml", "reviewed: {next", "reviewed: {by: Dr. A, on: 2026-11-01, next")
    dates = next(iter(FrameTeller(content.choose()).imprint()))
    assert "review_pending" not in words(dates)
    assert "Dr. A" in words(dates)


def test_paragraphs_of_a_note_stay_apart_and_their_lines_too(content):
    made = content.choose(note="Eins\nZwei\n\nDrei")
    assert [words(block) for block in FrameTeller(made).note(made.note)] == ["Eins\nZwei", "Drei"]

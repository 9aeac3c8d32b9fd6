"""Content streams cut where a person's words stand: what is taken out, what stays, and where it begins."""

from __future__ import annotations

import pydyf
import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.master import Hole, Title
from merkblatt.stamp.open_paragraphs import OpenParagraph, find_paragraphs, twins_of
from merkblatt.stamp.setting import Paragraph, Piece, Run
from merkblatt.stamp.stream_cutter import StreamCutter
from tests.stamp.opening import Opening, marked, opened


def found_in(at: Opening) -> OpenParagraph:
    return next(find_paragraphs(at.pages, twins_of(at.source, at.pages[0].box.children[0].element)))


def cut(at: Opening) -> StreamCutter:
    """The page with its first open paragraph taken out, whose only run is one line."""
    cutter, found = StreamCutter(at.pdf, at.pages), found_in(at)
    (line,) = found.lines
    paragraph = Paragraph(found.width, tuple(Run(text.pattern, 0, text.starts_line) for text in found.texts))
    pieces = tuple(Piece(number, laid.box.text) for number, laid in enumerate(line))
    cutter.cut(0, paragraph, (pieces,), found.lines)
    return cutter


def test_a_text_is_taken_out_with_its_place() -> None:
    cutter = opened(f"<p>Für {marked(0)}.</p>", cut)
    (slot,) = cutter.slots
    assert (slot.paragraph, slot.line, slot.place) == (0, 0, 0)
    assert slot.mark is not None
    assert slot.mark[0] == b"/Span"
    assert slot.before.endswith(b"BT\n")
    assert slot.x == pytest.approx(10 / 25.4 * 96, abs=0.01)
    assert len(slot.matrix.split()) == 4


def test_what_stands_before_the_first_field_stays() -> None:
    cutter = opened(f"<p><b>Fest</b> {marked(0)}<b>hinten</b></p>", cut)
    assert [slot.place for slot in cutter.slots] == [1, 2]
    assert [slot.x is None for slot in cutter.slots] == [False, True]


def test_fixed_streams_and_holes_take_turns() -> None:
    cutter = opened(f"<p>Für {marked(0)}</p><p>Ende</p>", cut)
    (parts,) = cutter.divided().values()
    before, hole, after = parts
    assert isinstance(before, pydyf.Stream)
    assert hole == Hole((0,))
    assert isinstance(after, pydyf.Stream)
    assert before.reference != after.reference


def test_the_size_of_type_is_read_from_the_file() -> None:
    style = "p { font-size: 20px }"
    assert (
        opened(
            f"<p>{marked(0)}", lambda at: StreamCutter(at.pdf, at.pages).size_of(found_in(at).lines[0][0]), style=style
        )
        == 20
    )


def test_a_title_is_opened_around_the_words() -> None:
    def look(at: Opening) -> Title | None:
        cutter = StreamCutter(at.pdf, at.pages)
        cutter.open_title(("Für ", "0", ""), at.words)
        return cutter.title

    title = opened(f"<p>{marked(0)}", look, title=f"Für {marked(0)}", _0="Anna")
    assert title is not None
    assert title.info[0].startswith(b"<<")
    info, metadata = title.objects({"0": "Berta"})
    assert "Für Berta".encode("utf-16-be").hex().encode() in info
    assert "Für Berta".encode() in metadata


def test_a_title_that_stands_twice_is_refused() -> None:
    def look(at: Opening) -> None:
        at.pdf.info["Subject"] = pydyf.String("Für Anna")
        StreamCutter(at.pdf, at.pages).open_title(("Für ", "0", ""), at.words)

    with pytest.raises(NeedsLayout, match="title stands elsewhere"):
        opened(f"<p>{marked(0)}", look, title=f"Für {marked(0)}", _0="Anna")


def test_what_is_painted_in_a_group_is_refused() -> None:
    with pytest.raises(NeedsLayout, match="in a group"):
        opened(f"<p style='opacity: 0.5'>{marked(0)}", cut)

"""Marks in content streams: where they stand, what is declared an artifact, and letters with a mark of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf
import pytest

from merkblatt.pdf.engine_internals import recorded_marks
from merkblatt.pdf.structure_marks import MarkedStream, declare_marks, find_streams, mend_marks_on_letters
from merkblatt.pdf.structure_tree import Artifact, Mark, StructureTree, Tag
from tests.pdf.tagged import lay_out, press
from tests.pdf_facts import reading_order


def test_translucent_text_is_tagged_too() -> None:
    pdf = press("<p>eins</p><p style='opacity: .5'>zwei</p><p>drei</p>")
    assert reading_order(pdf)[1:] == [("P", "eins"), ("P", "zwei"), ("P", "drei")]


def streams_of(body: str, style: str = "") -> list[MarkedStream]:
    """The streams of a small document, found before it is written."""
    found: list[MarkedStream] = []
    marks: list[Mapping[Any, Any]] = []
    with recorded_marks(lambda _, own: marks.append(own)):
        lay_out(body, style).write_pdf(
            pdf_variant="pdf/a-2a", finisher=lambda _, pdf: found.extend(find_streams(pdf, marks))
        )
    return found


def test_the_streams_of_each_page_are_found_with_their_marks() -> None:
    first, second = streams_of("<p>eins</p><p style='break-before: page'>zwei</p><p>drei</p>")
    assert [(one.page, one.is_group) for one in (first, second)] == [(0, False), (1, False)]
    assert len(first.mcids) == len(set(first.mcids)) > 1
    assert len(second.mcids) == len(set(second.mcids)) > 1


def test_what_is_translucent_is_painted_in_a_group_of_its_page() -> None:
    found = streams_of("<p>eins</p><p style='break-before: page; opacity: .5'>zwei</p>")
    assert sorted((one.page, one.is_group) for one in found) == [(0, False), (1, False), (1, True)]
    own, group = (next(one for one in found if one.page == 1 and one.is_group is kind) for kind in (False, True))
    assert group.mcids
    assert not set(group.mcids) & set(own.mcids)


def marked(*tags: str) -> MarkedStream:
    """A stream of the second page with marks, counted from 0, of the given tags."""
    stream = pydyf.Stream()
    for number, tag in enumerate(tags):
        stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": number}))
        stream.show_text_string("a")
        stream.end_marked_content()
    return MarkedStream(1, stream, is_group=False, mcids=list(range(len(tags))))


def declared(stream: MarkedStream, tree: StructureTree, *owned: int) -> list[tuple[str, Any]]:
    """What a stream's marks are called, and their properties, once those that no tag owns are artifacts."""
    declare_marks(stream, tree, {Mark(1, number): b"9 0 R" for number in owned})
    operators = stream.stream.stream
    return [(operators[at - 2], operators[at - 1]) for at, one in enumerate(operators) if one == b"BDC"]


def test_what_no_tag_owns_is_an_artifact_of_the_layout_where_nothing_else_is_known() -> None:
    tree = StructureTree(Tag("Document"))
    tree.artifacts[Mark(1, 1)] = Artifact("Pagination", "Header")
    tree.artifacts[Mark(0, 2)] = Artifact("Pagination")
    assert declared(marked("P", "P", "P"), tree, 0) == [
        ("/P", {"MCID": 0}),
        ("/Artifact", {"Type": "/Pagination", "Subtype": "/Header"}),
        ("/Artifact", {"Type": "/Layout"}),
    ]


def test_a_mark_says_what_it_stands_for_where_it_is_painted_otherwise() -> None:
    tree = StructureTree(Tag("Document"), actual_texts={Mark(1, 1): "Wirbel\xad", Mark(1, 2): "fort"})
    kept, told, gone = declared(marked("P", "P", "P"), tree, 0, 1)
    assert kept == ("/P", {"MCID": 0})
    assert (told[1]["MCID"], told[1]["ActualText"].string) == (1, "Wirbel\xad")
    assert gone == ("/Artifact", {"Type": "/Layout"})


def test_content_without_a_mark_stays_as_it_is() -> None:
    stream = pydyf.Stream()
    stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Layout"}))
    stream.begin_marked_content("Artifact")
    before = list(stream.stream)
    declare_marks(MarkedStream(0, stream, is_group=False, mcids=[]), StructureTree(Tag("Document")), {})
    assert stream.stream == before


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (b"[<0041><><0301>] TJ", b"[<0041> <0301>] TJ"),
        (b"<0041> <>", b"<0041> <200b>"),
        (b"<0041> <0061>", b"<0041> <0061>"),
        (b"[<0041>] TJ", b"[<0041>] TJ"),
        (b"/Span <> BDC", b"/Span <> BDC"),
        (b"2 beginbfchar <>", b"2 beginbfchar <>"),
        (b"/Span <0041> <>", b"/Span <0041> <>"),
        ("[<>] TJ", "[<>] TJ"),
    ],
)
def test_a_letter_with_a_mark_of_its_own_is_shown_and_read_as_it_is(written: Any, mended: Any) -> None:
    pdf, stream = pydyf.PDF(), pydyf.Stream([b"q", written])
    pdf.add_object(pydyf.Dictionary({"A": 1}))
    pdf.add_object(stream)
    mend_marks_on_letters(pdf)
    assert stream.stream == [b"q", mended]

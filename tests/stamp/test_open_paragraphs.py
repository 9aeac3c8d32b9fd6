"""Open paragraphs of a laid-out page: what they say, how they were laid out, and which cannot be certain."""

from __future__ import annotations

import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.open_paragraphs import OpenParagraph, fields_of, find_paragraphs, twins_of
from tests.stamp.opening import Opening, marked, opened


def paragraphs(body: str, style: str = "", **words: str) -> list[OpenParagraph]:
    def look(at: Opening) -> list[OpenParagraph]:
        return list(find_paragraphs(at.pages, twins_of(at.source, at.pages[0].box.children[0].element)))

    return opened(body, look, style=style, **words)


def shown(found: OpenParagraph) -> list[list[str]]:
    return [[laid.box.text for laid in line] for line in found.lines]


def test_only_paragraphs_with_a_field_are_open() -> None:
    (found,) = paragraphs(f"<p>Fest.</p><p>Für {marked(0)}.</p>", _0="Anna")
    assert shown(found) == [["Für Anna."]]
    assert found.width == pytest.approx(80 / 25.4 * 96)
    (text,) = found.texts
    assert (text.pattern, text.starts_line) == (("Für ", "0", "."), True)


def test_lines_and_runs_are_told() -> None:
    (found,) = paragraphs(f"<p>Für <b>{marked(0)}</b>,<br>am {marked(1)}</p>", _0="Anna", _1="Montag")
    assert shown(found) == [["Für ", "Anna", ","], ["am Montag"]]
    assert [text.starts_line for text in found.texts] == [True, False, False, True]
    assert [text.pattern for text in found.texts][1:] == [("", "0", ""), (",",), ("am ", "1", "")]


def test_pages_are_counted() -> None:
    first, second = paragraphs(f"<p>{marked(0)}<p style='break-before: page'>{marked(1)}")
    assert [laid.page for found in (first, second) for line in found.lines for laid in line] == [0, 1]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p dir=rtl>{marked(0)}", "from the right"),
        (
            f"<p>{marked(0)} <img src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E' alt=x>",
            "pict",
        ),
        (f"<table><tr><td>{marked(0)}</table>", "columns"),
        (f"<p>{marked(0)} und {marked(1)}", "more than one field"),
        (f"<p style='orphans: 1; widows: 1; font-size: 40mm'>{marked(0)}<br>a<br>b<br>c", "over a page"),
    ],
)
def test_what_cannot_be_certain_is_refused(body: str, why: str) -> None:
    with pytest.raises(NeedsLayout, match=why):
        paragraphs(body)


def test_a_table_with_fixed_columns_may_be_open() -> None:
    (found,) = paragraphs(f"<table style='table-layout: fixed; width: 50mm'><tr><td>{marked(0)}</table>", _0="Anna")
    assert shown(found) == [["Anna"]]


def test_fields_are_found_wherever_they_stand() -> None:
    body = f"<p title='{marked(3)}'>a {marked(1)}<b>c</b> {marked(2)}</p>"
    assert sorted(opened(body, lambda at: list(fields_of(at.source)), title=marked(0))) == ["0", "1", "2", "3"]


def test_a_page_that_changes_with_its_words_is_refused() -> None:
    def look(at: Opening) -> object:
        at.source.append(at.source.makeelement("p", {}))
        return twins_of(at.source, at.pages[0].box.children[0].element)

    with pytest.raises(NeedsLayout, match="changes with"):
        opened(f"<p>{marked(0)}", look)

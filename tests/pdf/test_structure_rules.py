"""The grammar of structure types, on trees without pages: what is out of order is set in order."""

from __future__ import annotations

import logging
from xml.etree.ElementTree import Element

import pytest

from merkblatt.pdf.structure_rules import order_tree
from merkblatt.pdf.structure_tree import LinkArea, Mark, Tag


def shown(tag: Tag) -> str:
    """A tree as words: roles, kids in brackets, marks as their numbers."""
    kids = [
        str(kid.mcid) if isinstance(kid, Mark) else "→" if isinstance(kid, LinkArea) else shown(kid) for kid in tag.kids
    ]
    return f"{tag.role}[{' '.join(kids)}]"


def ordered(*kids: Tag | Mark) -> str:
    root = Tag("Document", kids=list(kids))
    order_tree(root)
    return shown(root)


def mark(number: int) -> Mark:
    return Mark(0, number)


def test_what_holds_nothing_goes_but_a_cell_stays() -> None:
    row = Tag("TR", kids=[Tag("TH", kids=[mark(1)]), Tag("TD")])
    assert (
        ordered(Tag("P"), Tag("Sect", kids=[Tag("P")]), Tag("Table", kids=[row])) == "Document[Table[TR[TH[1] TD[]]]]"
    )


def test_an_item_is_a_label_and_one_body() -> None:
    items = [
        Tag("LI", kids=[Tag("Lbl", kids=[mark(1)]), mark(2), mark(3)]),
        Tag("LI", kids=[Tag("Lbl", kids=[mark(4)])]),
    ]
    assert ordered(Tag("L", kids=list(items))) == "Document[L[LI[Lbl[1] LBody[2 3]]]]"


def test_a_list_takes_its_numbering_from_its_markers() -> None:
    items = Tag("L", kids=[Tag("LI", marker_style="upper-roman", kids=[Tag("Lbl", kids=[mark(1)]), mark(2)])])
    bare = Tag("L", kids=[Tag("LI", marker_style="disc", kids=[mark(3)])])
    ordered(items, bare)
    assert (items.numbering, bare.numbering) == ("UpperRoman", "None")


def test_terms_are_paired_with_what_describes_them() -> None:
    def tag(role: str, number: int) -> Tag:
        return Tag(role, kids=[mark(number)])

    group = Tag("Div", Element("div"), [tag("Lbl", 3), tag("LBody", 4), tag("LBody", 5)])
    told = ordered(Tag("L", Element("dl"), [tag("Lbl", 1), tag("LBody", 2), group]))
    assert told == "Document[L[LI[Lbl[1] LBody[2]] LI[Lbl[3] LBody[P[4] P[5]]]]]"


def test_a_link_without_an_area_is_text_and_one_without_extent_is_told(caplog: pytest.LogCaptureFixture) -> None:
    plain = Tag("Link", kids=[mark(1)])
    flat = Tag("Link", kids=[LinkArea(0, None, (1, 2, 1, 8)), mark(2)], contents="Hilfe")
    with caplog.at_level(logging.ERROR, "weasyprint"):
        ordered(Tag("P", kids=[plain, flat]))
    assert (plain.role, flat.role) == ("Span", "Link")
    assert 'Link "Hilfe" has no area to click' in caplog.text


def test_cells_name_the_heads_above_and_beside_them() -> None:
    head = Tag("TR", kids=[Tag("TD"), Tag("TH", kids=[mark(1)]), Tag("TH", kids=[mark(2)])])
    body = Tag("TR", kids=[Tag("TH", kids=[mark(3)]), Tag("TD", kids=[mark(4)]), Tag("TD", kids=[mark(5)])])
    ordered(Tag("Table", kids=[Tag("THead", kids=[head]), Tag("TBody", kids=[body])]))
    assert [cell.scope for cell in (*head.tags[1:], body.tags[0])] == ["Column", "Column", "Row"]
    assert body.tags[2].headers == [body.tags[0].identifier, head.tags[2].identifier]
    assert body.tags[1].headers == ["t0-r1-c0", "t0-r0-c1"]


def test_a_cell_over_two_columns_is_a_head_for_both() -> None:
    wide = Tag("TH", kids=[mark(1)], span=(2, 1))
    row = Tag("TR", kids=[Tag("TD", kids=[mark(2)]), Tag("TD", kids=[mark(3)])])
    ordered(Tag("Table", kids=[Tag("TR", kids=[wide]), row]))
    assert [cell.headers for cell in row.tags] == [["t0-r0-c0"], ["t0-r0-c0"]]


def test_a_foot_is_read_last() -> None:
    def group(role: str, number: int) -> Tag:
        return Tag(role, kids=[Tag("TR", kids=[Tag("TD", kids=[mark(number)])])])

    assert ordered(Tag("Table", kids=[group("TFoot", 1), group("TBody", 2)])) == (
        "Document[Table[TBody[TR[TD[2]]] TFoot[TR[TD[1]]]]]"
    )


def test_text_stands_in_a_paragraph_and_never_beside_one() -> None:
    assert ordered(mark(1), Tag("H1", kids=[mark(2)]), mark(3), Tag("Span", kids=[mark(4)])) == (
        "Document[P[1] H1[2] P[3 Span[4]]]"
    )
    assert ordered(Tag("Div", kids=[mark(1)])) == "Document[P[1]]"
    assert ordered(Tag("Figure", kids=[mark(1)])) == "Document[Figure[1]]"

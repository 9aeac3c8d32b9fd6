"""Bookmarks lead to headings, and a page is called by its number."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pydyf
import pytest

from merkblatt.pdf.structure_bookmarks import lead_to_headings, number_pages
from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.pdf.tagged import TABLE, claims, lay_out
from tests.pdf_facts import structure_problems


def test_pdf_ua_2_leads_its_bookmarks_to_tags_of_its_name_space() -> None:
    pdf = write_tagged_pdf(lay_out(f"{TABLE}<h2>Zwei</h2><p>Text"), variant="ua2")
    assert pdf.startswith(b"%PDF-2.0")
    assert claims(pdf) == {"pdfuaid:part": "2"}
    assert structure_problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        (space,) = file.Root.StructTreeRoot.Namespaces
        first = file.Root.Outlines.First
        assert [str(item.A.SD[0].S) for item in (first, first.First)] == ["/H1", "/H2"]
        assert {str(item.A.SD[0].NS.NS) for item in (first, first.First)} == {str(space.NS)}


def test_pages_are_called_by_their_numbers() -> None:
    with pikepdf.open(io.BytesIO(write_tagged_pdf(lay_out("<p>a")))) as file:
        assert file.Root.PageLabels.Nums[1].S == "/D"


def test_a_style_that_takes_a_bookmark_away_is_told() -> None:
    with pytest.raises(RuntimeError, match="1 bookmarks for 2 headings"):
        write_tagged_pdf(lay_out("<h2 style='bookmark-level: none'>b</h2>"), variant="ua2")


def outlined(*chapters: tuple[str, ...]) -> tuple[pydyf.PDF, dict[str, Any]]:
    """A document with chapters as bookmarks, each with those below it; and its items by their titles."""
    pdf = pydyf.PDF()
    items: dict[str, Any] = {}

    def chain(titles: list[str], below: Any) -> None:
        made = [pydyf.Dictionary({"Dest": pydyf.Array([b"7 0 R", "/XYZ", 0, ord(title), 0])}) for title in titles]
        for item in made:
            pdf.add_object(item)
        items.update(zip(titles, made, strict=True))
        for item, following in pairwise(made):
            item["Next"] = following.reference
        below["First"] = made[0].reference

    outlines = pydyf.Dictionary({})
    pdf.add_object(outlines)
    pdf.catalog["Outlines"] = outlines.reference
    chain([first for first, *_ in chapters], outlines)
    for first, *rest in chapters:
        if rest:
            chain(rest, items[first])
    return pdf, items


def test_bookmarks_take_the_headings_in_the_order_in_which_they_are_read() -> None:
    pdf, items = outlined(("a", "b", "c"), ("d",))
    lead_to_headings(pdf, [b"11 0 R", b"12 0 R", b"13 0 R", b"14 0 R"])
    assert {title: item["A"]["SD"][0] for title, item in items.items()} == {
        "a": b"11 0 R", "b": b"12 0 R", "c": b"13 0 R", "d": b"14 0 R",
    }  # fmt: skip


def test_a_bookmark_leads_to_tag_and_place_by_an_action() -> None:
    """ISO 32000-2, 12.3.2.3: the place stays for readers that know no structure; an item has no Dest beside it."""
    pdf, items = outlined(("a",))
    lead_to_headings(pdf, [b"11 0 R"])
    assert items["a"] == {
        "A": {
            "S": "/GoTo",
            "D": [b"7 0 R", "/XYZ", 0, ord("a"), 0],
            "SD": [b"11 0 R", "/XYZ", 0, ord("a"), 0],
        }
    }


def test_a_document_without_headings_has_no_bookmarks() -> None:
    pdf = pydyf.PDF()
    before = dict(pdf.catalog)
    lead_to_headings(pdf, [])
    assert pdf.catalog == before


@pytest.mark.parametrize(("headings", "told"), [(0, "2 bookmarks for 0"), (1, "2 bookmarks for 1"), (3, "2 .* for 3")])
def test_headings_that_are_not_as_many_are_told_before_anything_is_changed(headings: int, told: str) -> None:
    pdf, items = outlined(("a",), ("b",))
    with pytest.raises(RuntimeError, match=told):
        lead_to_headings(pdf, [b"11 0 R"] * headings)
    assert ["Dest" in item and "A" not in item for item in items.values()] == [True, True]


def test_all_pages_from_the_first_are_numbered() -> None:
    pdf = pydyf.PDF()
    number_pages(pdf)
    assert pdf.catalog["PageLabels"] == {"Nums": [0, {"S": "/D"}]}

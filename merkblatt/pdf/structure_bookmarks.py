"""How readers find their way in a tagged PDF: bookmarks lead to headings, pages are called by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import object_at


def number_pages(pdf: pydyf.PDF) -> None:
    """Let readers call a page what its foot calls it (ISO 32000-1, 12.4.2)."""
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def lead_to_headings(pdf: pydyf.PDF, headings: Sequence[bytes]) -> None:
    """Let each bookmark lead to the tag of its heading, not to a place on a page (ISO 32000-2, 12.3.2.3)."""
    items = list(_bookmarks(pdf, object_at(pdf, pdf.catalog["Outlines"]))) if "Outlines" in pdf.catalog else []
    if len(items) != len(headings):
        raise RuntimeError(f"{len(items)} bookmarks for {len(headings)} headings, hint: a style took one away")
    for item, heading in zip(items, headings, strict=True):
        place = item.pop("Dest")
        target = pydyf.Array([heading, *place[1:]])
        item["A"] = pydyf.Dictionary({"S": "/GoTo", "D": place, "SD": target})


def _bookmarks(pdf: pydyf.PDF, parent: Any) -> Iterator[Any]:
    """The items of an outline below one of them, in the order in which they are read."""
    reference = parent.get("First")
    while reference:
        item = object_at(pdf, reference)
        yield item
        yield from _bookmarks(pdf, item)
        reference = item.get("Next")

"""Writes a laid-out handout as a tagged PDF whose structure tree holds what the HTML says.

PDF/UA-1 and PDF/A-2a in one file, or PDF/UA-2, or, where a printer alone reads it, plain.

WeasyPrint paints and marks the content; the structure tree, the parent tree, and what is an artifact are
written here, by ISO 32000-1, 14.7 and 14.8. Which tag a piece belongs to is told by ``structure_from_boxes``, what a
tag may hold by ``structure_rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydyf
import weasyprint

from merkblatt.content.format_ids import Variant
from merkblatt.pdf.engine_internals import Box, recorded_marks
from merkblatt.pdf.engine_versions import require_wanted_versions
from merkblatt.pdf.structure_bookmarks import lead_to_headings, number_pages
from merkblatt.pdf.structure_claims import claim_ua, name_roles
from merkblatt.pdf.structure_elements import remove_annotations, write_elements
from merkblatt.pdf.structure_from_boxes import PaintedPage, grow_tree
from merkblatt.pdf.structure_marks import declare_marks, find_streams, mend_marks_on_letters
from merkblatt.pdf.structure_rules import order_tree


def write_tagged_pdf(
    document: weasyprint.Document,
    variant: Variant = "ua1",
    *,
    then: Callable[[pydyf.PDF, Sequence[PaintedPage]], None] | None = None,
) -> bytes:
    """The document as PDF bytes, the same on every run.

    ``then`` is called with the objects, when they are tagged and not yet written, and with the painted pages.

    Raises:
        Faulty: WeasyPrint or pydyf is of another version than the one that is known.
        RuntimeError: another document is being written at the same time in this process.
    """
    require_wanted_versions()
    if variant == "plain":
        plain: bytes = document.write_pdf()
        return plain
    pages: list[PaintedPage] = []
    marks: list[Mapping[Any, Any]] = []

    def record(box: Box, own: Mapping[Any, Any]) -> None:
        pages.append(PaintedPage(box, box.margin_height(), {piece: mark["mcid"] for piece, mark in own.items()}))
        marks.append(own)

    def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        if len(pages) != len(document.pages):
            raise RuntimeError("WeasyPrint handed over no marks, hint: its tagging has changed")
        _tag(pdf, pages, marks, variant, document.metadata.lang)
        if then is not None:
            then(pdf, pages)

    with recorded_marks(record):
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-2" if variant == "ua2" else "pdf/a-2a", finisher=finish)
    return pdf


def _tag(
    pdf: pydyf.PDF,
    pages: Sequence[PaintedPage],
    marks: Sequence[Mapping[Any, Any]],
    variant: Variant,
    language: str | None,
) -> None:
    headings = _write_structure(pdf, pages, marks, language)
    mend_marks_on_letters(pdf)
    number_pages(pdf)
    if variant == "ua2":
        name_roles(pdf)
        lead_to_headings(pdf, headings)
    else:
        claim_ua(pdf)


def _write_structure(
    pdf: pydyf.PDF, pages: Sequence[PaintedPage], marks: Sequence[Mapping[Any, Any]], language: str | None
) -> Sequence[bytes]:
    """Write the tree; give back its headings."""
    tree = grow_tree(pages, language)
    order_tree(tree.root)
    remove_annotations(pdf, tree.superfluous)
    streams = find_streams(pdf, marks)
    written = write_elements(pdf, tree.root, streams)
    for stream in streams:
        declare_marks(stream, tree, written.owners)
    return written.headings

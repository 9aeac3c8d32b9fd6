"""Grows the structure tree of a handout from its laid-out boxes: one tag for each HTML element.

WeasyPrint's own tagging makes one tag for each box, so that a page break, a line break or an anonymous box
tears an element apart. Here every painted piece is hung on the tag of its HTML element, in reading order, or
declared an artifact. This room reads WeasyPrint's boxes; it must not write PDF objects (``structure_elements``
does), nor set lists and tables in order (``structure_rules`` does).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from merkblatt.pdf.engine_internals import (
    BlockLevelBox,
    Box,
    MarginBox,
    TableCellBox,
    TableRowGroupBox,
    TextBox,
    bounds,
    laid_out,
)
from merkblatt.pdf.structure_tree import (
    SOFT_HYPHEN,
    Artifact,
    LinkArea,
    Mark,
    StructureTree,
    Tag,
    is_picture_for_the_eye,
    name_tag,
)

POINTS_PER_PIXEL = 72 / 96  # CSS Values 3, 5.2: 96 px are one inch, as are 72 pt.

# ISO 32000-1, 14.8.2.2.3: a hyphen that only a line break brings is told from a hard one by U+00AD.
HYPHENS = SOFT_HYPHEN + "\N{HYPHEN}"  # the latter is CSS's hyphenate-character: auto
EMPTY_ITEM = "\N{ZERO WIDTH SPACE}"  # what WeasyPrint lays out in a list item without content


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page as laid out: its box, its height in pixels, and the MCID each painted box was marked with."""

    box: Box
    height: float
    mcids: Mapping[Any, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the box tree the walk stands: what a box inherits from those around it."""

    page: PaintedPage
    number: int
    artifact: Artifact | None = None
    link: LinkArea | None = None
    matrix: Any = None
    origin: tuple[Element | None, str] = (None, "")


def grow_tree(pages: Sequence[PaintedPage], language: str | None) -> StructureTree:
    """Hang all that is painted on ``pages`` on tags; ``language`` is the document's."""
    grower = _Grower(pages, language)
    for number, page in enumerate(pages):
        grower.grow(page.box, _Place(page, number))
    return grower.tree


class _Grower:
    """The walk through the boxes of all pages, with what it has to remember on the way."""

    def __init__(self, pages: Sequence[PaintedPage], language: str | None) -> None:
        roots = list(dict.fromkeys(_root_elements(pages)))
        self.has_several_roots = len(roots) > 1
        self.parents = {kid: parent for root in roots for parent in root.iter() for kid in parent}
        self.tree = StructureTree(Tag("Document", language=language))
        self.tags: dict[tuple[Element, str], Tag] = {}
        self.row_groups: set[Element] = set()

    def grow(self, box: Box, place: _Place) -> None:
        """Take in a box and all boxes in it."""
        box = laid_out(box)
        place = self._enter(box, place)
        if place.artifact is None and box.element is not None and not isinstance(box, TextBox):
            self._note_box(box, place)
        place = self._take_link(box, place)
        self._take_mark(box, place)
        for child in box.children:
            self.grow(child, place)

    def _enter(self, box: Box, place: _Place) -> _Place:
        """The place of a box: in which transformation, and whether it is an artifact."""
        artifact = place.artifact or self._artifact_of(box, place)
        matrix = place.matrix
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        return replace(place, artifact=artifact, matrix=matrix, origin=(box.element, _pseudo(box)))

    def _artifact_of(self, box: Box, place: _Place) -> Artifact | None:
        if isinstance(box, MarginBox):
            return Artifact("Pagination", _furniture(box.at_keyword))
        if box.style["position"] == "fixed" or self._is_repeated(box):
            return Artifact("Pagination")
        if box.element is None or (box.element, _pseudo(box)) == place.origin:
            return None
        if self._is_hidden(box.element) or _is_decoration(box):
            return Artifact("Layout")
        return None

    def _is_repeated(self, box: Box) -> bool:
        """Whether this is a table's head or foot that WeasyPrint repeats after a page break."""
        if not isinstance(box, TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        if box.element in self.row_groups:
            return True
        self.row_groups.add(box.element)
        return False

    def _is_hidden(self, element: Element) -> bool:
        return any(ancestor.get("aria-hidden") == "true" for ancestor in self._lineage(element))

    def _lineage(self, element: Element) -> Iterator[Element]:
        """The element, its parent, and so on up to html."""
        at: Element | None = element
        while at is not None:
            yield at
            at = self.parents.get(at)

    def _note_box(self, box: Box, place: _Place) -> None:
        """Keep what only a box knows about its element; a cell gets its tag here, though it be empty."""
        tag = self._tag_for(box.element, _pseudo(box))
        tag.is_block = tag.is_block or isinstance(box, BlockLevelBox)
        tag.marker_style = tag.marker_style or box.style["list_style_type"]
        if isinstance(box, TableCellBox) and tag.role in ("TH", "TD"):
            tag.span = (box.colspan, box.rowspan)
        if tag.role == "Figure" and tag.bounds is None:
            tag.bounds = _bounds(box, place)

    def _take_link(self, box: Box, place: _Place) -> _Place:
        """Keep one annotation for each piece of a link; WeasyPrint makes one more for each box within."""
        annotation = box.link_annotation
        if annotation is None:
            return place
        owner = self._link_of(box.element)
        if place.artifact is None and place.link is None and owner is not None:
            area = LinkArea(place.number, annotation, tuple(annotation["Rect"]))
            self._tag_for(owner, "").kids.append(area)
            return replace(place, link=area)
        # PDF/UA-1, 7.18.5 wants every link in the tree, so one in page furniture cannot stay clickable.
        self.tree.superfluous.append(annotation)
        if place.artifact is None and place.link is not None:
            place.link.include(annotation["Rect"])
        return place

    def _link_of(self, element: Element) -> Element | None:
        return next((at for at in self._lineage(element) if at.tag == "a"), None)

    def _take_mark(self, box: Box, place: _Place) -> None:
        mcid = place.page.mcids.get(box)
        if mcid is None:
            return
        mark = Mark(place.number, mcid)
        if place.artifact is not None:
            self.tree.artifacts[mark] = place.artifact
        elif box.element is not None and _has_ink(box):
            self._tag_for(box.element, _pseudo(box)).kids.append(mark)
            if _is_hyphenated(box):
                self.tree.actual_texts[mark] = box.text.rstrip(HYPHENS) + SOFT_HYPHEN
            elif _is_painted_backwards(box):
                self.tree.actual_texts[mark] = box.text

    def _tag_for(self, element: Element, pseudo: str) -> Tag:
        """The tag of an element (or of its generated content), made when first asked for."""
        if (element, pseudo) not in self.tags:
            self.tags[element, pseudo] = self._make_tag(element, pseudo)
        return self.tags[element, pseudo]

    def _make_tag(self, element: Element, pseudo: str) -> Tag:
        if pseudo:
            parent = self._tag_for(element, "")
        elif element in self.parents:
            parent = self._tag_for(self.parents[element], "")
        else:
            parent = self.tree.root
        if element.tag == "body" or (element.tag == "html" and not self.has_several_roots):
            return parent
        tag = Tag("Lbl" if pseudo == "marker" else "Span", element if not pseudo else None)
        tag.language = self._language_of(element) or parent.language
        if not pseudo:
            name_tag(tag, element)
        parent.kids.append(tag)
        return tag

    def _language_of(self, element: Element) -> str | None:
        return next((lang for at in self._lineage(element) if (lang := at.get("lang"))), None)


def _root_elements(pages: Iterable[PaintedPage]) -> Iterator[Element]:
    for page in pages:
        yield from (box.element for box in page.box.children if box.element is not None)


def _pseudo(box: Box) -> str:
    """The pseudo-element a box stands for; ::first-line and ::first-letter are but the element's own text."""
    name = (box.element_tag or "").rpartition("::")
    return "" if not name[1] or name[2].startswith("first-") else name[2]


def _furniture(margin_box: str) -> str | None:
    """ISO 32000-1, table 330: the subtype of a pagination artifact."""
    return {"@top": "Header", "@bot": "Footer"}.get(margin_box[:4])


def _is_decoration(box: Box) -> bool:
    """Whether a box holds a picture marked as decoration, or generated content without a word."""
    pseudo = _pseudo(box)
    if pseudo == "marker":
        return not _generated_text(box).strip()
    if pseudo and box.element.tag != "q":  # quotation marks are read
        return not any(sign.isalnum() for sign in _generated_text(box))
    return is_picture_for_the_eye(box.element)


def _generated_text(box: Box) -> str:
    return "".join(inner.text for inner in box.descendants() if isinstance(inner, TextBox))


def _has_ink(box: Box) -> bool:
    """Whether anything is painted: WeasyPrint marks white space too, but draws nothing for it."""
    return not isinstance(box, TextBox) or bool(box.text.strip(EMPTY_ITEM).strip())


def _is_painted_backwards(box: Box) -> bool:
    """Whether the letters of a text are painted in another order than they are read (UAX 9)."""
    if not isinstance(box, TextBox):
        return False
    return box.style["direction"] == "rtl" or any(unicodedata.bidirectional(c) in {"R", "AL"} for c in box.text)


def _is_hyphenated(box: Box) -> bool:
    """Whether the line breaks within a word here, so that the hyphen is none of the text's own."""
    return isinstance(box, TextBox) and box.text.endswith("\N{HYPHEN}")


def _bounds(box: Box, place: _Place) -> tuple[float, ...]:
    """The content box of a picture in PDF points, from the page's bottom left corner."""
    left, top, right, bottom = bounds(place.matrix, box.content_box_x(), box.content_box_y(), box.width, box.height)
    height = place.page.height
    return tuple(POINTS_PER_PIXEL * value for value in (left, height - bottom, right, height - top))

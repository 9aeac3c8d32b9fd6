"""Writes a laid-out handout as a tagged PDF whose structure tree holds what the HTML says.

PDF/UA-1 and PDF/A-2a in one file, or PDF/UA-2, or, where a printer alone reads it, plain.

WeasyPrint paints and marks the content; the structure tree, the parent tree, and what is an artifact are
written here, by ISO 32000-1, 14.7 and 14.8. This room knows PDF objects; which tag a piece belongs to is
told by ``tag_growth``, what a tag may hold by ``tag_grammar``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint
from weasyprint.pdf import tags as weasyprint_tags

from merkblatt.content.format_ids import Variant
from merkblatt.pdf.structure_from_boxes import PaintedPage, grow_tree
from merkblatt.pdf.structure_rules import order_tree
from merkblatt.pdf.structure_tree import Artifact, LinkArea, Mark, StructureTree, Tag
from merkblatt.pdf.xmp_extension import EXTENSION

# The hook below is private to WeasyPrint, so that it may change with any release.
WEASYPRINT_VERSION = "70.0"
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
PRINT_FLAG = 4  # ISO 32000-1, table 165: bit 3, print the annotation
_pressing = threading.Lock()


def write_tagged_pdf(
    document: weasyprint.Document,
    variant: Variant = "ua1",
    *,
    then: Callable[[pydyf.PDF, Sequence[PaintedPage]], None] | None = None,
) -> bytes:
    """The document as PDF bytes, the same on every run.

    ``then`` is called with the objects, when they are tagged and not yet written, and with the painted pages.

    Raises RuntimeError for another WeasyPrint than the pinned one, and when another document is being written
    at the same time in this process.
    """
    _require_pinned_weasyprint()
    if variant == "plain":
        plain: bytes = document.write_pdf()
        return plain
    with _recorded_pages() as pages:

        def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
            if len(pages) != len(document.pages):
                raise RuntimeError("WeasyPrint handed over no marks, hint: its tagging has changed")
            headings = _write_structure(pdf, pages, document.metadata.lang)
            _mend_marks_on_letters(pdf)
            # Readers then call a page what its foot calls it (ISO 32000-1, 12.4.2).
            pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
            if variant == "ua2":
                _name_roles(pdf)
                _lead_to_headings(pdf, headings)
            else:
                _claim_ua(pdf)
            if then is not None:
                then(pdf, pages)

        # WeasyPrint claims PDF/A, or PDF/UA-2; that the first is PDF/UA-1 too is added at the end.
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-2" if variant == "ua2" else "pdf/a-2a", finisher=finish)
        return pdf


def _mend_marks_on_letters(pdf: pydyf.PDF) -> None:
    """Let a letter with a mark of its own glyph, as in Vietnamese, be shown and read as it is.

    WeasyPrint shows an empty string before the mark, on which Chrome's reader loses its place, and says of the letter
    that it stands for nothing (ISO 32000-1, 9.10.3), whereupon readers make something up.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream = [_mended(operator) if isinstance(operator, bytes) else operator for operator in item.stream]


def _mended(operator: bytes) -> bytes:
    if operator.endswith(b"] TJ"):
        return operator.replace(b"<>", b" ")
    if operator.endswith(b"> <>") and operator.startswith(b"<"):
        return operator.removesuffix(b"<>") + b"<200b>"
    return operator


_UA_CLAIM = '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>\n'


def _claim_ua(pdf: pydyf.PDF) -> None:
    """Say in the metadata of a PDF/A that it is PDF/UA-1 too."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    packet = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    claim = (_UA_CLAIM + EXTENSION).encode()
    metadata.stream = [packet.replace(b"</rdf:RDF>", claim + b"</rdf:RDF>", 1)]
    # Validators and archives look for the packet as it stands.
    metadata.compress = False
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _name_roles(pdf: pydyf.PDF) -> None:
    """Put every tag into the name space of PDF 2.0 (ISO 32000-2, 14.7.4)."""
    space = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String("http://iso.org/pdf2/ssn")})
    pdf.add_object(space)
    _object(pdf, pdf.catalog["StructTreeRoot"])["Namespaces"] = pydyf.Array([space.reference])
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            item["NS"] = space.reference


def _require_pinned_weasyprint() -> None:
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise RuntimeError(
            f"WeasyPrint {weasyprint.__version__} found, {WEASYPRINT_VERSION} needed: tagging hooks into its"
            f" private parts, hint: pip install weasyprint=={WEASYPRINT_VERSION}"
        )


@dataclass(frozen=True, slots=True)
class _Recorded(PaintedPage):
    """A page with WeasyPrint's own dictionary of marks, by which its content streams are known."""

    marks: dict[Any, Any] = field(default_factory=dict)


@contextmanager
def _recorded_pages() -> Iterator[list[_Recorded]]:
    """Listen in on WeasyPrint's tagging: it hands over each page with its marks, and makes no tags itself."""
    if not _pressing.acquire(blocking=False):
        raise RuntimeError("another tagged PDF is being written in this process, hint: write one at a time")
    original = weasyprint_tags._build_box_tree
    presser = threading.get_ident()
    pages: list[_Recorded] = []

    def record(page_box: Any, *context: Any) -> Any:
        if threading.get_ident() != presser:  # somebody else's plain write_pdf
            return original(page_box, *context)
        marks = context[-1]
        mcids = {box: mark["mcid"] for box, mark in marks.items()}
        pages.append(_Recorded(page_box, page_box.margin_height(), mcids, marks))
        marks.clear()
        return ()

    weasyprint_tags._build_box_tree = record
    try:
        yield pages
    finally:
        weasyprint_tags._build_box_tree = original
        _pressing.release()


def _lead_to_headings(pdf: pydyf.PDF, headings: Sequence[bytes]) -> None:
    """Let each bookmark lead to the tag of its heading, not to a place on a page (ISO 32000-2, 12.3.2.3)."""
    items = list(_bookmarks(pdf, _object(pdf, pdf.catalog["Outlines"]))) if "Outlines" in pdf.catalog else []
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
        item = _object(pdf, reference)
        yield item
        yield from _bookmarks(pdf, item)
        reference = item.get("Next")


def _write_structure(pdf: pydyf.PDF, pages: Sequence[_Recorded], language: str | None) -> list[bytes]:
    """Write the tree; give back its headings."""
    tree = grow_tree(pages, language)
    order_tree(tree.root)
    _remove_annotations(pdf, tree.superfluous)
    writer = _TreeWriter(pdf, _find_streams(pdf, pages))
    writer.write(tree.root)
    for stream in writer.streams:
        _declare_marks(stream, tree, writer.owners)
    return writer.headings


@dataclass(eq=False, slots=True)
class _MarkedStream:
    """A content stream of a page: its own, or that of a transparency group painted on it."""

    page: int
    stream: Any
    is_group: bool
    mcids: list[int]


def _find_streams(pdf: pydyf.PDF, pages: Sequence[_Recorded]) -> list[_MarkedStream]:
    contents = {_object(pdf, reference)["Contents"] for reference in pdf.page_references}
    number_of = {id(page.marks): number for number, page in enumerate(pages)}
    streams = [item for item in pdf.objects if id(getattr(item, "_tags", None)) in number_of]
    return [
        _MarkedStream(
            number_of[id(stream._tags)],
            stream,
            stream.reference not in contents,
            [stream.stream[at]["MCID"] for at in _property_lists(stream)],
        )
        for stream in streams
    ]


def _property_lists(stream: Any) -> Iterator[int]:
    """Where the marks of a stream are: pydyf keeps the tag, the property list and BDC one after another."""
    for at, operator in enumerate(stream.stream):
        if operator == b"BDC" and "MCID" in stream.stream[at - 1]:
            yield at - 1


def _declare_marks(stream: _MarkedStream, tree: StructureTree, owners: dict[Mark, bytes]) -> None:
    """Turn the marks that no tag holds into artifacts (ISO 32000-1, 14.8.2.2); tell hyphens apart."""
    operators = stream.stream.stream
    for at in _property_lists(stream.stream):
        mark = Mark(stream.page, operators[at]["MCID"])
        if mark not in owners:
            operators[at - 1 : at + 1] = _artifact_operands(tree.artifacts.get(mark, Artifact("Layout")))
        elif mark in tree.actual_texts:
            operators[at]["ActualText"] = pydyf.String(tree.actual_texts[mark])


def _artifact_operands(artifact: Artifact) -> list[Any]:
    properties = pydyf.Dictionary({"Type": f"/{artifact.kind}"})
    if artifact.subtype:
        properties["Subtype"] = f"/{artifact.subtype}"
    return ["/Artifact", properties]


def _remove_annotations(pdf: pydyf.PDF, superfluous: Sequence[Any]) -> None:
    """Take annotations off their pages. Their objects stay behind empty, for pydyf cannot leave out one."""
    references = {annotation.reference for annotation in superfluous}
    for page in _page_objects(pdf):
        if "Annots" in page:
            page["Annots"] = pydyf.Array(item for item in page["Annots"] if item not in references)
            if not page["Annots"]:
                del page["Annots"]
    for annotation in superfluous:
        annotation.clear()


class _TreeWriter:
    """Writes tags as structure elements, and with them the trees that lead back from content to tag."""

    def __init__(self, pdf: pydyf.PDF, streams: list[_MarkedStream]) -> None:
        self.pdf = pdf
        self.streams = streams
        self.pages: tuple[bytes, ...] = pdf.page_references
        self.groups = {
            Mark(group.page, mcid): group.stream.reference
            for group in streams
            if group.is_group
            for mcid in group.mcids
        }
        self.owners: dict[Mark, bytes] = {}
        self.areas: list[tuple[LinkArea, bytes]] = []
        self.identifiers: dict[str, bytes] = {}
        self.headings: list[bytes] = []

    def write(self, root: Tag) -> None:
        """Fill in the root that WeasyPrint made, and the two trees beside it."""
        structure = _object(self.pdf, self.pdf.catalog["StructTreeRoot"])
        document = _object(self.pdf, structure["K"][0])
        if root.language:
            document["Lang"] = pydyf.String(root.language)
        document["K"] = pydyf.Array(self._write_kid(kid, root, document, None) for kid in root.kids)
        if self.identifiers:
            identifiers = _name_tree(self.identifiers)
            self.pdf.add_object(identifiers)
            structure["IDTree"] = identifiers.reference
        numbers = self._write_parents()
        _object(self.pdf, structure["ParentTree"])["Nums"] = pydyf.Array(
            item for key, parents in enumerate(numbers) for item in (key, parents)
        )
        structure["ParentTreeNextKey"] = len(numbers)

    def _write_kid(self, kid: Tag | Mark | LinkArea, tag: Tag, owner: Any, page: int | None) -> Any:
        if isinstance(kid, Tag):
            return self._write_tag(kid, owner, tag.language)
        if isinstance(kid, LinkArea):
            return self._write_area(kid, tag, owner)
        self.owners[kid] = owner.reference
        if kid.page == page and kid not in self.groups:
            return kid.mcid
        reference = pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.mcid})
        if kid in self.groups:
            reference["Stm"] = self.groups[kid]
        return reference

    def _write_tag(self, tag: Tag, parent: Any, language: str | None) -> bytes:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.role}", "P": parent.reference})
        self.pdf.add_object(element)
        if tag.language is None:
            tag.language = language
        elif tag.language != language:
            element["Lang"] = pydyf.String(tag.language)
        page = next((kid.page for kid in tag.kids if isinstance(kid, Mark | LinkArea)), None)
        if page is not None:
            element["Pg"] = self.pages[page]
        self._write_attributes(tag, element)
        element["K"] = pydyf.Array(self._write_kid(kid, tag, element, page) for kid in tag.kids)
        reference: bytes = element.reference
        if tag.role in HEADINGS:
            self.headings.append(reference)
        return reference

    def _write_attributes(self, tag: Tag, element: Any) -> None:
        for key, text in (("Alt", tag.alt), ("E", tag.expansion), ("ID", tag.identifier)):
            if text:
                element[key] = pydyf.String(text)
        if tag.identifier:
            self.identifiers[tag.identifier] = element.reference
        attributes = _attributes(tag)
        if attributes:
            element["A"] = attributes

    def _write_area(self, area: LinkArea, tag: Tag, owner: Any) -> Any:
        area.annotation.update(
            Rect=pydyf.Array(area.rectangle), F=PRINT_FLAG, Contents=pydyf.String(tag.contents or "")
        )
        self.areas.append((area, owner.reference))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": area.annotation.reference, "Pg": self.pages[area.page]})

    def _write_parents(self) -> list[Any]:
        """The parent tree's values in the order of their keys: pages, groups, annotations (14.7.4.4)."""
        parents = [self._parents_of(stream) for stream in self.streams if not stream.is_group]
        for group in self.streams:
            if group.is_group and group.mcids:
                group.stream.extra["StructParents"] = len(parents)
                parents.append(self._parents_of(group))
        for area, owner in self.areas:
            area.annotation["StructParent"] = len(parents)
            parents.append(owner)
        return parents

    def _parents_of(self, stream: _MarkedStream) -> Any:
        """The owner of each mark in a stream, by MCID; null for what is an artifact or not in it."""
        owners = {mcid: self.owners.get(Mark(stream.page, mcid), b"null") for mcid in stream.mcids}
        return pydyf.Array(owners.get(mcid, b"null") for mcid in range(max(owners, default=-1) + 1))


def _attributes(tag: Tag) -> Any:
    """The attribute dictionary of a tag, one at most: ISO 32000-1, 14.8.5."""
    if tag.role == "L":
        return pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{tag.numbering}"})
    if tag.role == "Figure" and tag.bounds:
        return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(tag.bounds)})
    if tag.role in ("TH", "TD"):
        return _cell_attributes(tag)
    return None


def _cell_attributes(cell: Tag) -> Any:
    attributes = pydyf.Dictionary({"O": "/Table"})
    if cell.scope:
        attributes["Scope"] = f"/{cell.scope}"
    if cell.headers:
        attributes["Headers"] = pydyf.Array(pydyf.String(header) for header in cell.headers)
    for key, span in zip(("ColSpan", "RowSpan"), cell.span, strict=True):
        if span != 1:
            attributes[key] = span
    return attributes if len(attributes) > 1 else None


def _name_tree(names: dict[str, bytes]) -> Any:
    """ISO 32000-1, 7.9.6: a name tree of one node, sorted by name."""
    entries = (item for name in sorted(names) for item in (pydyf.String(name), names[name]))
    return pydyf.Dictionary({"Names": pydyf.Array(entries)})


def _page_objects(pdf: pydyf.PDF) -> list[Any]:
    return [_object(pdf, reference) for reference in pdf.page_references]


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]

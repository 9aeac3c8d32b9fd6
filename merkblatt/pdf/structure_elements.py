"""Writes tags as structure elements of a PDF, and the trees that lead back from content to tag (ISO 32000-1, 14.7).

Which tags there are, and in which order, is settled; this room knows PDF objects alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import object_at
from merkblatt.pdf.structure_marks import MarkedStream
from merkblatt.pdf.structure_tree import LinkArea, Mark, Tag

HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
PRINT_FLAG = 4  # ISO 32000-1, table 165: bit 3, print the annotation


@dataclass(frozen=True)
class Written:
    """What was written: by mark the element that holds it, and the headings in reading order, as references."""

    owners: Mapping[Mark, bytes]
    headings: Sequence[bytes]


def write_elements(pdf: pydyf.PDF, root: Tag, streams: Sequence[MarkedStream]) -> Written:
    """Writes the tags below a root, and the trees that lead back to them from content and from names.

    Args:
        pdf: the objects; it has a structure tree already, with nothing in it but the root and one element.
        root: the document's tag, in order by the grammar (`structure_rules`).
        streams: where the marks are painted.
    """
    writer = _TreeWriter(pdf, streams)
    writer.write(root)
    return Written(writer.owners, writer.headings)


class _TreeWriter:
    """The walk through the tags, with what it has to remember on the way."""

    def __init__(self, pdf: pydyf.PDF, streams: Sequence[MarkedStream]) -> None:
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
        structure = object_at(self.pdf, self.pdf.catalog["StructTreeRoot"])
        document = object_at(self.pdf, structure["K"][0])
        if root.language:
            document["Lang"] = pydyf.String(root.language)
        document["K"] = pydyf.Array(self._write_kid(kid, root, document, None) for kid in root.kids)
        if self.identifiers:
            identifiers = _name_tree(self.identifiers)
            self.pdf.add_object(identifiers)
            structure["IDTree"] = identifiers.reference
        numbers = self._write_parents()
        object_at(self.pdf, structure["ParentTree"])["Nums"] = pydyf.Array(
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

    def _parents_of(self, stream: MarkedStream) -> Any:
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


def remove_annotations(pdf: pydyf.PDF, superfluous: Sequence[Any]) -> None:
    """Take annotations off their pages. Their objects stay behind empty, for pydyf cannot leave out one."""
    references = {annotation.reference for annotation in superfluous}
    for page in (object_at(pdf, reference) for reference in pdf.page_references):
        if "Annots" in page:
            page["Annots"] = pydyf.Array(item for item in page["Annots"] if item not in references)
            if not page["Annots"]:
                del page["Annots"]
    for annotation in superfluous:
        annotation.clear()

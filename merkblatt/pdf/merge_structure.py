"""Joins structure trees of tagged PDFs: each becomes a Part below one Document (ISO 32000-1, 14.7, 14.8.4.2).

Whatever names or numbers things within a part is moved out of the others' way: parent tree keys, identifiers, roles,
classes. Knows nothing of pages, links and outlines, which `bind` joins.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject

from merkblatt.pdf.objects import (
    bytes_of,
    dictionary,
    listed,
    name_tree,
    number_tree,
    references,
    resolved,
    text,
    tree_entries,
)


@dataclass
class Structure:
    """What has been gathered from the parts so far; all objects belong to `writer`. `language` is that of the whole."""

    writer: PdfWriter
    language: str
    parts: list[Any] = field(default_factory=list)
    parents: dict[int, Any] = field(default_factory=dict)
    next_key: int = 0
    identifiers: dict[bytes, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    classes: dict[str, Any] = field(default_factory=dict)
    namespaces: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """What a part is: its number from 1, its title, its language."""

    number: int
    title: str
    language: str


def add_parents(structure: Structure, tree: Any, things: Iterable[Any]) -> None:
    """Shifts the keys by which content leads to its elements (ISO 32000-1, 14.7.4.4)."""
    first = structure.next_key
    entries = tree_entries(tree.get("/ParentTree"), "/Nums")
    own = {first + int(key): value.clone(structure.writer) for key, value in entries}
    keys = [first - 1, *own]
    for thing in things:
        for name in {"/StructParents", "/StructParent"} & set(thing):
            thing[NameObject(name)] = NumberObject(first + int(thing[name]))
            keys.append(thing[name])
    structure.parents |= own
    structure.next_key = max(keys) + 1


def add_part(structure: Structure, tree: Any, chapter: Chapter) -> None:
    """Makes the part's structure a Part of the whole, with the part's language and title."""
    roles = _merge_names(structure.roles, tree.get("/RoleMap", {}), chapter.number)
    classes = {name: value.clone(structure.writer) for name, value in tree.get("/ClassMap", {}).items()}
    renamed = _merge_names(structure.classes, classes, chapter.number)
    structure.namespaces += [item.clone(structure.writer) for item in listed(tree.get("/Namespaces"))]
    tops = [item.get_object().clone(structure.writer) for item in listed(tree["/K"])]
    headed: set[int] = set()
    for element in _elements(tops):
        element[NameObject("/S")] = NameObject(roles.get(element["/S"], element["/S"]))
        _rename_classes(element, renamed)
        _rename_identifiers(structure, chapter.number, element, headed)
    part = _as_part(structure, tops)
    part.pop("/Lang", None)
    if chapter.language != structure.language:
        part[NameObject("/Lang")] = text(chapter.language)
    part[NameObject("/T")] = text(chapter.title)
    structure.parts.append(part)


def _as_part(structure: Structure, tops: list[Any]) -> Any:
    """A Document on top becomes a Part; anything else is put into one."""
    if len(tops) == 1 and structure.roles.get(tops[0]["/S"], tops[0]["/S"]) == "/Document":
        tops[0][NameObject("/S")] = NameObject("/Part")
        return tops[0]
    part = dictionary(Type="/StructElem", S="/Part", K=ArrayObject(top.indirect_reference for top in tops))
    reference = structure.writer._add_object(part)
    for top in tops:
        top[NameObject("/P")] = reference
    return part


def _merge_names(known: dict[str, Any], own: Mapping[str, Any], number: int) -> dict[str, str]:
    """Adds a part's roles or classes; what is known by the same name, but with another meaning, gets a new name."""
    renamed: dict[str, str] = {
        name: NameObject(f"{name}-{number}") for name, value in own.items() if known.get(name, value) != value
    }
    for name, value in own.items():
        known[renamed.get(name, name)] = renamed.get(value, value) if isinstance(value, str) else value
    return renamed


def _rename_classes(element: Any, renamed: Mapping[str, str]) -> None:
    if renamed and "/C" in element:
        names = [NameObject(renamed[name]) if name in renamed else name for name in listed(element["/C"])]
        element[NameObject("/C")] = ArrayObject(names)


def _rename_identifiers(structure: Structure, number: int, element: Any, headed: set[int]) -> None:
    """Renames an element's identifier, and those of the header cells that it names; `headed` are the lists done."""
    if "/ID" in element:
        identifier = within(number, bytes_of(element["/ID"]))
        element[NameObject("/ID")] = identifier
        structure.identifiers[identifier] = element.indirect_reference
    for attributes in map(resolved, listed(element.get("/A"))):
        headers = resolved(attributes.get("/Headers")) if isinstance(attributes, DictionaryObject) else None
        if headers and id(headers) not in headed:
            headers[:] = [within(number, bytes_of(header)) for header in headers]
            headed.add(id(headers))


def write_structure(structure: Structure) -> Any:
    """One root, one Document, and the trees that lead to its elements (ISO 32000-1, table 322)."""
    add = structure.writer._add_object
    document = dictionary(Type="/StructElem", S="/Document", K=references(structure.parts))
    root = dictionary(
        Type="/StructTreeRoot",
        K=ArrayObject([add(document)]),
        ParentTree=add(number_tree(structure.parents)),
        ParentTreeNextKey=structure.next_key,
    )
    for key, value in (("RoleMap", structure.roles), ("ClassMap", structure.classes)):
        if value:
            root[NameObject(f"/{key}")] = DictionaryObject((NameObject(name), item) for name, item in value.items())
    if structure.identifiers:
        root[NameObject("/IDTree")] = add(name_tree(structure.identifiers))
    if structure.namespaces:
        root[NameObject("/Namespaces")] = ArrayObject(structure.namespaces)
        document[NameObject("/NS")] = structure.namespaces[0]
    for element, parent in ((document, add(root)), *((part, document.indirect_reference) for part in structure.parts)):
        element[NameObject("/P")] = parent
    return root.indirect_reference


def within(number: int, name: bytes) -> Any:
    """A name that is a part's own: "2.glossary"; text in UTF-16 stays such."""
    if name.startswith(BOM_UTF16_BE):
        return ByteStringObject(BOM_UTF16_BE + f"{number}.".encode("utf-16-be") + name[len(BOM_UTF16_BE) :])
    return ByteStringObject(f"{number}.".encode() + name)


def _elements(tops: Iterable[Any]) -> Iterator[Any]:
    """All structure elements from some on down."""
    waiting = list(tops)
    while waiting:
        element = resolved(waiting.pop())
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            waiting += listed(element.get("/K"))

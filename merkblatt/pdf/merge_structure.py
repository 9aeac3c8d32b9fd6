"""Joins structure trees of tagged PDFs: each becomes a Part below one Document (ISO 32000-1, 14.7, 14.8.4.2).

Whatever names or numbers things within a part is moved out of the others' way: parent tree keys, identifiers, roles,
classes. Knows nothing of pages, links and outlines, which `merge` and `merge_navigation` join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from merkblatt.pdf.objects import listed


@dataclass
class Structure:
    """What has been gathered from the parts so far; all objects belong to `target`.

    `language` is that of the whole.
    """

    target: pikepdf.Pdf
    language: str
    parts: list[Any] = field(default_factory=list)
    parents: dict[int, Any] = field(default_factory=dict)
    next_key: int = 0
    identifiers: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    classes: dict[str, Any] = field(default_factory=dict)
    namespaces: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """What a part is: its number from 1, its title, its language."""

    number: int
    title: str
    language: str


def within(number: int, name: Any) -> str:
    """A name, or a string of PDF, that is a part's own: "2.glossary"."""
    return f"{number}.{str(name)[1:] if isinstance(name, pikepdf.Name) else str(name)}"


def shift_keys(first: int, things: Iterable[Any]) -> int:
    """Shifts, in a part, the keys by which content leads to its elements (14.7.4.4); the first key that is free then.

    `first` is the first that is free now; things are pages, what is painted on them, and annotations.
    """
    free = first
    for thing in things:
        for name in ("/StructParents", "/StructParent"):
            if name in thing:
                thing[name] = first + int(thing[name])
                free = max(free, int(thing[name]) + 1)
    return free


def add_part(structure: Structure, tree: Any, chapter: Chapter, free: int) -> None:
    """Makes a part's structure a Part of the whole, with the part's language and title.

    Args:
        structure: the whole.
        tree: the part's structure tree root, copied into the whole.
        chapter: what the part is.
        free: what `shift_keys` gave for the part.
    """
    _add_parents(structure, tree, free)
    roles = _merge_names(structure.roles, tree.get("/RoleMap", {}), chapter.number)
    classes = _merge_names(structure.classes, tree.get("/ClassMap", {}), chapter.number)
    structure.namespaces += listed(tree.get("/Namespaces"))
    tops = listed(tree.K)
    done: set[tuple[int, int]] = set()
    for element in _elements(tops):
        element.S = roles.get(str(element.S), element.S)
        _rename_classes(element, classes)
        _rename_identifiers(structure, chapter.number, element, done)
    part = _as_part(structure, tops)
    if "/Lang" in part:
        del part.Lang
    if chapter.language != structure.language:
        part.Lang = chapter.language
    part.T = chapter.title
    structure.parts.append(part)


def _add_parents(structure: Structure, tree: Any, free: int) -> None:
    first, parents = structure.next_key, tree.get("/ParentTree")
    own = dict(pikepdf.NumberTree(parents).items()) if parents is not None else {}
    structure.parents |= {first + key: value for key, value in own.items()}
    structure.next_key = max([free, *(first + key + 1 for key in own)])


def _as_part(structure: Structure, tops: list[Any]) -> Any:
    """A Document on top becomes a Part; anything else is put into one."""
    if len(tops) == 1 and structure.roles.get(str(tops[0].S), tops[0].S) == "/Document":
        tops[0].S = pikepdf.Name.Part
        return tops[0]
    part = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Part, K=pikepdf.Array(tops))
    part = structure.target.make_indirect(part)
    for top in tops:
        top.P = part
    return part


def _merge_names(known: dict[str, Any], own: Any, number: int) -> dict[str, Any]:
    """Adds a part's roles or classes; what is known by the same name, but with another meaning, gets a new name."""
    renamed = {name: pikepdf.Name(f"{name}-{number}") for name in own if name in known and known[name] != own[name]}
    for name, value in own.items():
        is_role = isinstance(value, pikepdf.Name)
        known[str(renamed.get(name, name))] = renamed.get(str(value), value) if is_role else value
    return renamed


def _rename_classes(element: Any, renamed: Mapping[str, Any]) -> None:
    if renamed and "/C" in element:
        element.C = pikepdf.Array([renamed.get(str(name), name) for name in listed(element.C)])


def _rename_identifiers(structure: Structure, number: int, element: Any, done: set[tuple[int, int]]) -> None:
    """Renames an element's identifier, and those of the header cells that it names.

    `done` are the objects whose header cells have been renamed; elements may share their attributes.
    """
    if "/ID" in element:
        identifier = within(number, element.ID)
        element.ID = pikepdf.String(identifier)
        structure.identifiers[identifier] = element
    for attributes in listed(element.get("/A")):
        if not isinstance(attributes, pikepdf.Dictionary) or "/Headers" not in attributes:
            continue
        if attributes.is_indirect and attributes.objgen in done:
            continue
        done.add(attributes.objgen)
        renamed = [pikepdf.String(within(number, header)) for header in attributes.Headers]
        attributes.Headers = pikepdf.Array(renamed)


def write_structure(structure: Structure) -> Any:
    """One root, one Document, and the trees that lead to its elements (ISO 32000-1, table 322)."""
    target = structure.target
    kind = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document)
    document = target.make_indirect(kind)
    root = target.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([document])))
    document.K, document.P = pikepdf.Array(structure.parts), root
    for part in structure.parts:
        part.P = document
    parents = pikepdf.NumberTree.new(target)
    parents.update(structure.parents)
    root.ParentTree, root.ParentTreeNextKey = parents.obj, structure.next_key
    _write_names(structure, root)
    if structure.namespaces:
        root.Namespaces = pikepdf.Array(structure.namespaces)
        document.NS = structure.namespaces[0]
    return root


def _write_names(structure: Structure, root: Any) -> None:
    """What the elements' roles, classes and identifiers mean."""
    for key, value in (("/RoleMap", structure.roles), ("/ClassMap", structure.classes)):
        if value:
            root[key] = pikepdf.Dictionary(value)
    if structure.identifiers:
        identifiers = pikepdf.NameTree.new(structure.target)
        identifiers.update(structure.identifiers)
        root.IDTree = identifiers.obj


def _elements(tops: Iterable[Any]) -> Iterator[Any]:
    """All structure elements from some on down."""
    waiting = list(tops)
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            waiting += listed(element.get("/K"))

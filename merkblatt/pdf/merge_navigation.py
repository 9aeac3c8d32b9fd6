"""Joins what leads through bound files: named destinations, outlines, page labels (ISO 32000-1, 12.3, 12.4.2).

What a part names is renamed out of the others' way: its destination "glossary" becomes "2.glossary".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

from merkblatt.pdf.merge_structure import within
from merkblatt.pdf.objects import copied, siblings


@dataclass
class Navigation:
    """What has been gathered from the parts so far; all objects belong to `target`."""

    target: pikepdf.Pdf
    destinations: dict[str, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    labels: dict[int, Any] = field(default_factory=dict)


def rename_targets(number: int, things: Iterable[Any]) -> None:
    """Renames, in a part, the destinations to which its links, bookmarks and actions lead (12.3.2.3)."""
    for thing in things:
        key = "/D" if thing.get("/S") == "/GoTo" else "/Dest"
        target = thing.get(key)
        if isinstance(target, pikepdf.Name | pikepdf.String):
            thing[key] = pikepdf.String(within(number, target))


def destinations_of(catalog: Any) -> dict[Any, Any]:
    """A part's named destinations, of the old kind (names) and of the new (strings)."""
    named = {pikepdf.Name(name): target for name, target in catalog.get("/Dests", {}).items()}
    tree = catalog.get("/Names", {}).get("/Dests")
    return named | (dict(pikepdf.NameTree(tree).items()) if tree is not None else {})


def add_destinations(navigation: Navigation, number: int, source: pikepdf.Pdf) -> None:
    """Adds a part's destinations, under their new names; its pages have been copied before."""
    for name, target in destinations_of(source.Root).items():
        navigation.destinations[within(number, name)] = copied(navigation.target, target, source)


def add_entry(navigation: Navigation, title: str, page: Any, source: pikepdf.Pdf) -> None:
    """Puts the part's title into the outline, closed, and its own outline below (12.3.3)."""
    target = navigation.target
    left, _, _, top = (float(value) for value in page.mediabox)
    place = pikepdf.Array([page.obj, pikepdf.Name.XYZ, left, top, 0])
    entry = target.make_indirect(pikepdf.Dictionary(Title=title, Dest=place))
    own = copied(target, source.Root.get("/Outlines"), source)
    below = list(siblings(own.get("/First"))) if own is not None else []
    if below:
        entry.First, entry.Last = below[0], below[-1]
        entry.Count = -sum(1 + max(int(item.get("/Count", 0)), 0) for item in below)
    for item in below:
        item.Parent = entry
    navigation.entries.append(entry)


def add_labels(navigation: Navigation, number: int, first: int, source: pikepdf.Pdf) -> None:
    """Labels each page with the number of its part before its own label, so that no two are alike (12.4.2)."""
    tree = source.Root.get("/PageLabels")
    own = dict(pikepdf.NumberTree(tree).items()) if tree is not None else {}
    for at, label in {0: pikepdf.Dictionary(S=pikepdf.Name.D), **own}.items():
        copy = pikepdf.Dictionary(dict(copied(navigation.target, label, source).items()))
        copy.P = f"{number}-{label.get('/P', '')}"
        navigation.labels[first + at] = copy


def write_navigation(navigation: Navigation) -> None:
    """Puts outline, labels and destinations into the catalog."""
    target = navigation.target
    target.Root.Outlines = _outline(navigation)
    target.Root.PageMode = pikepdf.Name.UseOutlines
    labels = pikepdf.NumberTree.new(target)
    labels.update(navigation.labels)
    target.Root.PageLabels = labels.obj
    if navigation.destinations:
        names = pikepdf.NameTree.new(target)
        names.update(navigation.destinations)
        target.Root.Names = pikepdf.Dictionary(Dests=names.obj)


def _outline(navigation: Navigation) -> Any:
    entries = navigation.entries
    for before, after in pairwise(entries):
        before.Next, after.Prev = after, before
    outline = pikepdf.Dictionary(Type=pikepdf.Name.Outlines, First=entries[0], Last=entries[-1], Count=len(entries))
    outline = navigation.target.make_indirect(outline)
    for entry in entries:
        entry.Parent = outline
    return outline

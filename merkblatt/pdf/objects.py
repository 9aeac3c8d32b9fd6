"""Makes and walks PDF objects by way of pypdf: dictionaries, name and number trees, page trees.

Knows the syntax of ISO 32000-1, clause 7, and nothing of what the objects mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

#: What pypdf raises at a file that is damaged, is none, or needs a cipher.
UNREADABLE = (
    PyPdfError,
    DependencyError,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)


def dictionary(**entries: Any) -> Any:
    """A dictionary of PDF; a plain string is a name, and begins with a slash."""
    return DictionaryObject((NameObject(f"/{key}"), _as_object(value)) for key, value in entries.items())


def _as_object(value: Any) -> Any:
    if isinstance(value, bool):
        return BooleanObject(value)
    if type(value) is int:
        return NumberObject(value)
    return NameObject(value) if type(value) is str else value


def text(value: str) -> Any:
    """A text string."""
    return TextStringObject(value)


def references(things: Iterable[Any]) -> Any:
    """An array of references to indirect objects."""
    return ArrayObject(thing.indirect_reference for thing in things)


def number_tree(entries: Mapping[int, Any]) -> Any:
    """A number tree of one node, sorted (7.9.7)."""
    return dictionary(Nums=ArrayObject(item for key in sorted(entries) for item in (NumberObject(key), entries[key])))


def name_tree(entries: Mapping[bytes, Any]) -> Any:
    """A name tree of one node, sorted by bytes (7.9.6); the keys are strings of PDF."""
    return dictionary(Names=ArrayObject(item for name in sorted(entries) for item in (name, entries[name])))


def tree_entries(node: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """The entries of a name or number tree (`leaf` is /Names or /Nums), each value as it stands there."""
    if node is None:
        return
    entries = listed(node.get(leaf))
    yield from zip(entries[::2], entries[1::2], strict=True)
    for kid in listed(node.get("/Kids")):
        yield from tree_entries(resolved(kid), leaf)


def bytes_of(name: Any) -> bytes:
    """A name or a string as bytes."""
    return name[1:].encode("utf-8") if isinstance(name, NameObject) else bytes(name.original_bytes)


def resolved(thing: Any) -> Any:
    """The object itself, where a reference to it may stand."""
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def listed(value: Any) -> list[Any]:
    """One thing or several, of which PDF often allows either, as a list; none where there is nothing."""
    value = resolved(value)
    return [] if value is None else list(value) if isinstance(value, ArrayObject) else [value]


def siblings(first: Any) -> Iterator[Any]:
    """The items of one level of an outline, from its first on."""
    item = resolved(first)
    while item is not None:
        yield item
        item = resolved(item.get("/Next"))


def pages_below(node: Any) -> Iterator[Any]:
    """The pages below a node of a page tree, in their order."""
    for kid in map(resolved, node["/Kids"]):
        yield from pages_below(kid) if "/Kids" in kid else [kid]


def dictionaries(starts: Iterable[Any]) -> Iterator[Any]:
    """Each dictionary that can be reached from some objects, once."""
    waiting, seen = list(starts), set[int]()
    while waiting:
        thing = waiting.pop()
        reference = getattr(thing, "indirect_reference", None)
        if reference is not None:
            if reference.idnum in seen:
                continue
            seen.add(reference.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, ArrayObject):
            waiting += thing

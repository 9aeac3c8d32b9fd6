"""Binds finished, tagged PDFs into one that is tagged as they were: one structure tree, one outline, all links.

Joining pages alone loses the tags, or, worse, keeps those of the first file and says nothing. Here each part's
structure becomes a Part of one Document (ISO 32000-1, 14.7, 14.8.4.2), and all that names or numbers things within a
part is moved out of the others' way: parent tree keys, element identifiers, roles, classes, destinations.

What cannot be joined is refused, never dropped. Nothing is laid out or painted here.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from merkblatt.findings import COMMAND_LINE, Faulty, Finding, Place
from merkblatt.xmp import About, common_claims, read_about, set_identifier, write_about

#: The catalog's entries that are joined, and those that tell only how one file is first shown.
_JOINED = {"/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/Names", "/Dests", "/PageLabels"}
_JOINED |= {"/Metadata", "/ViewerPreferences", "/OutputIntents", "/Type", "/Version"}
_SHOWING = {"/PageMode", "/PageLayout", "/OpenAction"}


@dataclass(frozen=True)
class Part:
    """A finished PDF, and the name by which a finding tells it."""

    name: str
    pdf: bytes


def bind(parts: Sequence[Part], title: str, *, language: str | None = None) -> bytes:
    """One tagged PDF of all parts, in their order; the same bytes for the same parts.

    It claims those standards that every part claims. The outline has each part's title, and its own outline below;
    a page's label is the number of its part and its label there ("2-1").

    Args:
        parts: the files, each tagged and with a language.
        title: what the whole is called.
        language: the tag (BCP 47) of the language of `title`; that of the first part where it is not given.

    Raises:
        Faulty: with every part that is no tagged PDF, or holds what cannot be joined, as a form.
    """
    sources = _open_all(parts)
    if not sources:
        raise Faulty([Finding(COMMAND_LINE, "there is nothing to bind", "name the files")])
    if not title.strip():
        raise Faulty([Finding(COMMAND_LINE, "the whole has no title", "give it one")])
    whole = _Whole(PdfWriter(), language or sources[0].language)
    whole.writer.pdf_header = max(source.version for source in sources)
    for source in sources:
        _add(whole, source)
    _write_catalog(whole, sources)
    write_about(whole.writer, _about(title, sources))
    set_identifier(whole.writer, [title.encode(), *(part.pdf for part in parts)])
    target = io.BytesIO()
    whole.writer.write(target)
    return target.getvalue()


# Opening


@dataclass(frozen=True)
class _Source:
    """A part that has been read. `number` counts from 1; `catalog` is pypdf's, and nobody else's."""

    number: int
    catalog: Any
    about: About
    language: str
    version: str


def _open_all(parts: Sequence[Part]) -> list[_Source]:
    sources: list[_Source] = []
    findings: list[Finding] = []
    for number, part in enumerate(parts, 1):
        try:
            sources.append(_open(number, part))
        except Faulty as error:
            findings += error.findings
    if findings:
        raise Faulty(findings)
    return sources


def _open(number: int, part: Part) -> _Source:
    place = Place(Path(part.name))
    try:
        reader = PdfReader(io.BytesIO(part.pdf), strict=True)
        catalog: Any = reader.root_object
        findings = list(_refusals(place, reader, catalog))
        if findings:
            raise Faulty(findings)
        about = read_about(reader)
        top = _items(catalog["/StructTreeRoot"].get("/K"))[0].get_object()
        language = str(top.get("/Lang") or catalog.get("/Lang", ""))
        return _Source(number, catalog, about, language, max(reader.pdf_header, _version(catalog)))
    except DependencyError:  # pypdf asks for a cipher
        raise Faulty([_encrypted(place)]) from None
    except (PyPdfError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        message, hint = f"is no readable PDF ({type(error).__name__})", "make the file again"
        raise Faulty([Finding(place, message, hint, code="bind")]) from None


def _encrypted(place: Place) -> Finding:
    return Finding(place, "is encrypted", "bind the file as it was before", code="bind")


def _version(catalog: Any) -> str:
    """A later version that the catalog names counts (ISO 32000-1, 7.2.2)."""
    return "%PDF-" + str(catalog.get("/Version", "/1.4"))[1:]


def _refusals(place: Place, reader: PdfReader, catalog: Any) -> Iterator[Finding]:
    if reader.is_encrypted:
        yield _encrypted(place)
        return
    if not (catalog.get("/MarkInfo", {}).get("/Marked") and _items(catalog.get("/StructTreeRoot", {}).get("/K"))):
        yield Finding(place, "has no tags", "bind files that this program built, without --imposed", code="bind")
    elif not str(catalog.get("/Lang", "")):
        yield Finding(place, "names no language", "make it anew with a language", code="bind")
    names = {f"/Names{name}" for name in catalog.get("/Names", {})} - {"/Names/Dests"}
    for entry in sorted({*catalog, *names} - _JOINED - _SHOWING):
        yield Finding(place, f"holds {entry[1:]}, which cannot be joined", "take it out, or leave it", code="bind")


# Gathering: each part is copied into the new file, and what it names or numbers is moved out of the others' way


@dataclass
class _Whole:
    """What has been gathered from the parts so far; all objects belong to `writer`."""

    writer: PdfWriter
    language: str
    page_trees: list[Any] = field(default_factory=list)
    pages: int = 0
    parts: list[Any] = field(default_factory=list)
    parents: dict[int, Any] = field(default_factory=dict)
    next_key: int = 0
    identifiers: dict[bytes, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    classes: dict[str, Any] = field(default_factory=dict)
    namespaces: list[Any] = field(default_factory=list)
    destinations: dict[bytes, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    labels: dict[int, Any] = field(default_factory=dict)


def _add(whole: _Whole, source: _Source) -> None:
    catalog, tree = source.catalog, source.catalog["/StructTreeRoot"]
    # Without their way back, the copies do not drag the part's own roots along.
    _cut_loose(_items(tree["/K"]), "/P")
    _cut_loose(_chain(catalog.get("/Outlines", {}).get("/First")), "/Parent")
    pages = _copied_pages(whole.writer, catalog["/Pages"])
    destinations = {name: target.clone(whole.writer) for name, target in _destinations(catalog)}
    outline = _copied_outline(whole.writer, catalog)
    things = list(_dictionaries([pages, *destinations.values(), *outline]))
    _add_destinations(whole, source.number, destinations, things)
    _add_parents(whole, tree, things)
    _add_structure(whole, source, tree)
    _add_entry(whole, source, pages, outline)
    _add_labels(whole, source)
    whole.page_trees.append(pages)
    whole.pages += int(pages["/Count"])


def _copied_pages(writer: PdfWriter, tree: Any) -> Any:
    """Copies first the pages, then what lies on them: links lead to pages, and pypdf follows each at once."""
    annotations = [page.pop("/Annots", None) for page in _pages(tree)]
    copy = tree.clone(writer)
    for page, found in zip(_pages(copy), annotations, strict=True):
        if found is not None:
            page[NameObject("/Annots")] = found.clone(writer)
    return copy


def _copied_outline(writer: PdfWriter, catalog: Any) -> list[Any]:
    first = catalog.get("/Outlines", {}).get("/First")
    return list(_chain(first.clone(writer))) if first is not None else []


def _cut_loose(items: Iterable[Any], key: str) -> None:
    for item in list(items):
        item.get_object().pop(key, None)


def _add_parents(whole: _Whole, tree: Any, things: Iterable[Any]) -> None:
    """Shifts the keys by which content leads to its elements (ISO 32000-1, 14.7.4.4)."""
    first = whole.next_key
    for key, value in _tree_entries(tree.get("/ParentTree"), "/Nums"):
        whole.parents[first + int(key)] = value.clone(whole.writer)
    keys = [*whole.parents]
    for thing in things:
        for name in ("/StructParents", "/StructParent"):
            if name in thing:
                thing[NameObject(name)] = NumberObject(first + int(thing[name]))
                keys.append(thing[name])
    whole.next_key = max(keys, default=first - 1) + 1


def _add_destinations(whole: _Whole, number: int, own: Mapping[bytes, Any], things: Iterable[Any]) -> None:
    """Renames a part's destinations, and whatever leads to one of them (ISO 32000-1, 12.3.2.3)."""
    for name, target in own.items():
        whole.destinations[_within(number, name)] = target
    for thing in things:
        key = "/D" if thing.get("/S") == "/GoTo" else "/Dest"
        target = thing.get(key)
        if isinstance(target, str | bytes):
            thing[NameObject(key)] = _within(number, _bytes(target))


def _destinations(catalog: Any) -> Iterator[tuple[bytes, Any]]:
    yield from ((_bytes(name), target) for name, target in catalog.get("/Dests", {}).items())
    for name, target in _tree_entries(catalog.get("/Names", {}).get("/Dests"), "/Names"):
        yield _bytes(name), target


def _add_structure(whole: _Whole, source: _Source, tree: Any) -> None:
    """Makes the part's structure a Part of the whole, with the part's language and title."""
    roles = _merge_names(whole.roles, tree.get("/RoleMap", {}), source.number)
    classes = {name: value.clone(whole.writer) for name, value in tree.get("/ClassMap", {}).items()}
    renamed = _merge_names(whole.classes, classes, source.number)
    whole.namespaces += [item.clone(whole.writer) for item in _items(tree.get("/Namespaces"))]
    tops = [item.get_object().clone(whole.writer) for item in _items(tree["/K"])]
    headed: set[int] = set()
    for element in _elements(tops):
        element[NameObject("/S")] = NameObject(roles.get(element["/S"], element["/S"]))
        _rename_classes(element, renamed)
        _rename_identifiers(whole, source.number, element, headed)
    part = _as_part(whole, tops)
    part.pop("/Lang", None)
    if source.language != whole.language:
        part[NameObject("/Lang")] = TextStringObject(source.language)
    part[NameObject("/T")] = TextStringObject(source.about.title)
    whole.parts.append(part)


def _as_part(whole: _Whole, tops: list[Any]) -> Any:
    """A Document on top becomes a Part; anything else is put into one."""
    if len(tops) == 1 and whole.roles.get(tops[0]["/S"], tops[0]["/S"]) == "/Document":
        tops[0][NameObject("/S")] = NameObject("/Part")
        return tops[0]
    part = _dictionary(Type="/StructElem", S="/Part", K=ArrayObject(top.indirect_reference for top in tops))
    reference = whole.writer._add_object(part)
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
        names = [NameObject(renamed[name]) if name in renamed else name for name in _items(element["/C"])]
        element[NameObject("/C")] = ArrayObject(names)


def _rename_identifiers(whole: _Whole, number: int, element: Any, headed: set[int]) -> None:
    """Renames an element's identifier, and those of the header cells that it names; `headed` are the lists done."""
    if "/ID" in element:
        identifier = _within(number, _bytes(element["/ID"]))
        element[NameObject("/ID")] = identifier
        whole.identifiers[identifier] = element.indirect_reference
    for attributes in map(_resolved, _items(element.get("/A"))):
        headers = _resolved(attributes.get("/Headers")) if isinstance(attributes, DictionaryObject) else None
        if headers and id(headers) not in headed:
            headers[:] = [_within(number, _bytes(header)) for header in headers]
            headed.add(id(headers))


def _add_entry(whole: _Whole, source: _Source, pages: Any, outline: list[Any]) -> None:
    """Puts the part's title into the outline, closed, and its own outline below (ISO 32000-1, 12.3.3)."""
    first_page = next(_pages(pages))
    left, _, _, top = (float(value) for value in first_page.get_inherited("/MediaBox"))
    place = [first_page.indirect_reference, NameObject("/XYZ"), FloatObject(left), FloatObject(top), NumberObject(0)]
    entry = _dictionary(Title=TextStringObject(source.about.title), Dest=ArrayObject(place))
    reference = whole.writer._add_object(entry)
    if outline:
        shown = sum(1 + max(int(item.get("/Count", 0)), 0) for item in outline)
        entry.update(_dictionary(First=outline[0].indirect_reference, Last=outline[-1].indirect_reference))
        entry[NameObject("/Count")] = NumberObject(-shown)
    for item in outline:
        item[NameObject("/Parent")] = reference
    whole.entries.append(entry)


def _add_labels(whole: _Whole, source: _Source) -> None:
    """Labels each page with the number of its part before its own label, so that no two are alike (12.4.2)."""
    own = {int(at): label for at, label in _tree_entries(source.catalog.get("/PageLabels"), "/Nums")}
    for at, label in sorted({0: _dictionary(S="/D"), **own}.items()):
        copy = label.get_object().clone(whole.writer, True)
        copy[NameObject("/P")] = TextStringObject(f"{source.number}-{copy.get('/P', '')}")
        whole.labels[whole.pages + at] = copy


# Writing


def _write_catalog(whole: _Whole, sources: Sequence[_Source]) -> None:
    root: Any = whole.writer.root_object
    pages = root["/Pages"]
    for tree in whole.page_trees:
        tree[NameObject("/Parent")] = pages.indirect_reference
        pages["/Kids"].append(tree.indirect_reference)
    pages[NameObject("/Count")] = NumberObject(whole.pages)
    marked = any(source.catalog["/MarkInfo"].get("/Suspects") for source in sources)
    root.update(
        _dictionary(
            Lang=TextStringObject(whole.language),
            MarkInfo=_dictionary(Marked=True, **({"Suspects": True} if marked else {})),
            StructTreeRoot=_write_structure(whole),
            Outlines=_write_outline(whole),
            PageMode="/UseOutlines",
            PageLabels=_dictionary(Nums=_pairs(whole.labels)),
            ViewerPreferences=_preferences(whole.writer, sources),
        )
    )
    if whole.destinations:
        root[NameObject("/Names")] = _dictionary(Dests=_name_tree(whole.destinations))
    if intents := _output_intents(sources):
        root[NameObject("/OutputIntents")] = intents.clone(whole.writer)


def _write_structure(whole: _Whole) -> Any:
    """One root, one Document, and the trees that lead to its elements (ISO 32000-1, table 322)."""
    add = whole.writer._add_object
    document = _dictionary(Type="/StructElem", S="/Document", K=_references(whole.parts))
    root = _dictionary(
        Type="/StructTreeRoot",
        K=ArrayObject([add(document)]),
        ParentTree=add(_dictionary(Nums=_pairs(whole.parents))),
        ParentTreeNextKey=whole.next_key,
    )
    for key, value in (("RoleMap", whole.roles), ("ClassMap", whole.classes)):
        if value:
            root[NameObject(f"/{key}")] = DictionaryObject((NameObject(name), item) for name, item in value.items())
    if whole.identifiers:
        root[NameObject("/IDTree")] = add(_name_tree(whole.identifiers))
    if whole.namespaces:
        root[NameObject("/Namespaces")] = ArrayObject(whole.namespaces)
        document[NameObject("/NS")] = whole.namespaces[0]
    for element, parent in ((document, add(root)), *((part, document.indirect_reference) for part in whole.parts)):
        element[NameObject("/P")] = parent
    return root.indirect_reference


def _write_outline(whole: _Whole) -> Any:
    for before, after in pairwise(whole.entries):
        before[NameObject("/Next")] = after.indirect_reference
        after[NameObject("/Prev")] = before.indirect_reference
    first, last = whole.entries[0].indirect_reference, whole.entries[-1].indirect_reference
    outline = _dictionary(Type="/Outlines", First=first, Last=last, Count=len(whole.entries))
    reference = whole.writer._add_object(outline)
    for entry in whole.entries:
        entry[NameObject("/Parent")] = reference
    return reference


def _preferences(writer: PdfWriter, sources: Sequence[_Source]) -> Any:
    """What all parts prefer, and that the title is shown (ISO 14289-1, 7.1)."""
    all_preferences = [source.catalog.get("/ViewerPreferences", {}) for source in sources]
    first = all_preferences[0]
    common = {key: first[key] for key in first if all(other.get(key) == first[key] for other in all_preferences)}
    preferences = DictionaryObject({key: value.clone(writer) for key, value in common.items()})
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    return preferences


def _output_intents(sources: Sequence[_Source]) -> Any:
    """The output intents, where every part has the same."""
    found = [source.catalog.get("/OutputIntents") for source in sources]
    same = len({_fingerprint(intents) for intents in found}) == 1
    return found[0] if same else None


def _fingerprint(intents: Any) -> str:
    shown = []
    for intent in map(_resolved, intents or []):
        profile = _resolved(intent.get("/DestOutputProfile"))
        shown.append((intent.get("/OutputConditionIdentifier"), profile and profile.get_data()))
    return repr(shown)


def _about(title: str, sources: Sequence[_Source]) -> About:
    abouts = [source.about for source in sources]
    claims = common_claims([about.claims for about in abouts])
    if _output_intents(sources) is None:
        # Without the colours' meaning a file is no archive (ISO 19005-2, 6.2.3).
        claims = replace(claims, archive_part="", archive_level="")
    authors = dict.fromkeys(author for about in abouts for author in about.authors)
    return About(title.strip(), tuple(authors), created=max(about.created for about in abouts), claims=claims)


# Small parts


def _dictionary(**entries: Any) -> Any:
    """A dictionary of PDF; a string that begins with a slash is a name."""
    return DictionaryObject((NameObject(f"/{key}"), _object(value)) for key, value in entries.items())


def _object(value: Any) -> Any:
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, str) and not isinstance(value, TextStringObject):
        return NameObject(value)
    return value


def _references(items: Iterable[Any]) -> Any:
    return ArrayObject(item.indirect_reference for item in items)


def _pairs(entries: Mapping[int, Any]) -> Any:
    """A number tree's one node (ISO 32000-1, 7.9.7)."""
    return ArrayObject(item for key in sorted(entries) for item in (NumberObject(key), entries[key]))


def _name_tree(entries: Mapping[bytes, Any]) -> Any:
    """A name tree of one node, sorted by bytes (ISO 32000-1, 7.9.6)."""
    return _dictionary(Names=ArrayObject(item for name in sorted(entries) for item in (name, entries[name])))


def _within(number: int, name: bytes) -> Any:
    """A name that is a part's own: "2.glossary"; text in UTF-16 stays such."""
    if name.startswith(BOM_UTF16_BE):
        return ByteStringObject(BOM_UTF16_BE + f"{number}.".encode("utf-16-be") + name[len(BOM_UTF16_BE) :])
    return ByteStringObject(f"{number}.".encode() + name)


def _bytes(name: Any) -> bytes:
    if isinstance(name, NameObject):
        return name[1:].encode("utf-8")
    return bytes(name.original_bytes)


def _resolved(item: Any) -> Any:
    return item.get_object() if isinstance(item, IndirectObject) else item


def _items(value: Any) -> list[Any]:
    """One thing or several, of which PDF often allows either, as a list."""
    value = _resolved(value)
    return [] if value is None else list(value) if isinstance(value, ArrayObject) else [value]


def _chain(first: Any) -> Iterator[Any]:
    """The items of one level of an outline."""
    item = _resolved(first)
    while item is not None:
        yield item
        item = _resolved(item.get("/Next"))


def _pages(node: Any) -> Iterator[Any]:
    """The pages below a node of a page tree, in their order."""
    for kid in map(_resolved, node["/Kids"]):
        yield from _pages(kid) if "/Kids" in kid else [kid]


def _tree_entries(node: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """The entries of a name or number tree, each value as it stands there."""
    if node is None:
        return
    items = list(node.get(leaf, []))
    yield from zip(items[::2], items[1::2], strict=True)
    for kid in map(_resolved, node.get("/Kids", [])):
        yield from _tree_entries(kid, leaf)


def _elements(tops: Iterable[Any]) -> Iterator[Any]:
    """All structure elements from some on down."""
    waiting = list(tops)
    while waiting:
        element = _resolved(waiting.pop())
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            waiting += _items(element.get("/K"))


def _dictionaries(starts: Iterable[Any]) -> Iterator[Any]:
    """Each dictionary that can be reached, once."""
    waiting, seen = list(starts), set[int]()
    while waiting:
        item = waiting.pop()
        reference = getattr(item, "indirect_reference", None)
        if reference is not None:
            if reference.idnum in seen:
                continue
            seen.add(reference.idnum)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            yield item
            waiting += item.values()
        elif isinstance(item, ArrayObject):
            waiting += item

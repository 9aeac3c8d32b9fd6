"""Binds finished, tagged PDFs into one that is tagged as they were: one structure tree, one outline, all links.

Joining pages alone loses the tags, or, worse, keeps those of the first file and says nothing. Here each part's
structure becomes a Part of one Document (ISO 32000-1, 14.7, 14.8.4.2), and all that names or numbers things within a
part is moved out of the others' way: parent tree keys, element identifiers, roles, classes, destinations.

What cannot be joined is refused, never dropped. Nothing is laid out or painted here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place
from merkblatt.pdf.merge_structure import Chapter, Structure, add_parents, add_part, within, write_structure
from merkblatt.pdf.objects import (
    UNREADABLE,
    bytes_of,
    dictionaries,
    dictionary,
    listed,
    name_tree,
    number_tree,
    pages_below,
    resolved,
    siblings,
    text,
    tree_entries,
)
from merkblatt.pdf.xmp import About, common_claims, read_about, set_identifier, write_about

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
    writer = PdfWriter()
    whole = _Whole(writer, Structure(writer, language or sources[0].language))
    whole.writer.pdf_header = max(source.version for source in sources)
    for source in sources:
        try:
            _add(whole, source)
        except UNREADABLE as error:
            raise Faulty([_unreadable(source.place, error)]) from None
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
    place: Place
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
        return _Source(
            number=number,
            place=place,
            catalog=catalog,
            about=read_about(reader),
            language=_language(catalog),
            version=max(reader.pdf_header, _version(catalog)),
        )
    except UNREADABLE as error:
        raise Faulty([_unreadable(place, error)]) from None


def _unreadable(place: Place, error: Exception) -> Finding:
    if isinstance(error, DependencyError):  # pypdf asks for a cipher
        return _encrypted(place)
    return Finding(place, f"is no readable PDF ({type(error).__name__})", "make the file again", code="bind")


def _encrypted(place: Place) -> Finding:
    return Finding(place, "is encrypted", "bind the file as it was before", code="bind")


def _language(catalog: Any) -> str:
    """The language of the whole structure: that of its one Document, or of the file (ISO 32000-1, 14.9.2)."""
    tops = listed(catalog["/StructTreeRoot"]["/K"])
    own = resolved(tops[0]).get("/Lang") if len(tops) == 1 else None
    return str(own or catalog["/Lang"])


def _version(catalog: Any) -> str:
    """A later version that the catalog names counts (ISO 32000-1, 7.2.2)."""
    return "%PDF-" + str(catalog.get("/Version", "/1.4"))[1:]


def _refusals(place: Place, reader: PdfReader, catalog: Any) -> Iterator[Finding]:
    if reader.is_encrypted:
        yield _encrypted(place)
        return
    if not (catalog.get("/MarkInfo", {}).get("/Marked") and listed(catalog.get("/StructTreeRoot", {}).get("/K"))):
        yield Finding(place, "has no tags", "bind the tagged file, not the print file beside it", code="bind")
    if not str(catalog.get("/Lang", "")):
        yield Finding(place, "names no language", "make it anew with a language", code="bind")
    if not read_about(reader).title:
        yield Finding(place, "has no title", "make it anew with a title", code="bind")
    names = {f"/Names{name}" for name in catalog.get("/Names", {})} - {"/Names/Dests"}
    for entry in sorted({*catalog, *names} - _JOINED - _SHOWING):
        yield Finding(place, f"holds {entry[1:]}, which cannot be joined", "leave this file out", code="bind")


# Gathering: each part is copied into the new file, and what it names or numbers is moved out of the others' way


@dataclass
class _Whole:
    """What has been gathered from the parts so far; all objects belong to `writer`."""

    writer: PdfWriter
    structure: Structure
    page_trees: list[Any] = field(default_factory=list)
    pages: int = 0
    destinations: dict[bytes, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    labels: dict[int, Any] = field(default_factory=dict)


def _add(whole: _Whole, source: _Source) -> None:
    catalog, tree = source.catalog, source.catalog["/StructTreeRoot"]
    # Without their way back, the copies do not drag the part's own roots along.
    _cut_loose(listed(tree["/K"]), "/P")
    _cut_loose(siblings(catalog.get("/Outlines", {}).get("/First")), "/Parent")
    pages = _copied_pages(whole.writer, catalog["/Pages"])
    destinations = {name: target.clone(whole.writer) for name, target in _destinations(catalog)}
    outline = _copied_outline(whole.writer, catalog)
    things = list(dictionaries([pages, *destinations.values(), *outline]))
    _add_destinations(whole, source.number, destinations, things)
    add_parents(whole.structure, tree, things)
    add_part(whole.structure, tree, Chapter(source.number, source.about.title, source.language))
    _add_entry(whole, source, pages, outline)
    _add_labels(whole, source)
    whole.page_trees.append(pages)
    whole.pages += int(pages["/Count"])


def _copied_pages(writer: PdfWriter, tree: Any) -> Any:
    """Copies first the pages, then what lies on them: links lead to pages, and pypdf follows each at once."""
    annotations = [page.pop("/Annots", None) for page in pages_below(tree)]
    copy = tree.clone(writer)
    for page, found in zip(pages_below(copy), annotations, strict=True):
        if found is not None:
            page[NameObject("/Annots")] = found.clone(writer)
    return copy


def _copied_outline(writer: PdfWriter, catalog: Any) -> list[Any]:
    first = catalog.get("/Outlines", {}).get("/First")
    return list(siblings(first.clone(writer))) if first is not None else []


def _cut_loose(items: Iterable[Any], key: str) -> None:
    for item in list(items):
        item.get_object().pop(key, None)


def _add_destinations(whole: _Whole, number: int, own: Mapping[bytes, Any], things: Iterable[Any]) -> None:
    """Renames a part's destinations, and whatever leads to one of them (ISO 32000-1, 12.3.2.3)."""
    for name, target in own.items():
        whole.destinations[within(number, name)] = target
    for thing in things:
        key = "/D" if thing.get("/S") == "/GoTo" else "/Dest"
        target = thing.get(key)
        if isinstance(target, str | bytes):
            thing[NameObject(key)] = within(number, bytes_of(target))


def _destinations(catalog: Any) -> Iterator[tuple[bytes, Any]]:
    yield from ((bytes_of(name), target) for name, target in catalog.get("/Dests", {}).items())
    for name, target in tree_entries(catalog.get("/Names", {}).get("/Dests"), "/Names"):
        yield bytes_of(name), target


def _add_entry(whole: _Whole, source: _Source, pages: Any, outline: list[Any]) -> None:
    """Puts the part's title into the outline, closed, and its own outline below (ISO 32000-1, 12.3.3)."""
    first_page = next(pages_below(pages))
    left, _, _, top = (float(value) for value in first_page.get_inherited("/MediaBox"))
    place = [first_page.indirect_reference, NameObject("/XYZ"), FloatObject(left), FloatObject(top), NumberObject(0)]
    entry = dictionary(Title=text(source.about.title), Dest=ArrayObject(place))
    reference = whole.writer._add_object(entry)
    if outline:
        shown = sum(1 + max(int(item.get("/Count", 0)), 0) for item in outline)
        entry.update(dictionary(First=outline[0].indirect_reference, Last=outline[-1].indirect_reference))
        entry[NameObject("/Count")] = NumberObject(-shown)
    for item in outline:
        item[NameObject("/Parent")] = reference
    whole.entries.append(entry)


def _add_labels(whole: _Whole, source: _Source) -> None:
    """Labels each page with the number of its part before its own label, so that no two are alike (12.4.2)."""
    own = {int(at): label for at, label in tree_entries(source.catalog.get("/PageLabels"), "/Nums")}
    for at, label in sorted({0: dictionary(S="/D"), **own}.items()):
        copy = label.get_object().clone(whole.writer, True)
        copy[NameObject("/P")] = text(f"{source.number}-{copy.get('/P', '')}")
        whole.labels[whole.pages + at] = copy


# Writing


def _write_catalog(whole: _Whole, sources: Sequence[_Source]) -> None:
    root: Any = whole.writer.root_object
    pages = root["/Pages"]
    for tree in whole.page_trees:
        tree[NameObject("/Parent")] = pages.indirect_reference
        pages["/Kids"].append(tree.indirect_reference)
    pages[NameObject("/Count")] = NumberObject(whole.pages)
    is_suspect = any(source.catalog["/MarkInfo"].get("/Suspects") for source in sources)
    root.update(
        dictionary(
            Lang=text(whole.structure.language),
            MarkInfo=dictionary(Marked=True, **({"Suspects": True} if is_suspect else {})),
            StructTreeRoot=write_structure(whole.structure),
            Outlines=_write_outline(whole),
            PageMode="/UseOutlines",
            PageLabels=number_tree(whole.labels),
            ViewerPreferences=_preferences(whole.writer, sources),
        )
    )
    if whole.destinations:
        root[NameObject("/Names")] = dictionary(Dests=name_tree(whole.destinations))
    if intents := _output_intents(sources):
        root[NameObject("/OutputIntents")] = intents.clone(whole.writer)


def _write_outline(whole: _Whole) -> Any:
    for before, after in pairwise(whole.entries):
        before[NameObject("/Next")] = after.indirect_reference
        after[NameObject("/Prev")] = before.indirect_reference
    first, last = whole.entries[0].indirect_reference, whole.entries[-1].indirect_reference
    outline = dictionary(Type="/Outlines", First=first, Last=last, Count=len(whole.entries))
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
    preferences.update(dictionary(DisplayDocTitle=True))
    return preferences


def _output_intents(sources: Sequence[_Source]) -> Any:
    """The output intents, where every part has the same."""
    found = [source.catalog.get("/OutputIntents") for source in sources]
    same = len({_fingerprint(intents) for intents in found}) == 1
    return found[0] if same else None


def _fingerprint(intents: Any) -> str:
    shown = []
    for intent in map(resolved, listed(intents)):
        profile = resolved(intent.get("/DestOutputProfile"))
        shown.append((intent.get("/OutputConditionIdentifier"), profile.get_data() if profile else b""))
    return repr(shown)


def _about(title: str, sources: Sequence[_Source]) -> About:
    abouts = [source.about for source in sources]
    claims = common_claims([about.claims for about in abouts])
    if _output_intents(sources) is None:
        # Without the colours' meaning a file is no archive (ISO 19005-2, 6.2.3).
        claims = replace(claims, archive_part="", archive_level="")
    authors = dict.fromkeys(author for about in abouts for author in about.authors)
    return About(title.strip(), tuple(authors), created=max(about.created for about in abouts), claims=claims)

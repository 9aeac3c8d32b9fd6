"""Binds finished, tagged PDFs into one that is tagged as they were: one structure tree, one outline, all links.

Joining pages alone loses the tags, or, worse, keeps those of the first file and says nothing. Here each part's
structure becomes a Part of one Document (ISO 32000-1, 14.7, 14.8.4.2), and all that names or numbers things within a
part is moved out of the others' way: parent tree keys, element identifiers, roles, classes, destinations.

What cannot be joined is refused, never dropped. Nothing is laid out or painted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from merkblatt.pdf.merge_navigation import (
    Navigation,
    add_destinations,
    add_entry,
    add_labels,
    destinations_of,
    rename_targets,
    write_navigation,
)
from merkblatt.pdf.merge_sources import Part, Source, open_all, unreadable
from merkblatt.pdf.merge_structure import Chapter, Structure, add_part, shift_keys, write_structure
from merkblatt.pdf.objects import UNREADABLE, copied, dictionaries, listed, refuse_mended, saved
from merkblatt.pdf.xmp import About, common_claims, write_about

__all__ = ["Part", "bind"]


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
    sources = open_all(parts)
    if not sources:
        raise Faulty([Finding(COMMAND_LINE, "there is nothing to bind", "name the files")])
    if not title.strip():
        raise Faulty([Finding(COMMAND_LINE, "the whole has no title", "give it one")])
    target = pikepdf.new()
    whole = _Whole(target, Structure(target, language or sources[0].language), Navigation(target))
    for source in sources:
        try:
            _add(whole, source)
        except UNREADABLE as error:
            raise Faulty([unreadable(source.place, error)]) from None
    _write_catalog(whole, sources)
    write_about(target, _about(title, sources))
    return saved(target, least=max(source.version for source in sources))


@dataclass(frozen=True)
class _Whole:
    """What has been gathered from the parts so far; all objects belong to `target`."""

    target: pikepdf.Pdf
    structure: Structure
    navigation: Navigation


def _add(whole: _Whole, source: Source) -> None:
    """Moves what a part names and numbers out of the others' way, then copies it into the whole."""
    file, target, first = source.file, whole.target, len(whole.target.pages)
    tree, outlines = file.Root.StructTreeRoot, file.Root.get("/Outlines")
    things = list(dictionaries([*(page.obj for page in file.pages), *destinations_of(file.Root).values(), outlines]))
    free = shift_keys(whole.structure.next_key, things)
    rename_targets(source.number, things)
    # First the pages: qpdf copies a reference to one only as far as the page itself is copied, sooner or later.
    for page in file.pages:
        target.pages.append(page)
    chapter = Chapter(source.number, source.about.title, source.language)
    add_part(whole.structure, copied(target, tree, file), chapter, free)
    add_destinations(whole.navigation, source.number, file)
    add_entry(whole.navigation, source.about.title, target.pages[first], file)
    add_labels(whole.navigation, source.number, first, file)
    refuse_mended(file)


def _write_catalog(whole: _Whole, sources: Sequence[Source]) -> None:
    root = whole.target.Root
    root.Lang = whole.structure.language
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    if any(source.file.Root.MarkInfo.get("/Suspects") for source in sources):
        root.MarkInfo.Suspects = True
    root.StructTreeRoot = write_structure(whole.structure)
    root.ViewerPreferences = _preferences(whole.target, sources)
    write_navigation(whole.navigation)
    if intents := _output_intents(sources):
        root.OutputIntents = copied(whole.target, intents, sources[0].file)


def _preferences(target: pikepdf.Pdf, sources: Sequence[Source]) -> Any:
    """What all parts prefer, and that the title is shown (ISO 14289-1, 7.1)."""
    preferences: list[Any] = [source.file.Root.get("/ViewerPreferences", {}) for source in sources]
    first, *others = preferences
    common = {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}
    own = {key: copied(target, value, sources[0].file) for key, value in common.items()}
    return pikepdf.Dictionary(own | {"/DisplayDocTitle": True})


def _output_intents(sources: Sequence[Source]) -> Any:
    """The output intents of the first part, where every part has the same."""
    found = [source.file.Root.get("/OutputIntents") for source in sources]
    same = len({_fingerprint(intents) for intents in found}) == 1
    return found[0] if same else None


def _fingerprint(intents: Any) -> str:
    shown = []
    for intent in listed(intents):
        profile = intent.get("/DestOutputProfile")
        condition = str(intent.get("/OutputConditionIdentifier", ""))
        shown.append((condition, profile.read_bytes() if profile is not None else b""))
    return repr(shown)


def _about(title: str, sources: Sequence[Source]) -> About:
    abouts = [source.about for source in sources]
    claims = common_claims([about.claims for about in abouts])
    if _output_intents(sources) is None:
        # Without the colours' meaning a file is no archive (ISO 19005-2, 6.2.3).
        claims = replace(claims, archive_part="", archive_level="")
    authors = dict.fromkeys(author for about in abouts for author in about.authors)
    return About(title.strip(), tuple(authors), created=max(about.created for about in abouts), claims=claims)

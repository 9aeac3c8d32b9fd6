"""Does each sheet have the form of good patient information: a short message, something to do, short lists, sources.

Also what is missing beside the words: alternative texts of drawings, editions, addresses that are known. The points
are those of Gute Praxis Gesundheitsinformation, DISCERN and PEMAT-P that a tool can count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from merkblatt.check.readability import words_of
from merkblatt.check.texts import all_texts, plain, sheet_editions, texts_in
from merkblatt.content.library import Library
from merkblatt.content.model import Exercise, Link, Sheet
from merkblatt.core.findings import Finding, Place, Severity, shown
from merkblatt.tailoring.leaflet import Leaflet

#: The most words of a main message, and the most items of a list (PEMAT-P, CDC Clear Communication Index).
MESSAGE_WORDS = 30
LIST_ITEMS = 7

_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)[^\s)\]>„“\"]+", re.IGNORECASE)


def check_form(library: Library, today: date) -> Iterator[Finding]:
    """All findings on the form of sheets and on links."""
    for name, sheet in library.sheets.items():
        yield from _deeds(name, sheet, library)
        yield from _dates(name, sheet, today)
        yield from _missing_editions(name, sheet, library)
    yield from _out_of_step(library)
    yield from _messages(library)
    yield from _alt_texts(library)
    yield from _addresses(library)
    for link in library.links.values():
        yield from _link(link, library)


def check_lists(leaflet: Leaflet, library: Library) -> Iterator[Finding]:
    """Lists that a leaflet prints with more items than a reader keeps in view."""
    for part in leaflet.parts:
        for advice in part.advice:
            for group in advice.groups:
                for run in group.runs:
                    if len(run.items) > LIST_ITEMS:
                        where = library.modules[advice.id].title.at(leaflet.edition_id)
                        yield _long_list(where, advice.id, run.kind, len(run.items))


def _long_list(place: Place, module: str, kind: str, count: int) -> Finding:
    message = f'module {shown(module)} has {count} statements "{kind}" in a row, wanted at most {LIST_ITEMS}'
    return Finding(place, message, "leave some out, or make two modules of it", Severity.WARNING, "list")


# --- sheets -----------------------------------------------------------------------------------------------


def _messages(library: Library) -> Iterator[Finding]:
    for name, sheet, edition in sheet_editions(library):
        count = len(words_of(plain(sheet.message.text.get(edition) or "")))
        if count > MESSAGE_WORDS:
            message = f"the message of {shown(name)} has {count} words in {edition}, wanted at most {MESSAGE_WORDS}"
            hint = "one main message; the rest belongs into a module"
            yield Finding(sheet.message.text.at(edition), message, hint, Severity.WARNING, "message")


def _deeds(name: str, sheet: Sheet, library: Library) -> Iterator[Finding]:
    """A sheet that only informs helps nobody: at least one thing to do, beside the warning signs."""
    modules = [library.modules[module] for section in sheet.sections for module in section.modules]
    does = any(statement.kind == "do" for module in modules for statement in module.statements)
    if not does and not any(section.exercises for section in sheet.sections):
        hint = "add a statement of the kind do, or an exercise"
        message = f"sheet {shown(name)} gives nothing to do"
        yield Finding(sheet.at("sections"), message, hint, Severity.WARNING, "deed")


def _dates(name: str, sheet: Sheet, today: date) -> Iterator[Finding]:
    """Each sheet has a day of issue, by its model; one that is to come is most likely a slip."""
    if sheet.issued > today:
        message = f"sheet {shown(name)} was issued on {sheet.issued}, which is to come"
        yield Finding(sheet.at("issued"), message, "the day on which it was written", Severity.NOTE, "date")


def _missing_editions(name: str, sheet: Sheet, library: Library) -> Iterator[Finding]:
    missing = [edition for edition in library.editions if sheet.title.get(edition) is None]
    if missing:
        message = f"sheet {shown(name)} has no edition {', '.join(sorted(missing))}"
        hint = "its title in an edition says that it has one; then every text needs it"
        yield Finding(sheet.at("title"), message, hint, Severity.NOTE, "edition")


def _out_of_step(library: Library) -> Iterator[Finding]:
    """Modules, exercises and links of which an edition has a part only, though no sheet needs it yet.

    Where a sheet has the edition, what it lacks keeps the sheet from being made, and is told as an error.
    """
    needed = _needed_editions(library)
    for shelf in (library.modules, library.exercises, library.links):
        for name, value in shelf.items():
            texts = texts_in(value)
            begun = {edition for text in texts for edition in text.root} - needed.get(name, set())
            for text in texts:
                for edition in sorted(begun - set(text.root)):
                    message = f"has no text in edition {shown(edition)}, in which {shown(name)} has others"
                    yield Finding(text.at(), message, f"add {edition}: …", Severity.WARNING, "edition")


def _needed_editions(library: Library) -> dict[str, set[str]]:
    """The editions of the sheets on which a module, an exercise or a link stands."""
    needed: dict[str, set[str]] = {}
    for _, sheet, edition in sheet_editions(library):
        for section in sheet.sections:
            for name in (*section.modules, *section.exercises, *section.links):
                needed.setdefault(name, set()).add(edition)
    return needed


# --- drawings ---------------------------------------------------------------------------------------------


def _alt_texts(library: Library) -> Iterator[Finding]:
    """A drawing has words for who does not see it, in each edition of each sheet that shows it."""
    wanted: dict[str, dict[str, None]] = {}
    for _, sheet, edition in sheet_editions(library):
        for name in (name for section in sheet.sections for name in section.exercises):
            wanted.setdefault(name, {})[edition] = None
    for name, exercise in library.exercises.items():
        if exercise.figure:
            yield from _alt_text(name, exercise, wanted.get(name, {}))


def _alt_text(name: str, exercise: Exercise, editions: Iterable[str]) -> Iterator[Finding]:
    hint = "say what the drawing shows: alt: {de: …}"
    if exercise.alt is None:
        message = f"the drawing of {shown(name)} has no alternative text"
        yield Finding(exercise.at("figure"), message, hint, Severity.WARNING, "alt")
        return
    for edition in editions:
        if exercise.alt.get(edition) is None:
            message = f"the drawing of {shown(name)} has no alternative text in {edition}"
            yield Finding(exercise.alt.at(), message, hint, Severity.WARNING, "alt")


# --- links ------------------------------------------------------------------------------------------------


def _link(link: Link, library: Library) -> Iterator[Finding]:
    """The address is safe, and the way to the page is the one that the source names."""
    if urlsplit(link.url).scheme != "https":
        message = f"address {shown(link.url)} does not begin with https://"
        yield Finding(link.at("url"), message, "look whether the site has it", Severity.WARNING, "link")
    for claim in filter(lambda claim: claim.path, map(library.claims.__getitem__, link.claims)):
        shows = [" ".join(text.root.values()) for text in link.path]
        way = " > ".join(claim.path)
        if len(shows) != len(claim.path) or any(
            step not in words for step, words in zip(claim.path, shows, strict=True)
        ):
            message = f"link {shown(link.id)} shows another way to click than claim {shown(claim.id)} names: {way}"
            yield Finding(link.at("path"), message, "write the same steps in path", Severity.WARNING, "link")


def _addresses(library: Library) -> Iterator[Finding]:
    """Addresses in prose lead to hosts that links.yaml knows, and safely."""
    known = {_host(link.url) for link in library.links.values()}
    for text in all_texts(library):
        for edition, words in text.root.items():
            for address in _ADDRESS.findall(words):
                yield from _address(address.rstrip(".,;:!?"), known, text.at(edition))


def _address(address: str, known: set[str], place: Place) -> Iterator[Finding]:
    if "://" in address and not address.casefold().startswith("https://"):
        message = f"address {shown(address)} does not begin with https://"
        yield Finding(place, message, "look whether the site has it", Severity.WARNING, "link")
    if _host(address) not in known:
        message = f"address {shown(address)} leads to a host that links.yaml does not know"
        yield Finding(place, message, "put it there, with its ground", Severity.WARNING, "link")


def _host(address: str) -> str:
    """The host of an address with or without its scheme; "www." is the same place."""
    with_scheme = address if "://" in address else f"https://{address}"
    return (urlsplit(with_scheme).hostname or "").removeprefix("www.")

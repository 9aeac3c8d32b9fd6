"""The texts of the library as checks read them: which stand on a sheet, in which order, in which edition.

Gives texts with their places; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from merkblatt.content.library import Library
from merkblatt.content.model import Exercise, Link, Module, Sheet, Text
from merkblatt.content.unwritten import UNWRITTEN
from merkblatt.core.findings import Place

_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_MARKS = re.compile(r"\\([^\w\s])|[*_]{1,3}")


@dataclass(frozen=True)
class Said:
    """One text of a sheet in one edition, as a reader sees it.

    `kind` is that of a statement, or `heading`, `message`, `exercise`; `chunk` names what it stands in.
    """

    words: str
    kind: str
    chunk: str
    place: Place


def sheet_editions(library: Library) -> Iterator[tuple[str, Sheet, str]]:
    """Each sheet with each edition that it has."""
    for name, sheet in library.sheets.items():
        for edition in library.editions:
            if sheet.title.get(edition) is not None:
                yield name, sheet, edition


def texts_on(sheet: Sheet, edition: str, library: Library) -> list[Said]:
    """What a sheet says to everyone in an edition, in the order of the page, without its contacts."""
    placed = [(sheet.title, "heading", "message"), (sheet.subtitle, "heading", "message")]
    placed.append((sheet.message.text, "message", "message"))
    for section in sheet.sections:
        for name in section.modules:
            placed += _with_headings(library.modules[name], name, library)
        for name in section.exercises:
            placed += [(text, "exercise", name) for text in _movement(library.exercises[name])]
    # A warning that is the same for all exercises is printed once.
    once = {
        (kind == "exercise" and text.get(edition)) or index: (text, kind, chunk)
        for index, (text, kind, chunk) in enumerate(placed)
    }
    return [said for text, kind, chunk in once.values() if (said := _said(text, edition, kind, chunk))]


def _with_headings(module: Module, name: str, library: Library) -> Iterator[tuple[Text, str, str]]:
    """The title, and each statement after the heading of the stage that it depends on."""
    yield module.title, "heading", name
    for statement in module.statements:
        when = statement.when or module.when
        if when and when.stage:
            yield library.stages[when.stage].heading, "heading", name
        yield statement.text, statement.kind, name


def texts_of(library: Library, edition: str) -> list[Said]:
    """Every text of an edition once, on a sheet or not."""
    placed = [(sheet.message.text, "message", name) for name, sheet in library.sheets.items()]
    for name, module in library.modules.items():
        placed += [(one.text, one.kind, name) for one in module.statements]
    for name, exercise in library.exercises.items():
        placed += [(text, "exercise", name) for text in _movement(exercise)]
    return [said for text, kind, chunk in placed if (said := _said(text, edition, kind, chunk))]


def all_texts(library: Library) -> Iterator[Text]:
    """Every text that can be printed, whatever its edition."""
    for shelf in (library.modules, library.sheets, library.exercises, library.links):
        for value in shelf.values():
            yield from texts_in(value)


def texts_in(value: Module | Sheet | Exercise | Link) -> tuple[Text, ...]:
    """The texts that one file, or one link, holds."""
    match value:
        case Module():
            return (value.title, *(statement.text for statement in value.statements))
        case Sheet():
            return (value.title, value.subtitle, value.message.text)
        case Link():
            return (value.name, value.offers, *value.path)
    return (value.name, *_movement(value), *([value.alt] if value.alt else []))


def plain(prose: str) -> str:
    """Prose without its Markdown: the words alone."""
    return " ".join(_MARKS.sub(r"\1", _LINK.sub(r"\1", prose)).split())


def _said(text: Text, edition: str, kind: str, chunk: str) -> Said | None:
    words = text.get(edition)
    if words is None or words.startswith(UNWRITTEN):
        return None
    return Said(plain(words), kind, chunk, text.at(edition))


def _movement(exercise: Exercise) -> tuple[Text, ...]:
    return (exercise.start, *exercise.steps, exercise.caution, exercise.too_much)

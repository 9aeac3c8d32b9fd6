"""The texts that an edition takes over from another one, with their originals and where they stand. Reads alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import BaseModel

from merkblatt.content.library import FOLDERS, Library
from merkblatt.content.model import Edition, Placed, Plural, Text
from merkblatt.content.unwritten import UNWRITTEN
from merkblatt.core.findings import Place


@dataclass(frozen=True)
class Translation:
    """One text in an edition that is translated from another.

    `file` is seen from its content folder, `path` is where the text stands in it ("statements.0.text"); `words` is
    None where the edition has none yet.
    """

    root: Path
    file: str
    path: str
    edition: str
    base: str
    original: str
    words: str | None
    place: Place

    @property
    def is_written(self) -> bool:
        """Whether the edition has words of its own here."""
        return self.words is not None and not self.words.startswith(UNWRITTEN)

    @property
    def marks(self) -> str:
        """What is kept of original and translation when they are accepted."""
        return f"{mark_of(self.original)} {mark_of(self.words or '')}"


def translations(library: Library) -> Iterator[Translation]:
    """Every text that an edition takes over from another one, written or not."""
    for name, edition in library.editions.items():
        if edition.base is None:
            continue
        yield from _own_words(name, edition, library)
        for holder, path, text in _texts(library):
            original = text.get(edition.base)
            if original is not None:
                place = text.at(name) if text.get(name) is not None else text.at()
                root, file = _file(holder, library)
                yield Translation(root, file, path, name, edition.base, original, text.get(name), place)


def mark_of(words: str) -> str:
    """Eight hexadecimal digits, the same for words that differ only in their spaces and line ends."""
    return hashlib.sha256(" ".join(words.split()).encode("utf-8")).hexdigest()[:8]


def _own_words(name: str, edition: Edition, library: Library) -> Iterator[Translation]:
    """The page's own words, which each edition has in a file of its own."""
    base = library.editions[edition.base or name]
    root, file = _file(edition, library)
    originals = dict(_named_words(base))
    for path, words in _named_words(edition):
        field, _, key = path.partition(".")
        holder = getattr(edition, field)
        place = holder.at(key) if isinstance(holder, Placed) else edition.at(field)
        if path in originals:
            yield Translation(root, file, path, name, edition.base or name, originals[path], words, place)


def _named_words(edition: Edition) -> Iterator[tuple[str, str]]:
    for section, words in edition.sections.items():
        yield f"sections.{section}", words
    for label in type(edition.labels).model_fields:
        value: str | Plural = getattr(edition.labels, label)
        yield f"labels.{label}", value if isinstance(value, str) else _forms(value)
    if edition.weeks:
        yield "weeks", _forms(edition.weeks)


def _forms(words: Plural) -> str:
    return " / ".join(words.model_dump(exclude_none=True).values())


def _texts(library: Library) -> Iterator[tuple[Placed, str, Text]]:
    """Every text of the library with the value that holds it and its path there; ids stand for places in lists."""
    for shelf in fields(library):
        values = getattr(library, shelf.name)
        # The glossary is for authors, and an edition takes from its language what it lacks there.
        if not isinstance(values, Mapping) or shelf.name == "terms":
            continue
        for key, value in values.items():
            if isinstance(value, Placed) and not isinstance(value, Edition):
                for path, text in _texts_in(value, () if shelf.name in FOLDERS else (shelf.name, key)):
                    yield value, path, text


def _texts_in(value: object, steps: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield ".".join(steps), value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts_in(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts_in(item, (*steps, str(number)))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts_in(item, (*steps, str(key)))


def _file(value: Placed, library: Library) -> tuple[Path, str]:
    """The content folder that a value stands in, and its file as seen from there."""
    path = value.at().path
    root = next(root for root in reversed(library.roots) if path.is_relative_to(root))
    return root, path.relative_to(root).as_posix()

"""Keeps translations in step with what they were made from, and tells which are not.

For each translated text `in-step.json`, in the content folder, holds a mark of the original and one of the translation,
written when a person says that the two agree (`accept`). Where the original has another mark now, it has changed since.
Reads the library; writes that one file and no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel

from merkblatt.content.library import FOLDERS, Library
from merkblatt.content.model import Edition, Placed, Plural, Text
from merkblatt.content.unwritten import UNWRITTEN, unwritten_words
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place, Severity, did_you_mean, shown

FILE = "in-step.json"

#: By edition, by file, by the text's path in the file: the marks of original and translation.
Marks = dict[str, dict[str, dict[str, str]]]


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
        return f"{_mark(self.original)} {_mark(self.words or '')}"


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


def missing_texts(library: Library, edition: str) -> list[Translation]:
    """The texts that an edition lacks."""
    return [one for one in translations(library) if one.edition == edition and one.words is None]


def find_missing(library: Library) -> Iterator[Finding]:
    """What each edition lacks: its own words, and texts; told once a file where a file has none of them."""
    found = list(translations(library))
    for name, edition in library.editions.items():
        unwritten = list(unwritten_words(edition))
        yield from unwritten
        own = sorted((one for one in found if one.edition == name), key=lambda one: (str(one.root), one.file))
        if unwritten:
            yield from _none_yet(own, edition)
            continue
        for _, held in groupby(own, key=lambda one: (one.root, one.file)):
            yield from _missing_in(list(held))


def find_stale(library: Library) -> Iterator[Finding]:
    """The translations whose original has changed since they were accepted, or that nobody has accepted."""
    kept = {root: read_marks(root) for root in library.roots}
    for one in translations(library):
        if not one.is_written:
            continue
        marks = kept[one.root].get(one.edition, {}).get(one.file, {})
        hint = f"compare the two, then: merkblatt accept {one.edition} {one.file}"
        if one.path not in marks and one.marks not in marks.values():
            message = f"the text in {shown(one.edition)} has not been accepted as a translation"
            yield Finding(one.place, message, hint, Severity.WARNING, "in-step")
        elif not _agrees(one, marks):
            message = f"the text in {shown(one.base)} has changed after its translation into {shown(one.edition)}"
            yield Finding(one.place, message, hint, Severity.WARNING, "in-step")


def accept(library: Library, edition: str, files: Iterable[Path] = ()) -> int:
    """Keeps that the texts of an edition agree with their originals; gives how many.

    Args:
        library: all content.
        edition: the edition that is accepted.
        files: the content files to accept, as seen from here or from their content folder; none for all.

    Raises:
        Faulty: the edition is unknown or not translated, or a file is none of the content.
    """
    own = _of_edition(library, edition)
    wanted = _wanted(own, files)
    accepted = 0
    for root in library.roots:
        marks = read_marks(root)
        held = [one for one in own if one.root == root and (root, one.file) in wanted]
        for file in {file for of, file in wanted if of == root}:
            new = {one.path: one.marks for one in held if one.file == file and one.is_written}
            accepted += len(new)
            marks.setdefault(edition, {})[file] = new
        if not files:
            known = {one.file for one in held}
            marks[edition] = {file: of for file, of in marks.get(edition, {}).items() if file in known}
        _write_marks(root, marks)
    return accepted


def read_marks(root: Path) -> Marks:
    """What was accepted in a content folder.

    Raises:
        Faulty: the file is not what `accept` writes.
    """
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        marks: Marks = json.loads(path.read_text(encoding="utf-8"))
        if all(isinstance(mark, str) for of in marks.values() for file in of.values() for mark in file.values()):
            return marks
    except (ValueError, AttributeError):
        pass
    hint = "take the last version that was right, or remove the file and accept anew"
    raise Faulty([Finding(Place(path), "cannot be understood", hint)])


def _write_marks(root: Path, marks: Marks) -> None:
    marks = {edition: {file: held for file, held in files.items() if held} for edition, files in marks.items()}
    marks = {edition: files for edition, files in marks.items() if files}
    if marks != read_marks(root):
        text = json.dumps(marks, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(root / FILE, text.encode("utf-8"))


def _of_edition(library: Library, edition: str) -> list[Translation]:
    if edition not in library.editions:
        hint = did_you_mean(edition, library.editions)
        raise Faulty([Finding(COMMAND_LINE, f"unknown edition {shown(edition)}", hint, code="unknown-name")])
    if library.editions[edition].base is None:
        message = f"edition {shown(edition)} is translated from no other"
        raise Faulty([Finding(library.editions[edition].at(), message, "name its base: de")])
    return [one for one in translations(library) if one.edition == edition]


def _wanted(own: Iterable[Translation], files: Iterable[Path]) -> set[tuple[Path, str]]:
    """The files that are asked for; all where none is named."""
    known = {(one.root, one.file) for one in own}
    if not (named := list(files)):
        return known
    found = {
        path: {k for k in known if k[1] == path.as_posix() or (k[0] / k[1]).resolve() == path.resolve()}
        for path in named
    }
    lost = [path for path, held in found.items() if not held]
    if lost:
        names = [file for _, file in known]
        raise Faulty(
            Finding(COMMAND_LINE, f"unknown file {shown(str(p))}", did_you_mean(str(p), names), code="unknown-name")
            for p in lost
        )
    return set().union(*found.values())


def _missing_in(held: list[Translation]) -> Iterator[Finding]:
    """The missing texts of one file in one edition."""
    missing = [one for one in held if one.words is None]
    if not missing:
        return
    first = missing[0]
    if len(missing) == len(held):
        message = f"has nothing in edition {shown(first.edition)} yet: {_count(len(missing), 'text')}"
        place = Place(first.place.path, 1, 1)
        yield Finding(place, message, f"add {first.edition}: … to each", Severity.WARNING, "edition")
        return
    for one in missing:
        message, hint = f"has no text in edition {shown(one.edition)}", f"add {one.edition}: …"
        yield Finding(one.place, message, hint, Severity.WARNING, "edition")


def _none_yet(held: list[Translation], edition: Edition) -> Iterator[Finding]:
    """What an edition lacks whose own words are still to be written, in one line."""
    missing = [one for one in held if one.words is None]
    if missing:
        files = len({(one.root, one.file) for one in missing})
        message = f"{_count(len(missing), 'text')} in {_count(files, 'file')} are missing"
        yield Finding(edition.at(), message, "begin with the words of the edition", Severity.WARNING, "edition")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _agrees(one: Translation, marks: Mapping[str, str]) -> bool:
    """Whether the original is the accepted one; a text that only moved within its file is known by both marks."""
    if marks.get(one.path, "").split(" ")[0] == _mark(one.original):
        return True
    return one.marks in marks.values()


def _mark(words: str) -> str:
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

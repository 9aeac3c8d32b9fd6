"""Keeps translations in step with what they were made from, and tells which are not.

For each translated text `in-step.json`, in the content folder, holds a mark of the original and one of the translation,
written when a person says that the two agree (`accept`). Where the original has another mark now, it has changed since.
Reads the library; writes that one file and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from merkblatt.authoring.translated_texts import Translation, mark_of, translations
from merkblatt.content.library import Library
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place, Severity, did_you_mean, shown

FILE = "in-step.json"

#: By edition, by file, by the text's path in the file: the marks of original and translation.
Marks = dict[str, dict[str, dict[str, str]]]


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


def _agrees(one: Translation, marks: Mapping[str, str]) -> bool:
    """Whether the original is the accepted one; a text that only moved within its file is known by both marks."""
    if marks.get(one.path, "").split(" ")[0] == mark_of(one.original):
        return True
    return one.marks in marks.values()

"""Reads the content folders into one frozen library; the only reader of content.

Later folders add to and override earlier ones, file by file (in claims, links, sources and conditions: id by id).
Every name that a file uses is looked up here, so that what leaves this room has no loose ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from merkblatt.content.model import (
    Circumstance,
    Claim,
    Claims,
    Conditions,
    Edition,
    Exercise,
    Glossary,
    Guideline,
    Guidelines,
    LeftOut,
    LeftOuts,
    Link,
    Links,
    Module,
    Sheet,
    Source,
    Sources,
    Stage,
    Term,
    When,
)
from merkblatt.content.patterns import is_id
from merkblatt.content.validation import to_model
from merkblatt.core.findings import Faulty, Finding, Place, did_you_mean, shown
from merkblatt.core.yaml_reader import parse_yaml, read_text

#: One file, one value; the file's name is the id.
FOLDERS: dict[str, type[BaseModel]] = {
    "sheets": Sheet,
    "modules": Module,
    "exercises": Exercise,
    "editions": Edition,
}
#: One file, many values.
FILES: dict[str, type[BaseModel]] = {
    "claims.yaml": Claims,
    "sources.yaml": Sources,
    "conditions.yaml": Conditions,
    "links.yaml": Links,
    "left-out.yaml": LeftOuts,
    "glossary.yaml": Glossary,
    "guidelines.yaml": Guidelines,
}


@dataclass(frozen=True)
class Library:
    """All content, by id."""

    roots: tuple[Path, ...]
    claims: Mapping[str, Claim]
    claim_source: Mapping[str, str]
    sources: Mapping[str, Source]
    left_out: Mapping[str, LeftOut]
    stages: Mapping[str, Stage]
    circumstances: Mapping[str, Circumstance]
    links: Mapping[str, Link]
    terms: Mapping[str, Term]
    guidelines: Mapping[str, Guideline]
    modules: Mapping[str, Module]
    exercises: Mapping[str, Exercise]
    sheets: Mapping[str, Sheet]
    editions: Mapping[str, Edition]


@dataclass
class _Shelves:
    """What has been read so far; frozen into a Library at the end."""

    roots: tuple[Path, ...]
    findings: list[Finding] = field(default_factory=list)
    values: dict[str, dict[str, BaseModel]] = field(default_factory=lambda: {name: {} for name in FOLDERS})
    listed: dict[str, dict[str, BaseModel]] = field(default_factory=dict)
    claim_source: dict[str, str] = field(default_factory=dict)


def load_library(roots: Iterable[Path]) -> Library:
    """The library that the folders make together.

    Args:
        roots: content folders; a later one overrides an earlier one.

    Raises:
        Faulty: with all findings of all files.
    """
    shelves = _Shelves(tuple(roots))
    for root in shelves.roots:
        _read_root(root, shelves)
    library = _freeze(shelves)
    findings = shelves.findings or list(_loose_ends(library))
    if findings:
        raise Faulty(sorted(set(findings), key=lambda finding: (finding.place, finding.message)))
    return library


def _read_root(root: Path, shelves: _Shelves) -> None:
    if not root.is_dir():
        shelves.findings.append(Finding(Place(root), "is not a folder", "name a folder of content"))
        return
    for name, model in FOLDERS.items():
        for path in _yaml_files(root / name, shelves):
            value = _read(path, root, model, shelves)
            if value is not None:
                shelves.values[name][path.stem] = value
    for name, model in FILES.items():
        value = _read(root / name, root, model, shelves) if (root / name).exists() else None
        if value is not None:
            _put_all(shelves, value)


def _yaml_files(folder: Path, shelves: _Shelves) -> Iterator[Path]:
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix == ".yaml" and not is_id(path.stem):
            hint = "small letters, digits and single hyphens: neck-warmth.yaml"
            shelves.findings.append(Finding(Place(path), "its name cannot be an id", hint))
        elif path.suffix == ".yaml":
            yield path
        elif path.suffix in {".yml", ".YAML", ".YML"}:
            shelves.findings.append(Finding(Place(path), "would not be read", f"rename it to {path.stem}.yaml"))


def _read(path: Path, root: Path, model: type[BaseModel], shelves: _Shelves) -> BaseModel | None:
    """The value of a file; None, with findings kept, where it is at fault."""
    if not path.resolve().is_relative_to(root.resolve()):
        hint = "put the file itself there, not a link"
        shelves.findings.append(Finding(Place(path), f"leads out of {root}", hint))
        return None
    try:
        return _value(read_text(path), path, model)
    except Faulty as error:
        shelves.findings.extend(error.findings)
        return None


# Whoever reads the folders again, as a preview does after each save, finds most files as they were.
@lru_cache(maxsize=1000)
def _value(text: str, path: Path, model: type[BaseModel]) -> BaseModel:
    return to_model(parse_yaml(text, path), model, path)


def _put_all(shelves: _Shelves, value: BaseModel) -> None:
    """Puts the items of a file of many values onto their shelves; an id may stand in a file once."""
    for name in type(value).model_fields:
        items = getattr(value, name)
        if not isinstance(items, tuple):
            continue
        seen: dict[str, Place] = {}
        for item in items:
            key = item.claim if isinstance(item, LeftOut) else item.id
            if key in seen:
                message = f"{shown(key)} stands here a second time"
                shelves.findings.append(Finding(item.at(), message, f"the first is in line {seen[key].line}"))
            seen.setdefault(key, item.at())
            shelves.listed.setdefault(name, {})[key] = item
            if isinstance(value, Claims):
                shelves.claim_source[key] = value.source


def _freeze(shelves: _Shelves) -> Library:
    shelf: dict[str, Any] = {name: MappingProxyType(shelves.listed.get(name, {})) for name in _LISTED}
    shelf |= {name: MappingProxyType(shelves.values[name]) for name in FOLDERS}
    return Library(roots=shelves.roots, claim_source=MappingProxyType(shelves.claim_source), **shelf)


#: The shelves that files of many values fill.
_LISTED = tuple(one.name for one in fields(Library) if one.name not in {"roots", "claim_source", *FOLDERS})


def _loose_ends(library: Library) -> Iterator[Finding]:
    """Names that lead nowhere, and statements without ground."""
    yield from _in_lists(library)
    for module in library.modules.values():
        yield from _unknown(module.contradicts, library.modules, "module", module.at("contradicts"))
        yield from _when(module.when, library)
        for statement in module.statements:
            yield from _ground(statement.claims, statement.sources, library, statement.at())
            yield from _when(statement.when, library)
            yield from _said_twice(module.when, statement.when)
    for edition in library.editions.values():
        base = [edition.base] if edition.base else []
        yield from _unknown(base, library.editions, "edition", edition.at("base"))
    for exercise in library.exercises.values():
        yield from _unknown(exercise.sources, library.sources, "source", exercise.at("sources"))
    for sheet in library.sheets.values():
        yield from _ground(sheet.message.claims, sheet.message.sources, library, sheet.message.at())
        for section in sheet.sections:
            yield from _unknown(section.modules, library.modules, "module", section.at("modules"))
            yield from _unknown(section.exercises, library.exercises, "exercise", section.at("exercises"))
            yield from _unknown(section.links, library.links, "link", section.at("links"))


def _in_lists(library: Library) -> Iterator[Finding]:
    for claim, source in library.claim_source.items():
        yield from _unknown([source], library.sources, "source", library.claims[claim].at())
    for left in library.left_out.values():
        yield from _unknown([left.claim], library.claims, "claim", left.at("claim"))
    for stage in library.stages.values():
        yield from _unknown([stage.source], library.sources, "source", stage.at("source"))
    for link in library.links.values():
        yield from _ground(link.claims, link.sources, library, link.at())
    for guideline in library.guidelines.values():
        yield from _unknown(guideline.claims, library.claims, "claim", guideline.at("claims"))


def _ground(claims: Iterable[str], sources: Iterable[str], library: Library, place: Place) -> Iterator[Finding]:
    claims, sources = tuple(claims), tuple(sources)
    yield from _unknown(claims, library.claims, "claim", place)
    yield from _unknown(sources, library.sources, "source", place)
    if not claims and not sources:
        yield Finding(place, "stands on no claim and no source", "name claims: […] or sources: […]")


def _when(when: When | None, library: Library) -> Iterator[Finding]:
    if when and when.stage:
        yield from _unknown([when.stage], library.stages, "stage", when.at("stage"))
    if when and when.circumstance:
        known = library.circumstances
        yield from _unknown([when.circumstance], known, "circumstance", when.at("circumstance"))


def _said_twice(outer: When | None, inner: When | None) -> Iterator[Finding]:
    """One time and one circumstance a statement: two would have to be printed as one."""
    if outer is None or inner is None:
        return
    hint = "leave it to the statements, or to the module"
    if (outer.weeks or outer.stage) and (inner.weeks or inner.stage):
        yield Finding(inner.at(), "names a time, as the module's own when does", hint)
    if outer.circumstance and inner.circumstance:
        yield Finding(inner.at(), "names a circumstance, as the module's own when does", hint)


def _unknown(names: Iterable[str], known: Mapping[str, object], what: str, place: Place) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield Finding(place, f"unknown {what} {shown(name)}", did_you_mean(name, known), code="unknown-name")

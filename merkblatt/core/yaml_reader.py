"""Reads one YAML file into plain data in which every value knows its place.

Only the safe part of YAML is taken: mappings with text keys, lists, text, whole numbers, true, false and empty.
No anchors, aliases, tags or second documents: content needs none, and they are how small files become endless ones.
What the data means is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from merkblatt.core.findings import Faulty, Finding, Place, shown

#: A content file is a page of text. What is larger is a mistake, and would only be slow to say so.
MOST_BYTES = 1_000_000
LONGEST_LINE = 10_000
DEEPEST = 24

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML 1.2 core schema, less octals and floats; "no", "8:30" and "0821" stay text, as their writer means them.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Key(NamedTuple):
    """Where a mapping's entry stands: its name and its value."""

    name: Place
    value: Place


class Mapping(dict[str, Any]):
    """A YAML mapping; `keys_at` tells where each entry stands."""

    place: Place
    keys_at: dict[str, Key]


class Sequence(list[Any]):
    """A YAML list; `items_at` tells where each item stands."""

    place: Place
    items_at: list[Place]


def read_yaml(path: Path) -> Any:
    """The data of a YAML file: `Mapping`, `Sequence`, str, int, bool or None.

    Raises:
        Faulty: the file cannot be read, is not UTF-8, or is not the YAML described above; with all findings
            that can be made of it.
    """
    return parse_yaml(read_text(path), path)


def parse_yaml(text: str, path: Path) -> Any:
    """The data of YAML text; `path` is the file that the places name.

    Raises:
        Faulty: as for `read_yaml`.
    """
    builder = _Builder(path)
    try:
        value = builder.build(yaml.parse(_printable(text, path), Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise Faulty([*builder.findings, _from_yaml_error(error, path, text)]) from None
    if builder.findings:
        raise Faulty(builder.findings)
    return value


def place_of(data: Any, steps: tuple[int | str, ...], *, key: bool = False) -> Place:
    """The place of the value (or, with `key`, of the name) that `steps` lead to; as near as they lead."""
    place: Place = getattr(data, "place", None) or Place(Path("?"))
    for step in steps:
        if isinstance(data, Mapping) and step in data.keys_at:
            at = data.keys_at[str(step)]
            place, data = (at.name if key and step == steps[-1] else at.value), data[str(step)]
        elif isinstance(data, Sequence) and isinstance(step, int) and step < len(data):
            place, data = data.items_at[step], data[step]
    return place


def read_text(path: Path) -> str:
    """The text of a YAML file.

    Raises:
        Faulty: the file cannot be read, is too large, or is not UTF-8.
    """
    try:
        # Bounded, for what is no file (a pipe, a device) tells no size.
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
            size = max(len(raw), path.stat().st_size)
    except OSError as error:
        raise Faulty([Finding(Place(path), f"cannot be read: {error.strerror}")]) from None
    if size > MOST_BYTES:
        hint = f"at most {MOST_BYTES:,} bytes; split it into smaller files"
        raise Faulty([Finding(Place(path), f"is too large: {size:,} bytes", hint)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8 text: byte 0x{raw[error.start]:02x}"
        raise Faulty([Finding(Place(path, line, column), message, "save the file as UTF-8")]) from None


def _printable(text: str, path: Path) -> str:
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"line is too long: {len(line):,} characters"
            faults.append(Finding(Place(path, number, LONGEST_LINE), message, "break it into several lines"))
        bad = yaml.reader.Reader.NON_PRINTABLE.search(line)
        if bad:
            message = f"character U+{ord(bad.group()):04X} is not allowed in text"
            faults.append(Finding(Place(path, number, bad.start() + 1), message, "remove it"))
    if faults:
        raise Faulty(faults)
    return text


def _from_yaml_error(error: yaml.MarkedYAMLError, path: Path, text: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    problem = (error.problem or "cannot be understood").strip()
    hint = ""
    if "\t" in line[: (mark.column if mark else 0) + 1]:
        hint = "indent by spaces, not by tabs"
    elif "mapping values are not allowed" in problem:
        hint = 'a text that holds ": " stands in quotes'
    return Finding(place, f"is not valid YAML: {problem}", hint, code="yaml")


class _Builder:
    """Builds the data from parser events; recursion is bounded by DEEPEST."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def build(self, events: Iterator[Any]) -> Any:
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._find(event, "has a second document", "one document a file; remove the line ---")
                    raise Faulty(self.findings)
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, 0)
        return value

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        if depth > DEEPEST:
            self._find(event, f"is nested more than {DEEPEST} deep", "make it flatter")
            raise Faulty(self.findings)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            # Its name is not repeated: in an order it can be the beginning of a person's note.
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            hint = f"write it out; a text that begins with {sign} stands in quotes"
            self._find(event, "anchors and aliases are not used here", hint)
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag:
            self._find(event, "tags are not used here", "remove it; a text that begins with ! stands in quotes")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return _scalar(event)

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> Sequence:
        items = Sequence()
        items.place, items.items_at = self._place(start), []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.items_at.append(self._place(event))
            items.append(self._value(event, events, depth + 1))
        return items

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:
        mapping = Mapping()
        mapping.place, mapping.keys_at = self._place(start), {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._name(event, events, depth)
            value_event = next(events)
            value = self._value(value_event, events, depth + 1)
            if name is None:
                continue
            if name in mapping:
                first = mapping.keys_at[name].name.line
                self._find(event, f"{shown(name)} stands here a second time", f"the first is in line {first}")
            else:
                mapping[name] = value
                mapping.keys_at[name] = Key(self._place(event), self._place(value_event))
        return mapping

    def _name(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not event.tag:
            return str(event.value)
        self._find(event, "a key must be a plain word", "write key: value")
        self._value(event, events, depth + 1)
        return None

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _find(self, event: Any, message: str, hint: str) -> None:
        self.findings.append(Finding(self._place(event), message, hint, code="yaml"))


def _scalar(event: Any) -> object:
    if event.style in {"'", '"', "|", ">"}:
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    return int(event.value) if _INTEGER.fullmatch(event.value) else event.value

"""Reads lists whose rows name their own fields: JSON Lines, a line a row, and YAML, a list of mappings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from merkblatt.batch.lists.source import Source
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.yaml_reader import Mapping, Sequence, parse_yaml

#: A row: the line it begins on, its data or what keeps it from being a row, and how it was written.
Record = tuple[int, Any | Finding, Any]


def read_records(source: Source) -> Iterator[Record]:
    """The rows of a list.

    Raises:
        Faulty: a YAML list that is at fault as a whole.
    """
    return _json_lines(source) if source.form == "jsonl" else _yaml_items(source)


def _json_lines(source: Source) -> Iterator[Record]:
    with source.open_text() as lines:
        for number, text in enumerate(lines, start=1):
            if text.strip():
                yield number, _json_row(text.strip(), Place(source.path, number, 1)), text.rstrip("\r\n")


def _json_row(text: str, place: Place) -> Any | Finding:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = Place(place.path, place.line, getattr(error, "colno", 1))
        told = getattr(error, "msg", "it is nested too deeply")
        return Finding(at, f"is no JSON: {told}", 'one object a line: {"sheet": "neck-pain", "weeks": 6}')
    return data if isinstance(data, dict) else Finding(place, "is no JSON object", "write {…} on a line of its own")


def _yaml_items(source: Source) -> Iterator[Record]:
    with source.open() as file:
        data = parse_yaml(file.read().decode(source.encoding), source.path)
    if not isinstance(data, Sequence):
        raise Faulty([Finding(Place(source.path), "is no list", "begin each row with - sheet: neck-pain")])
    for item, place in zip(data, data.items_at, strict=True):
        if isinstance(item, Mapping):
            yield place.line, item, item
        else:
            yield place.line, Finding(place, "is no mapping (key: value)", "write - sheet: neck-pain"), str(item)

"""Texts that were scaffolded and that nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator

from merkblatt.content.model import Edition
from merkblatt.core.findings import Finding

#: How a text begins that `new` has scaffolded and nobody has written; it is never printed.
UNWRITTEN = "TODO"


def unwritten_words(edition: Edition) -> Iterator[Finding]:
    """The page's own words that a new edition still lacks."""
    held = edition.model_dump(include={"sections", "weeks", "labels"}, exclude_none=True)
    if edition.name.startswith(UNWRITTEN):
        held["name"] = edition.name
    for field, words in held.items():
        waiting = [name for name, words in _leaves(words, field) if words.startswith(UNWRITTEN)]
        if waiting:
            told = ", ".join(waiting[:3]) + (f" and {len(waiting) - 3} more" if len(waiting) > 3 else "")
            yield Finding(edition.at(field), f"is not written yet: {told}", "write it", code="unwritten")


def _leaves(value: object, name: str) -> Iterator[tuple[str, str]]:
    """The texts of nested data, each with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, name if key == "other" else str(key))

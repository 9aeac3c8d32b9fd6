"""What the library holds, as plain data and as a table for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from merkblatt.content.format_ids import FORMATS
from merkblatt.content.library import Library
from merkblatt.content.model import Guideline, Module, Sheet, Text


def gather(library: Library) -> dict[str, Any]:
    """What `list` shows."""
    return {
        "sheets": {name: _sheet(sheet) for name, sheet in sorted(library.sheets.items())},
        "modules": {name: _module(module) for name, module in sorted(library.modules.items())},
        "exercises": {name: {"title": value.name.root} for name, value in sorted(library.exercises.items())},
        "editions": {name: {"title": edition.name} for name, edition in sorted(library.editions.items())},
        "formats": list(FORMATS),
        "guidelines": {name: _guideline(value) for name, value in sorted(library.guidelines.items())},
        "circumstances": {name: _words(value.condition) for name, value in sorted(library.circumstances.items())},
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title.root,
        "editions": sorted(sheet.title.root),
        "pages": sheet.pages,
        "modules": [module for section in sheet.sections for module in section.modules],
        "exercises": [exercise for section in sheet.sections for exercise in section.exercises],
    }


def _module(module: Module) -> dict[str, Any]:
    return {
        "title": module.title.root,
        "section": module.section,
        "claims": sorted({claim for statement in module.statements for claim in statement.claims}),
        "contradicts": sorted(module.contradicts),
    }


def _guideline(value: Guideline) -> dict[str, Any]:
    return {"title": value.source, "differs": value.differs, "claims": list(value.claims)}


def as_text(facts: Mapping[str, Any]) -> str:
    """The facts as columns, one part after the other."""
    blocks = []
    for part in ("sheets", "modules", "exercises", "editions"):
        rows = [(name, _first(value["title"])) for name, value in facts[part].items()]
        blocks.append(_columns(part, rows))
    blocks.append(_columns("formats", [(name, "") for name in facts["formats"]]))
    blocks.append(_columns("circumstances", list(facts["circumstances"].items())))
    if facts["guidelines"]:
        rows = [(name, f"{value['title']}. {value['differs']}") for name, value in facts["guidelines"].items()]
        blocks.append(_columns("guidelines that differ from the source (for the practice, never printed)", rows))
    return "\n\n".join(blocks)


def _columns(head: str, rows: list[tuple[str, str]]) -> str:
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join([f"{head}:", *(f"  {name:<{width}}  {title}".rstrip() for name, title in rows)])


def _words(text: Text) -> str:
    return _first(text.root)


def _first(words: Mapping[str, str] | str) -> str:
    return words if isinstance(words, str) else next(iter(words.values()))

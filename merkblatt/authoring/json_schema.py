"""JSON Schemas of the content files, for editors: YAML completes, and errors are marked as they are typed.

Names that lead to other files are offered for completion but not enforced: whether they exist, `check` says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from merkblatt.content.library import FILES, FOLDERS, Library
from merkblatt.content.model import Order, Practice
from merkblatt.core.atomic_write import write_whole

#: What each kind of file is called, as `merkblatt schema KIND` takes it.
KINDS: dict[str, type[BaseModel]] = {
    **{name.removesuffix("s"): model for name, model in FOLDERS.items()},
    **{name.removesuffix(".yaml"): model for name, model in FILES.items()},
    "practice": Practice,
    "order": Order,
}

#: The folder, below the content, where the schemas of its files lie.
FOLDER = ".schema"


def schema(kind: str, library: Library) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file, with the names that the library knows."""
    made = KINDS[kind].model_json_schema(by_alias=True)
    known = _known_names(library)
    _offer(made, known)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def write_schemas(folder: Path, library: Library) -> list[Path]:
    """Writes every schema into a folder; gives the paths."""
    paths = []
    for kind in KINDS:
        path = folder / f"{kind}.json"
        text = json.dumps(schema(kind, library), ensure_ascii=False, indent=1) + "\n"
        write_whole(path, text.encode("utf-8"))
        paths.append(path)
    return paths


def _known_names(library: Library) -> dict[str, Mapping[str, object]]:
    """The names on offer, by the field that takes them."""
    return {
        "claims": library.claims,
        "claim": library.claims,
        "sources": library.sources,
        "source": library.sources,
        "stage": library.stages,
        "circumstance": library.circumstances,
        "modules": library.modules,
        "contradicts": library.modules,
        "with": library.modules,
        "without": library.modules,
        "exercises": library.exercises,
        "links": library.links,
        "sheet": library.sheets,
        "edition": library.editions,
    }


def _offer(node: Any, known: Mapping[str, Mapping[str, object]]) -> None:
    """Adds the known names to every string, or list of strings, that stands for one."""
    if isinstance(node, list):
        for item in node:
            _offer(item, known)
    if not isinstance(node, dict):
        return
    for name, field in (node.get("properties") or {}).items():
        if name in known:
            _offer_in(field, sorted(known[name]))
    for value in node.values():
        _offer(value, known)


def _offer_in(field: dict[str, Any], names: list[str]) -> None:
    for holder in (field, *field.get("anyOf", ())):
        target = holder.get("items", holder)
        if target.get("type") == "string" and names:
            rule = {key: target.pop(key) for key in ("pattern", "maxLength", "type") if key in target}
            target["anyOf"] = [{"enum": names}, rule]

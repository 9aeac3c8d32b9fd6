"""The schemas take every file of the content, refuse planted faults, and offer the names that there are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from merkblatt.authoring.json_schema import FOLDER, KINDS, schema, write_schemas
from merkblatt.content.format_ids import FORMATS
from merkblatt.content.library import FILES, FOLDERS
from merkblatt.content.model import SECTIONS
from merkblatt.core.yaml_reader import read_yaml
from tests.conftest import ROOT

# --- new files --------------------------------------------------------------------------------------------


def resolve(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = whole["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def mismatches(value: Any, node: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Where plain data departs from what a schema says of keys, types, choices; enough for our own schemas."""
    node = resolve(node, whole)
    if "anyOf" in node:
        tried = [mismatches(value, choice, whole, at) for choice in node["anyOf"]]
        return [] if [] in tried else tried[0]
    if "enum" in node and value not in node["enum"]:
        return [f"{at}: {value!r} is not one of the choices"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "type" in node and not isinstance(value, kinds[node["type"]]):
        return [f"{at}: {value!r} is no {node['type']}"]
    if isinstance(value, list):
        return [m for i, one in enumerate(value) for m in mismatches(one, node.get("items", {}), whole, f"{at}[{i}]")]
    if not isinstance(value, dict):
        return []
    known, rest = node.get("properties", {}), node.get("additionalProperties", {})
    found = [f"{at}: {key} is missing" for key in node.get("required", []) if key not in value]
    for key, inner in value.items():
        if key in known:
            found += mismatches(inner, known[key], whole, f"{at}.{key}")
        elif rest is False:
            found.append(f"{at}: {key} is unknown")
        elif "patternProperties" not in node:
            found += mismatches(inner, rest, whole, f"{at}.{key}")
        else:
            found += mismatches(inner, next(iter(node["patternProperties"].values())), whole, f"{at}.{key}")
    return found


def real_files() -> list[tuple[str, str]]:
    base = ROOT / "leaflets"
    held = [(folder.removesuffix("s"), path) for folder in FOLDERS for path in sorted((base / folder).glob("*.yaml"))]
    held += [(name.removesuffix(".yaml"), base / name) for name in FILES if (base / name).is_file()]
    held += [("practice", path) for path in sorted((base / "practices").glob("*.yaml"))]
    return [(kind, path.relative_to(ROOT).as_posix()) for kind, path in held]


@pytest.mark.parametrize(("kind", "name"), real_files())
def test_every_file_of_the_content_is_what_its_schema_says(library, kind, name):
    whole = schema(kind, library)
    assert mismatches(read_yaml(ROOT / name), whole, whole) == []


def test_there_are_files_to_be_tried():
    assert len(real_files()) > 40
    assert {kind for kind, _ in real_files()} >= {name.removesuffix("s") for name in FOLDERS}


def test_the_judge_of_schemas_sees_planted_faults(library):
    whole = schema("module", library)
    data = read_yaml(ROOT / "leaflets/modules/neck-warmth.yaml")
    del data["title"]
    data["sektion"] = data["section"]
    data["section"] = "selfhelp"
    data["statements"][0]["text"] = "bare"
    data["statements"][0]["claims"] = [8]
    assert mismatches(data, whole, whole) == [
        ": title is missing",
        ".section: 'selfhelp' is not one of the choices",
        ".statements[0].text: 'bare' is no object",
        ".statements[0].claims[0]: 8 is not one of the choices",
        ": sektion is unknown",
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_knows_the_keys_of_its_model_and_no_other(library, kind):
    made, model = schema(kind, library), KINDS[kind]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(made["properties"]) == {field.alias or name for name, field in model.model_fields.items()}
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    assert set(made.get("required", [])) == needed
    assert made["additionalProperties"] is False


def offered(node: dict[str, Any]) -> list[str]:
    return node["items"]["anyOf"][0]["enum"] if "items" in node else node["anyOf"][0]["enum"]  # type: ignore[no-any-return]


def test_names_on_offer_are_the_library_s(content):
    library = content.load()
    module, sheet, order = (schema(kind, library) for kind in ("module", "sheet", "order"))
    assert offered(module["properties"]["contradicts"]) == sorted(library.modules)
    assert offered(module["$defs"]["Statement"]["properties"]["claims"]) == sorted(library.claims)
    assert offered(module["$defs"]["Statement"]["properties"]["sources"]) == sorted(library.sources)
    section = sheet["$defs"]["SheetSection"]["properties"]
    assert offered(section["modules"]) == sorted(library.modules)
    assert offered(section["exercises"]) == sorted(library.exercises)
    assert offered(section["links"]) == sorted(library.links)
    assert offered(order["properties"]["sheet"]) == sorted(library.sheets)
    assert offered(order["properties"]["with"]) == sorted(library.modules)
    assert section["section"]["enum"] == list(SECTIONS)
    assert order["properties"]["format"]["enum"] == list(FORMATS)


def test_a_name_that_is_new_is_still_taken(content):
    """A file may come before the one that it names, so that an editor offers names but does not enforce them."""
    whole = schema("sheet", content.load())
    data = read_yaml(content.root / "sheets/pain.yaml")
    data["sections"][0]["modules"] = ["written-tomorrow"]
    assert mismatches(data, whole, whole) == []


def test_schemas_are_written_as_they_are_printed(content, tmp_path):
    library = content.load()
    paths = write_schemas(tmp_path / "schemas", library)
    assert {path.stem for path in paths} == set(KINDS)
    for path in paths:
        assert json.loads(path.read_text(encoding="utf-8")) == schema(path.stem, library)


def test_no_schema_in_the_content_is_stale(library):
    """Those that are kept beside the content, for editors, are the ones that would be written now."""
    kept = sorted((ROOT / "leaflets" / FOLDER).glob("*.json"))
    assert [
        path.name for path in kept if json.loads(path.read_text(encoding="utf-8")) != schema(path.stem, library)
    ] == []
    assert not kept or {path.stem for path in kept} == set(KINDS)

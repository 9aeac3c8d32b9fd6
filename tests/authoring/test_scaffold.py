"""New files load and are told as unwritten; the schemas of editors say what the models say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from merkblatt.authoring.json_schema import FOLDER, KINDS, schema, write_schemas
from merkblatt.authoring.scaffold import Draft, new_module, new_sheet
from merkblatt.check.check import check
from merkblatt.content.format_ids import FORMATS
from merkblatt.content.library import FILES, FOLDERS
from merkblatt.content.model import SECTIONS, Order
from merkblatt.core.findings import Faulty
from merkblatt.core.yaml_reader import read_yaml
from merkblatt.tailoring.choose import choose
from tests.conftest import ROOT, TODAY, told

# --- new files --------------------------------------------------------------------------------------------


def unwritten(content) -> list[str]:
    findings = [finding for finding in check(content.load(), TODAY) if finding.code == "unwritten"]
    return [line.split(": ")[0].rsplit(":", 1)[0] for line in told(findings, content.root)]


def test_a_new_module_loads_and_is_unwritten(content):
    path = new_module(Draft("rest", "work", ("1-b", "1-d")), content.root, content.load(), TODAY)
    assert path == content.root / "modules/rest.yaml"
    module = content.load().modules["rest"]
    assert (module.section, module.statements[0].claims) == ("work", ("1-b", "1-d"))
    assert str(module.reviewed.next) == "2028-11-23"
    assert unwritten(content) == ["modules/rest.yaml:2", "modules/rest.yaml:10"]


def test_a_new_module_lays_facts_conditions_and_traps_before_its_author(content):
    text = new_module(Draft("rest", "work", ("1-b", "1-d")), content.root, content.load(), TODAY).read_text()
    assert "# 1-b: Warmth helps tense muscles\n#   when: if tense\n" in text
    assert "# 1-d: Cooling helps at the start\n#   trap: not later\n" in text


def test_a_new_sheet_loads_and_is_unwritten(content):
    path = new_sheet("rest", content.root, content.load(), TODAY)
    assert path == content.root / "sheets/rest.yaml"
    sheet = content.load().sheets["rest"]
    assert [section.section for section in sheet.sections] == ["red-flags", "contacts"]
    assert sheet.issued == TODAY
    assert unwritten(content) == ["sheets/rest.yaml:2", "sheets/rest.yaml:3", "sheets/rest.yaml:5"]


def test_what_is_not_written_is_not_printed(content):
    new_sheet("rest", content.root, content.load(), TODAY)
    with pytest.raises(Faulty) as caught:
        choose(Order(sheet="rest"), content.load(), None, TODAY)
    assert {finding.code for finding in caught.value.findings} == {"unwritten"}
    assert len(caught.value.findings) == 3


def test_a_file_that_exists_is_not_written_over(content):
    before = (content.root / "modules/warmth.yaml").read_bytes()
    with pytest.raises(Faulty, match="exists already"):
        new_module(Draft("warmth", "work", ("1-b",)), content.root, content.load(), TODAY)
    assert (content.root / "modules/warmth.yaml").read_bytes() == before


def test_a_claim_that_is_unknown_makes_no_file(content):
    with pytest.raises(Faulty, match='unknown claim "1-x"'):
        new_module(Draft("rest", "work", ("1-x",)), content.root, content.load(), TODAY)
    assert not (content.root / "modules/rest.yaml").exists()


def test_a_review_two_years_after_a_leap_day_has_a_day(content):
    new_module(Draft("rest", "work", ("1-b",)), content.root, content.load(), date(2028, 2, 29))
    assert content.load().modules["rest"].reviewed.next == date(2030, 2, 28)


def test_a_new_file_in_a_folder_of_one_s_own_comes_with_its_schema(content, tmp_path):
    path = new_module(Draft("rest", "work", ("1-b",)), tmp_path / "own", content.load(), TODAY)
    named = path.read_text().split("\n")[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == tmp_path / "own" / FOLDER / "module.json"
    assert json.loads((path.parent / named).read_text())["title"] == "Module"


def test_a_new_name_is_on_offer_at_once(content):
    new_module(Draft("rest", "work", ("1-b",)), content.root, content.load(), TODAY)
    kept = json.loads((content.root / FOLDER / "sheet.json").read_text(encoding="utf-8"))
    assert kept == schema("sheet", content.load())
    assert "rest" in offered(kept["$defs"]["SheetSection"]["properties"]["modules"])


# --- schemas ----------------------------------------------------------------------------------------------


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

"""New files load and are told as unwritten; the schemas of editors say what the models say."""

from __future__ import annotations

import json
from datetime import date

import pytest

from merkblatt.authoring.json_schema import FOLDER, schema
from merkblatt.authoring.scaffold import Draft, new_module, new_sheet
from merkblatt.check.check import check
from merkblatt.content.model import Order
from merkblatt.core.findings import Faulty
from merkblatt.tailoring.choose import choose
from tests.authoring.test_json_schema import offered
from tests.conftest import TODAY, told

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

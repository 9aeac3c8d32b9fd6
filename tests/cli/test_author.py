"""`list`, `new`, `schema` and `info` as an author meets them."""

from __future__ import annotations

import json
from pathlib import Path

from merkblatt.content.format_ids import FORMATS


def test_list_names_all_there_is(run, small_program):
    facts = json.loads(run("list", "--json").out)
    assert list(facts["sheets"]) == ["pain"]
    assert facts["sheets"]["pain"]["modules"] == ["moving", "warmth", "later", "flags"]
    assert sorted(facts["modules"]) == ["cold", "flags", "later", "moving", "warmth"]
    assert facts["modules"]["cold"]["contradicts"] == ["warmth"]
    assert facts["formats"] == list(FORMATS)
    text = run("list").out
    for name in ("pain", "moving", "turn", "de", "a4-large", "tension"):
        assert f"  {name}" in text


def test_what_new_writes_is_checked_as_unwritten_and_not_built(run, small_program):
    assert run("new", "sheet", "rest").out.strip().endswith("leaflets/sheets/rest.yaml")
    assert run("new", "module", "calm", "--claim", "1-b", "--section", "work").out.strip().endswith("modules/calm.yaml")
    ran = run("check")
    assert ran.code == 1
    assert ran.err.count("is not written yet") == 5
    ran = run("build", "rest", "--html")
    assert (ran.code, ran.out) == (1, "")
    assert "leaflets/sheets/rest.yaml:2:13: is not written yet" in ran.err
    assert run("build", "pain", "--with", "calm", "--html").code == 1
    assert run("build", "pain", "--html").code == 0


def test_new_writes_into_the_folder_of_one_s_own(run, small_program):
    Path("own").mkdir()
    assert run("new", "sheet", "rest", "--leaflets", "own").code == 0
    assert run("new", "sheet", "peace", "-o", "third").code == 0
    assert Path("own/sheets/rest.yaml").is_file()
    assert Path("third/sheets/peace.yaml").is_file()
    assert not (small_program.root / "sheets/rest.yaml").exists()


def test_schema_tells_kinds_and_prints_one(run, small_program):
    kinds = run("schema").out.split()
    assert {"sheet", "module", "exercise", "order", "practice", "claims"} <= set(kinds)
    for kind in kinds:
        assert json.loads(run("schema", kind).out)["$schema"].startswith("https://json-schema.org/")


def test_info_tells_versions_and_what_is_missing(run):
    ran = run("info", "--json")
    facts = json.loads(ran.out)
    assert facts["packages"]["weasyprint"].startswith("70.")
    assert (ran.code == 1) is bool(facts["missing"])
    assert "weasyprint: 70." in run("info").out

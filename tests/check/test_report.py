"""Findings as text, JSON and SARIF; the SARIF against the structure that the standard demands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from merkblatt.check.report import RULES, as_json, as_sarif, as_text, summary
from merkblatt.core.findings import COMMAND_LINE, Finding, Place, Severity
from tests.conftest import ROOT

FOLDER = Path("/content")
FOUND = [
    Finding(Place(FOLDER / "modules/wärme.yaml", 3, 9), "is wrong", "mend it", code="content"),
    Finding(Place(FOLDER / "sheets/a b.yaml"), "is odd", "", Severity.WARNING, "sentence"),
    Finding(Place(Path("/else/x.yaml"), 2, 0), "is told", "so", Severity.NOTE, "guideline"),
    Finding(COMMAND_LINE, "is unknown", code="unknown-name"),
]


def sarif_faults(log: Any) -> list[str]:
    """Where a log leaves the structure of SARIF 2.1.0, as far as a check makes use of it."""
    faults = [] if log.get("version") == "2.1.0" else ["version (3.13.2)"]
    faults += [f"log: {key}" for key in set(log) - {"$schema", "version", "runs"}]
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        faults += [] if driver.get("name") else ["driver.name (3.19.8)"]
        ids = [rule["id"] for rule in driver["rules"]]
        faults += [] if len(ids) == len(set(ids)) else ["rules twice (3.19.23)"]
        faults += [f"rule {rule['id']} (3.49.9)" for rule in driver["rules"] if not rule["shortDescription"]["text"]]
        faults += [] if run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"} else ["columnKind (3.14.17)"]
        for number, result in enumerate(run["results"]):
            faults += [f"result {number}: {fault}" for fault in result_faults(result, ids)]
    return faults


def result_faults(result: Any, ids: list[str]) -> list[str]:
    faults = [f"{key} is unknown" for key in set(result) - {"ruleId", "ruleIndex", "level", "message", "locations"}]
    faults += [] if ids[result["ruleIndex"]] == result["ruleId"] else ["ruleIndex (3.27.6)"]
    faults += [] if result["level"] in {"none", "note", "warning", "error"} else ["level (3.27.10)"]
    faults += [] if result["message"]["text"] else ["message (3.27.11)"]
    for location in result.get("locations", []):
        physical = location["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        faults += [] if re.fullmatch(r"[A-Za-z0-9._~%/:-]+", uri) else ["uri (RFC 3986)"]
        region = physical.get("region", {"startLine": 1})
        faults += [f"{key} (3.30)" for key, value in region.items() if type(value) is not int or value < 1]
        faults += [] if "startLine" in region else ["a region without a line (3.30.5)"]
    return faults


def test_text_is_a_line_a_finding_and_its_hint():
    text = as_text([*FOUND, FOUND[0]])
    assert text.split("\n") == [
        "/content/modules/wärme.yaml:3:9: is wrong",
        "  hint: mend it",
        "/content/sheets/a b.yaml: warning: is odd",
        "/else/x.yaml:2:0: note: is told",
        "  hint: so",
        "command line: is unknown",
    ]


def test_the_summary_counts_by_weight():
    assert summary(FOUND) == "checked: 2 errors, 1 warnings, 1 notes"
    assert summary([]) == "checked: 0 errors, 0 warnings, 0 notes"


def test_json_has_the_same_fields_for_each():
    first, *_ = found = json.loads(as_json(FOUND))
    assert first == {
        "file": "/content/modules/wärme.yaml",
        "line": 3,
        "column": 9,
        "severity": "error",
        "code": "content",
        "message": "is wrong",
        "hint": "mend it",
    }
    assert len(found) == len(FOUND)


@pytest.mark.parametrize("findings", [FOUND, []], ids=["some", "none"])
def test_sarif_has_the_structure_of_2_1_0(findings):
    log = json.loads(as_sarif(findings, FOLDER))
    assert sarif_faults(log) == []
    assert len(log["runs"][0]["results"]) == len(findings)


def test_sarif_names_rule_weight_place_and_hint():
    log = json.loads(as_sarif(FOUND, FOLDER))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["content", "guideline", "sentence", "unknown-name"]
    results = log["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note", "error"]
    assert results[0]["message"] == {"text": "is wrong\nHint: mend it"}
    places = [result["locations"][0]["physicalLocation"] for result in results if "locations" in result]
    assert places == [
        {"artifactLocation": {"uri": "modules/w%C3%A4rme.yaml"}, "region": {"startLine": 3, "startColumn": 9}},
        {"artifactLocation": {"uri": "sheets/a%20b.yaml"}},
        {"artifactLocation": {"uri": "file:///else/x.yaml"}, "region": {"startLine": 2, "startColumn": 1}},
    ]


@pytest.mark.parametrize(
    ("steps", "value", "fault"),
    [
        (("version",), "2.0.0", "version (3.13.2)"),
        (("runs", 0, "results", 0, "ruleIndex"), 2, "result 0: ruleIndex (3.27.6)"),
        (("runs", 0, "results", 0, "level"), "fatal", "result 0: level (3.27.10)"),
        (("runs", 0, "results", 1, "message", "text"), "", "result 1: message (3.27.11)"),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0, "startLine (3.30)"),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"), "a b", "uri (RFC"),
    ],
)
def test_the_reader_of_the_structure_catches_a_planted_fault(steps, value, fault):
    log = json.loads(as_sarif(FOUND, FOLDER))
    *way, last = steps
    node: Any = log
    for step in way:
        node = node[step]
    node[last] = value
    assert any(fault in told for told in sarif_faults(log))


def test_every_code_that_a_check_gives_has_its_rule():
    read = ("check/*", "tailoring/*", "content/library", "content/unwritten", "core/yaml_reader")
    rooms = (path for name in read for path in (ROOT / "merkblatt").glob(f"{name}.py"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in rooms)
    codes = set(re.findall(r'(?:code=|Severity\.[A-Z]+, )"([a-z-]+)"', text))
    assert len(codes) > 15
    assert codes - set(RULES) == set()


def test_check_as_sarif_is_sarif_whatever_is_wrong(run, small_program):
    ran = run("check", "--format", "sarif")
    log = json.loads(ran.out)
    assert (ran.code, ran.err, sarif_faults(log)) == (0, "", [])
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "leaflets/modules/cold.yaml"
    small_program.change("modules/moving.yaml", "section:", "sektion:")
    ran = run("check", "--format", "sarif")
    assert (ran.code, sarif_faults(json.loads(ran.out))) == (1, [])


def test_json_is_an_alias(run, small_program):
    assert run("check", "--json").out == run("check", "--format", "json").out
    assert json.loads(run("check", "--json").out)


def test_the_same_findings_whatever_the_form(run, small_program):
    small_program.change("modules/moving.yaml", "Gehen Sie.", f"Gehen Sie {'und gehen ' * 10}.")
    text = run("check").err
    assert text.count("a sentence of 22 words") == 1
    assert run("check", "--format", "json").out.count("a sentence of 22 words") == 1
    assert run("check", "--format", "sarif").out.count("a sentence of 22 words") == 1
    codes = [run("check", "--strict", "--format", form).code for form in ("text", "json", "sarif")]
    assert codes == [1, 1, 1]
    assert run("check").code == 0

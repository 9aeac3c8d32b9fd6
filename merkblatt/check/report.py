"""Findings as text, JSON, or SARIF, the form that code hosts and editors read. Makes text of values, prints nothing.

SARIF: OASIS, "Static Analysis Results Interchange Format Version 2.1.0"; the sections are named where they apply.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from merkblatt.core.findings import COMMAND_LINE, Finding, Place, Severity
from merkblatt.core.version import __version__

#: What each kind of finding is about, by its code.
RULES = {
    "alt": "A drawing has words for who does not see it",
    "claim": "Every claim of the source is carried, or left out with a reason",
    "content": "A content file holds what its model asks for",
    "contradiction": "Modules on one sheet do not contradict each other",
    "date": "The day of issue is not to come",
    "deed": "A sheet gives something to do",
    "edition": "A sheet's edition has every text",
    "excused": "A long but needed term is not held against readability",
    "figure": "A body could take each pose that is drawn",
    "format": "A format bears what it is meant for",
    "guideline": "A later guideline differs from the source",
    "in-step": "A translation says what its original says now",
    "link": "Addresses are safe, known, and lead to the page",
    "list": "A list has at most seven items",
    "message": "The main message is short",
    "nominal": "Verbs say it better than nouns",
    "passive": "A sentence says who does it",
    "readability": "A sheet is as readable as its edition wants",
    "red-flags": "Every sheet has the warning signs",
    "review": "Content is reviewed in time",
    "sentence": "A sentence is short",
    "term": "A term is explained where it first stands",
    "unknown-name": "A name leads somewhere",
    "unused": "What is written stands on a sheet",
    "unwritten": "No text is left to be written",
    "yaml": "A content file is plain YAML",
}

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def summary(findings: Sequence[Finding]) -> str:
    """How many findings of each weight there are, in one line."""
    counted = ", ".join(f"{sum(finding.severity is weight for finding in findings)} {weight}s" for weight in Severity)
    return f"checked: {counted}"


def as_text(findings: Iterable[Finding]) -> str:
    """One line a finding and one a hint, as a terminal shows them."""
    return "\n".join(map(str, dict.fromkeys(findings)))


def as_json(findings: Iterable[Finding]) -> str:
    """A list of findings, each with the same seven fields."""
    return json.dumps([_fields(finding) for finding in findings], ensure_ascii=False, indent=1)


def as_sarif(findings: Sequence[Finding], folder: Path) -> str:
    """The findings as a SARIF 2.1.0 log of one run.

    Args:
        findings: what was found.
        folder: the files below it are named relative to it, as a code host wants them.
    """
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "merkblatt",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        # Columns are counted as Python counts characters (3.14.27).
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes, folder) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _fields(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "file": str(place.path),
        "line": place.line,
        "column": place.column,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }


def _rule(code: str) -> dict[str, Any]:
    """A reporting descriptor (3.49)."""
    return {"id": code, "shortDescription": {"text": RULES.get(code, code)}}


def _result(finding: Finding, codes: Sequence[str], folder: Path) -> dict[str, Any]:
    """A result (3.27); what was said on the command line has no location."""
    text = f"{finding.message}\nHint: {finding.hint}" if finding.hint else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": str(finding.severity),
        "message": {"text": text},
    }
    if finding.place != COMMAND_LINE:
        result["locations"] = [{"physicalLocation": _location(finding.place, folder)}]
    return result


def _location(place: Place, folder: Path) -> dict[str, Any]:
    """A physical location (3.29); a finding about the file as a whole has no region."""
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path, folder)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(1, place.column)}
    return location


def _uri(path: Path, folder: Path) -> str:
    """A relative reference (RFC 3986) for what lies below the folder, else the whole address of the file (3.10)."""
    whole = Path(os.path.abspath(folder / path))  # noqa: PTH100  links are kept as they are named
    base = Path(os.path.abspath(folder))  # noqa: PTH100
    return quote(whole.relative_to(base).as_posix()) if whole.is_relative_to(base) else whole.as_uri()

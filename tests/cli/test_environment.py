"""What `info` tells: versions, system libraries, fonts, folders, and what is missing."""

from __future__ import annotations

import json
from typing import Any

from merkblatt import __version__
from merkblatt.cli import environment
from merkblatt.cli.environment import as_text, gather


def test_it_tells_what_the_program_stands_on(folders):
    facts: Any = gather(folders)
    assert facts["merkblatt"] == __version__
    assert set(facts["packages"]) == set(environment.PACKAGES)
    assert all(version[0].isdigit() for version in facts["packages"].values())
    assert facts["folders"]["styles"] == [str(folder) for folder in folders.styles]
    assert facts["fonts"] == sorted(facts["fonts"])
    assert facts["fonts"]


def test_a_package_and_a_library_that_are_missing_are_told(folders, monkeypatch):
    monkeypatch.setattr(environment, "PACKAGES", ("no-such-package",))
    monkeypatch.setattr(environment, "LIBRARIES", {"none": (("libnone.so.0",), "nothing works")})
    facts = gather(folders)
    assert facts["packages"] == {"no-such-package": "missing"}
    assert (facts["libraries"], facts["missing"]) == ({"none": False}, {"none": "nothing works"})


def test_what_is_missing_decides_about_the_exit_code(run, monkeypatch):
    monkeypatch.setattr(environment, "LIBRARIES", {"none": (("libnone.so.0",), "nothing works")})
    ran = run("info", "--json")
    assert (ran.code, json.loads(ran.out)["missing"]) == (1, {"none": "nothing works"})
    monkeypatch.setattr(environment, "LIBRARIES", {})
    assert run("info").code == 0


def test_as_text_facts_stand_below_their_heads():
    facts = {"a": "1", "b": {"c": True, "d": False}, "e": {}, "f": ["x", "y"]}
    assert as_text(facts).split("\n") == ["a: 1", "b:", "  c: found", "  d: missing", "e: nothing", "f:", "  x", "  y"]

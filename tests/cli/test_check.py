"""`check` as a person meets it: what it tells where, and how it ends."""

from __future__ import annotations

import json

import pytest


def test_check_tells_findings_on_stderr_and_counts_them(run, small_program):
    ran = run("check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("checked: 0 errors, 0 warnings, 1 notes\n")


def test_check_fails_for_errors_and_if_strict_for_warnings(run, small_program):
    small_program.change("modules/moving.yaml", "2028-11-23", "2026-11-22")
    assert run("check").code == 0
    assert run("check", "--strict").code == 1
    small_program.change("modules/moving.yaml", "[1-a]", "[1-x]")
    assert run("check").code == 1


@pytest.mark.parametrize("damage", ["none", "loads not"])
def test_check_as_json_is_json_whatever_is_wrong(run, small_program, damage):
    if damage == "loads not":
        small_program.change("modules/moving.yaml", "section:", "sektion:")
    ran = run("check", "--json")
    found = json.loads(ran.out)
    assert ran.err == ""
    assert {tuple(sorted(one)) for one in found} == {("code", "column", "file", "hint", "line", "message", "severity")}
    assert ran.code == (1 if damage == "loads not" else 0)


@pytest.mark.parametrize(("form", "begin"), [("text", ""), ("json", "[\n"), ("sarif", "{\n")])
def test_check_tells_in_the_form_that_is_asked_for(run, small_program, form, begin):
    ran = run("check", "--format", form)
    assert ran.code == 0
    assert ran.out.startswith(begin)
    assert bool(ran.out) is bool(begin)
    assert bool(ran.err) is (form == "text")


def test_check_prints_the_table_instead(run, small_program):
    ran = run("check", "--table")
    assert (ran.code, ran.err) == (0, "")
    assert "pain" in ran.out


def test_accept_tells_how_many_texts_agree_now(run, small_program):
    edition = (small_program.root / "editions/de.yaml").read_text(encoding="utf-8")
    small_program.write("editions/en.yaml", edition.replace("language: de\n", "language: en\nbase: de\n"))
    small_program.change("modules/moving.yaml", "{de: Gehen Sie.}", "{de: Gehen Sie., en: Walk.}")
    told = "leaflets/modules/moving.yaml:4:41: warning: the text in "
    assert f'{told}"en" has not been accepted' in run("check").err
    ran = run("accept", "en", "leaflets/modules/moving.yaml")
    assert (ran.code, ran.out, ran.err) == (0, "", "accepted: 1 texts\n")
    assert told not in run("check").err

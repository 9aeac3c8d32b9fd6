"""What `check` tells about the form of sheets, about drawings and about links."""

from __future__ import annotations

from datetime import date

import pytest

from merkblatt.check.check import check
from merkblatt.check.form import check_form
from merkblatt.core.findings import Severity
from tests.conftest import TODAY, told


def found(content, code: str, today: date = TODAY) -> list[str]:
    findings = [finding for finding in check_form(content.load(), today) if finding.code == code]
    return told(findings, content.root)


@pytest.mark.parametrize(("count", "told_of"), [(30, False), (31, True)])
def test_a_message_over_30_words_is_told(content, count, told_of):
    content.change("sheets/pain.yaml", "de: Bewegen Sie sich.", f'de: "{"Gehen hilft. " * 15}{"Ja." * (count - 30)}"')
    lines = found(content, "message")
    assert bool(lines) is told_of
    if told_of:
        assert lines == ['sheets/pain.yaml:3:22: the message of "pain" has 31 words in de, wanted at most 30']


def test_a_sheet_that_gives_nothing_to_do_is_told(content):
    content.change("sheets/pain.yaml", "- {section: exercises, exercises: [turn]}\n", "")
    content.change("sheets/pain.yaml", "- {section: longer, modules: [later]}\n", "")
    assert found(content, "deed") == []
    for name in ("moving", "warmth"):
        content.change(f"modules/{name}.yaml", "kind: do", "kind: know")
    assert found(content, "deed") == ['sheets/pain.yaml:5:1: sheet "pain" gives nothing to do']


def test_an_exercise_is_something_to_do(content):
    for name in ("moving", "warmth", "later"):
        content.change(f"modules/{name}.yaml", "kind: do", "kind: know")
    assert found(content, "deed") == []


def test_a_day_of_issue_that_is_to_come_is_noted(content):
    assert found(content, "date") == []
    (line,) = found(content, "date", date(2026, 11, 22))
    assert line.endswith('sheet "pain" was issued on 2026-11-23, which is to come')


def test_an_edition_that_a_sheet_lacks_is_noted(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    assert found(content, "edition") == ['sheets/pain.yaml:1:8: sheet "pain" has no edition en']


def test_an_edition_that_is_begun_and_not_ended_is_told(content):
    content.change("modules/cold.yaml", "{de: Kälte}", "{de: Kälte, en: Cold}")
    wanted = 'modules/cold.yaml:4:20: has no text in edition "en", in which "cold" has others'
    assert found(content, "edition") == [wanted]


def test_what_a_sheet_lacks_is_told_once_as_an_error(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    content.change("sheets/pain.yaml", "title: {de: Schmerz}", "title: {de: Schmerz, en: Pain}")
    content.change("modules/moving.yaml", "{de: Bewegung}", "{de: Bewegung, en: Moving}")
    findings = [f for f in check(content.load(), TODAY) if f.code == "edition" and f.place.path.stem == "moving"]
    assert [f"{f.severity}: {f.message}" for f in findings] == ['error: has no text in edition "en"']


@pytest.mark.parametrize(("count", "told_of"), [(7, False), (8, True)])
def test_more_than_seven_items_of_a_kind_in_a_row_are_told_once(content, count, told_of):
    statement = "- {kind: do, text: {de: Gehen Sie.}, claims: [1-a]}\n"
    content.change("modules/moving.yaml", statement, statement * count)
    lines = [f"{f.severity}: {f.message}" for f in check(content.load(), TODAY) if f.code == "list"]
    wanted = 'warning: module "moving" has 8 statements "do" in a row, wanted at most 7'
    assert lines == ([wanted] if told_of else [])


def test_eight_items_of_two_kinds_are_not_in_a_row(content):
    statement = "- {kind: do, text: {de: Gehen Sie.}, claims: [1-a]}\n"
    other = statement.replace("do", "know")
    content.change("modules/moving.yaml", statement, statement * 4 + other + statement * 4)
    assert [f for f in check(content.load(), TODAY) if f.code == "list"] == []


FIGURE = "figure: {posture: seated, end: {neck: {turn: 30}}}\n"


def test_a_drawing_without_words_is_told(content):
    content.change("exercises/turn.yaml", "steps:", f"{FIGURE}steps:")
    (line,) = found(content, "alt")
    assert line == 'exercises/turn.yaml:4:9: the drawing of "turn" has no alternative text'
    content.change("exercises/turn.yaml", "steps:", "alt: {de: Eine Person dreht den Kopf.}\nsteps:")
    assert found(content, "alt") == []


def test_a_drawing_has_words_in_each_edition_that_shows_it(content):
    content.change("exercises/turn.yaml", "steps:", f"{FIGURE}alt: {{de: Eine Person dreht den Kopf.}}\nsteps:")
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    assert found(content, "alt") == []
    content.change("sheets/pain.yaml", "de: Schmerz", "de: Schmerz, en: Pain")
    assert found(content, "alt") == ['exercises/turn.yaml:5:6: the drawing of "turn" has no alternative text in en']


# --- links ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "faults"),
    [
        ("[hier](https://example.org/mehr)", []),
        ("www.example.org.", []),
        ("https://elsewhere.org", ['address "https://elsewhere.org" leads to a host that links.yaml does not know']),
        ("www.elsewhere.org,", ['address "www.elsewhere.org" leads to a host that links.yaml does not know']),
        ("http://example.org", ['address "http://example.org" does not begin with https://']),
    ],
)
def test_addresses_in_prose_are_known_and_safe(content, address, faults):
    content.change("modules/moving.yaml", "de: Gehen Sie.", f'de: "Mehr steht unter {address}"')
    assert found(content, "link") == [f"modules/moving.yaml:4:25: {fault}" for fault in faults]


def test_a_way_to_click_that_a_claim_names_stands_with_the_link(content):
    content.change("claims.yaml", "fact: Moving helps", "fact: Advice, path: [Verband, Gruppen]")
    (line,) = found(content, "link")
    fault = 'link "help" shows another way to click than claim "1-a" names: Verband > Gruppen'
    assert line == f"links.yaml:2:3: {fault}"
    content.change("links.yaml", "claims: [1-a]", "claims: [1-a], path: [{de: Verband}, {de: Rat}]")
    (line,) = found(content, "link")
    assert line.endswith(fault)
    content.change("links.yaml", ", path: [{de: Verband}, {de: Rat}]", "")
    content.change("links.yaml", "claims: [1-a]", "claims: [1-a], path: [{de: Verband}, {de: Gruppen}]")
    assert found(content, "link") == []


def test_all_of_these_are_warnings_but_for_what_is_only_noted(content):
    content.change("modules/moving.yaml", "de: Gehen Sie.", 'de: "http://elsewhere.org"')
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    weights = {finding.code: finding.severity for finding in check_form(content.load(), TODAY)}
    assert weights == {"link": Severity.WARNING, "edition": Severity.NOTE}

"""What `check` tells of a content that loads, and that it tells nothing of one that is in order."""

from __future__ import annotations

from datetime import date

import pytest

from merkblatt.authoring.translations import accept
from merkblatt.check.check import carried_claims, check
from merkblatt.core.findings import Severity
from tests.conftest import TODAY, told


def found(content, today: date = TODAY) -> list[str]:
    """Errors and warnings, each with its weight."""
    findings = [finding for finding in check(content.load(), today) if finding.severity is not Severity.NOTE]
    return [f"{finding.severity} {line}" for finding, line in zip(findings, told(findings, content.root), strict=True)]


def test_a_content_in_order_has_nothing_but_notes(content):
    assert found(content) == []
    assert told(check(content.load(), TODAY), content.root) == ['modules/cold.yaml:1:1: module "cold" is on no sheet']


def test_the_real_content_is_in_order(library):
    assert [str(finding) for finding in check(library, TODAY) if finding.severity is not Severity.NOTE] == []


def test_a_claim_that_nobody_carries_is_told_where_it_stands(content):
    content.change("modules/later.yaml", "claims: [1-c]", "sources: [leaf]")
    assert found(content) == ['error claims.yaml:5:3: claim "1-c" is carried nowhere']
    content.write("left-out.yaml", 'left_out:\n- {claim: 1-c, why: "Another sheet will carry it."}\n')
    assert found(content) == []


def test_a_claim_that_is_left_out_and_carried_is_told(content):
    content.write("left-out.yaml", 'left_out:\n- {claim: 1-c, why: "Another sheet will carry it."}\n')
    (line,) = found(content)
    assert line.startswith('error left-out.yaml:2:3: claim "1-c" is left out, yet carried in ')
    assert line.endswith("modules/later.yaml:4:3")


def test_a_claim_is_carried_by_statements_messages_and_links(content):
    content.change("modules/moving.yaml", "claims: [1-a]", "sources: [leaf]")
    content.change("modules/later.yaml", "claims: [1-c]", "sources: [leaf]")
    carried = carried_claims(content.load())
    places = {claim: [f"{p.path.name}:{p.line}" for p in at] for claim, at in carried.items()}
    assert places == {
        "1-a": ["pain.yaml:3", "links.yaml:2"],
        "1-b": ["warmth.yaml:4"],
        "1-c": [],
        "1-d": ["cold.yaml:4"],
    }


@pytest.mark.parametrize("name", ["modules/moving.yaml", "exercises/turn.yaml", "sheets/pain.yaml"])
def test_a_review_that_was_due_is_a_warning(content, name):
    assert found(content, date(2028, 11, 23)) == []
    content.change(name, "2028-11-23", "2026-11-22")
    (line,) = found(content)
    assert line.startswith(f"warning {name}:")
    assert line.endswith("review was due on 2026-11-22")


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("modules/moving.yaml", "Bewegung"),
        ("modules/moving.yaml", "Gehen Sie."),
        ("modules/cold.yaml", "Kühlen Sie."),  # on no sheet, so that no leaflet would tell
        ("sheets/pain.yaml", "Schmerz"),
        ("sheets/pain.yaml", "Bewegen Sie sich."),
        ("exercises/turn.yaml", "Drehen Sie den Kopf."),
        ("links.yaml", "Rat"),
    ],
)
def test_a_text_that_is_not_written_yet_is_told_once(content, name, old):
    content.change(name, f"de: {old}", "de: TODO")
    (line,) = found(content)
    assert line.startswith(f"error {name}:")
    assert line.endswith('is not written yet: "TODO"')


def test_a_module_that_contradicts_itself_is_told(content):
    content.change("modules/cold.yaml", "[warmth]", "[warmth, cold]")
    assert found(content) == ['error modules/cold.yaml:5:14: module "cold" contradicts itself']


def test_a_sheet_without_warning_signs_is_told(content):
    content.change("sheets/pain.yaml", "- {section: red-flags, modules: [flags]}\n", "")
    assert [line for line in found(content) if 'sheet "pain" has no warning signs' in line]


def test_a_sheet_that_cannot_be_made_is_told_without_an_order(content):
    content.change("sheets/pain.yaml", "[moving, warmth]", "[moving, warmth, cold]")
    (line,) = found(content)
    assert line == 'error modules/cold.yaml:5:14: modules "warmth" and "cold" contradict each other'


def test_a_text_that_a_stage_alone_needs_is_missed_too(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    content.change("sheets/pain.yaml", "de: Schmerz", "de: Schmerz, en: Pain")
    content.change("modules/moving.yaml", "claims: [1-a]", "claims: [1-a], when: {stage: acute}")
    lines = found(content)
    assert any('conditions.yaml:2:56: has no text in edition "en"' in line for line in lines)
    assert any('conditions.yaml:2:86: has no text in edition "en"' in line for line in lines)


def test_an_edition_that_a_sheet_does_not_have_is_no_fault(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    assert found(content) == []


def test_a_translation_whose_original_changed_is_told(content):
    german = (content.root / "editions/de.yaml").read_text()
    content.write("editions/en.yaml", german.replace("language: de\n", "language: en\nbase: de\n"))
    content.change("modules/moving.yaml", "{de: Bewegung}", "{de: Bewegung, en: Moving}")
    content.change("modules/moving.yaml", "{de: Gehen Sie.}", "{de: Gehen Sie., en: Walk.}")
    accept(content.load(), "en")
    assert found(content) == []
    content.change("modules/moving.yaml", "Gehen Sie.", "Gehen Sie viel.")
    (line,) = found(content)
    assert 'the text in "de" has changed' in line


def test_a_pose_that_no_body_could_take_is_told(content):
    figure = "figure: {posture: standing, end: {neck: {bend: 70}}}\nalt: {de: Jemand nickt.}\nsources:"
    content.change("exercises/turn.yaml", "sources:", figure)
    (line,) = found(content)
    assert line.startswith("error exercises/turn.yaml:9:")


# --- later guidelines -------------------------------------------------------------------------------------

GUIDELINES = """\
guidelines:
- {id: later, claims: [1-a, 1-c], differs: It advises less., source: The guideline, since: 2025, caveat: Not seen.}
"""


def test_where_a_later_guideline_differs_is_noted_at_each_statement_that_carries_the_claim(content):
    content.write("guidelines.yaml", GUIDELINES)
    notes = [finding for finding in check(content.load(), TODAY) if finding.code == "guideline"]
    assert told(notes, content.root) == [
        'links.yaml:2:3: claim "1-a": The guideline differs, since 2025. It advises less.',
        'modules/later.yaml:4:3: claim "1-c": The guideline differs, since 2025. It advises less.',
        'modules/moving.yaml:4:3: claim "1-a": The guideline differs, since 2025. It advises less.',
        'sheets/pain.yaml:3:10: claim "1-a": The guideline differs, since 2025. It advises less.',
    ]
    assert {finding.hint for finding in notes} == {"Not seen."}
    assert {finding.severity for finding in notes} == {Severity.NOTE}


def test_no_leaflet_says_what_a_later_guideline_says(content):
    before = content.html()
    content.write("guidelines.yaml", GUIDELINES)
    assert content.html() == before


def test_a_guideline_on_a_claim_that_there_is_not_is_told(content):
    content.write("guidelines.yaml", GUIDELINES.replace("1-c", "1-x"))
    assert content.faults() == ['guidelines.yaml:2:23: unknown claim "1-x"']


def test_the_neck_guideline_of_2025_is_told_where_its_claims_are_carried(library):
    told_of = {f.place.path.stem for f in check(library, TODAY) if f.code == "guideline"}
    assert "neck-longer" in told_of
    assert set(library.guidelines["degam-neck-2025"].claims) == {"3.2.2-g", "3.2.2-h", "3.2.2-j"}


def test_findings_stand_in_the_order_of_their_places(library):
    places = [finding.place for finding in check(library, TODAY)]
    assert places == sorted(places)

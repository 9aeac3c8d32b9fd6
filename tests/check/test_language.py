"""What `check` tells about readability, and what it lets pass."""

from __future__ import annotations

from merkblatt.check.language import check_language
from merkblatt.core.findings import Severity
from tests.check.saying import GLOSSARY, found, in_edition, says

HARD = (
    "Verhaltenstherapeutische Behandlungsmaßnahmen verringern nachweislich gesundheitliche Beeinträchtigungen, "
    "insbesondere Bewegungseinschränkungen."
)


def test_a_sheet_that_is_easy_to_read_is_not_told(content):
    assert found(content, "readability") == []


def test_a_sheet_that_is_hard_to_read_is_told_with_figure_and_target(content):
    says(content, HARD)
    lines = sorted(found(content, "readability"))
    assert [line.split(" wanted ")[1] for line in lines] == ["at least 60", "at most 45", "at most 8"]
    assert lines[0].startswith('sheets/pain.yaml:1:13: sheet "pain" in de is hard to read: Amstad ')
    findings = [finding for finding in check_language(content.load()) if finding.code == "readability"]
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert "Verhaltenstherapeutische" in findings[0].hint
    assert "modules/moving.yaml:4:25" in findings[0].hint


def test_what_is_plain_in_de_can_be_hard_in_de_simple(content):
    text = "Behandlungen und Untersuchungen lindern, doch Bewegung hilft meistens besser"
    in_edition(content, "de-simple", "de", f"{text}. {text}")
    says_of = found(content, "readability")
    assert [line for line in says_of if " in de is " in line] == []
    assert any('sheet "pain" in de-simple is hard to read: Amstad' in line for line in says_of)


def test_english_is_judged_by_english_formulas(content):
    in_edition(
        content, "en", "en", "Psychotherapeutic interventions systematically ameliorate debilitating conditions."
    )
    lines = found(content, "readability")
    assert [line.split("hard to read: ")[1].split(" ")[0] for line in lines] == ["Flesch", "Flesch-Kincaid"]


def test_a_language_without_formulas_is_not_judged(content):
    in_edition(content, "tr", "tr", HARD)
    assert [line for line in found(content, "readability") if " in tr " in line] == []


def test_an_excused_term_is_listed_and_not_silently_skipped(content):
    text = "Verhaltenstherapie, eine Form der Psychotherapie"
    says(content, f"{text}. {text}. {text}. {text}. {text}. {text}.")
    content.write("glossary.yaml", GLOSSARY)
    assert len(found(content, "readability")) == 1
    assert found(content, "excused") == []
    content.write("glossary.yaml", f"{GLOSSARY}  excused: So heißt sie auf dem Rezept.\n")
    assert found(content, "readability") == []
    (line,) = found(content, "excused")
    assert line.startswith(
        'sheets/pain.yaml:1:13: sheet "pain" in de: the length of Verhaltenstherapie (6) is excused: Amstad '
    )
    assert ", unexcused " in line

"""Which words of the field are told as not explained."""

from __future__ import annotations

import pytest

from merkblatt.check.language import check_language
from merkblatt.core.findings import Severity
from tests.check.saying import GLOSSARY, found, in_edition, says


@pytest.mark.parametrize(
    "text",
    ["Verhaltenstherapie, eine Psychotherapie", "Verhaltenstherapien sind Psychotherapie.", "Gehen Sie."],
)
def test_a_term_that_is_explained_beside_it_or_not_used_is_in_order(content, text):
    content.write("glossary.yaml", GLOSSARY)
    says(content, text)
    assert found(content, "term") == []


def test_a_term_that_is_not_explained_is_told_with_its_meaning(content):
    content.write("glossary.yaml", GLOSSARY)
    says(content, "Auch Verhaltenstherapien helfen.")
    (line,) = found(content, "term")
    assert line == 'modules/moving.yaml:4:25: "Verhaltenstherapien" is not explained, on sheet "pain" in de'
    (finding,) = [finding for finding in check_language(content.load()) if finding.code == "term"]
    assert finding.severity is Severity.WARNING
    assert finding.hint == "say where it first stands: eine Form von Psychotherapie"


def test_a_term_that_is_explained_too_late_is_told(content):
    content.write("glossary.yaml", GLOSSARY)
    says(content, "Verhaltenstherapie hilft.")
    content.change("modules/later.yaml", "Besuchen Sie einen Kurs.", "Verhaltenstherapie ist Psychotherapie.")
    (line,) = found(content, "term")
    assert '"Verhaltenstherapie" is explained only in ' in line
    assert 'modules/later.yaml:4:25, on sheet "pain" in de' in line


def test_a_simple_edition_takes_the_terms_of_its_language(content):
    content.write("glossary.yaml", GLOSSARY)
    in_edition(content, "de-simple", "de", "Verhaltenstherapie hilft.")
    (line,) = found(content, "term")
    assert line.endswith('on sheet "pain" in de-simple')


@pytest.mark.parametrize(("text", "told_of"), [("Non-specific pain passes.", 0), ("Specific pain passes.", 1)])
def test_a_term_is_not_found_in_its_own_denial(content, text, told_of):
    terms = GLOSSARY.replace("words: {de: [Verhaltenstherapie]}", "words: {en: [specific pain]}")
    content.write("glossary.yaml", terms.replace("{de: [Psychotherapie]}", "{en: [cause]}"))
    in_edition(content, "en", "en", text)
    assert len(found(content, "term")) == told_of

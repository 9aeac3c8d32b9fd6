"""What `check` tells about words: readability, sentences, style, terms; and what it lets pass."""

from __future__ import annotations

import pytest

from merkblatt.check.language import check_language
from merkblatt.check.texts import plain, texts_on
from merkblatt.core.findings import Severity
from tests.conftest import told

HARD = (
    "Verhaltenstherapeutische Behandlungsmaßnahmen verringern nachweislich gesundheitliche Beeinträchtigungen, "
    "insbesondere Bewegungseinschränkungen."
)

GLOSSARY = """\
terms:
- id: therapy
  words: {de: [Verhaltenstherapie]}
  means: {de: eine Form von Psychotherapie}
  explained_by: {de: [Psychotherapie]}
"""


def found(content, code: str) -> list[str]:
    findings = [finding for finding in check_language(content.load()) if finding.code == code]
    return told(dict.fromkeys(findings), content.root)


def says(content, text: str) -> None:
    content.change("modules/moving.yaml", "de: Gehen Sie.", f'de: "{text}"')


def in_edition(content, edition: str, language: str, text: str) -> None:
    """One module, and all that its sheet needs, in another edition as well."""
    words = (content.root / "editions/de.yaml").read_text().replace("language: de", f"language: {language}")
    content.write(f"editions/{edition}.yaml", words)
    content.change("sheets/pain.yaml", "title: {de: Schmerz}", f"title: {{de: Schmerz, {edition}: Pain}}")
    content.change("modules/moving.yaml", "{de: Gehen Sie.}", f'{{de: Gehen Sie., {edition}: "{text}"}}')


def test_words_are_read_without_their_markdown():
    assert plain("**Nicht** [hier](https://example.org) und [Bird Dog]{lang=en}, 2\\* am  Tag") == (
        "Nicht hier und Bird Dog, 2* am Tag"
    )


def test_a_sheet_s_texts_stand_in_the_order_of_the_page(content):
    library = content.load()
    said = texts_on(library.sheets["pain"], "de", library)
    assert [one.words for one in said if one.chunk in {"message", "moving", "turn"}] == [
        "Schmerz",
        "Für Erwachsene",
        "Bewegen Sie sich.",
        "Bewegung",
        "Gehen Sie.",
        "Sitzen Sie.",
        "Drehen Sie den Kopf.",
        "Langsam.",
        "es schmerzt.",
    ]


def test_a_warning_that_all_exercises_share_is_read_once(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    content.change("sheets/pain.yaml", "[turn]", "[turn, nod]")
    library = content.load()
    words = [one.words for one in texts_on(library.sheets["pain"], "de", library)]
    assert words.count("es schmerzt.") == 1


# --- readability ------------------------------------------------------------------------------------------


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


# --- sentences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "told_of"), [(20, False), (21, True)])
def test_a_sentence_over_20_words_is_told(content, count, told_of):
    says(content, f"Ruhe. {'Da ' * (count - 1)}geht. Ruhe.")
    lines = found(content, "sentence")
    assert bool(lines) is told_of
    if told_of:
        assert lines[0].startswith("modules/moving.yaml:4:25: a sentence of 21 words, wanted at most 20 in de: ")


@pytest.mark.parametrize(("count", "told_of"), [(12, False), (13, True)])
def test_in_de_simple_over_12(content, count, told_of):
    in_edition(content, "de-simple", "de", f"{'Da ' * (count - 1)}geht.")
    assert bool(found(content, "sentence")) is told_of


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Sie werden operiert.", "werden … operiert"),
        ("Der Nacken wird nicht geschont.", "wird … geschont"),
        ("Das Mittel wird vor dem Essen eingenommen.", "wird … eingenommen"),
        ("Wichtig ist, dass nicht operiert wird.", "dass nicht operiert wird."),
        ("Die Schmerzen werden stärker.", ""),
        ("Das wird gut, wenn Sie geduldig üben.", ""),
        ("Sie werden bald wieder gehen.", ""),
        ("Sie werden sehen: Ihr Rücken hat Geduld verdient.", ""),
        ("Der Nacken soll beweglicher werden.", ""),
        ("Die Muskeln werden warm und das beruhigt.", ""),
        ("Es wird mit geschlossenen Augen leichter.", ""),
        ("Das wird überhaupt nicht teuer.", ""),
        ("Das Bein wird festgehalten.", "wird … festgehalten"),
        ("Gehen Sie, sobald es leichter wird, geradeaus.", ""),
    ],
)
def test_the_german_passive_is_noted(content, text, looks):
    says(content, text)
    lines = found(content, "passive")
    assert lines == ([f'modules/moving.yaml:4:25: looks passive: "{looks}"'] if looks else [])
    notes = [finding for finding in check_language(content.load()) if finding.code == "passive"]
    assert all(finding.severity is Severity.NOTE for finding in notes)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("The neck is examined by a doctor.", "is examined"),
        ("It is not advised.", "is not advised"),
        ("Rest is often taken.", "is often taken"),
        ("You are worried.", ""),
        ("It is good to walk.", ""),
        ("You need not rest.", ""),
    ],
)
def test_the_english_passive_is_noted(content, text, looks):
    in_edition(content, "en", "en", text)
    assert [line.split(": ", 1)[1] for line in found(content, "passive")] == (
        [f'looks passive: "{looks}"'] if looks else []
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Die Durchführung der Untersuchung dient der Vermeidung.", "43%"),
        ("Bewegung und Übung halten den Rücken stark.", ""),
        ("Bei einer Entzündung hilft eine Behandlung, die Sie in jeder guten Praxis hier bekommen.", ""),
    ],
)
def test_nominal_style_is_noted(content, text, share):
    says(content, text)
    lines = found(content, "nominal")
    assert bool(lines) is bool(share)
    assert all(f"looks nominal: {share} of the words" in line for line in lines)


def test_warning_signs_may_be_nouns(content):
    content.change("modules/flags.yaml", "Lähmung", "Lähmung oder Sehstörung")
    assert found(content, "nominal") == []


# --- terms ------------------------------------------------------------------------------------------------


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

"""Which sentences are told as long, passive or nominal, and which are let pass."""

from __future__ import annotations

import pytest

from merkblatt.check.language import check_language
from merkblatt.core.findings import Severity
from tests.check.saying import found, in_edition, says


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

"""Translations are kept in step with what they were made from; what is missing or has changed is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merkblatt.authoring.scaffold import new_edition
from merkblatt.authoring.translations import FILE, accept, find_stale
from merkblatt.content.library import load_library
from merkblatt.core.findings import Faulty, Severity
from tests.conftest import Content, told


@pytest.fixture
def english(content: Content) -> Content:
    """The small content with an edition "en" in which the module "moving" is translated."""
    edition = (content.root / "editions/de.yaml").read_text(encoding="utf-8")
    content.write("editions/en.yaml", edition.replace("language: de\n", "language: en\nbase: de\n"))
    content.change("modules/moving.yaml", "{de: Bewegung}", "{de: Bewegung, en: Moving}")
    content.change("modules/moving.yaml", "{de: Gehen Sie.}", "{de: Gehen Sie., en: Walk.}")
    return content


def stale(content: Content) -> list[str]:
    return told(find_stale(content.load()), content.root)


# --- in step ----------------------------------------------------------------------------------------------


def test_a_translation_that_nobody_accepted_is_told(english):
    found = [line for line in stale(english) if line.startswith("modules")]
    assert found == [
        'modules/moving.yaml:1:27: the text in "en" has not been accepted as a translation',
        'modules/moving.yaml:4:41: the text in "en" has not been accepted as a translation',
    ]
    assert {finding.severity for finding in find_stale(english.load())} == {Severity.WARNING}


def test_what_is_accepted_is_in_step(english):
    assert accept(english.load(), "en") > 2
    assert stale(english) == []
    kept = json.loads((english.root / FILE).read_text(encoding="utf-8"))
    assert set(kept["en"]["modules/moving.yaml"]) == {"title", "statements.0.text"}
    assert all(len(mark) == 17 for mark in kept["en"]["modules/moving.yaml"].values())


def test_an_original_that_changes_is_told_at_its_translation(english):
    accept(english.load(), "en")
    english.change("modules/moving.yaml", "Gehen Sie.", "Gehen Sie viel.")
    assert stale(english) == ['modules/moving.yaml:4:46: the text in "de" has changed after its translation into "en"']
    accept(english.load(), "en", [Path("modules/moving.yaml")])
    assert stale(english) == []


def test_a_translation_may_be_bettered(english):
    accept(english.load(), "en")
    english.change("modules/moving.yaml", "en: Walk.", "en: Go for a walk.")
    assert stale(english) == []


def test_a_line_that_is_folded_anew_is_still_in_step(english):
    accept(english.load(), "en")
    english.change("modules/moving.yaml", "{de: Gehen Sie., en: Walk.}", "{de: Gehen   Sie., en: Walk.}")
    assert stale(english) == []


def test_texts_that_move_within_their_file_stay_in_step(english):
    accept(english.load(), "en")
    new = "statements:\n- {kind: do, text: {de: Neu.}, claims: [1-a]}\n"
    english.change("modules/moving.yaml", "statements:\n", new)
    assert stale(english) == []


def test_the_page_s_own_words_are_kept_in_step(english):
    accept(english.load(), "en")
    english.change("editions/de.yaml", "part about", "part about it")
    english.change("editions/de.yaml", '"weeks_over {weeks}"', '"more than {weeks}"')
    assert [line.split(": ")[0] for line in stale(english)] == ["editions/en.yaml:5:3", "editions/en.yaml:25:15"]


def test_a_file_alone_is_accepted_as_seen_from_anywhere(english, monkeypatch):
    monkeypatch.chdir(english.root.parent)
    assert accept(english.load(), "en", [Path("leaflets/modules/moving.yaml")]) == 2
    assert {line.split(":")[0] for line in stale(english)} == {"editions/en.yaml"}


def test_marks_of_what_is_gone_are_let_go(english):
    accept(english.load(), "en")
    english.change("modules/moving.yaml", ", en: Moving", "")
    accept(english.load(), "en")
    kept = json.loads((english.root / FILE).read_text(encoding="utf-8"))
    assert set(kept["en"]["modules/moving.yaml"]) == {"statements.0.text"}


def test_each_folder_keeps_its_own(english, tmp_path):
    own = Content(tmp_path / "own")
    own.write("modules/rest.yaml", (english.root / "modules/moving.yaml").read_text(encoding="utf-8"))
    library = load_library([english.root, own.root])
    accept(library, "en")
    assert list(json.loads((own.root / FILE).read_text(encoding="utf-8"))["en"]) == ["modules/rest.yaml"]
    assert list(find_stale(library)) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"en": 1}', '{"en": {"a": {"b": 2}}}'])
def test_a_record_that_is_spoilt_is_told(english, text):
    english.write(FILE, text)
    with pytest.raises(Faulty, match="cannot be understood"):
        list(find_stale(english.load()))


@pytest.mark.parametrize(
    ("edition", "files", "message"),
    [
        ("fr", [], 'unknown edition "fr"'),
        ("de", [], "is translated from no other"),
        ("en", [Path("modules/movin.yaml")], 'did you mean "modules/moving.yaml"'),
    ],
)
def test_what_cannot_be_accepted_is_told(english, edition, files, message):
    with pytest.raises(Faulty, match=message):
        accept(english.load(), edition, files)
    assert not (english.root / FILE).exists()


def test_an_edition_of_its_own_has_nothing_to_accept(content):
    assert stale(content) == []


def test_what_is_still_to_be_written_is_not_stale(english):
    new_edition("tr", english.root, english.load())
    assert [line for line in stale(english) if "tr" in line.split(":")[0]] == []


def test_accept_on_the_command_line(run, small_program):
    edition = (small_program.root / "editions/de.yaml").read_text(encoding="utf-8")
    small_program.write("editions/en.yaml", edition.replace("language: de\n", "language: en\nbase: de\n"))
    ran = run("accept", "en", "editions/en.yaml")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("accepted: ")
    assert run("accept", "fr").code == 2

"""Which texts an edition takes over from another one, and what is known of each."""

from __future__ import annotations

import re

import pytest

from merkblatt.authoring.scaffold import new_edition
from merkblatt.authoring.translated_texts import Translation, mark_of, translations
from tests.conftest import Content


@pytest.fixture
def english(content: Content) -> Content:
    """The small content with an edition "en" that is translated from "de", and one module in it."""
    edition = (content.root / "editions/de.yaml").read_text(encoding="utf-8")
    content.write("editions/en.yaml", edition.replace("language: de\n", "language: en\nbase: de\n"))
    content.change("modules/moving.yaml", "{de: Gehen Sie.}", "{de: Gehen Sie., en: Walk.}")
    return content


def found(content: Content, file: str) -> dict[str, Translation]:
    return {one.path: one for one in translations(content.load()) if one.file == file}


def test_an_edition_that_is_written_first_is_translated_from_none(content):
    assert list(translations(content.load())) == []


def test_texts_are_known_by_their_file_and_their_path_there(english):
    assert {(one.file, one.path) for one in translations(english.load()) if one.words is None} >= {
        ("links.yaml", "links.help.offers"),
        ("conditions.yaml", "circumstances.tension.condition"),
        ("exercises/turn.yaml", "steps.0"),
        ("sheets/pain.yaml", "message.text"),
    }


def test_a_text_has_its_original_and_the_place_where_it_stands(english):
    texts = found(english, "modules/moving.yaml")
    walk, title = texts["statements.0.text"], texts["title"]
    assert (walk.original, walk.words, walk.is_written) == ("Gehen Sie.", "Walk.", True)
    assert (title.original, title.words, title.is_written) == ("Bewegung", None, False)
    assert (walk.place.line, walk.place.column) > (title.place.line, title.place.column)


def test_the_words_of_the_page_are_texts_too(english):
    own = found(english, "editions/en.yaml")
    assert own["sections.exercises"].original == "part exercises"
    assert own["labels.caution"].words == "caution"


def test_what_is_scaffolded_is_not_written(english):
    new_edition("tr", english.root, english.load())
    own = found(english, "editions/tr.yaml")
    assert own
    assert not any(one.is_written for one in own.values())


def test_a_mark_knows_words_and_not_how_they_are_folded():
    assert re.fullmatch("[0-9a-f]{8}", mark_of("Gehen Sie."))
    assert mark_of("Gehen\n  Sie. ") == mark_of("Gehen Sie.")
    assert mark_of("Gehen Sie") != mark_of("Gehen Sie.")

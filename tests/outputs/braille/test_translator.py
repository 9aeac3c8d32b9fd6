"""Each piece is written by the table of its language, and what a table lacks by what is like it."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.outputs.braille.tables import TABLES
from merkblatt.outputs.braille.translator import Translator
from merkblatt.outputs.liblouis import BLANK
from merkblatt.page.inline_markup import Piece

DE = TABLES["de"]


@pytest.fixture
def translator(content) -> Translator:
    return Translator(content.choose(name="Erika"), "contracted")


@pytest.fixture
def tables(monkeypatch) -> list[str]:
    """Takes the place of liblouis: an x for each letter, and only ASCII is known; gives the tables asked for."""
    asked: list[str] = []

    def translate(texts, table):
        asked.append(table)
        return [BLANK.join("x" * len(word) for word in text.split(" ")) for text in texts]

    room = "merkblatt.outputs.braille.translator"
    monkeypatch.setattr(f"{room}.translate", translate)
    monkeypatch.setattr(f"{room}.unknown_characters", lambda texts, table: {c for c in "".join(texts) if c > "~"})
    return asked


def test_foreign_words_and_addresses_are_not_contracted(translator):
    runs = translator.runs((Piece("Ein "), Piece("Bird Dog", language="en"), Piece("x.org", href="https://x.org")))
    assert list(runs) == [(DE["contracted"], "Ein "), (DE["basic"], "Bird Dogx.org")]
    assert translator.table_of(Piece("a", language="de-AT")) == DE["contracted"]


def test_a_text_is_one_line_without_steering_characters(translator):
    assert translator.text(Piece("a\nb\u00ad\u2066c\u00a0d")) == "a bc d"


def test_words_keep_the_spaces_between_tables(translator, tables):
    line = (Piece("ab "), Piece("cde", language="en"), Piece(" f"))
    assert translator.translate([line, ()]) == [["xx", "xxx", "x"], []]
    assert tables == sorted(DE[grade] for grade in ("basic", "contracted"))


def test_what_a_table_lacks_is_written_as_its_like(translator, tables):
    assert translator.known(["é › ß"], DE["basic"]) == ["e - ss"]


def test_what_has_no_like_is_told_but_no_letter_of_a_person(content, tables):
    made = Translator(content.choose(name="Ерика"), "basic")
    with pytest.raises(Faulty) as caught:
        made.known(["Е✓"], DE["basic"])
    own, page = sorted(caught.value.findings, key=lambda one: one.message)
    assert (own.message, own.place) == (f"the table {DE['basic']} has no braille for U+0415", made.leaflet.name_place)
    assert page.message.endswith('no braille for U+2713 "✓"')

"""Stand-ins: neutral words that break as a person's own do."""

from __future__ import annotations

import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.placeholders import plain_stand_ins, stand_ins
from merkblatt.stamp.setting import Run
from tests.stamp.settings import field, hand


@pytest.mark.parametrize(
    "words", ["Anna", "Anna Beispiel wohnt in der Musterstraße", "Anna علي", "x" * 15, "Bitte üben Sie jeden Tag. " * 4]
)
def test_they_take_the_lines_and_fonts_of_the_words(words: str) -> None:
    own = hand(field(before="Für ", after="."), width=200)
    found = stand_ins(own, {"0": words.strip()})
    assert own.shape(own.set(found)) == own.shape(own.set({"0": words.strip()}))


def test_nothing_of_the_words_is_left_in_them() -> None:
    own = hand(field(), width=120)
    (found,) = stand_ins(own, {"0": "Geheime Sache Quark, streng vertraulich"}).values()
    assert set(found) <= set("ni ")


def test_what_stands_behind_an_unbroken_run_begins_where_it_did() -> None:
    own = hand(field(unbroken=True), Run((" und mehr",), 0, False), width=400)
    words = {"0": "5-mal am Tag"}
    runs = own.setting.paragraphs[0].runs[0]
    widths = [own.pen.draw(runs.type, text).width for text in (words["0"], stand_ins(own, words)["0"])]
    assert 0 <= widths[0] - widths[1] < 5


def test_plain_ones_are_the_shortest() -> None:
    assert plain_stand_ins({"0": "Anna", "1": "Berta"}) == {"0": "n", "1": "n"}


def test_two_fields_in_one_text_are_left_to_a_layout() -> None:
    own = hand(Run(("", "0", " ", "1", ""), 0, True))
    with pytest.raises(NeedsLayout, match="more than one field"):
        stand_ins(own, {"0": "Anna", "1": "Berta"})

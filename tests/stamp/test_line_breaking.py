"""Lines of a person's words: where they break, and where that is left to a layout."""

from __future__ import annotations

import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.line_breaking import Hand, squeeze
from merkblatt.stamp.setting import Run
from tests.stamp.settings import field, hand


def lines(own: Hand, *words: str) -> list[str]:
    """What stands on each line, runs parted by bars."""
    (found,) = own.set({str(number): said for number, said in enumerate(words)})
    return ["|".join(piece.text for piece in line) for line in found]


def width_of(text: str) -> float:
    return hand().pen.draw(0, text).width


def test_what_fits_stands_on_one_line() -> None:
    assert lines(hand(field(before="Für ", after=".")), "Anna Beispiel") == ["Für Anna Beispiel."]


def test_a_line_is_as_full_as_it_can_be() -> None:
    room = width_of("Bitte üben Sie") + 2
    assert lines(hand(field(), width=room), "Bitte üben Sie jeden Tag") == ["Bitte üben Sie", "jeden Tag"]
    narrower = hand(field(), width=width_of("Bitte üben Sie") - 3)
    assert lines(narrower, "Bitte üben Sie jeden Tag") == ["Bitte üben", "Sie jeden Tag"]


def test_a_word_parts_after_its_own_hyphen() -> None:
    assert lines(hand(field(), width=width_of("der Arzt-") + 2), "der Arzt-Brief") == ["der Arzt-", "Brief"]


def test_runs_part_where_words_do_and_keep_their_spaces() -> None:
    own = hand(Run(("Für",), 0, True), field(before=" ", starts=False), width=width_of("Für Anna") + 2)
    assert lines(own, "Anna Beispiel") == ["Für| Anna", "Beispiel"]


def test_a_run_that_begins_a_line_begins_one() -> None:
    assert lines(hand(field(), field("1")), "Eins.", "Zwei.") == ["Eins.", "Zwei."]


def test_an_unbroken_run_goes_over_whole() -> None:
    runs = Run(("Bitte ",), 0, True), field(starts=False, unbroken=True)
    own = hand(*runs, width=width_of("Bitte 5-mal") + 20)
    assert lines(own, "5-mal am Tag") == ["Bitte", "5-mal am Tag"]


@pytest.mark.parametrize(
    ("words", "width", "why"),
    [
        ("W" * 80, 300, "wider than its line"),
        ("wort/wort " * 9, 150, "more than one way"),
        ("um 10\u00a0Uhr", 70, "more than one way"),
        ("عليكم " * 30, 200, "from the right"),
    ],
)
def test_what_is_not_certain_is_left_to_a_layout(words: str, width: float, why: str) -> None:
    with pytest.raises(NeedsLayout, match=why):
        lines(hand(field(), width=width), words)


@pytest.mark.parametrize("off", [-0.04, 0.04])
def test_a_line_that_just_fits_or_just_does_not_is_left_to_a_layout(off: float) -> None:
    with pytest.raises(NeedsLayout, match="as wide as the paragraph"):
        lines(hand(field(), width=width_of("Bitte üben") + off), "Bitte üben")


def test_a_shape_tells_runs_and_fonts_and_no_words() -> None:
    own = hand(field())
    shapes = [own.shape(own.set({"0": words})) for words in ("Anna", "Berta", "علي")]
    assert shapes[0] == shapes[1] == ((((0, (0,)),),),)
    assert shapes[2] == ((((0, (1,)),),),)


def test_white_space_is_squeezed_but_for_the_no_break_space() -> None:
    assert squeeze("  a\t b\n\u00a0c ") == "a b \u00a0c"

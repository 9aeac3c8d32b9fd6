"""What Unicode says of a text, and what is left to a layout because of it."""

from __future__ import annotations

import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.text_traits import (
    fill_spaces,
    is_from_right,
    is_plain,
    require_visible,
    scripts_of,
    stretch_from_right,
)


@pytest.mark.parametrize(
    ("character", "plain"),
    [("a", True), ("Ł", True), ("5", True), (" ", True), ("–", True), ("ж", False), ("ع", False), ("٥", False),
     ("\u0301", False), ("\u200b", False)],
)  # fmt: skip
def test_plain_is_what_changes_nothing_around_it(character: str, plain: bool) -> None:
    assert is_plain(character) is plain


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ue000", "\x07", "\u2028"])
def test_what_is_not_to_be_seen_is_refused(sign: str) -> None:
    require_visible("Łucja und محمد")
    with pytest.raises(NeedsLayout, match="invisible"):
        require_visible(f"An{sign}na")


def test_letters_have_a_direction() -> None:
    assert [is_from_right(letter) for letter in "aж5عא"] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("Anna", (4, 4)),
        ("Łucja", (5, 5)),
        ("محمد علي", (0, 8)),
        ("Frau علي, Ulm", (5, 8)),
        ("عَ", (0, 2)),
        ("5 علي", (2, 5)),
    ],
)
def test_the_stretch_from_the_right_is_found(text: str, stretch: tuple[int, int]) -> None:
    assert stretch_from_right(text) == stretch


@pytest.mark.parametrize(
    ("text", "why"), [("علي A علي", "mixed"), ("علي 5", "mixed"), ("علي (علي", "mixed"), ("٥", "digits")]
)
def test_what_two_directions_make_of_each_other_is_left_to_a_layout(text: str, why: str) -> None:
    with pytest.raises(NeedsLayout, match=why):
        stretch_from_right(text)


@pytest.mark.parametrize(
    ("fonts", "filled"),
    [([0, None, 1], [0, 0, 1]), ([2, None, 1], [2, 1, 1]), ([None, 1], [1, 1]), ([1, None], [1, 1]), ([None], [7])],
)
def test_a_space_takes_the_font_beside_it(fonts: list[int | None], filled: list[int]) -> None:
    assert fill_spaces(fonts, 7) == filled


def test_what_all_scripts_share_belongs_to_the_letter_before_it() -> None:
    assert scripts_of("ab 1") == ["LATIN"] * 4
    assert scripts_of("ä, ж.") == ["LATIN", "LATIN", "LATIN", "CYRILLIC", "CYRILLIC"]
    assert scripts_of("– ж") == ["CYRILLIC"] * 3
    assert scripts_of("–") == [""]

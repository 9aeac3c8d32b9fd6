"""Contrast as WCAG counts it, and paler colours."""

from __future__ import annotations

import pytest

from merkblatt.page.colour import WHITE, contrast, lighten, tint


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", WHITE, 21),
        (WHITE, WHITE, 1),
        ("#777777", WHITE, 4.48),
        ("#ff0000", WHITE, 4.0),
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_contrast_is_that_of_the_standard_either_way(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


def test_a_share_of_white_makes_a_colour_paler() -> None:
    assert [lighten("#204060", share) for share in (0, 0.5, 1)] == ["#204060", "#90a0b0", WHITE]


def test_a_tint_is_a_tenth_of_the_colour_on_white() -> None:
    assert tint("#000000") == "#e5e5e5"
    assert tint("#ff8000") == "#fff2e5"
    assert tint(WHITE) == WHITE

"""What an embosser is sent."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.outputs.braille.embosser import BraillePage, braille_ascii, emboss, refuse_small
from merkblatt.outputs.liblouis import BLANK


def test_cells_are_ascii_and_dots_7_and_8_fall_away():
    cells = "".join(chr(ord(BLANK) + dots) for dots in (0, 1, 3, 63))
    assert braille_ascii(cells) == " AB="
    assert braille_ascii(chr(ord(BLANK) + 0xC1)) == "A"


def test_a_page_has_its_lines_and_its_number_at_the_right_of_the_last():
    page = emboss(["AB", " C"], 27, BraillePage(cells=20, lines=10))
    *lines, number, feed = page.split(b"\r\n")
    assert lines == [b"AB", b" C", *[b""] * 7]
    assert number == b"#BG".rjust(20)
    assert feed == b"\f"


@pytest.mark.parametrize(("page", "what"), [(BraillePage(19, 25), "19 cells"), (BraillePage(40, 9), "9 lines")])
def test_a_page_that_holds_no_leaflet_is_refused(page, what):
    with pytest.raises(Faulty, match=f"{what} are too few for a page of braille"):
        refuse_small(page)


def test_the_smallest_page_is_taken():
    refuse_small(BraillePage(20, 10))

"""Cells fill lines, lines fill pages; what belongs together stays so."""

from __future__ import annotations

from merkblatt.outputs.braille.entries import Entry
from merkblatt.outputs.braille.lines import Lump, lump_of, paged
from merkblatt.outputs.liblouis import BLANK

A = chr(ord(BLANK) + 1)


def lines(entry: Entry, *lengths: int, cells: int = 20) -> tuple[str, ...]:
    return lump_of(entry, [A * length for length in lengths], cells).lines


def test_a_paragraph_begins_in_the_third_cell():
    assert lines(Entry(()), 8, 8, 5) == ("  AAAAAAAA AAAAAAAA", "AAAAA")


def test_further_lines_of_an_item_are_set_in():
    assert lines(Entry((), is_item=True, has_dash=True), 8, 8, 5) == ("- AAAAAAAA AAAAAAAA", "  AAAAA")


def test_only_what_is_longer_than_a_line_is_cut():
    assert lines(Entry(()), 25) == ("  " + "A" * 18, "A" * 7)
    assert lines(Entry((), is_item=True), 3, 25) == ("AAA", "  " + "A" * 18, "  " + "A" * 7)


def test_headings_are_centred_underlined_or_set_in():
    assert lines(Entry((), level=1), 4) == (" " * 8 + "AAAA", " " * 8 + "3333")
    assert lines(Entry((), level=2), 4) == ("AAAA", "----")
    assert lines(Entry((), level=3), 4) == ("    AAAA",)
    assert lines(Entry((), level=4), 4) == ("      AAAA",)


def test_pages_hold_so_many_lines_and_none_begins_blank():
    lumps = [Lump(("a", "b", "c")), Lump(("d",), has_gap=True), Lump(("e",), has_gap=True)]
    assert list(paged(lumps, 6)) == [["a", "b", "c", "", "d", ""], ["e"]]
    assert list(paged(lumps, 7)) == [["a", "b", "c", "", "d", "", "e"]]
    assert list(paged([Lump(("H",), has_gap=True, leads=True), Lump(("1",))], 6)) == [["H", "1"]]


def test_a_heading_stands_on_one_page_with_what_it_leads_to():
    lumps = [Lump(("a", "b", "c")), Lump(("H",), has_gap=True, leads=True), Lump(("1", "2"))]
    assert list(paged(lumps, 5)) == [["a", "b", "c"], ["H", "1", "2"]]
    assert list(paged(lumps, 7)) == [["a", "b", "c", "", "H", "1", "2"]]


def test_what_is_longer_than_a_page_goes_on():
    assert list(paged([Lump(tuple("abcde"))], 2)) == [["a", "b"], ["c", "d"], ["e"]]

"""A master filled: its two parts, its places, and a person's own fonts."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from merkblatt.stamp.face import Face
from merkblatt.stamp.field_layout import open_master
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.master import Master, divide
from merkblatt.stamp.shaping import Pen
from tests.stamp.opening import marked, opened
from tests.stamp.settings import face


@pytest.fixture(scope="module")
def master() -> Master:
    return opened(
        f"<p>Für {marked(0)}.</p><p>Ende</p>",
        lambda at: open_master(at.document, at.pdf, at.pages, at.source, at.words),
    )


def stamp(master: Master, words: str, faces: tuple[Face, ...] | None = None) -> tuple[bytes, bytes]:
    hand = Hand(master.setting, Pen(faces or (face(),), master.setting.types, master.brought))
    return master.stamp(hand, hand.set({"0": words}), {"0": words})


def test_the_first_part_is_the_same_object_for_everyone(master: Master) -> None:
    one, other = stamp(master, "Anna"), stamp(master, "Berta")
    assert one[0] is other[0] is master.prefix
    assert one[1] != other[1]
    assert stamp(master, "Anna") == one


def test_places_are_right_and_nothing_is_left_over(master: Master) -> None:
    with pikepdf.open(io.BytesIO(b"".join(stamp(master, "Anna"))), attempt_recovery=False) as file:
        assert file.check_pdf_syntax() == []
        held = b"".join(part.read_bytes() for part in file.pages[0].Contents)
        assert held.count(b"BDC") == held.count(b"EMC") == 3


def test_the_mark_of_a_file_is_that_of_its_bytes(master: Master) -> None:
    marks = [re.findall(rb"/ID\[<(\w+)><(\w+)>\]", stamp(master, name)[1]) for name in ("Anna", "Berta")]
    assert all(first == second for ((first, second),) in marks)
    assert marks[0] != marks[1]


def test_what_the_master_lacks_is_brought_for_this_person_alone(master: Master) -> None:
    poor = replace(master, brought={0: {}})
    tail = stamp(poor, "Anna")[1]
    assert b"/X0 " in tail
    assert b"/X0 " not in stamp(master, "Anna")[1]
    with pikepdf.open(io.BytesIO(poor.prefix + tail)) as file:
        assert "/X0" in file.pages[0].Resources.Font


def test_a_finished_leaflet_is_divided_where_it_was_put_together(master: Master) -> None:
    prefix, tail = stamp(master, "Anna")
    assert divide(prefix + tail) == (prefix, tail)
    assert divide(b"%PDF-1.7 of another maker") == (b"%PDF-1.7 of another maker",)
    assert divide(b"") == (b"",)
    lying = b"x" + b"%merkblatt-prefix 99999\nstartxref\n0\n%%EOF\n"
    assert divide(lying) == (lying,)


def test_says_what_glyphs_alone_do_not(master: Master) -> None:
    said = "a\u0308"
    with pikepdf.open(io.BytesIO(b"".join(stamp(master, said)))) as file:
        held = b"".join(part.read_bytes() for part in file.pages[0].Contents)
    text = f"Für {said}."
    assert ("/ActualText<" + ("\ufeff" + text).encode("utf-16-be").hex() + ">").encode() in held

"""What was cut open becomes a master: its objects in a bundle, its holes numbered, nothing of anybody left in it."""

from __future__ import annotations

import re
import struct
import zlib

from merkblatt.pdf.serialiser import FREE
from merkblatt.stamp.field_layout import open_master
from merkblatt.stamp.master import Master
from tests.stamp.opening import marked, opened


def master(body: str, title: str = "Probe", **words: str) -> Master:
    return opened(
        body, lambda at: open_master(at.document, at.pdf, at.pages, at.source, at.words), title=title, **words
    )


def rows(own: Master) -> list[tuple[int, int, int]]:
    return list(struct.iter_unpack(">BIH", own.rows))


def test_every_object_has_a_row_and_streams_stand_where_it_says() -> None:
    own = master(f"<p>{marked(0)}")
    assert len(rows(own)) == own.first
    assert own.rows.startswith(FREE)
    for number, (kind, at, _) in enumerate(rows(own)):
        if kind == 1:
            assert own.prefix[at:].startswith(b"%d 0 obj\n" % number)
        elif kind == 2:
            assert rows(own)[at][0] == 1


def test_what_is_a_person_s_own_has_no_place_in_the_part_for_everyone() -> None:
    plain, titled = master(f"<p>{marked(0)}"), master(f"<p>{marked(0)}", f"Für {marked(0)}", _0="nnn")
    assert rows(plain)[plain.font_number] == (0, 0, 65535)
    assert rows(plain)[plain.info][0] == 2
    assert titled.info == titled.first + len(titled.holes)
    assert b"F\xc3\xbcr nnn" not in titled.prefix


def test_holes_are_numbered_from_the_first_object_behind() -> None:
    own = master(f"<p>{marked(0)}</p><p style='break-before: page'>{marked(1)}</p>")
    assert own.pages == 2
    assert [part for hole in own.holes for part in hole.parts if isinstance(part, int)] == [0, 1]
    (bundle,) = re.findall(rb"/ObjStm/N \d+/First (\d+).*?stream\n(.*?)\nendstream", own.prefix, re.DOTALL)
    objects = zlib.decompress(bundle[1])[int(bundle[0]) :]
    for number in range(own.first, own.first + len(own.holes)):
        assert objects.count(b"%d 0 R" % number) == 1

"""A master goes through bytes and back; what is no master is told."""

from __future__ import annotations

import struct

import pytest

from merkblatt.stamp.master import Hole, Master, Slot, Title
from merkblatt.stamp.master_file import read_master, write_master
from merkblatt.stamp.setting import Paragraph, Run, Setting, Type

MASTER = Master(
    setting=Setting(("a" * 64,), (Type(16.0, "de", ((0, 0),)),), (Paragraph(300.5, (Run(("Für ", "0"), 0, True),)),)),
    slots=(Slot(0, 0, 0, (b"/P", 3), b"BT\n", b"1 0 0 1", 12.5, 7.25), Slot(0, 0, 1, None, b"", b"", None, 0)),
    holes=(Hole((b"q\xff", 0, b"Q", 1)),),
    prefix=b"%PDF\x00\xff",
    rows=b"\x00" * 14,
    first=9,
    font_entries=b"/F0 3 0 R",
    font_number=4,
    brought={0: {5: "ä", 6: "ffi"}},
    root=1,
    info=2,
    pages=3,
    title=Title(("Für ", "0", ""), (b"<<", b">>"), (b"\xc3", b"x")),
)


def test_a_master_is_read_back() -> None:
    assert read_master(write_master(MASTER)) == MASTER


def test_without_a_title_too() -> None:
    plain = Master(**{**{name: getattr(MASTER, name) for name in MASTER.__dataclass_fields__}, "title": None})
    assert read_master(write_master(plain)) == plain


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:-1], lambda b: b[1:], lambda b: b + b"x", lambda b: b"pickle"]
)
def test_damaged_bytes_are_no_master(damage) -> None:
    with pytest.raises(ValueError, match=r"no master|cut short"):
        read_master(damage(write_master(MASTER)))


def test_words_that_are_no_json_are_no_master() -> None:
    data = write_master(MASTER)
    at = data.index(b"\n") + 1
    (length, *_) = struct.unpack_from(">3I", data, at)
    with pytest.raises(ValueError):  # noqa: PT011
        read_master(data[: at + 12] + b"!" * length + data[at + 12 + length :])

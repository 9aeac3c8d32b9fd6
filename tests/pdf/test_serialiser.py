"""PDF as bytes: what is written is read back by another program as what it was."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from merkblatt.pdf.serialiser import (
    FREE,
    HEADER,
    end_of_file,
    indirect,
    indirects,
    long_row,
    object_stream,
    packed_stream,
    row,
    stream,
    text_string,
)


def whole_file(*, long: bool = False) -> bytes:
    """A file of one page with all that is written here: a bundle, streams, a text, the table of places."""
    write_row, widths = (long_row, b"[1 5 2]") if long else (row, b"[1 4 2]")
    small = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents[5 0 R 6 0 R]>>"),
        (4, b"<</Title%s>>" % text_string("Łucja (Ω)")),
    ]
    streams = [(5, stream(b"q")), (6, packed_stream(b"Q" * 50)), (7, object_stream(small))]
    body, places = indirects(streams, len(HEADER))
    at = len(HEADER) + len(body)
    rows = [write_row(0, 0, 65535)]
    rows += [write_row(2, 7, index) for index in range(len(small))]
    rows += [write_row(1, place, 0) for place in [*places, at]]
    entries = b"/Type/XRef/W%s/Root 1 0 R/Info 4 0 R/Size 9" % widths
    return HEADER + body + indirect(8, packed_stream(b"".join(rows), entries)) + end_of_file(at)


@pytest.mark.parametrize("long", [False, True])
def test_a_file_is_read_back_as_it_was_meant(long: bool) -> None:
    with pikepdf.open(io.BytesIO(whole_file(long=long)), attempt_recovery=False) as file:
        assert file.check_pdf_syntax() == []
        (page,) = file.pages
        assert [part.read_bytes() for part in page.Contents] == [b"q", b"Q" * 50]
        assert file.docinfo["/Title"] == "Łucja (Ω)"


def test_objects_are_told_their_places() -> None:
    body, places = indirects([(3, b"<<>>"), (12, b"null")], 100)
    assert body == indirect(3, b"<<>>") + indirect(12, b"null")
    assert [body[place - 100 :].split(b" ")[0] for place in places] == [b"3", b"12"]
    assert indirects([], 7) == (b"", [])


def test_entries_of_a_stream_stand_where_they_are_wanted() -> None:
    assert stream(b"ab", b"/A 1") == b"<</A 1/Length 2>>\nstream\nab\nendstream"
    packed = packed_stream(b"ab", b"/A 1", 9, b"/B 2")
    assert packed.startswith(b"<</A 1/Filter/FlateDecode/Length %d/B 2>>\n" % len(zlib.compress(b"ab", 9)))
    assert zlib.decompress(packed.split(b"stream\n")[1]) == b"ab"


@pytest.mark.parametrize("level", [1, 6, 9])
def test_it_is_packed_as_wanted(level: int) -> None:
    data = b"".join(b"%d " % number for number in range(3000))
    assert packed_stream(data, level=level) == stream(zlib.compress(data, level), b"/Filter/FlateDecode")
    assert zlib.compress(b"7 0\n" + data, level) in object_stream([(7, data)], level=level)


def test_rows_are_as_wide_as_they_say() -> None:
    assert row(1, 2**32 - 1, 258) == b"\x01\xff\xff\xff\xff\x01\x02"
    assert long_row(2, 2**32, 3) == b"\x02\x01\x00\x00\x00\x00\x00\x03"
    assert row(0, 0, 65535) == FREE


@pytest.mark.parametrize("text", ["", "Anna", "Łucja", "ab)c\\", "😀"])
def test_any_text_is_read_back(text: str) -> None:
    assert str(pikepdf.Object.parse(text_string(text))) == text

"""PDF written as bytes, from the first line of a file to the last (ISO 32000-1, 7.5): objects, streams, places.

What is written is settled by who calls; here stands how it looks in a file, each once.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


def indirect(number: int, body: bytes) -> bytes:
    """An object with its number (7.3.10)."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def indirects(objects: Sequence[tuple[int, bytes]], at: int) -> tuple[bytes, list[int]]:
    """Objects one after the other, by number and body, from a place in the file on; and the place of each."""
    written, places = [], []
    for numbered in objects:
        whole = b"%d 0 obj\n%s\nendobj\n" % numbered
        places.append(at)
        at += len(whole)
        written.append(whole)
    return b"".join(written), places


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a stream with its bytes as they are (7.3.8)."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def packed_stream(data: bytes, entries: bytes = b"", level: int = 6, after: bytes = b"") -> bytes:
    """The body of a stream, compressed; entries stand before its length, or `after` it; a level of 1 is quick."""
    packed = zlib.compress(data, level)
    return b"<<%s/Filter/FlateDecode/Length %d%s>>\nstream\n%s\nendstream" % (entries, len(packed), after, packed)


def object_stream(objects: Sequence[tuple[int, bytes]], *, level: int = 6) -> bytes:
    """The body of a stream that holds objects, by number and body; none of them may be a stream (7.5.7)."""
    places, at = [], 0
    for number, body in objects:
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(places) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
    return packed_stream(head + b"\n".join([body for _, body in objects]), entries, level)


#: A row of the cross-reference stream of a file up to 4 GiB (7.5.8.3): 1, 4 and 2 bytes.
row: Callable[[int, int, int], bytes] = struct.Struct(">BIH").pack


def long_row(kind: int, second: int, third: int) -> bytes:
    """A row of the cross-reference stream of a file up to 1 TiB: 1, 5 and 2 bytes."""
    return kind.to_bytes(1, "big") + second.to_bytes(5, "big") + third.to_bytes(2, "big")


#: The row of an object that is not there.
FREE = row(0, 0, 65535)


def end_of_file(at: int) -> bytes:
    """The last lines of a file, which tell where its cross-reference stream begins (7.5.5)."""
    return b"startxref\n%d\n%%%%EOF\n" % at


def text_string(text: str) -> bytes:
    """A text as PDF writes it where any character may stand (7.9.2.2)."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"

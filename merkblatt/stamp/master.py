"""A leaflet laid out once and cut open at a person's words; filling it gives the bytes of a finished PDF.

What never changes is one block of bytes. Behind it stand the few objects that do, and one cross-reference stream for
all of it: no second revision, nothing of anybody else (ISO 32000-1, 7.5.8). A master is plain data, which
`master_file` makes bytes of.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from merkblatt.pdf.serialiser import FREE, end_of_file, indirect, indirects, packed_stream, row, stream, text_string
from merkblatt.stamp.font_embedding import OBJECTS, embed
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.setting import Lines, Setting
from merkblatt.stamp.shaping import Drawn

#: Streams shorter than this are not compressed.
_SMALL = 600
#: A comment at the end of a file, which says how long the part is that other leaflets have too.
_PREFIX = b"%merkblatt-prefix "


class Slot(NamedTuple):
    """A piece of an open paragraph, by line and place in it: what stands before and after its text in the stream.

    `x` and `y` are in px from the page's top left; `x` is None where the piece follows the one before it. `mark` is the
    marked content's tag and number; None where nothing is painted, as for a space.
    """

    paragraph: int
    line: int
    place: int
    mark: tuple[bytes, int] | None
    before: bytes
    matrix: bytes
    x: float | None
    y: float


class Hole(NamedTuple):
    """A content stream that is written for each person: fixed operators and, by number, the slots between them."""

    parts: tuple[bytes | int, ...]


class Title(NamedTuple):
    """A document's title that names a person: its words, fields at odd places, and what stands around it in the file.

    It stands in the information dictionary and in the metadata (14.3); an archive wants both to say the same.
    """

    pattern: tuple[str, ...]
    info: tuple[bytes, bytes]
    metadata: tuple[bytes, bytes]

    def objects(self, fields: Mapping[str, str]) -> list[bytes]:
        """The information dictionary and the metadata for a person."""
        text = "".join([fields[word] if number % 2 else word for number, word in enumerate(self.pattern)])
        info, metadata = text_string(text).join(self.info), escape(text).encode().join(self.metadata)
        return [info, stream(metadata, b"/Type/Metadata/Subtype/XML")]


@dataclass(frozen=True)
class Master:
    """All that is needed to write finished PDFs.

    `prefix` is the part of the file that never changes, `rows` its cross-reference rows, `brought` by font the glyphs
    that it holds and their text. Objects from `first` on are a person's: the holes, then fonts for this person's words;
    so is the font dictionary, object `font_number`, which always holds `font_entries`, and `title` where it names one.
    """

    setting: Setting
    slots: tuple[Slot, ...]
    holes: tuple[Hole, ...]
    prefix: bytes
    rows: bytes
    first: int
    font_entries: bytes
    font_number: int
    brought: Mapping[int, Mapping[int, str]]
    root: int
    info: int
    pages: int
    title: Title | None = None

    def stamp(self, hand: Hand, paragraphs: Sequence[Lines], fields: Mapping[str, str]) -> tuple[bytes, bytes]:
        """A finished PDF, in two parts: the prefix, and what is this person's own.

        Args:
            hand: what sets and draws, for this master's setting.
            paragraphs: the lines, of the shape for which the master was made.
            fields: the words of which the lines are made.
        """
        drawn = list(self._draw(hand, paragraphs))
        objects = [_content(self._fill(hole, drawn)) for hole in self.holes]
        objects += self.title.objects(fields) if self.title else []
        own_fonts, names = self._own_fonts(hand, _lacking(drawn), self.first + len(objects))
        numbered = list(enumerate([*objects, *own_fonts], self.first))
        return self.prefix, self._tail([(self.font_number, b"<<%s%s>>" % (self.font_entries, names)), *numbered])

    def _draw(self, hand: Hand, paragraphs: Sequence[Lines]) -> Iterator[tuple[Drawn, float]]:
        """Each slot's drawing, and where it begins."""
        end, draw, setting = 0.0, hand.pen.draw, self.setting.paragraphs
        for paragraph, line, place, _, _, _, begin, _ in self.slots:
            run, text = paragraphs[paragraph][line][place]
            drawn = draw(setting[paragraph].runs[run].type, text)
            x = end if begin is None else begin
            end = x + drawn.width
            yield drawn, x

    def _fill(self, hole: Hole, drawn: Sequence[tuple[Drawn, float]]) -> bytes:
        show = self._show
        return b"".join([part if isinstance(part, bytes) else show(part, *drawn[part]) for part in hole.parts])

    def _show(self, number: int, drawn: Drawn, x: float) -> bytes:
        begin, end, y = self._around[number]
        if not begin:
            return b""
        says = b"" if drawn.says is None else b"/ActualText" + text_string(drawn.says)
        if y is not None:
            end += b" %.6f %.6f Tm\n" % (x, y)
        return b"%s%s%s%sET\nEMC\n" % (begin, says, end, drawn.operators)

    @cached_property
    def _around(self) -> list[tuple[bytes, bytes, float | None]]:
        """What stands before each slot's own text and before what it draws; the height, where it begins anywhere."""
        found: list[tuple[bytes, bytes, float | None]] = []
        for slot in self.slots:
            begin = b"%s\n<</MCID %d" % slot.mark if slot.mark else b""
            end = b">>\nBDC\n%s%s" % (slot.before, slot.matrix)
            if slot.x is None:
                found.append((begin, end, slot.y))
            else:
                found.append((begin, end + b" %.6f %.6f Tm\n" % (slot.x, slot.y), None))
        return found

    def _own_fonts(self, hand: Hand, lacks: Mapping[int, Mapping[int, str]], first: int) -> tuple[list[bytes], bytes]:
        """The fonts that only this person's words need: their objects, and their entries in the font dictionary."""
        objects: list[bytes] = []
        names = b""
        for font, text_of in sorted(lacks.items()):
            names += b"/X%d %d 0 R" % (font, first + len(objects))
            objects += embed(hand.pen.faces[font], text_of, first + len(objects))
        assert len(objects) == OBJECTS * len(lacks)  # noqa: S101
        return objects, names

    def _tail(self, objects: Sequence[tuple[int, bytes]]) -> bytes:
        """What stands behind the prefix: objects, and the one cross-reference stream."""
        body, places = indirects(objects, len(self.prefix))
        at, number = len(self.prefix) + len(body), objects[-1][0] + 1
        # The first of them, the font dictionary, has its row among those that never change.
        table = self._table(b"".join([row(1, place, 0) for place in [*places[1:], at]]))
        sum_ = self._sum.copy()
        sum_.update(body)
        mark = sum_.hexdigest().encode()
        last = stream(table, b"%s/Size %d/ID[<%s><%s>]" % (self._trailer, number + 1, mark, mark))
        return b"%s%s%s%s" % (body, indirect(number, last), self._said_prefix, end_of_file(at))

    @cached_property
    def _sum(self) -> Any:
        return hashlib.blake2b(self.prefix + self.rows, digest_size=16)

    @cached_property
    def _trailer(self) -> bytes:
        entries = b"/Type/XRef/W[1 4 2]/Root %d 0 R/Info %d 0 R/Filter/FlateDecode"
        return entries % (self.root, self.info)

    @cached_property
    def _said_prefix(self) -> bytes:
        return _PREFIX + b"%d\n" % len(self.prefix)

    @cached_property
    def _fixed_table(self) -> tuple[bytes, int]:
        """The rows that never change, compressed up to the end of a byte (RFC 1951), and their checksum (RFC 1950)."""
        # The font dictionary is the first of a person's objects, so that its place never changes either.
        begin, size = self.font_number * len(FREE), len(FREE)
        rows = self.rows[:begin] + row(1, len(self.prefix), 0) + self.rows[begin + size :]
        packer = zlib.compressobj(9)
        return packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH), zlib.adler32(rows)

    def _table(self, rows: bytes) -> bytes:
        """The whole cross-reference table; a person's rows stand behind the others as they are (RFC 1951, 3.2.4)."""
        packed, checksum = self._fixed_table
        block = struct.pack("<BHH", 1, len(rows), len(rows) ^ 0xFFFF)
        return packed + block + rows + zlib.adler32(rows, checksum).to_bytes(4, "big")


def divide(pdf: bytes) -> tuple[bytes, ...]:
    """A finished leaflet in its two parts, where it was stamped; the whole, where it was not."""
    end = pdf[-100:]
    found = re.search(re.escape(_PREFIX) + rb"(\d+)\nstartxref\n", end)
    length = int(found[1]) if found else 0
    return (pdf[:length], pdf[length:]) if 0 < length < len(pdf) else (pdf,)


def _content(data: bytes) -> bytes:
    return stream(data) if len(data) < _SMALL else packed_stream(data, b"", 1)


def _lacking(drawn: Sequence[tuple[Drawn, float]]) -> dict[int, dict[int, str]]:
    lacks: dict[int, dict[int, str]] = {}
    for one, _ in drawn:
        for font, text_of in one.lacks:
            lacks[font] = {**text_of, **lacks.get(font, {})}
    return lacks

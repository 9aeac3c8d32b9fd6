"""Cuts the content streams of a PDF where a person's words stand, and puts the rest together as a master.

Knows pydyf's objects and the operators of a page; how paragraphs are set is told by `opening`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pydyf

from merkblatt.stamp.face import Face, NeedsLayout
from merkblatt.stamp.font_embedding import embed
from merkblatt.stamp.master import Hole, Master, Slot, Title, row
from merkblatt.stamp.setting import Lines, Paragraph, Setting

#: Fixed text between two fields that is shorter than this, in bytes, is written anew with the fields.
_SHORT = 400
#: What shows text and marks it, or sets a colour: operators that depend on nothing but what is set before them.
_TEXT = frozenset(b"BDC BMC EMC BT ET Tm Tf TJ Ts gs rg RG".split())
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_FREE = row(0, 0, 65535)


class Laid(NamedTuple):
    """A text as it was laid out: its box, and its page, counted from 0."""

    box: Any
    page: int


class _Cut(NamedTuple):
    """A text that is taken out of a page's operators, and the slot that takes its place."""

    begin: int
    end: int
    slot: int


class _Raw(pydyf.Stream):  # type: ignore[misc]
    """An object whose bytes are there already."""

    def __init__(self, data: bytes, *, is_stream: bool) -> None:
        super().__init__()
        self.body, self.is_stream = data, is_stream

    @property
    def data(self) -> bytes:
        return self.body

    @property
    def compressible(self) -> bool:
        return not self.is_stream


class Tailor:
    """Works on one PDF, which is used up by it.

    Args:
        pdf: the objects, tagged, not yet written.
        pages: under which mark each box was painted (`tag_growth.PaintedPage`).
    """

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[Any]) -> None:
        self.pdf, self.pages = pdf, pages
        self.page_objects = [self._object(page) for page in pdf.page_references]
        self.streams = [self._object(page["Contents"]) for page in self.page_objects]
        self.cuts: dict[int, list[_Cut]] = {}
        self.slots: list[Slot] = []
        self._named: Mapping[str, int] = {}
        self._title: Title | None = None

    def open_title(self, pattern: Sequence[str], stand_ins: Mapping[str, str]) -> None:
        """Opens the document's title, where a field stands in it; names of fields are at odd places of the pattern."""
        if len(pattern) > 1:
            filled = "".join(stand_ins[word] if number % 2 else word for number, word in enumerate(pattern))
            packet = b"".join(map(_bytes, self._object(self.pdf.catalog["Metadata"]).stream))
            info = self.pdf.info.data.split(pydyf.String(filled).data)
            metadata = packet.split(escape(filled).encode())
            if (len(info), len(metadata)) != (2, 2):
                raise NeedsLayout("the title stands elsewhere than was thought")
            self._title = Title(tuple(pattern), (info[0], info[1]), (metadata[0], metadata[1]))

    def name_fonts(self, named: Mapping[str, int]) -> None:
        """Tells which of the PDF's fonts, by name, are fonts of the setting, by number."""
        self._named = named

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def size_of(self, laid: Laid) -> float:
        """The size of a text's type in px, as it stands in the file."""
        begin, end = self._mark_of(laid)
        token = next(t for t in map(_bytes, self.streams[laid.page].stream[begin:end]) if t.endswith(b" Tf"))
        return float(token.split()[1])

    def _mark_of(self, laid: Laid) -> tuple[int, int]:
        """Where a text's marked content begins and ends among the operators of its page."""
        operators = self.streams[laid.page].stream
        mcid = self.pages[laid.page].mcids[laid.box]
        for at, operator in enumerate(operators):
            if operator == b"BDC" and operators[at - 1].get("MCID") == mcid:
                return at - 2, operators.index(b"EMC", at) + 1
        raise NeedsLayout("a field is painted in a group, or not at all")

    def cut(self, number: int, paragraph: Paragraph, lines: Lines, laid_lines: Sequence[Sequence[Laid]]) -> None:
        """Takes out what a paragraph holds from its first field on."""
        is_open = False
        for line_number, (line, laid_line) in enumerate(zip(lines, laid_lines, strict=True)):
            painted = iter([laid for laid in laid_line if laid.box.text.strip(" ")])
            begins = True
            for place, piece in enumerate(line):
                laid = next(painted) if piece.text.strip(" ") else None
                is_open = is_open or paragraph.runs[piece.run].is_open
                if is_open:
                    self._take((number, line_number, place), laid, begins=begins)
                    begins = False

    def _take(self, where: tuple[int, int, int], laid: Laid | None, *, begins: bool) -> None:
        """Takes out one piece; a space that nothing is painted for only moves the pen."""
        if laid is None:
            self.slots.append(Slot(*where, None, b"", b"", None, 0))
            return
        begin, end = self._mark_of(laid)
        tokens = [_bytes(token) for token in self.streams[laid.page].stream[begin:end]]
        at = tokens.index(b"BT")
        if tokens[-2:] != [b"ET", b"EMC"] or not tokens[at + 1].endswith(b" Tm"):
            raise NeedsLayout("a field is painted in another way than text is")
        *matrix, x, y, _ = tokens[at + 1].split()
        before = b"".join(token + b"\n" for token in tokens[3 : at + 1])
        mark = tokens[0], self.pages[laid.page].mcids[laid.box]
        self.cuts.setdefault(laid.page, []).append(_Cut(begin, end, len(self.slots)))
        self.slots.append(Slot(*where, mark, before, b" ".join(matrix), float(x) if begins else None, float(y)))

    def finish(self, setting: Setting, faces: Sequence[Face], brought: Mapping[int, Mapping[int, str]]) -> Master:
        """The master of what was cut."""
        embedded = {font: self._embed(faces[font], texts) for font, texts in brought.items()}
        contents = {page: self._divide(page) for page in sorted(self.cuts)}
        fonts = self._object(self._object(self.page_objects[0]["Resources"])["Font"])
        entries, needless = self._font_entries(fonts, faces, brought, embedded)
        self.pdf.add_object(self.pdf.info)
        bundle = _Raw(b"", is_stream=True)
        self.pdf.add_object(bundle)
        first = len(self.pdf.objects)
        holes: list[Hole] = []
        for page, parts in contents.items():
            references = []
            for part in parts:
                if isinstance(part, Hole):
                    references.append(b"%d 0 R" % (first + len(holes)))
                    holes.append(part)
                else:
                    references.append(part.reference)
            self.page_objects[page]["Contents"] = pydyf.Array(references)
        if self._title:
            # A person's own: behind the holes stand the information dictionary and the metadata.
            needless |= {self.pdf.info.number, int(self.pdf.catalog["Metadata"].split()[0])}
            self.pdf.catalog["Metadata"] = b"%d 0 R" % (first + len(holes) + 1)
        prefix, rows = _write(self.pdf, bundle, {fonts.number, *needless})
        return Master(
            setting=setting,
            slots=tuple(self.slots),
            holes=tuple(holes),
            prefix=prefix,
            rows=rows,
            first=first,
            font_entries=entries,
            font_number=fonts.number,
            brought=brought,
            root=self.pdf.catalog.number,
            info=first + len(holes) if self._title else self.pdf.info.number,
            title=self._title,
            pages=len(self.pages),
        )

    def _font_entries(
        self,
        fonts: Any,
        faces: Sequence[Face],
        brought: Mapping[int, Mapping[int, str]],
        embedded: Mapping[int, int],
    ) -> tuple[bytes, set[int]]:
        """The font dictionary's entries; and objects of fonts of which the file brings more along than they hold."""
        entries, needless = [], set[int]()
        for name, reference in fonts.items():
            number = int(reference.split()[0])
            font = self._named.get(name, -1)
            if font in embedded and self._holds(reference, faces[font], brought[font]):
                needless |= {number, *self._parts(reference)}
                number = embedded[font]
            entries.append(b"/%s %d 0 R" % (name.encode(), number))
        entries += [b"/F%d %d 0 R" % item for item in embedded.items()]
        return b"".join(entries), needless

    def _holds(self, reference: bytes, face: Face, text_of: Mapping[int, str]) -> bool:
        """Whether a font that is brought along has all glyphs of another, as wide."""
        widths = self._object(_references(self._object(reference)["DescendantFonts"])[0])["W"]
        rows = zip(widths[::2], widths[1::2], strict=True)
        glyphs = {first + at: width for first, row_ in rows for at, width in enumerate(row_)}
        return all(gid in text_of and face.width(gid) == width for gid, width in glyphs.items())

    def _parts(self, reference: bytes) -> Iterator[int]:
        """The numbers of the objects of a font."""
        font = self._object(reference)
        descendant = self._object(_references(font["DescendantFonts"])[0])
        descriptor = self._object(descendant["FontDescriptor"])
        for part in (font["ToUnicode"], descendant.reference, descriptor.reference, descriptor["FontFile2"]):
            yield int(part.split()[0])

    def _embed(self, face: Face, text_of: Mapping[int, str]) -> int:
        """Adds a font; its number."""
        first = len(self.pdf.objects)
        for body in embed(face, text_of, first):
            self.pdf.add_object(_Raw(body, is_stream=body.endswith(b"endstream")))
        return first

    def _divide(self, page: int) -> list[Any]:
        """A page's content as fixed streams and holes in turn."""
        stream, cuts = self.streams[page], sorted(self.cuts[page])
        operators = [_bytes(operator) for operator in stream.stream]
        parts: list[Any] = []
        at = 0
        for cut in cuts:
            self._add_fixed(parts, operators[at : cut.begin])
            if not parts or not isinstance(parts[-1], list):
                parts.append([])
            parts[-1].append(cut.slot)
            at = cut.end
        self._add_fixed(parts, operators[at:], is_last=True)
        # The object that held the whole stream holds its first fixed part now.
        fixed = [part for part in parts if isinstance(part, pydyf.Stream)]
        stream.stream = fixed[0].stream if fixed else []
        for part in fixed[1:]:
            self.pdf.add_object(part)
        return [Hole(tuple(part)) if isinstance(part, list) else stream if part is fixed[0] else part for part in parts]

    def _add_fixed(self, parts: list[Any], operators: Sequence[bytes], *, is_last: bool = False) -> None:
        data = b"\n".join(operators) + b"\n"
        is_short = len(data) <= _SHORT and all(map(_is_text, operators))
        if operators and (is_last or not parts or not is_short):
            parts.append(pydyf.Stream([data], compress=True))
        elif operators:
            parts[-1].append(data)


def _is_text(operator: bytes) -> bool:
    """Whether an operator, or an operand that stands alone, is part of text."""
    return operator.startswith((b"/", b"<<")) or operator.rpartition(b" ")[2] in _TEXT


def _bytes(token: Any) -> bytes:
    data: bytes = pydyf._to_bytes(token)
    return data


def _references(array: Any) -> list[bytes]:
    return re.findall(rb"\d+ \d+ R", _bytes(array))


def _write(pdf: pydyf.PDF, bundle: _Raw, left_out: Collection[int]) -> tuple[bytes, bytes]:
    """The fixed part of the file, and its cross-reference rows; small objects stand in one stream (7.5.7)."""
    out, at = [_HEADER], len(_HEADER)
    rows = [_FREE] * len(pdf.objects)
    small = [item for item in pdf.objects[1:] if item.compressible and item.number not in left_out]
    bundle.body = _bundled(small)
    for item in pdf.objects[1:]:
        if item.compressible or item.number in left_out:
            continue
        data = item.indirect + b"\n"
        rows[item.number] = row(1, at, 0)
        at += len(data)
        out.append(data)
    for index, item in enumerate(small):
        rows[item.number] = row(2, bundle.number, index)
    return b"".join(out), b"".join(rows)


def _bundled(items: Sequence[Any]) -> bytes:
    places, bodies, at = [], [], 0
    for item in items:
        body = item.data
        places.append(b"%d %d" % (item.number, at))
        bodies.append(body)
        at += len(body) + 1
    head = b" ".join(places) + b"\n"
    packed = zlib.compress(head + b"\n".join(bodies), 9)
    return b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        len(items), len(head), len(packed), packed,
    )  # fmt: skip

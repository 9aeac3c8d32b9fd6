"""Takes leaflets apart into what they share and what is a person's, and puts both into a print file.

The body of a page that many leaflets share becomes a form XObject (ISO 32000-1, 8.10), drawn under the few words that
differ; fonts and pictures are written once, by what they hold.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf

from merkblatt.batch.print_run.pdf_writer import Writer
from merkblatt.stamp.font_embedding import OBJECTS

#: Entries of a page or an annotation that lead back, or that paper has no use for.
_LEFT_OUT = frozenset({"/Parent", "/StructParents", "/StructParent", "/Tabs", "/Annots", "/Contents", "/Metadata"})
#: Operators that set what text is painted with; the rest of a graphics state does not reach it.
_STATE = frozenset({"gs", "rg", "RG", "g", "G", "k", "K"})


@dataclass(frozen=True)
class Page:
    """A page of a print file but for its parent: its entries, and its content streams."""

    entries: bytes
    contents: tuple[int, ...]


class Copier:
    """Copies objects of one PDF into a print file, each once; those that are equal are one, from whatever PDF.

    Args:
        writer: the print file.
        known: the numbers of objects by the sum of what they hold, shared by all copiers of the print file.
    """

    def __init__(self, writer: Writer, known: dict[bytes, int]) -> None:
        self.writer, self.known = writer, known
        self._copied: dict[tuple[int, int], bytes] = {}

    def value(self, value: Any) -> bytes:
        """A value as it stands in the print file."""
        if (
            isinstance(value, pikepdf.Object)
            and value.is_indirect
            and isinstance(value, pikepdf.Dictionary | pikepdf.Array)
        ):
            return self._reference(value)
        if isinstance(value, pikepdf.Stream):
            return self._reference(value)
        return self.direct(value)

    def direct(self, value: Any) -> bytes:
        """A value that stands where it is used."""
        if isinstance(value, pikepdf.Dictionary):
            return b"<<%s>>" % self.entries(value)
        if isinstance(value, pikepdf.Array):
            return b"[%s]" % b" ".join(self.value(item) for item in value)
        if isinstance(value, pikepdf.Object):
            return value.unparse()
        if isinstance(value, bool):
            return b"true" if value else b"false"
        return b"null" if value is None else _number(value)

    def entries(self, dictionary: Any, left_out: Iterable[str] = ()) -> bytes:
        """The entries of a dictionary."""
        leaving = _LEFT_OUT | set(left_out)
        pairs = ((key, dictionary[key]) for key in sorted(dictionary.keys()) if key not in leaving)
        return b"".join(b"%s %s" % (pikepdf.Name(key).unparse(), self.value(value)) for key, value in pairs)

    def _reference(self, value: Any) -> bytes:
        known = self._copied.get(value.objgen)
        if known is None:
            number = self._stream(value) if isinstance(value, pikepdf.Stream) else self._once(self.direct(value))
            known = self._copied[value.objgen] = b"%d 0 R" % number
        return known

    def _once(self, body: bytes) -> int:
        sum_ = hashlib.blake2b(body, digest_size=16).digest()
        if sum_ not in self.known:
            self.known[sum_] = self.writer.put(body)
        return self.known[sum_]

    def _stream(self, stream: Any) -> int:
        entries = self.entries(stream, {"/Length"})
        return self.stream(stream.read_raw_bytes(), entries)

    def stream(self, data: bytes, entries: bytes) -> int:
        """The number of a stream, which is written where none like it is yet."""
        sum_ = hashlib.blake2b(entries + b"\0" + data, digest_size=16).digest()
        if sum_ not in self.known:
            self.known[sum_] = self.writer.put_raw(data, entries)
        return self.known[sum_]


def copy_pages(pdf: bytes, writer: Writer, known: dict[bytes, int]) -> list[Page]:
    """The pages of a leaflet that stands alone."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        copier = Copier(writer, known)
        pages = []
        for page in file.pages:
            contents = tuple(int(copier.value(stream).split()[0]) for stream in _contents(page.obj))
            pages.append(Page(copier.entries(page.obj), contents))
        return pages


# Stamped leaflets


@dataclass(frozen=True)
class _Hole:
    """Where a person's words stand: the number of their stream, and the graphics state in which they are painted."""

    number: int
    state: bytes


@dataclass(frozen=True)
class _Body:
    """A page that leaflets share: its entries but for fonts, its resources, and its holes."""

    entries: bytes
    resources: bytes
    holes: tuple[_Hole, ...]


@dataclass
class Shared:
    """What all leaflets that were stamped from one master share, as it stands in a print file."""

    prefix: bytes
    writer: Writer
    bodies: tuple[_Body, ...] = ()
    fonts: bytes = b""
    font_number: int = 0
    _resources: dict[int, bytes] = field(default_factory=dict)

    def pages(self, tail: bytes) -> list[Page]:
        """The pages of the leaflet with this tail."""
        objects = dict(_objects(tail, len(self.prefix)))
        own = self._own_fonts(objects)
        return [self._page(number, body, objects, own) for number, body in enumerate(self.bodies)]

    def _page(self, number: int, body: _Body, objects: Mapping[int, bytes], own: bytes) -> Page:
        overlay = b"".join(b"q\n%s%s\nQ\n" % (hole.state, _data(objects[hole.number])) for hole in body.holes)
        content = self.writer.put_stream(b"/Body Do\n" + overlay)
        if own:
            resources = b"<<%s/Font<<%s%s>>>>" % (body.resources, self.fonts, own)
        else:
            if number not in self._resources:
                whole = self.writer.put(b"<<%s/Font<<%s>>>>" % (body.resources, self.fonts))
                self._resources[number] = b"%d 0 R" % whole
            resources = self._resources[number]
        return Page(body.entries + b"/Resources " + resources, (content,))

    def _own_fonts(self, objects: Mapping[int, bytes]) -> bytes:
        """Writes the fonts that only this person's words need; their entries in a font dictionary."""
        names = re.findall(rb"(/X\d+) (\d+) 0 R", objects[self.font_number])
        parts = [number for _, first in names for number in range(int(first), int(first) + OBJECTS)]
        numbers = {number: self.writer.reserve() for number in parts}
        entries = b"".join(b"%s %d 0 R" % (name, numbers[int(number)]) for name, number in names)
        for number, own in numbers.items():
            self._put(objects[number], numbers, own)
        return entries

    def _put(self, body: bytes, numbers: Mapping[int, int], number: int) -> None:
        head, is_stream, data = body.partition(b"\nstream\n")

        def renumbered(match: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % numbers[int(match[1])]

        head = re.sub(rb"\b(\d+) 0 R\b", renumbered, head)
        if is_stream:
            self.writer.put_whole(head + is_stream + data, number)
        else:
            self.writer.put(head, number)


def share(prefix: bytes, tail: bytes, writer: Writer, known: dict[bytes, int]) -> Shared:
    """Writes what the leaflets of one master share, as one of them shows it."""
    objects = dict(_objects(tail, len(prefix)))
    with pikepdf.open(io.BytesIO(prefix + tail)) as file:
        copier = Copier(writer, known)
        font_dictionary = file.pages[0].Resources.Font
        shared = Shared(prefix, writer, font_number=font_dictionary.objgen[0])
        own = {name for name in font_dictionary.keys() if font_dictionary[name].objgen[0] in objects}  # noqa: SIM118
        shared.fonts = copier.entries(font_dictionary, own)
        shared.bodies = tuple(_body(page.obj, objects, copier, shared.fonts) for page in file.pages)
        return shared


def _body(page: Any, objects: Mapping[int, bytes], copier: Copier, fonts: bytes) -> _Body:
    """Writes the body of a page as a form, and tells what is painted over it."""
    holes, fixed = [], []
    painter = _Painter()
    for stream in _contents(page):
        is_hole = stream.objgen[0] in objects
        data = stream.read_bytes()
        if is_hole:
            holes.append(_Hole(stream.objgen[0], painter.state()))
        for instruction in pikepdf.parse_content_stream(stream):
            painter.take(instruction.operands, str(instruction.operator))
        fixed.append(b"".join(_states(data)) if is_hole else data)
    resources = copier.entries(page.Resources, {"/Font"})
    box = copier.direct(page.MediaBox)
    entries = b"/Type/XObject/Subtype/Form/BBox%s/Resources<<%s/Font<<%s>>>>/Filter/FlateDecode"
    form = copier.stream(zlib.compress(b"\n".join(fixed), 9), entries % (box, resources, fonts))
    xobjects = copier.entries(page.Resources.XObject) if "/XObject" in page.Resources else b""
    rest = copier.entries(page.Resources, {"/Font", "/XObject"})
    rest += b"/XObject<<%s/Body %d 0 R>>" % (xobjects, form)
    return _Body(copier.entries(page, {"/Resources"}), rest, tuple(holes))


class _Painter:
    """Follows a content stream as far as text that is painted at some point needs it."""

    def __init__(self) -> None:
        self._matrices: list[bytes] = []
        self._settings: dict[str, bytes] = {}
        self._kept: list[tuple[list[bytes], dict[str, bytes]]] = []

    def take(self, operands: Iterable[Any], operator: str) -> None:
        if operator == "q":
            self._kept.append((self._matrices[:], self._settings.copy()))
        elif operator == "Q":
            self._matrices, self._settings = self._kept.pop()
        elif operator == "cm":
            self._matrices.append(_line(operands, operator))
        elif operator in _STATE:
            self._settings.pop(operator, None)
            self._settings[operator] = _line(operands, operator)

    def state(self) -> bytes:
        """Operators that bring about the state of now."""
        return b"".join([*self._matrices, *self._settings.values()])


def _line(operands: Iterable[Any], operator: str) -> bytes:
    words = [item.unparse() if isinstance(item, pikepdf.Object) else _number(item) for item in operands]
    return b" ".join([*words, operator.encode()]) + b"\n"


def _states(hole: bytes) -> Iterator[bytes]:
    """What a hole's operators set for those after them; its words are painted by the page."""
    for line in hole.split(b"\n"):
        if line.rpartition(b" ")[2].decode("latin-1") in _STATE:
            yield line + b"\n"


def _contents(page: Any) -> list[Any]:
    contents = page.get("/Contents")
    return list(contents) if isinstance(contents, pikepdf.Array) else [] if contents is None else [contents]


def _objects(tail: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """The objects of a tail by number, told by its cross-reference stream; the stream itself is left out."""
    start = int(tail[tail.rindex(b"startxref\n") + 10 :].split()[0]) - begin
    table = zlib.decompress(tail[tail.index(b"stream\n", start) + 7 : tail.rindex(b"\nendstream")])
    rows = [(number, *row) for number, row in enumerate(struct.iter_unpack(">BIH", table))]
    places = sorted((at - begin, number) for number, kind, at, _ in rows if kind == 1 and at >= begin)
    for (at, number), (end, _) in zip(places, [*places[1:], (len(tail), 0)], strict=True):
        if at != start:
            body = tail[at:end]
            yield number, body[body.index(b"obj\n") + 4 : body.rindex(b"\nendobj")]


def _data(body: bytes) -> bytes:
    head, _, data = body.partition(b"\nstream\n")
    data = data.removesuffix(b"\nendstream")
    return zlib.decompress(data) if b"/FlateDecode" in head else data


def _number(value: Any) -> bytes:
    if isinstance(value, int):
        return b"%d" % value
    return f"{Decimal(value):f}".encode()

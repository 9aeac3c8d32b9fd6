"""Puts fonts with all everyday glyphs into a PDF, in the place of those that hold what one layout needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import object_at, to_bytes
from merkblatt.stamp.face import Face
from merkblatt.stamp.font_embedding import embed


class Raw(pydyf.Stream):  # type: ignore[misc]
    """An object of a PDF whose bytes are there already."""

    def __init__(self, data: bytes, *, is_stream: bool) -> None:
        super().__init__()
        self.body, self.is_stream = data, is_stream

    @property
    def data(self) -> bytes:
        """The body."""
        return self.body

    @property
    def compressible(self) -> bool:
        """Whether it may stand in a stream of objects (7.5.7)."""
        return not self.is_stream


def replace_fonts(
    pdf: pydyf.PDF,
    fonts: Mapping[str, bytes],
    named: Mapping[str, int],
    faces: Sequence[Face],
    brought: Mapping[int, Mapping[int, str]],
) -> tuple[bytes, set[int]]:
    """Adds the fonts that are brought along; the entries of the font dictionary, and the objects that nothing needs.

    Args:
        pdf: the objects.
        fonts: the font dictionary: references by name.
        named: which of them, by name, are fonts that a person's words may be set in, by number.
        faces: these fonts by number.
        brought: by font, the glyphs that are brought along, and the text of each.
    """
    embedded = {font: _embed(pdf, faces[font], texts) for font, texts in brought.items()}
    entries, needless = [], set[int]()
    for name, reference in fonts.items():
        number = int(reference.split()[0])
        font = named.get(name, -1)
        if font in embedded and _holds(pdf, reference, faces[font], brought[font]):
            needless |= {number, *_parts(pdf, reference)}
            number = embedded[font]
        entries.append(b"/%s %d 0 R" % (name.encode(), number))
    entries += [b"/F%d %d 0 R" % item for item in embedded.items()]
    return b"".join(entries), needless


def _embed(pdf: pydyf.PDF, face: Face, text_of: Mapping[int, str]) -> int:
    """Adds a font; its number."""
    first = len(pdf.objects)
    for body in embed(face, text_of, first):
        pdf.add_object(Raw(body, is_stream=body.endswith(b"endstream")))
    return first


def _holds(pdf: pydyf.PDF, reference: bytes, face: Face, text_of: Mapping[int, str]) -> bool:
    """Whether a font that is brought along has all glyphs of another, as wide."""
    widths = _descendant(pdf, object_at(pdf, reference))["W"]
    rows = zip(widths[::2], widths[1::2], strict=True)
    glyphs = {first + at: width for first, row_ in rows for at, width in enumerate(row_)}
    return all(gid in text_of and face.width(gid) == width for gid, width in glyphs.items())


def _parts(pdf: pydyf.PDF, reference: bytes) -> Iterator[int]:
    """The numbers of the objects of a font."""
    font = object_at(pdf, reference)
    descendant = _descendant(pdf, font)
    descriptor = object_at(pdf, descendant["FontDescriptor"])
    for part in (font["ToUnicode"], descendant.reference, descriptor.reference, descriptor["FontFile2"]):
        yield int(part.split()[0])


def _descendant(pdf: pydyf.PDF, font: Any) -> Any:
    """The one font below a composite font (9.7.1)."""
    return object_at(pdf, re.findall(rb"\d+ \d+ R", to_bytes(font["DescendantFonts"]))[0])

"""A font as objects of a PDF: the glyphs in use, their widths, and the text they stand for (ISO 32000-1, 9.7)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from merkblatt.pdf.serialiser import packed_stream
from merkblatt.stamp.face import Face

#: Objects that a font takes.
OBJECTS = 5
# Tables that shape and name; an embedded font whose text is glyph numbers (Identity-H) has no use for them.
_NEEDLESS = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "OS/2", "PCLT", "cmap", "name", "post")
#: Pairs and triples of letters that fonts draw as one glyph.
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "fj", "ffj", "ft", "tt", "ti", "tf")
#: ISO 32000-1, table 123: the font uses characters outside the Adobe standard Latin set.
_SYMBOLIC = 4


def everyday_glyphs(face: Face, language: str) -> dict[int, str]:
    """The glyphs that every file brings along, and their text: a small font whole, of a large one the Latin letters."""
    characters = face.characters
    if face.face.glyph_count > 700:
        characters = {gid: c for gid, c in characters.items() if _is_everyday(ord(c))}
    found = dict(characters)
    for text in _LIGATURES:
        glyphs = face.shape(text, 16, language)
        if len(glyphs) == 1 and face.has(text[0]):
            found.setdefault(glyphs[0][0], text)
    found.pop(0, None)
    return found


def _is_everyday(code: int) -> bool:
    """Latin letters of European languages, and the signs beside them."""
    return 0x20 <= code <= 0x24F or code == 0x1E9E or 0x2010 <= code <= 0x2044 or code in {0x20AC, 0x2116, 0x2122}


def embed(face: Face, text_of: Mapping[int, str], first: int) -> list[bytes]:
    """The bodies of a font's objects, numbered from `first`; the first is the font itself.

    Args:
        face: the whole font.
        text_of: the glyphs, and the text of each.
        first: the number of the first object.
    """
    program, widths = _subset(face, text_of), _widths(face, text_of)
    facts = _facts(face)
    tag = hashlib.blake2b(repr(sorted(text_of)).encode(), digest_size=6).digest()
    name = b"/%s+%s" % (bytes(65 + byte % 26 for byte in tag), facts.name)
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, first + 1, first + 3),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/CIDToGIDMap/Identity/W[%s]/FontDescriptor %d 0 R>>" % (name, widths, first + 2),
        b"<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/FontFile2 %d 0 R>>"
        % (name, _SYMBOLIC, *facts.box, facts.ascent, facts.descent, facts.ascent, first + 4),
        packed_stream(_to_unicode(text_of)),
        packed_stream(program, after=b"/Length1 %d" % len(program)),
    ]


@dataclass(frozen=True)
class _Facts:
    """What a font descriptor says, in 1/1000 em."""

    name: bytes
    box: tuple[int, int, int, int]
    ascent: int
    descent: int


@lru_cache(maxsize=64)
def _facts(face: Face) -> _Facts:
    by = face.scale
    # OpenType: "head" holds the box at byte 36, "hhea" the ascent and descent at byte 4.
    box = struct.unpack(">4h", _table(face, "head")[36:44])
    ascent, descent = struct.unpack(">2h", _table(face, "hhea")[4:8])
    family = face.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    name = "".join(c for c in family if c.isascii() and (c.isalnum() or c == "-")).encode()
    left, bottom, right, top = (round(value * by) for value in box)
    return _Facts(name, (left, bottom, right, top), round(ascent * by), round(descent * by))


def _table(face: Face, tag: str) -> bytes:
    data: bytes = face.face.reference_table(tag).data
    return data


@lru_cache(maxsize=64)
def _prepared(face: Face) -> hb.Face:
    """The font as HarfBuzz likes it where subset after subset is made."""
    return hb.subset_preprocess(face.face)


def _subset(face: Face, gids: Collection[int]) -> bytes:
    wish = hb.SubsetInput()
    # Numbers are kept, so that what HarfBuzz shaped with the whole font is right in the part of it.
    wish.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    wish.glyph_set.update(gids)
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _NEEDLESS)
    data: bytes = hb.subset(_prepared(face), wish).blob.data
    return data


def _widths(face: Face, gids: Collection[int]) -> bytes:
    """Widths in rows of glyphs that follow one another (9.7.4.3)."""
    rows: list[list[int]] = []
    for gid in sorted(gids):
        if rows and gid == rows[-1][-1] + 1:
            rows[-1].append(gid)
        else:
            rows.append([gid])
    return b"".join(b"%d[%s]" % (row[0], b" ".join(b"%d" % face.width(gid) for gid in row)) for row in rows)


def _to_unicode(text_of: Mapping[int, str]) -> bytes:
    """The text of glyphs (9.10.3)."""
    pairs = [f"<{gid:04x}> <{text.encode('utf-16-be').hex()}>" for gid, text in sorted(text_of.items()) if text]
    blocks = []
    for at in range(0, len(pairs), 100):
        block = pairs[at : at + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([_CMAP_HEAD, *blocks, _CMAP_TAIL]).encode()


_CMAP_HEAD = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_CMAP_TAIL = """\
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

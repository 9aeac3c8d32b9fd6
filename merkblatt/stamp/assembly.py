"""Puts what is left of a PDF that was cut open together as a master: the part that never changes, and its places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import object_at
from merkblatt.pdf.serialiser import FREE, HEADER, indirect, object_stream, row
from merkblatt.stamp.face import Face
from merkblatt.stamp.font_replacement import Raw, replace_fonts
from merkblatt.stamp.master import Hole, Master
from merkblatt.stamp.setting import Setting
from merkblatt.stamp.stream_cutter import StreamCutter


def assemble_master(
    cutter: StreamCutter,
    setting: Setting,
    faces: Sequence[Face],
    named: Mapping[str, int],
    brought: Mapping[int, Mapping[int, str]],
) -> Master:
    """The master of a PDF that was cut open, which is used up by it.

    Args:
        cutter: what cut it.
        setting: how the open paragraphs are set.
        faces: the setting's fonts by number.
        named: which of the PDF's fonts, by name, are fonts of the setting, by number.
        brought: by font, the glyphs that every file brings along, and the text of each.
    """
    pdf, title = cutter.pdf, cutter.title
    fonts = object_at(pdf, object_at(pdf, cutter.page_objects[0]["Resources"])["Font"])
    entries, needless = replace_fonts(pdf, fonts, named, faces, brought)
    contents = cutter.divided()
    pdf.add_object(pdf.info)
    bundle = Raw(b"", is_stream=True)
    pdf.add_object(bundle)
    first = len(pdf.objects)
    holes = _place_contents(cutter.page_objects, contents, first)
    if title:
        # A person's own: behind the holes stand the information dictionary and the metadata.
        needless |= {pdf.info.number, int(pdf.catalog["Metadata"].split()[0])}
        pdf.catalog["Metadata"] = b"%d 0 R" % (first + len(holes) + 1)
    prefix, rows = _write(pdf, bundle, {fonts.number, *needless})
    return Master(
        setting=setting,
        slots=tuple(cutter.slots),
        holes=holes,
        prefix=prefix,
        rows=rows,
        first=first,
        font_entries=entries,
        font_number=fonts.number,
        brought=brought,
        root=pdf.catalog.number,
        info=first + len(holes) if title else pdf.info.number,
        title=title,
        pages=len(cutter.page_objects),
    )


def _place_contents(pages: Sequence[Any], contents: Mapping[int, Sequence[Any]], first: int) -> tuple[Hole, ...]:
    """Lets pages show their streams and holes in turn; the holes, which are numbered from `first`."""
    holes: list[Hole] = []
    for page, parts in contents.items():
        references = []
        for part in parts:
            if isinstance(part, Hole):
                references.append(b"%d 0 R" % (first + len(holes)))
                holes.append(part)
            else:
                references.append(part.reference)
        pages[page]["Contents"] = pydyf.Array(references)
    return tuple(holes)


def _write(pdf: pydyf.PDF, bundle: Raw, left_out: Collection[int]) -> tuple[bytes, bytes]:
    """The fixed part of the file, and its cross-reference rows; small objects stand in one stream (7.5.7)."""
    out, at = [HEADER], len(HEADER)
    rows = [FREE] * len(pdf.objects)
    kept = [item for item in pdf.objects[1:] if item.number not in left_out]
    small = [item for item in kept if item.compressible]
    bundle.body = object_stream([(item.number, item.data) for item in small], level=9)
    for item in kept:
        if not item.compressible:
            data = indirect(item.number, item.data)
            rows[item.number] = row(1, at, 0)
            at += len(data)
            out.append(data)
    for index, item in enumerate(small):
        rows[item.number] = row(2, bundle.number, index)
    return b"".join(out), b"".join(rows)

"""Opens a laid-out leaflet where a person's words stand, and makes a master of it.

How the open paragraphs were laid out is read by `open_paragraphs` and `type_reading`; the PDF itself is cut by
`stream_cutter`. What is not certain raises `NeedsLayout`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import font_names
from merkblatt.pdf.structure_from_boxes import PaintedPage
from merkblatt.stamp.assembly import assemble_master
from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.master import Master
from merkblatt.stamp.open_paragraphs import OpenParagraph, fields_of, find_paragraphs, twins_of
from merkblatt.stamp.setting import FIELD, Lines, Paragraph, Run, Setting
from merkblatt.stamp.shaping import Pen
from merkblatt.stamp.stream_cutter import StreamCutter
from merkblatt.stamp.type_reading import Types

#: In px: as far as two computations of one place may differ.
_NEAR = 0.02


def open_master(
    document: Any, pdf: pydyf.PDF, pages: Sequence[PaintedPage], source: Any, stand_ins: Mapping[str, str]
) -> Master:
    """The master of a leaflet whose fields hold stand-ins.

    Args:
        document: the layout.
        pdf: its objects, tagged, not yet written; not to be used afterwards.
        pages: under which mark each box was painted.
        source: the root element of the page before its fields were filled.
        stand_ins: what the fields were filled with, by the names under which the page has them.

    Raises:
        NeedsLayout: something about the leaflet is not certain to be right when it is stamped.
    """
    twins = twins_of(source, pages[0].box.children[0].element)
    found = list(find_paragraphs(pages, twins))
    title = FIELD.split(source.findtext(".//title") or "")
    _require_every_field(source, found, title, stand_ins)
    cutter = StreamCutter(pdf, pages)
    cutter.open_title(title, stand_ins)
    types = Types(cutter.size_of, font_names(document))
    paragraphs = tuple(_paragraph(own, types) for own in found)
    setting = Setting(paragraphs=paragraphs, types=tuple(types.types), fonts=tuple(types.fonts))
    brought = types.everyday()
    hand = Hand(setting, Pen(types.faces, setting.types, brought))
    for number, (lines, own) in enumerate(zip(hand.set(stand_ins), found, strict=True)):
        _compare(hand, paragraphs[number], lines, own)
        cutter.cut(number, paragraphs[number], lines, own.lines)
    return assemble_master(cutter, setting, types.faces, types.named, brought)


def _require_every_field(
    source: Any, found: Sequence[OpenParagraph], title: Sequence[str], stand_ins: Mapping[str, str]
) -> None:
    """Makes sure that each field of the page stands in a paragraph that was found, or in the title."""
    names = [name for own in found for text in own.texts for name in text.pattern[1::2]] + [*title[1::2]]
    if sorted(names) != sorted(fields_of(source)) or not stand_ins.keys() <= set(names):
        raise NeedsLayout("a field stands where no paragraph is")


def _paragraph(found: OpenParagraph, types: Types) -> Paragraph:
    runs = []
    painted = [laid for line in found.lines for laid in line if laid.box.text.strip(" ")]
    for own in painted:
        # First, since of a space nothing is painted that says how large it is.
        types.number_of(own)
    for text in found.texts:
        laid = next((box for line in found.lines for box in line if box.box.element is text.element), None)
        if laid is None:
            raise NeedsLayout("a text of the page was not laid out")
        unbroken = laid.box.style["white_space"] == "nowrap"
        runs.append(Run(text.pattern, types.number_of(laid), text.starts_line, unbroken))
    # Rounded, since two layouts come to one width by different sums.
    return Paragraph(round(found.width, 6), tuple(runs))


def _compare(hand: Hand, paragraph: Paragraph, lines: Lines, found: OpenParagraph) -> None:
    """Makes sure that what we set is what the layout engine set: the words of each line, and where each begins."""
    laid = [[own for own in line if own.box.text.strip(" ")] for line in found.lines]
    ours = [[piece for piece in line if piece.text.strip(" ")] for line in lines]
    if [[own.box.text for own in line] for line in laid] != [[piece.text for piece in line] for line in ours]:
        raise NeedsLayout("a line breaks in another way than was thought")
    for own_line, line in zip(found.lines, lines, strict=True):
        at = own_line[0].box.position_x
        by_text = iter([own for own in own_line if own.box.text.strip(" ")])
        for piece in line:
            width = hand.pen.draw(paragraph.runs[piece.run].type, piece.text).width
            if piece.text.strip(" "):
                own = next(by_text).box
                if abs(own.position_x - at) > _NEAR or abs(own.width - width) > _NEAR:
                    raise NeedsLayout("a text stands elsewhere than was thought")
            at += width

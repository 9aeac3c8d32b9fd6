"""Cuts the content streams of a PDF where a person's words stand.

Knows the operators of a page; how paragraphs are set is told by `field_layout`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pydyf

from merkblatt.pdf.engine_internals import object_at, to_bytes
from merkblatt.pdf.structure_from_boxes import PaintedPage
from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.master import Hole, Slot, Title
from merkblatt.stamp.open_paragraphs import Laid
from merkblatt.stamp.setting import Lines, Paragraph

#: Fixed text between two fields that is shorter than this, in bytes, is written anew with the fields.
_SHORT = 400
#: What shows text and marks it, or sets a colour: operators that depend on nothing but what is set before them.
_TEXT = frozenset(b"BDC BMC EMC BT ET Tm Tf TJ Ts gs rg RG".split())


class _Cut(NamedTuple):
    """A text that is taken out of a page's operators, and the slot that takes its place."""

    begin: int
    end: int
    slot: int


class StreamCutter:
    """Works on one PDF, which is used up by it.

    Args:
        pdf: the objects, tagged, not yet written.
        pages: under which mark each box was painted (`structure_from_boxes.PaintedPage`).
    """

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[PaintedPage]) -> None:
        self.pdf, self.pages = pdf, pages
        self.page_objects = [object_at(pdf, page) for page in pdf.page_references]
        self.streams = [object_at(pdf, page["Contents"]) for page in self.page_objects]
        self.cuts: dict[int, list[_Cut]] = {}
        self.slots: list[Slot] = []
        self.title: Title | None = None

    def open_title(self, pattern: Sequence[str], stand_ins: Mapping[str, str]) -> None:
        """Opens the document's title, where a field stands in it; names of fields are at odd places of the pattern."""
        if len(pattern) > 1:
            filled = "".join(stand_ins[word] if number % 2 else word for number, word in enumerate(pattern))
            packet = b"".join(map(to_bytes, object_at(self.pdf, self.pdf.catalog["Metadata"]).stream))
            info = self.pdf.info.data.split(pydyf.String(filled).data)
            metadata = packet.split(escape(filled).encode())
            if (len(info), len(metadata)) != (2, 2):
                raise NeedsLayout("the title stands elsewhere than was thought")
            self.title = Title(tuple(pattern), (info[0], info[1]), (metadata[0], metadata[1]))

    def size_of(self, laid: Laid) -> float:
        """The size of a text's type in px, as it stands in the file."""
        begin, end = self._mark_of(laid)
        token = next(t for t in map(to_bytes, self.streams[laid.page].stream[begin:end]) if t.endswith(b" Tf"))
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
        tokens = [to_bytes(token) for token in self.streams[laid.page].stream[begin:end]]
        at = tokens.index(b"BT")
        if tokens[-2:] != [b"ET", b"EMC"] or not tokens[at + 1].endswith(b" Tm"):
            raise NeedsLayout("a field is painted in another way than text is")
        *matrix, x, y, _ = tokens[at + 1].split()
        before = b"".join(token + b"\n" for token in tokens[3 : at + 1])
        mark = tokens[0], self.pages[laid.page].mcids[laid.box]
        self.cuts.setdefault(laid.page, []).append(_Cut(begin, end, len(self.slots)))
        self.slots.append(Slot(*where, mark, before, b" ".join(matrix), float(x) if begins else None, float(y)))

    def divided(self) -> dict[int, list[Any]]:
        """By page that was cut, its content as streams (`pydyf.Stream`) and holes in turn."""
        return {page: self._divide(page) for page in sorted(self.cuts)}

    def _divide(self, page: int) -> list[Any]:
        """A page's content as fixed streams and holes in turn."""
        stream, cuts = self.streams[page], sorted(self.cuts[page])
        operators = [to_bytes(operator) for operator in stream.stream]
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

"""Breaks a person's paragraphs into lines as the layout engine does.

Where it is not certain how a line breaks, the leaflet has to be laid out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.setting import Lines, Paragraph, Piece, Setting, Shape
from merkblatt.stamp.shaping import Pen
from merkblatt.stamp.text_traits import is_from_right

#: Paragraphs that are kept broken into lines.
KEPT = 2_000
#: In px: less than that is left to the layout engine to judge.
DOUBT = 0.05
#: How far, in px, kerning with a space may move the end of a line that was measured as part of a longer one.
KERNING = 1.5

# Words that break nowhere, or only after a hyphen between letters (UAX 14): letters and digits of scripts that part
# words by spaces, and the signs that cling to them.
_LETTERS = "[^\\W_\u0e00-\u1dff\u2000-\uffff\U00010000-\U0010ffff]"
_FIRM = re.compile(rf"[(\[\"'„“”‚‘’«»]*{_LETTERS}+([.,:'’]?{_LETTERS}+)*[)\]\"'„“”‚‘’«».,:;!?…]*")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_AFTER_HYPHEN = re.compile(rf"(?<={_LETTERS}-)(?=[^\W\d_])")


@dataclass(frozen=True)
class Hand:
    """Sets the paragraphs of a setting with a pen."""

    setting: Setting
    pen: Pen

    def set(self, fields: Mapping[str, str]) -> tuple[Lines, ...]:
        """The lines of every open paragraph.

        Raises:
            NeedsLayout: it is not certain how the layout engine would break them.
        """
        return tuple([self._known(number, tuple([fields[name] for name in own])) for number, own in self._fields])

    def shape(self, paragraphs: Sequence[Lines]) -> Shape:
        """The shape of paragraphs, by which their master is found."""
        return tuple([self._known_shape(number, lines) for number, lines in enumerate(paragraphs)])

    @cached_property
    def _fields(self) -> list[tuple[int, tuple[str, ...]]]:
        """The number of each paragraph, and which fields stand in it."""
        every = [
            dict.fromkeys(name for run in own.runs for name in run.pattern[1::2]) for own in self.setting.paragraphs
        ]
        return [(number, tuple(names)) for number, names in enumerate(every)]

    @cached_property
    def _known(self) -> Callable[[int, tuple[str, ...]], Lines]:
        """The lines of a paragraph; kept, since a batch repeats notes and appointments."""

        def lines(number: int, words: tuple[str, ...]) -> Lines:
            return self._set_paragraph(
                self.setting.paragraphs[number], dict(zip(self._fields[number][1], words, strict=True))
            )

        return lru_cache(maxsize=KEPT)(lines)

    @cached_property
    def _known_shape(self) -> Callable[[int, Lines], tuple[Any, ...]]:
        def shape(number: int, lines: Lines) -> tuple[Any, ...]:
            draw, runs = self.pen.draw, self.setting.paragraphs[number].runs
            return tuple([tuple([(run, draw(runs[run].type, text).fonts) for run, text in line]) for line in lines])

        return lru_cache(maxsize=KEPT)(shape)

    def _set_paragraph(self, paragraph: Paragraph, fields: Mapping[str, str]) -> Lines:
        lines: list[tuple[Piece, ...]] = []
        group: list[Piece] = []
        for number, run in enumerate(paragraph.runs):
            if run.starts_line and group:
                lines += self._fill(paragraph, group)
                group = []
            group.append(Piece(number, run.text(fields)))
        return (*lines, *self._fill(paragraph, group))

    def _fill(self, paragraph: Paragraph, pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
        """The lines of what stands between two forced breaks."""
        pieces = [piece for piece in _collapsed(pieces) if piece.text]
        width = sum([self.width(paragraph, piece) for piece in pieces])
        if width <= paragraph.width - DOUBT:
            yield tuple(pieces)
        elif width <= paragraph.width + DOUBT:
            raise NeedsLayout("a line is as wide as the paragraph")
        else:
            yield from _Filling(self, paragraph, pieces).lines()

    def width(self, paragraph: Paragraph, piece: Piece) -> float:
        """How wide a piece is, in px."""
        return self.pen.draw(paragraph.runs[piece.run].type, piece.text).width


class _Filling:
    """Pieces that take more than a line, being broken; offsets count the characters of all pieces together."""

    def __init__(self, hand: Hand, paragraph: Paragraph, pieces: Sequence[Piece]) -> None:
        self.hand, self.paragraph, self.pieces = hand, paragraph, pieces
        self.text = "".join(piece.text for piece in pieces)
        self.begins = [0, *accumulate(len(piece.text) for piece in pieces)]
        self.reached = self._measure()
        self.unbroken = [
            (begin, begin + len(piece.text))
            for begin, piece in zip(self.begins, pieces, strict=False)
            if paragraph.runs[piece.run].unbroken
        ]
        self.breaks = [place for place in _breaks(self.text) if not self._is_held(*place)]

    def _is_held(self, end: int, begin: int) -> bool:
        """Whether a place where words could part lies within a run that stands on one line."""
        return any(first < end < last or first <= end < begin <= last for first, last in self.unbroken)

    def _measure(self) -> list[float]:
        """How far the pen has come before each character, were there no end to the line."""
        reached = [0.0]
        for piece in self.pieces:
            advances = self.hand.pen.advances(self.paragraph.runs[piece.run].type, piece.text)
            reached += [reached[-1] + advance for advance in advances[1:]]
        return reached

    def lines(self) -> Iterator[tuple[Piece, ...]]:
        begin = 0
        while not self._fits(begin, len(self.text)):
            end, begin_of_next = self._last_break(begin)
            yield self._cut(begin, end)
            begin = begin_of_next
        yield self._cut(begin, len(self.text))

    def _last_break(self, begin: int) -> tuple[int, int]:
        found = None
        for end, following in self.breaks:
            if end <= begin:
                continue
            is_within = is_from_right(self.text[end - 1]) and is_from_right(self.text[following])
            if not self._fits(begin, end):
                if is_within:
                    raise NeedsLayout("a line ends in words from the right")
                break
            if not is_within:
                found = end, following
        if found is None:
            raise NeedsLayout("a word is wider than its line")
        self._require_firm(found[1])
        return found

    def _require_firm(self, begin: int) -> None:
        """Whether the word that goes over into the next line could have been broken, nobody but the engine knows."""
        first = self.text.rfind(" ", 0, begin) + 1
        last = self.text.find(" ", begin)
        word = self.text[first : last if last >= 0 else None]
        within = any(first < at < first + len(word) for at in self.begins)
        parts = [part.rstrip("-") for part in _AFTER_HYPHEN.split(word)]
        if within or not all(len(part) == 1 or _FIRM.fullmatch(part) for part in parts):
            raise NeedsLayout("a word at the end of a line may be broken in more than one way")

    def _fits(self, begin: int, end: int) -> bool:
        left = self.paragraph.width - (self.reached[end] - self.reached[begin])
        if abs(left) > KERNING:
            return left > 0
        left = self.paragraph.width - sum(self.hand.width(self.paragraph, piece) for piece in self._cut(begin, end))
        if abs(left) < DOUBT:
            raise NeedsLayout("a line is as wide as the paragraph")
        return left > 0

    def _cut(self, begin: int, end: int) -> tuple[Piece, ...]:
        """The pieces between two places, without the space at either end."""
        cut = [
            Piece(piece.run, piece.text[max(begin - at, 0) : max(end - at, 0)])
            for piece, at in zip(self.pieces, self.begins, strict=False)
        ]
        return tuple(piece for piece in _collapsed(cut) if piece.text)


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Where a line may end, and where the next one then begins."""
    for match in re.finditer(f" |{_AFTER_HYPHEN.pattern}", text):
        yield match.start(), match.end()


def _collapsed(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a line with single spaces between words and none at the ends (CSS Text 3, 4.1)."""
    out: list[Piece] = []
    before = " "
    for piece in pieces:
        text = piece.text
        kept = text.lstrip(" ") if before == " " else text
        before = kept[-1] if kept else before
        out.append(piece if kept == text else Piece(piece.run, kept))
    for number in range(len(out) - 1, -1, -1):
        run, text = out[number]
        kept = text.rstrip(" ")
        if kept != text:
            out[number] = Piece(run, kept)
        if kept:
            break
    return out


def squeeze(text: str) -> str:
    """A text as a line shows it: each white space, but the no-break space, is one space."""
    return _WHITE.sub(" ", text).strip(" ")

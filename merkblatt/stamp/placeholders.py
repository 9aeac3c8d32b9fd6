"""Neutral words that break into lines as a person's own words do, so that a master for these can be laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.line_breaking import DOUBT, Hand
from merkblatt.stamp.setting import Lines, Paragraph, Run
from merkblatt.stamp.shaping import Pen


def stand_ins(hand: Hand, fields: Mapping[str, str]) -> dict[str, str]:
    """The words by field.

    Raises:
        NeedsLayout: no such words are found.
    """
    paragraphs = hand.set(fields)
    found: dict[str, str] = {}
    for paragraph, lines in zip(hand.setting.paragraphs, paragraphs, strict=True):
        for number, run in enumerate(paragraph.runs):
            if run.is_open and run.pattern[1] not in found:
                found[run.pattern[1]] = _stand_in(hand, paragraph, lines, number)
    if hand.shape(hand.set(found)) != hand.shape(paragraphs):
        raise NeedsLayout("no neutral words break like these")
    return found


def plain_stand_ins(fields: Mapping[str, str]) -> dict[str, str]:
    """The shortest stand-ins, by which a leaflet is laid out for the first time."""
    return dict.fromkeys(fields, "n")


def _stand_in(hand: Hand, paragraph: Paragraph, lines: Lines, number: int) -> str:
    """The stand-in of a run's field: as many words as the field has pieces, each as wide as it matters."""
    run: Run = paragraph.runs[number]
    if len(run.pattern) != 3:
        raise NeedsLayout("a text holds more than one field")
    places = [(line, at) for line in lines for at, piece in enumerate(line) if piece.run == number]
    words: list[str] = []
    for index, (line, at) in enumerate(places):
        text = line[at].text
        head = run.pattern[0].lstrip(" ") if index == 0 and at == 0 else run.pattern[0] if index == 0 else ""
        is_last = index == len(places) - 1
        tail = run.pattern[2].rstrip(" ") if is_last and at == len(line) - 1 else run.pattern[2] if is_last else ""
        if not (text.startswith(head) and text.endswith(tail) and len(text) > len(head) + len(tail)):
            raise NeedsLayout("a line breaks in the words around a field")
        own = text[len(head) : len(text) - len(tail)]
        follows = at < len(line) - 1 or line is not lines[-1]
        room = paragraph.width - sum(hand.width(paragraph, piece) for piece in line[:at])
        drawn = hand.pen.draw(run.type, text).width
        # What stands on one line may have come to it because the line before had no room for it.
        takes_its_room = run.unbroken or (is_last and follows)
        width = drawn if takes_its_room else 0 if is_last else room
        words.append(_word(hand.pen, run, (head, own, tail), width))
    return " ".join(words)


def _word(pen: Pen, run: Run, said: tuple[str, str, str], width: float) -> str:
    """A neutral word with the fonts of a person's own; with what stands around it, at most so wide, and nearly."""
    head, own, tail = said
    fonts = dict.fromkeys(pen.font_of(run.type, c) for c in own if not c.isspace())
    word = "".join(_sample(pen, run.type, font) for font in fonts)
    for letter in "ni":
        word += letter * _most(lambda count: pen.draw(run.type, head + word + letter * count + tail).width, width)  # noqa: B023
    return word


def _most(width_of: Callable[[int], float], width: float) -> int:
    """How many letters fit."""
    low, high = 0, 400
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(middle) <= width - DOUBT else (low, middle - 1)
    return low


def _sample(pen: Pen, type_: int, font: int) -> str:
    """A letter that stands for a font."""
    coverage = pen.types[type_].coverage
    if pen.font_of(type_, "n") == font:
        return "n"
    for (first, own), (end, _) in pairwise(coverage):
        if own == font:
            for code in range(first, end):
                if unicodedata.category(chr(code)) in {"Ll", "Lo", "Lu"}:
                    return chr(code)
    return next(chr(first) for first, own in coverage if own == font)

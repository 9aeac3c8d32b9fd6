"""Cells -> lines, and lines -> pages: nothing is divided that a reader wants to feel together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from merkblatt.outputs.braille.embosser import braille_ascii
from merkblatt.outputs.braille.entries import Entry

_UNDERLINES = {1: "3", 2: "-"}
_INDENTS = {3: 4, 4: 6}


@dataclass(frozen=True)
class Lump:
    """Lines that belong together: whether a blank line stands before them, and whether they lead to what follows."""

    lines: tuple[str, ...]
    has_gap: bool = False
    leads: bool = False


def lump_of(entry: Entry, words: list[str], cells: int) -> Lump:
    """An entry, its words in cells, as the lines that it takes."""
    ascii_words = [*(["-"] if entry.has_dash else []), *map(braille_ascii, words)]
    if not entry.level:
        first, rest = (0, 2) if entry.is_item else (2, 0)
        return Lump(tuple(_filled(ascii_words, cells, first, rest)), leads=entry.leads)
    indent = _INDENTS.get(entry.level, 0)
    lines = list(_filled(ascii_words, cells, indent, indent))
    if entry.level == 1:
        lines = [line.center(cells).rstrip() for line in lines]
    if under := _UNDERLINES.get(entry.level):
        start = min(len(line) - len(line.lstrip()) for line in lines)
        lines.append(" " * start + under * (max(map(len, lines)) - start))
    return Lump(tuple(lines), has_gap=True, leads=True)


def _filled(words: Iterable[str], cells: int, first: int, rest: int) -> Iterator[str]:
    """Words in lines of so many cells, the first and the others indented; only what is longer than a line is cut."""
    line = " " * first
    for word in words:
        whole = word
        if line.strip() and len(line) + 1 + len(whole) > cells:
            yield line
            line = " " * rest
        elif line.strip():
            line += " "
        while len(line) + len(whole) > cells:
            room = cells - len(line)
            yield line + whole[:room]
            line, whole = " " * rest, whole[room:]
        line += whole
    yield line


def paged(lumps: Iterable[Lump], most: int) -> Iterator[list[str]]:
    """Pages of at most so many lines; none begins with a blank line."""
    lines: list[str] = []
    for lump in _kept_together(lumps):
        gap = [""] if lump.has_gap and lines else []
        if lump.leads and len(lines) + len(gap) + len(lump.lines) > most and lines:
            yield lines
            lines, gap = [], []
        lines += [*gap, *lump.lines]
        while len(lines) > most:
            yield lines[:most]
            lines = lines[most:]
    if lines:
        yield lines


def _kept_together(lumps: Iterable[Lump]) -> Iterator[Lump]:
    """Headings, and the first two lines of what stands under them, as one lump."""
    leading: list[Lump] = []
    for lump in lumps:
        if lump.leads:
            leading.append(lump)
        elif leading:
            held = [*leading, Lump(lump.lines[:2])]
            lines = [line for part in held for line in ([""] if part.has_gap else []) + list(part.lines)]
            has_gap, leading = leading[0].has_gap, []
            yield Lump(tuple(lines[has_gap:]), has_gap=has_gap, leads=True)
            if lump.lines[2:]:
                yield Lump(lump.lines[2:])
        else:
            yield lump

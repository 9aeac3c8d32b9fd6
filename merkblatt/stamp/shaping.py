"""Draws text as the operators of a PDF's content stream: picks the fonts, orders what runs from the right, shapes.

Where HarfBuzz alone does not settle how a text looks (mixed directions, invisible signs), it has to be laid out.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from merkblatt.stamp.face import UNITS, Face, Glyph, NeedsLayout
from merkblatt.stamp.setting import Type
from merkblatt.stamp.text_traits import fill_spaces, is_plain, require_visible, scripts_of, stretch_from_right

#: Text that is kept shaped; a batch repeats names, notes and appointments.
KEPT = 20_000
#: Texts in which every letter stands beside a space.
_LETTERS = "AÄBCDEFGHIJKLMNOÖPQRSTUÜVWXYZaäbcdefghijklmnoöpqrsßtuüvwxyzéèłş0123456789.,:;!?„“’()–-/%"
_SAMPLES = tuple(
    f"{''.join(f'{letter} {other} ' for letter in _LETTERS)}To. We, fi V" for other in ("T", "v", "A", "y.", "„f", "L’")
)


class Drawn(NamedTuple):
    """A text as drawn: its operators, its width in px, its fonts.

    `lacks` holds by font the glyphs that the master did not bring along, each with the text it stands for; `says` is
    the text where the glyphs alone do not give it back.
    """

    operators: bytes
    width: float
    fonts: tuple[int, ...]
    lacks: tuple[tuple[int, Mapping[int, str]], ...]
    says: str | None


class _Word(NamedTuple):
    """A word as shown, its advance in units, and whether its glyphs give the word back."""

    shown: str
    advance: int
    is_said: bool


@dataclass
class Pen:
    """Draws with the fonts of a setting.

    Args:
        faces: the fonts by number.
        types: how text is set, by number.
        brought: by font, the glyphs that stand in every file, and the text of each.
    """

    faces: Sequence[Face]
    types: Sequence[Type]
    brought: Mapping[int, Mapping[int, str]]

    def __post_init__(self) -> None:
        self.draw = lru_cache(maxsize=KEPT)(self._draw)
        self.advances = lru_cache(maxsize=KEPT)(self._advances)
        self._word = lru_cache(maxsize=KEPT)(self._shape_word)
        self._goes_by_words = lru_cache(maxsize=None)(self._learn_whether_words_do)
        self._plain = lru_cache(maxsize=None)(self._make_plain)
        self._shown: dict[tuple[int, float, int, int], str] = {}
        self._starts = [[first for first, _ in type_.coverage] for type_ in self.types]

    def _draw(self, type_: int, text: str) -> Drawn:
        font, plain = self._plain(type_)
        if plain.issuperset(text) and self._goes_by_words(type_):
            drawn = self._draw_by_words(type_, font, text)
            if drawn is not None:
                return drawn
        return self._draw_whole(type_, text)

    def _draw_by_words(self, type_: int, font: int, text: str) -> Drawn | None:
        """A text as the words that it has in common with others, which are kept; None where that does not do."""
        first, *others = text.split(" ")
        words = [self._word((type_, False, first, bool(others)))]
        if others:
            words += [self._word((type_, True, word, True)) for word in others[:-1]]
            words.append(self._word((type_, True, others[-1], False)))
        if None in words:
            return None
        known = [word for word in words if word]
        shown = "".join([word.shown for word in known])
        operators = f"/F{font} {self.types[type_].size:g} Tf\n[<{shown}>] TJ\n".replace("<>", " ").encode()
        says = None if all(word.is_said for word in known) else text
        return Drawn(operators, sum([word.advance for word in known]) / UNITS, (font,), (), says)

    def _shape_word(self, key: tuple[int, bool, str, bool]) -> _Word | None:
        """A word with the space before it, kerned for that and for the one behind it."""
        type_, is_behind_space, word, is_before_space = key
        font, _ = self._plain(type_)
        size, language, _ = self.types[type_]
        begin = " " if is_behind_space else ""
        glyphs = self.faces[font].shape(begin + word + (" " if is_before_space else ""), size, language)
        if is_before_space:
            glyphs.pop()
        text_of = self.brought.get(font, {})
        if any(gid not in text_of or right or up for gid, _, _, right, up in glyphs):
            return None
        shown = "".join([self._learn(font, size, gid, advance) for gid, _, advance, _, _ in glyphs])
        return _Word(shown, sum([glyph[2] for glyph in glyphs]), _reads(text_of, begin + word, glyphs))

    def _learn_whether_words_do(self, type_: int) -> bool:
        """Whether words shaped one by one come out the same, as they do where a font looks no further than a space."""
        font, _ = self._plain(type_)
        return all(self._draw_by_words(type_, font, text) == self._draw_whole(type_, text) for text in _SAMPLES)

    def _draw_whole(self, type_: int, text: str) -> Drawn:
        size, language, _ = self.types[type_]
        stretches = [
            (font, words, from_right, self.faces[font].shape(words, size, language, from_right=from_right))
            for font, words, from_right in self._stretches(type_, text)
        ]
        operators, lacks, is_said = [], dict[int, dict[int, str]](), True
        for font, words, from_right, glyphs in stretches:
            text_of = self.brought.get(font, {})
            name = b"F"
            if not text_of.keys() >= {glyph[0] for glyph in glyphs}:
                text_of = lacks.setdefault(font, {})
                for gid, said in _text_of_glyphs(words, glyphs):
                    text_of.setdefault(gid, said)
                name = b"X"
            operators.append(b"/%s%d %g Tf\n" % (name, font, size) + self._show(font, glyphs, size))
            is_said = is_said and not from_right and _reads(text_of, words, glyphs)
        width = sum([glyph[2] for stretch in stretches for glyph in stretch[3]]) / UNITS
        fonts = tuple(sorted({stretch[0] for stretch in stretches}))
        return Drawn(b"".join(operators), width, fonts, tuple(sorted(lacks.items())), None if is_said else text)

    def _advances(self, type_: int, text: str) -> tuple[float, ...]:
        """How far the pen has come, in px, before each character and at the end; from the right, words count whole."""
        advances = [0.0] * (len(text) + 1)
        begins = 0
        for font, words, from_right in self._stretches(type_, text):
            size, language, _ = self.types[type_]
            for _, cluster, advance, _, _ in self.faces[font].shape(words, size, language, from_right=from_right):
                advances[begins + (0 if from_right else cluster) + 1] += advance / UNITS
            begins += len(words)
        return tuple(accumulate(advances))

    def _stretches(self, type_: int, text: str) -> Iterator[tuple[int, str, bool]]:
        """The parts of a text that are shaped at once, from left to right: font, words, whether from the right."""
        font, plain = self._plain(type_)
        if plain.issuperset(text):
            yield font, text, False
            return
        if not text.isascii():
            require_visible(text)
        begin, end = stretch_from_right(text)
        before, within, after = text[:begin], text[begin:end], text[end:]
        yield from self._by_font(type_, before, from_right=False)
        yield from reversed(list(self._by_font(type_, within, from_right=True)))
        yield from self._by_font(type_, after, from_right=False)

    def _make_plain(self, type_: int) -> tuple[int, frozenset[str]]:
        """A type's first font, and the characters for which nothing but it has to be thought of."""
        first = self.font_of(type_, " ")
        found = {" "}
        for (begin, font), (end, _) in pairwise(self.types[type_].coverage):
            if font == first:
                found |= {character for character in map(chr, range(begin, end)) if is_plain(character)}
        return first, frozenset(found)

    def _by_font(self, type_: int, text: str, *, from_right: bool) -> Iterator[tuple[int, str, bool]]:
        """Stretches of one font and one script, as Pango makes them."""
        fonts = fill_spaces([None if c.isspace() else self.font_of(type_, c) for c in text], self.font_of(type_, " "))
        scripts = scripts_of(text)
        at = 0
        for (font, _), group in groupby(zip(fonts, scripts, strict=True)):
            length = len(list(group))
            yield font, text[at : at + length], from_right
            at += length

    def font_of(self, type_: int, character: str) -> int:
        """The number of the font that has a character.

        Raises:
            NeedsLayout: none has.
        """
        font = self.types[type_].coverage[bisect_right(self._starts[type_], ord(character)) - 1][1]
        if font < 0:
            raise NeedsLayout("no font has one of the characters")
        return font

    def _show(self, font: int, glyphs: Sequence[Glyph], size: float) -> bytes:
        """The operators that show glyphs, with the roundings of the layout engine, so that no pixel differs."""
        out, line = [], ["<"]
        for gid, _, advance, right, up in glyphs:
            if right:
                line.append(f">{-right / size:g}<")
            if up:
                out += [_array(line), b"%g Ts\n[<%04x>] TJ\n0 Ts\n" % (up / 1000, gid)]
                line = ["<", self._kern(font, size, gid, advance, right)]
            elif right:
                line += [f"{gid:04x}", self._kern(font, size, gid, advance, right)]
            else:
                line.append(self._shown.get((font, size, gid, advance)) or self._learn(font, size, gid, advance))
        out.append(_array(line))
        return b"".join(out)

    def _learn(self, font: int, size: float, gid: int, advance: int) -> str:
        """How a glyph that is not shifted is shown, with the kerning after it; kept, since this is most of the work."""
        shown = self._shown[font, size, gid, advance] = f"{gid:04x}{self._kern(font, size, gid, advance, 0)}"
        return shown

    def _kern(self, font: int, size: float, gid: int, advance: int, right: int) -> str:
        kern = int(self.faces[font].width(gid) + right / size - advance * 1000 / UNITS / size)
        return f">{kern}<" if kern else ""


def _reads(text_of: Mapping[int, str], words: str, glyphs: Sequence[Glyph]) -> bool:
    """Whether the glyphs' own texts, one after the other, are the text."""
    read = "".join([text_of.get(glyph[0], "") for glyph in glyphs])
    return read == words or read == words.replace("\u00a0", " ")


def _text_of_glyphs(words: str, glyphs: Sequence[Glyph]) -> Iterator[tuple[int, str]]:
    """What each glyph stands for; PDF/UA-1, 7.21.7 wants something for every one."""
    begins = sorted({glyph[1] for glyph in glyphs})
    ends = dict(zip(begins, [*begins[1:], len(words)], strict=True))
    for begin, group in groupby(glyphs, key=lambda glyph: glyph[1]):
        gids = [glyph[0] for glyph in group]
        text = words[begin : ends[begin]]
        parts = unicodedata.normalize("NFD", text)
        if len(parts) == len(gids):
            yield from zip(gids, parts, strict=True)
        else:
            yield gids[0], text
            yield from ((gid, "\u200b") for gid in gids[1:])


def _array(line: list[str]) -> bytes:
    text = "".join([*line, ">"]).replace("<>", " ")
    return f"[{text}] TJ\n".encode() if text.strip() else b""

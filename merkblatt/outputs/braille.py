"""The leaflet for an embosser: a BRF file of braille, page by page, each line as it will be felt.

Layout by the habits of German braille: paragraphs begin in the third cell, headings are underlined with cells or set
in, no word is divided, the number of the page stands at the right of its last line. What can only be filled in by pen,
lines to write on, is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from merkblatt.content.format_ids import Grade
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from merkblatt.outputs.blocks import Block, Drawing, Grid, Heading, Listing, Paragraph, WritingLines, for_reading, tell
from merkblatt.outputs.liblouis import BLANK, translate, unknown_characters
from merkblatt.page.inline_markup import Piece, Words
from merkblatt.tailoring.leaflet import Leaflet

#: The liblouis tables by language; where a language has no grade between two, it has the one below.
TABLES: Mapping[str, Mapping[Grade, str]] = {
    "ar": {"basic": "ar-ar-g1.utb", "full": "ar-ar-g1.utb", "contracted": "ar-ar-g2.ctb"},
    "de": {"basic": "de-g0.utb", "full": "de-g1.ctb", "contracted": "de-g2.ctb"},
    "en": {"basic": "en-ueb-g1.ctb", "full": "en-ueb-g1.ctb", "contracted": "en-ueb-g2.ctb"},
    "tr": {"basic": "tr-g1.ctb", "full": "tr-g1.ctb", "contracted": "tr-g2.ctb"},
    "uk": {"basic": "uk.utb", "full": "uk.utb"},
}

#: Fewer cells or lines hold no leaflet.
LEAST_CELLS, LEAST_LINES = 20, 10

#: Braille ASCII by dot pattern, from no dot to dots 1-6, as `en-us-brf.dis` of liblouis has it.
_BRF = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="

#: What is written for a character of which a table has no braille.
_STAND_INS = {"›": "-", "·": "-", "…": "...", "–": "-", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'"}
_STAND_INS |= {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ı": "i", "ß": "ss", "Đ": "D", "đ": "d"}
#: German quotation marks as English ones: what opens in one language closes in the other.
_ENGLISH_QUOTES = str.maketrans("„“‚‘", "“”‘’")

_UNDERLINES = {1: "3", 2: "-"}
_INDENTS = {3: 4, 4: 6}


@dataclass(frozen=True)
class BraillePage:
    """What an embosser takes: cells a line, lines a page (one of them for the page number), and the grade."""

    cells: int = 40
    lines: int = 25
    grade: Grade = "full"


def write_braille(leaflet: Leaflet, page: BraillePage | None = None) -> bytes:
    """The leaflet as BRF: ASCII, lines end with CR LF, pages with FF.

    Args:
        leaflet: what stands on paper, personal fields and practice included.
        page: the embosser's page.

    Raises:
        Faulty: liblouis is missing; it has no braille for the language, the grade or a character; too small a page.
    """
    page = page or BraillePage()
    _refuse_small(page)
    blocks = [block for chapter in for_reading(tell(leaflet)) for block in chapter.blocks]
    entries = [entry for block in blocks for entry in _entries(block)]
    cells = _Translator(leaflet, page.grade).translate([entry.words for entry in entries])
    lumps = (_lump(entry, words, page.cells) for entry, words in zip(entries, cells, strict=True))
    return b"".join(_emboss(lines, number, page) for number, lines in enumerate(_paged(lumps, page.lines - 1), 1))


def _refuse_small(page: BraillePage) -> None:
    for what, value, least in (("cells", page.cells, LEAST_CELLS), ("lines", page.lines, LEAST_LINES)):
        if value < least:
            message = f"{value} {what} are too few for a page of braille"
            raise Faulty([Finding(COMMAND_LINE, message, f"take {least} or more", code="braille")])


# --- what is written --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Entry:
    """Words that begin a line: a heading of a level, an item of a list, or a paragraph."""

    words: Words
    level: int = 0
    is_item: bool = False
    has_dash: bool = False
    #: Whether it stands on one page with what follows.
    leads: bool = False


def _entries(block: Block) -> Iterator[_Entry]:
    match block:
        case Heading():
            yield _Entry(block.words, level=block.level, leads=True)
        case Paragraph():
            lines = groupby(block.words, key=lambda piece: piece.text == "\n")
            leads = block.role == "call"
            yield from (_Entry(tuple(pieces), leads=leads) for is_break, pieces in lines if not is_break)
        case Listing():
            for number, item in enumerate(block.items, 1):
                is_step = block.kind == "steps"
                words = (Piece(f"{number}. "), *item) if is_step else item
                yield _Entry(words, is_item=True, has_dash=not is_step)
        case Drawing():
            yield from (_Entry((Piece(f"({block.alt})"),)),) if block.alt else ()
        case Grid():
            yield from (_Entry((Piece(line),), is_item=True) for line in _rows(block))
        case WritingLines():
            pass


def _rows(grid: Grid) -> Iterator[str]:
    for head, *boxes in grid.rows:
        filled = boxes if any(boxes) else grid.heads[1:]
        yield f"{head}: {', '.join(filled)}" if head else ", ".join(grid.heads)


# --- words into cells -------------------------------------------------------------------------------------


class _Translator:
    """Turns words into cells, each piece by the table of its language."""

    def __init__(self, leaflet: Leaflet, grade: Grade) -> None:
        self.leaflet = leaflet
        self.language = leaflet.edition.language.partition("-")[0]
        self.table, self.plain = _table(leaflet, grade), _table(leaflet, "basic")

    def translate(self, lines: list[Words]) -> list[list[str]]:
        """The cells of each line, word by word."""
        texts = [[part for run in self.runs(words) for part in _spaced(*run)] for words in lines]
        found: dict[tuple[str, str], str] = {}
        for table in sorted({table for held in texts for table, text in held if text.strip()}):
            wanted = list(dict.fromkeys(text for held in texts for own, text in held if own == table and text.strip()))
            cells = translate(self.known(wanted, table), table)
            found |= {(table, text): cell for text, cell in zip(wanted, cells, strict=True)}
        return [_words("".join(found.get(segment, BLANK) for segment in held)) for held in texts]

    def runs(self, words: Words) -> Iterator[tuple[str, str]]:
        """Runs of text by their table. Foreign words and addresses are not contracted."""
        for table, pieces in groupby(words, key=self.table_of):
            yield table, "".join(map(self.text, pieces))

    def table_of(self, piece: Piece) -> str:
        is_foreign = piece.language and piece.language.partition("-")[0] != self.language
        return self.plain if is_foreign or piece.href else self.table

    def text(self, piece: Piece) -> str:
        text = unicodedata.normalize("NFC", " ".join(piece.text.replace("\n", " ").split(" ")))
        text = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c) != "Cf")
        return text.translate(_ENGLISH_QUOTES) if self.language == "en" and piece.language == "de" else text

    def known(self, texts: list[str], table: str) -> list[str]:
        """The texts in characters that a table has braille for.

        Raises:
            Faulty: there are others, and nothing to stand in for them.
        """
        unknown = unknown_characters(texts, table)
        stand_ins = {ord(character): _stand_in(character) for character in sorted(unknown)}
        if lost := [chr(code) for code, stand_in in stand_ins.items() if not stand_in]:
            raise Faulty(dict.fromkeys(self.finding(character, table) for character in lost))
        return [text.translate(stand_ins) for text in texts]

    def finding(self, character: str, table: str) -> Finding:
        """A character that has no braille; a person's own words are not repeated, not even one letter of them."""
        leaflet = self.leaflet
        message = f"the table {table} has no braille for U+{ord(character):04X}"
        for words, place in ((leaflet.name, leaflet.name_place), (leaflet.note, leaflet.note_place)):
            if words and character in words:
                return Finding(place, message, "write it in the letters of the edition", code="braille")
        return Finding(leaflet.place, f'{message} "{character}"', "use another character", code="braille")


def _stand_in(character: str) -> str:
    """What is written instead: a mark that is like it, or the letter without its accent."""
    plain = unicodedata.normalize("NFD", character)[0]
    return _STAND_INS.get(character, plain if plain.isascii() else "")


def _spaced(table: str, text: str) -> Iterator[tuple[str, str]]:
    """A run of text with the spaces at its ends set apart, which a table may drop."""
    inner = text.strip()
    if not inner or text[0] == " ":
        yield table, " "
    if inner:
        yield table, inner
        if text[-1] == " ":
            yield table, " "


def _words(cells: str) -> list[str]:
    return cells.replace(BLANK, " ").split()


def _table(leaflet: Leaflet, grade: Grade) -> str:
    edition = leaflet.edition
    tables = TABLES.get(edition.language.partition("-")[0], {})
    if grade in tables:
        return tables[grade]
    message = f'no {grade} braille is known for language "{edition.language}"'
    hint = f"known: {', '.join(sorted(tables or TABLES))}"
    raise Faulty([Finding(edition.at("language"), message, hint, code="braille")])


# --- cells into lines -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Lump:
    """Lines that belong together: whether a blank line stands before them, and whether they lead to what follows."""

    lines: tuple[str, ...]
    has_gap: bool = False
    leads: bool = False


def _lump(entry: _Entry, words: list[str], cells: int) -> _Lump:
    ascii_words = [*(["-"] if entry.has_dash else []), *map(_ascii, words)]
    if not entry.level:
        first, rest = (0, 2) if entry.is_item else (2, 0)
        return _Lump(tuple(_filled(ascii_words, cells, first, rest)), leads=entry.leads)
    indent = _INDENTS.get(entry.level, 0)
    lines = list(_filled(ascii_words, cells, indent, indent))
    if entry.level == 1:
        lines = [line.center(cells).rstrip() for line in lines]
    if under := _UNDERLINES.get(entry.level):
        start = min(len(line) - len(line.lstrip()) for line in lines)
        lines.append(" " * start + under * (max(map(len, lines)) - start))
    return _Lump(tuple(lines), has_gap=True, leads=True)


def _ascii(word: str) -> str:
    """Cells as braille ASCII; dots 7 and 8 are for screens."""
    return "".join(_BRF[(ord(cell) - ord(BLANK)) & 63] for cell in word)


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


def _paged(lumps: Iterable[_Lump], most: int) -> Iterator[list[str]]:
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


def _kept_together(lumps: Iterable[_Lump]) -> Iterator[_Lump]:
    """Headings, and the first two lines of what stands under them, as one lump."""
    leading: list[_Lump] = []
    for lump in lumps:
        if lump.leads:
            leading.append(lump)
        elif leading:
            held = [*leading, _Lump(lump.lines[:2])]
            lines = [line for part in held for line in ([""] if part.has_gap else []) + list(part.lines)]
            has_gap, leading = leading[0].has_gap, []
            yield _Lump(tuple(lines[has_gap:]), has_gap=has_gap, leads=True)
            if lump.lines[2:]:
                yield _Lump(lump.lines[2:])
        else:
            yield lump


def _emboss(lines: list[str], number: int, page: BraillePage) -> bytes:
    """One page: its lines, its number at the right of the last, and the form feed."""
    blank = [""] * (page.lines - 1 - len(lines))
    digits = "#" + "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
    return ("\r\n".join([*lines, *blank, digits.rjust(page.cells)]) + "\r\n\f").encode("ascii")

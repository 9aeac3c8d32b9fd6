"""Words -> cells of braille, each piece by the table of its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from merkblatt.content.format_ids import Grade
from merkblatt.core.findings import Faulty, Finding
from merkblatt.outputs.braille.tables import stand_in, table_for
from merkblatt.outputs.liblouis import BLANK, translate, unknown_characters
from merkblatt.page.inline_markup import Piece, Words
from merkblatt.tailoring.leaflet import Leaflet

#: German quotation marks as English ones: what opens in one language closes in the other.
_ENGLISH_QUOTES = str.maketrans("„“‚‘", "“”‘’")


class Translator:
    """Turns words into cells, each piece by the table of its language."""

    def __init__(self, leaflet: Leaflet, grade: Grade) -> None:
        self.leaflet = leaflet
        self.language = leaflet.edition.language.partition("-")[0]
        self.table, self.plain = table_for(leaflet, grade), table_for(leaflet, "basic")

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
        """The table of a piece: that of the edition, or the plain one."""
        is_foreign = piece.language and piece.language.partition("-")[0] != self.language
        return self.plain if is_foreign or piece.href else self.table

    def text(self, piece: Piece) -> str:
        """The text of a piece as a table takes it: composed, in one line, without steering characters."""
        text = unicodedata.normalize("NFC", " ".join(piece.text.replace("\n", " ").split(" ")))
        text = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c) != "Cf")
        return text.translate(_ENGLISH_QUOTES) if self.language == "en" and piece.language == "de" else text

    def known(self, texts: list[str], table: str) -> list[str]:
        """The texts in characters that a table has braille for.

        Raises:
            Faulty: there are others, and nothing to stand in for them.
        """
        unknown = unknown_characters(texts, table)
        stand_ins = {ord(character): stand_in(character) for character in sorted(unknown)}
        if lost := [chr(code) for code, written in stand_ins.items() if not written]:
            raise Faulty(dict.fromkeys(self.finding(character, table) for character in lost))
        return [text.translate(stand_ins) for text in texts]

    def finding(self, character: str, table: str) -> Finding:
        """A character that has no braille; a person's own words are not repeated, not even one letter of them."""
        leaflet = self.leaflet
        message = f"the table {table} has no braille for U+{ord(character):04X}"
        for said in leaflet.secrets:
            if character in said.words:
                return Finding(said.place, message, "write it in the letters of the edition", code="braille")
        return Finding(leaflet.place, f'{message} "{character}"', "use another character", code="braille")


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

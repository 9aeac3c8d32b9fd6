"""Which liblouis table a language has at which grade, and what stands in for a character that a table lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from merkblatt.content.format_ids import Grade
from merkblatt.core.findings import Faulty, Finding
from merkblatt.tailoring.leaflet import Leaflet

#: The liblouis tables by language; where a language has no grade between two, it has the one below.
TABLES: Mapping[str, Mapping[Grade, str]] = {
    "ar": {"basic": "ar-ar-g1.utb", "full": "ar-ar-g1.utb", "contracted": "ar-ar-g2.ctb"},
    "de": {"basic": "de-g0.utb", "full": "de-g1.ctb", "contracted": "de-g2.ctb"},
    "en": {"basic": "en-ueb-g1.ctb", "full": "en-ueb-g1.ctb", "contracted": "en-ueb-g2.ctb"},
    "tr": {"basic": "tr-g1.ctb", "full": "tr-g1.ctb", "contracted": "tr-g2.ctb"},
    "uk": {"basic": "uk.utb", "full": "uk.utb"},
}

#: What is written for a character of which a table has no braille.
_STAND_INS = {"›": "-", "·": "-", "…": "...", "–": "-", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'"}
_STAND_INS |= {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ı": "i", "ß": "ss", "Đ": "D", "đ": "d"}


def table_for(leaflet: Leaflet, grade: Grade) -> str:
    """The table for a leaflet's language.

    Raises:
        Faulty: its language, or the grade in it, has no table.
    """
    edition = leaflet.edition
    tables = TABLES.get(edition.language.partition("-")[0], {})
    if grade in tables:
        return tables[grade]
    message = f'no {grade} braille is known for language "{edition.language}"'
    hint = f"known: {', '.join(sorted(tables or TABLES))}"
    raise Faulty([Finding(edition.at("language"), message, hint, code="braille")])


def stand_in(character: str) -> str:
    """What is written instead: a mark that is like it, or the letter without its accent."""
    plain = unicodedata.normalize("NFD", character)[0]
    return _STAND_INS.get(character, plain if plain.isascii() else "")

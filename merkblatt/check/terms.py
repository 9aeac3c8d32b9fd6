"""Words of the field: each that needs it is explained where it first stands, and some are excused their length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from merkblatt.check.readability import words_of
from merkblatt.check.reading import Reading
from merkblatt.check.texts import Said
from merkblatt.content.library import Library
from merkblatt.content.model import Term
from merkblatt.core.findings import Finding, Severity, shown

#: What may follow a term: the endings of German nouns and adjectives, the English plural.
_ENDING = r"(?:e|n|en|em|er|es|s|ern)?"
#: "specific pain" is another term than "non-specific pain", in which it stands.
_NOT_DENIED = r"(?<!\bnon-)"


def excused_words(reading: Reading, library: Library) -> Counter[str]:
    """The words of excused terms, as they stand in a sheet, and how often."""
    patterns = [
        pattern
        for term in library.terms.values()
        if term.excused and (pattern := _pattern(term, reading.edition, reading.language))
    ]
    found = (match.group() for text in reading.prose for pattern in patterns for match in pattern.finditer(text))
    return Counter(word for words in found for word in words_of(words))


def check_terms(reading: Reading, library: Library) -> Iterator[Finding]:
    """Each term that needs it is explained where it first stands: in that text, or beside it in the same module."""
    for term in library.terms.values():
        pattern = _pattern(term, reading.edition, reading.language)
        wanted = _for_edition(term.explained_by, reading.edition, reading.language)
        first = next((said for said in reading.said if pattern and pattern.search(said.words)), None)
        if pattern is None or first is None or not wanted:
            continue
        # The title and the line under it say for all of the sheet which pain it is about.
        beside = [s for s in reading.said if s.chunk == first.chunk or (s.kind, s.chunk) == ("heading", "message")]
        if any(_explains(said, wanted) for said in beside):
            continue
        later = next((s for s in reading.said if pattern.search(s.words) and _explains(s, wanted)), None)
        yield _unexplained(reading, term, first, later)


def _unexplained(reading: Reading, term: Term, first: Said, later: Said | None) -> Finding:
    pattern = _pattern(term, reading.edition, reading.language)
    match = pattern.search(first.words) if pattern else None
    word = shown(match.group() if match else term.id)
    where = f"is explained only in {later.place}" if later else "is not explained"
    message = f"{word} {where}, on sheet {shown(reading.name)} in {reading.edition}"
    means = term.means.get(reading.edition) or term.means.get(reading.language) or ""
    return Finding(first.place, message, f"say where it first stands: {means}", Severity.WARNING, "term")


def _explains(said: Said, wanted: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(words)}", said.words, re.IGNORECASE) for words in wanted)


def _pattern(term: Term, edition: str, language: str) -> re.Pattern[str] | None:
    """What finds a term in a text, whatever its ending."""
    words = _for_edition(term.words, edition, language)
    if not words:
        return None
    return re.compile(rf"{_NOT_DENIED}\b(?:{'|'.join(map(re.escape, words))}){_ENDING}\b", re.IGNORECASE)


def _for_edition(by_edition: dict[str, tuple[str, ...]], edition: str, language: str) -> tuple[str, ...]:
    return by_edition.get(edition, by_edition.get(language, ()))

"""Is the content plain enough for its readers: readability here; long sentences and style, terms in rooms of their own.

Readability and terms are judged sheet by sheet, since a sheet is what a person reads; sentences text by text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from merkblatt.check.readability import SYLLABLES, Figures, Level, level_of, measure, words_of
from merkblatt.check.reading import Reading, language_of, read_sheet
from merkblatt.check.style import check_sentences, check_style
from merkblatt.check.terms import check_terms, excused_words
from merkblatt.check.texts import sheet_editions, texts_of
from merkblatt.content.library import Library
from merkblatt.core.findings import Finding, Severity, shown


def check_language(library: Library) -> Iterator[Finding]:
    """All findings on language."""
    for name, _, edition in sheet_editions(library):
        reading = read_sheet(name, edition, library)
        level = level_of(edition, reading.language)
        if level:
            yield from _readability(reading, level, library)
        yield from check_terms(reading, library)
    for edition in library.editions:
        language = language_of(edition, library)
        level = level_of(edition, language)
        for said in texts_of(library, edition):
            yield from check_sentences(said, level, edition) if level else ()
            yield from check_style(said, language)


def readability_of(name: str, edition: str, library: Library) -> tuple[Level, Figures] | None:
    """The targets of a sheet in an edition and its figures, excused terms eased; None where no formula is known."""
    reading = read_sheet(name, edition, library)
    level = level_of(edition, reading.language)
    if level is None:
        return None
    figures = _figures(reading, excused_words(reading, library))
    return (level, figures) if figures else None


def _readability(reading: Reading, level: Level, library: Library) -> Iterator[Finding]:
    """The figures of a sheet against the targets of its edition, and which terms they excuse."""
    excused = excused_words(reading, library)
    figures = _figures(reading, excused)
    if figures is None:
        return
    place = reading.sheet.title.at(reading.edition)
    for target in level.targets:
        if not target.is_met(figures):
            message = f"sheet {shown(reading.name)} in {reading.edition} is hard to read: {target.told(figures)}"
            yield Finding(place, message, _hardest(reading, excused), Severity.WARNING, "readability")
    if excused:
        yield _excuse_told(reading, level, excused, figures)


def _figures(reading: Reading, excused: Iterable[str]) -> Figures | None:
    return measure(reading.prose, reading.language, {word.casefold() for word in excused})


def _excuse_told(reading: Reading, level: Level, excused: Counter[str], figures: Figures) -> Finding:
    """The note that names what was excused, and what the figures are with and without that."""
    strict = measure(reading.prose, reading.language)
    terms = ", ".join(f"{word} ({count})" if count > 1 else word for word, count in sorted(excused.items()))
    told = "; ".join(
        f"{target.name} {target.formula(figures):.1f}, unexcused {target.formula(strict or figures):.1f}"
        for target in level.targets
    )
    message = f"sheet {shown(reading.name)} in {reading.edition}: the length of {terms} is excused: {told}"
    hint = "the reasons stand in glossary.yaml"
    return Finding(reading.sheet.title.at(reading.edition), message, hint, Severity.NOTE, "excused")


def _hardest(reading: Reading, excused: Counter[str]) -> str:
    """A hint that names what weighs most: the words, and the texts, with most syllables beyond two a word."""
    count = SYLLABLES[reading.language]
    words = Counter(word for text in reading.prose for word in words_of(text) if word not in excused)
    heavy = sorted(words, key=lambda word: (-(count(word) - 2) * words[word], word))[:6]
    burden = Counter(
        {
            said.place: sum(max(0, count(word) - 2) for word in words_of(said.words) if word not in excused)
            for said in reading.said
            if said.kind != "heading"
        }
    )
    places = ", ".join(str(place) for place, _ in burden.most_common(3))
    return f"take plainer words for {', '.join(heavy)}; the heaviest texts: {places}"

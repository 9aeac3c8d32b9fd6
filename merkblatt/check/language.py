"""Is the content plain enough for its readers: readability, long sentences, passive and nominal style, terms.

Readability and terms are judged sheet by sheet, since a sheet is what a person reads; sentences text by text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from merkblatt.check.readability import (
    SYLLABLES,
    Figures,
    Level,
    german_syllables,
    level_of,
    measure,
    sentences_of,
    words_of,
)
from merkblatt.check.texts import Said, sheet_editions, texts_of, texts_on
from merkblatt.content.library import Library
from merkblatt.content.model import Sheet, Term
from merkblatt.core.findings import Finding, Severity, shown

#: A text is nominal where so many of its words, and no fewer than two, end in -ung, -heit, -keit, -ion, -ierung.
NOMINAL_SHARE = 0.2

_PASSIVE_HELPERS = {"wird", "werden", "werde", "wirst", "wurde", "wurden", "worden"}
#: A German participle as it stands in a passive: "operiert", "geprüft", "eingenommen", "verordnet".
_PARTICIPLE = re.compile(
    r"(?:ab|an|auf|aus|bei|durch|ein|fest|her|hin|los|mit|nach|ruhig|um|vor|weg|zu|zurück|zusammen)?"
    r"ge(?:[a-zäöüß]{2,}(?:t|(?<!en)(?<!t)en)|(?:hal|ra|tre|be|bo)ten)"
    r"|[a-zäöüß]+iert|(?:be|ver|er|ent|zer|emp|miss|über|unter)[a-zäöüß]{3,}t"
    r"|(?:emp|be)fohlen|verschrieben|verboten|betroffen|vermieden|[a-zäöüß]*genommen"
)
#: What looks like one: adjectives, and infinitives with which "werden" makes the future.
_NO_PARTICIPLE = re.compile(
    r"bereit|bekannt|bewusst|beliebt|gesamt|gewohnt|geeignet|gerecht|geschickt|überhaupt|gegen|gera(?:de)?n|genauen"
    r"|gehören|genießen|gelingen|gewinnen|geschehen|gesunden|genesen|gewöhnen|gebrauchen"
)
#: Where a clause may end: a finite verb of the next one is no participle of this one.
_CLAUSE_END = re.compile(r"[,;:–(]|\b(?:und|oder|aber)\b")
_BE = {"is", "are", "was", "were", "be", "been", "being"}
_ENGLISH_PARTICIPLE = re.compile(r"[a-z]{3,}ed|given|taken|shown|done|made|found|known|written|seen|kept|held|told")
_NO_ENGLISH_PARTICIPLE = re.compile(
    r"need|tired|worried|relaxed|bed|red|limited|unrelated|related|used|swollen|pleased"
)
_NOMINAL = re.compile(r"[A-ZÄÖÜ][^\W\d_]{2,}(?:ung|heit|keit|ion|tät)(?:en)?")
#: Everyday words that look nominal and are the plainest there are.
_EVERYDAY = re.compile(
    r"(?:\w*[üÜ]bung|\w*[bB]ewegung|\w*[hH]altung|Operation|Wohnung|Rechnung|Gesundheit|Krankheit)(?:en)?"
)
#: What may follow a term: the endings of German nouns and adjectives, the English plural.
_ENDING = r"(?:e|n|en|em|er|es|s|ern)?"
#: "specific pain" is another term than "non-specific pain", in which it stands.
_NOT_DENIED = r"(?<!\bnon-)"


@dataclass(frozen=True)
class _Reading:
    """The texts of one sheet in one edition, and how they are judged."""

    name: str
    sheet: Sheet
    edition: str
    language: str
    said: tuple[Said, ...]

    @property
    def prose(self) -> list[str]:
        """What is read as sentences, so without the headings."""
        return [said.words for said in self.said if said.kind != "heading"]


def check_language(library: Library) -> Iterator[Finding]:
    """All findings on language."""
    for name, sheet, edition in sheet_editions(library):
        language = _language(edition, library)
        reading = _Reading(name, sheet, edition, language, tuple(texts_on(sheet, edition, library)))
        level = level_of(edition, language)
        if level:
            yield from _readability(reading, level, library)
        yield from _terms(reading, library)
    for edition in library.editions:
        language = _language(edition, library)
        level = level_of(edition, language)
        for said in texts_of(library, edition):
            yield from _sentences(said, level, edition) if level else ()
            yield from _style(said, language)


def readability_of(name: str, edition: str, library: Library) -> tuple[Level, Figures] | None:
    """The targets of a sheet in an edition and its figures, excused terms eased; None where no formula is known."""
    sheet, language = library.sheets[name], _language(edition, library)
    reading = _Reading(name, sheet, edition, language, tuple(texts_on(sheet, edition, library)))
    level = level_of(edition, language)
    if level is None:
        return None
    excused = _excused(reading.prose, reading, library)
    figures = measure(reading.prose, language, {word.casefold() for word in excused})
    return (level, figures) if figures else None


def _language(edition: str, library: Library) -> str:
    return library.editions[edition].language.split("-", maxsplit=1)[0]


# --- readability ------------------------------------------------------------------------------------------


def _readability(reading: _Reading, level: Level, library: Library) -> Iterator[Finding]:
    """The figures of a sheet against the targets of its edition, and which terms they excuse."""
    texts = reading.prose
    excused = _excused(texts, reading, library)
    figures = measure(texts, reading.language, {word.casefold() for word in excused})
    if figures is None:
        return
    place = reading.sheet.title.at(reading.edition)
    for target in level.targets:
        if not target.is_met(figures):
            message = f"sheet {shown(reading.name)} in {reading.edition} is hard to read: {target.told(figures)}"
            yield Finding(place, message, _hardest(reading, excused), Severity.WARNING, "readability")
    if excused:
        yield _excuse_told(reading, level, excused, figures)


def _excuse_told(reading: _Reading, level: Level, excused: Counter[str], figures: Figures) -> Finding:
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


def _excused(texts: list[str], reading: _Reading, library: Library) -> Counter[str]:
    """The words of excused terms, as they stand in texts, and how often."""
    patterns = [
        pattern
        for term in library.terms.values()
        if term.excused and (pattern := _pattern(term, reading.edition, reading.language))
    ]
    found = (match.group() for text in texts for pattern in patterns for match in pattern.finditer(text))
    return Counter(word for words in found for word in words_of(words))


def _hardest(reading: _Reading, excused: Counter[str]) -> str:
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


# --- sentences --------------------------------------------------------------------------------------------


def _sentences(said: Said, level: Level, edition: str) -> Iterator[Finding]:
    for sentence in sentences_of(said.words):
        count = len(words_of(sentence))
        if count > level.sentence:
            message = f"a sentence of {count} words, wanted at most {level.sentence} in {edition}: {shown(sentence)}"
            yield Finding(said.place, message, "make two of it", Severity.WARNING, "sentence")


def _style(said: Said, language: str) -> Iterator[Finding]:
    """Notes, not warnings: a tool only suspects what an author has to judge."""
    for sentence in sentences_of(said.words):
        found = {"de": _german_passive, "en": _english_passive}.get(language, _no_passive)(sentence)
        if found:
            message = f"looks passive: {shown(found)}"
            yield Finding(said.place, message, "say who does it", Severity.NOTE, "passive")
    nouns = _nominal(said.words) if language == "de" and said.kind not in {"at-once", "soon"} else []
    share = len(nouns) / max(1, len(words_of(said.words)))
    if len(nouns) >= 2 and share >= NOMINAL_SHARE:
        message = f"looks nominal: {share:.0%} of the words ({', '.join(nouns)}), wanted below {NOMINAL_SHARE:.0%}"
        yield Finding(said.place, message, "say it by verbs", Severity.NOTE, "nominal")


def _german_passive(sentence: str) -> str:
    """A form of "werden" and a participle in one clause, as they stand; empty where there are none."""
    for clause in _CLAUSE_END.split(sentence):
        words = words_of(clause)
        helper = next((word for word in words if word.casefold() in _PASSIVE_HELPERS), None)
        participle = next((w for w in words if _PARTICIPLE.fullmatch(w) and not _NO_PARTICIPLE.fullmatch(w)), None)
        if helper and participle and german_syllables(participle) > 1:
            return f"{helper} … {participle}" if words.index(helper) < words.index(participle) else clause.strip()
    return ""


def _english_passive(sentence: str) -> str:
    """A form of "to be" with a participle right after it, or after one adverb."""
    words = words_of(sentence)
    for index, word in enumerate(words[:-1]):
        after = (
            words[index + 1 : index + 3] if words[index + 1] in {"not", "often", "usually"} else words[index + 1 :][:1]
        )
        looks_so = _ENGLISH_PARTICIPLE.fullmatch(after[-1]) and not _NO_ENGLISH_PARTICIPLE.fullmatch(after[-1])
        if word.casefold() in _BE and looks_so:
            return " ".join([word, *after])
    return ""


def _no_passive(sentence: str) -> str:
    return ""


def _nominal(text: str) -> list[str]:
    return [word for word in words_of(text) if _NOMINAL.fullmatch(word) and not _EVERYDAY.fullmatch(word)]


# --- terms ------------------------------------------------------------------------------------------------


def _terms(reading: _Reading, library: Library) -> Iterator[Finding]:
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


def _unexplained(reading: _Reading, term: Term, first: Said, later: Said | None) -> Finding:
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

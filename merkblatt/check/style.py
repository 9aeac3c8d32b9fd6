"""Sentences that are too long, and what looks passive or nominal: a tool only suspects what an author has to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from merkblatt.check.readability import Level, german_syllables, sentences_of, words_of
from merkblatt.check.texts import Said
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


def check_sentences(said: Said, level: Level, edition: str) -> Iterator[Finding]:
    """Sentences with more words than the level of an edition takes."""
    for sentence in sentences_of(said.words):
        count = len(words_of(sentence))
        if count > level.sentence:
            message = f"a sentence of {count} words, wanted at most {level.sentence} in {edition}: {shown(sentence)}"
            yield Finding(said.place, message, "make two of it", Severity.WARNING, "sentence")


def check_style(said: Said, language: str) -> Iterator[Finding]:
    """What looks passive or nominal in a text: notes, not warnings."""
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

"""Readability as numbers: words, sentences, syllables, and the formulas over them. Pure; knows no leaflet.

Syllables are counted as groups of vowels, a diphthong being one. On the 100 German words of our content in
tests/check/test_readability.py, counted by hand, that errs once ("Antiepileptika"); Pyphen, which says where a line
may be divided ("oder" and "Nacken" never), errs six times. For English the same holds, with rules for silent endings.

A sentence ends at a full stop, a question or an exclamation mark, never at a colon, though LIX would allow it: the
longer sentences make the stricter figure. A number is a word of one syllable, since it is read at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

#: A word of this many syllables is hard for the Wiener Sachtextformel; one of more letters is long for it and LIX.
HARD_SYLLABLES = 3
LONG_LETTERS = 6

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GERMAN_VOWELS = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|oi|au|äu|eu|[aeiouyäöüéèà]")
#: Endings that are written, not spoken ("makes", "eased", "while"), also before an ending ("safely", "movement").
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouyl]l)(?:e|(?<![szxcg])(?<!sh)(?<!ch)es|(?<![td])ed)$"
    r"|(?<=[^aeiouy])e(?=(?:ment|ly|ful|less|ness|time|one)s?$)|(?<=er)e(?=fore$)"
)
#: An i that colours the consonant before it: "operation", "special", "patient".
_MUTE_I = re.compile(r"(?:(?<=[tcsg])|(?<=sh))i(?=ons?|ous)|(?<=[tc])i(?=al|ent|an)")
#: Where two vowels side by side are two syllables: "being", "radio", "quiet", "area", "fluid", "react".
_HIATUS = re.compile(
    r"(?<=[eoy])(?=ing)|(?<=i)(?=[ao](?!ur)|e[nt])|(?<=[rd]e)(?=as?$)|(?<=te)(?=o)|(?<=[^g]u)(?=i[dn])|(?<=cre)(?=at)|(?<=re)(?=act)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[“”\"’»)]*\s+(?=[„“\"‚»(]*[A-ZÄÖÜ0-9])")
#: What ends in a full stop without ending a sentence: "z. B.", "e. V.", "3. Tag", "Dr. Muster".
_NO_END = re.compile(r"(?:^|[\s(„])(?:\w|\d+|Dr|Prof|Nr|Abs|Tel|bzw|ca|evtl|ggf|inkl|max|min|vgl|Mr|Mrs|vs)\.$")


@dataclass(frozen=True)
class Figures:
    """What the formulas are made of.

    An eased word, an excused term, counts as a word of two syllables and six letters, the most that is no burden.
    """

    sentences: int
    words: int
    syllables: int
    #: Words of three and more syllables, of one, and of more than six letters.
    hard: int
    short: int
    long: int

    @property
    def words_a_sentence(self) -> float:
        """Mean length of a sentence, in words."""
        return self.words / self.sentences

    @property
    def syllables_a_word(self) -> float:
        """Mean length of a word, in syllables."""
        return self.syllables / self.words


def words_of(text: str) -> list[str]:
    """The words and numbers of a text; one with a hyphen is one word."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; one that has no full stop at its end, as an item of a list, is one too."""
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if sentences and _NO_END.search(sentences[-1]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return [sentence for sentence in sentences if words_of(sentence)]


def german_syllables(word: str) -> int:
    """Syllables of a German word: its groups of vowels."""
    return max(1, len(_GERMAN_VOWELS.findall(word.casefold().replace("qu", "q"))))


def english_syllables(word: str) -> int:
    """Syllables of an English word: its groups of vowels, less an ending that is not spoken."""
    spoken = _SILENT.sub("", _MUTE_I.sub("", word.casefold().replace("qu", "q")))
    return max(1, len(re.findall("[aeiouyéè]+", _HIATUS.sub("|", spoken))))


#: How syllables are counted, by language; for another language no formula is known here.
SYLLABLES: dict[str, Callable[[str], int]] = {"de": german_syllables, "en": english_syllables}


def measure(texts: Iterable[str], language: str, eased: Collection[str] = ()) -> Figures | None:
    """The figures of texts; None where they hold no word.

    Args:
        texts: each begins and ends sentences of its own, as items of a list do.
        language: a key of SYLLABLES.
        eased: words that do not count as hard, in small letters.
    """
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    if not sentences:
        return None
    count = SYLLABLES[language]
    words = [word for sentence in sentences for word in words_of(sentence)]
    lengths = [(2, LONG_LETTERS) if word.casefold() in eased else (count(word), len(word)) for word in words]
    return Figures(
        sentences=len(sentences),
        words=len(words),
        syllables=sum(syllables for syllables, _ in lengths),
        hard=sum(syllables >= HARD_SYLLABLES for syllables, _ in lengths),
        short=sum(syllables == 1 for syllables, _ in lengths),
        long=sum(letters > LONG_LETTERS for _, letters in lengths),
    )


def amstad(figures: Figures) -> float:
    """Flesch's Reading Ease for German: 60 and more is plain, 70 and more fairly easy.

    Toni Amstad, "Wie verständlich sind unsere Zeitungen?", Zürich 1978.
    """
    return 180 - figures.words_a_sentence - 58.5 * figures.syllables_a_word


def wiener(figures: Figures) -> float:
    """First Wiener Sachtextformel, as a school year: 4 is easy, 15 hard.

    Richard Bamberger and Erich Vanecek, "Lesen – Verstehen – Lernen – Schreiben", Wien 1984.
    """
    percent = 100 / figures.words
    return (
        0.1935 * figures.hard * percent
        + 0.1672 * figures.words_a_sentence
        + 0.1297 * figures.long * percent
        - 0.0327 * figures.short * percent
        - 0.875
    )


def lix(figures: Figures) -> float:
    """Läsbarhetsindex: below 40 is easy, above 50 hard.

    Carl-Hugo Björnsson, "Läsbarhet", Stockholm 1968.
    """
    return figures.words_a_sentence + 100 * figures.long / figures.words


def flesch(figures: Figures) -> float:
    """Reading Ease for English: 60 and more is plain English.

    Rudolf Flesch, "A New Readability Yardstick", Journal of Applied Psychology 32 (1948).
    """
    return 206.835 - 1.015 * figures.words_a_sentence - 84.6 * figures.syllables_a_word


def flesch_kincaid(figures: Figures) -> float:
    """Flesch-Kincaid grade level for English, as a school year of the USA.

    J. Peter Kincaid and others, "Derivation of New Readability Formulas", Naval Research Branch Report 8-75 (1975).
    """
    return 0.39 * figures.words_a_sentence + 11.8 * figures.syllables_a_word - 15.59


@dataclass(frozen=True)
class Target:
    """What a formula is to give: at least, or at most, so much."""

    name: str
    formula: Callable[[Figures], float]
    bound: float
    at_least: bool = False

    def is_met(self, figures: Figures) -> bool:
        """Whether the figure, rounded to one digit as it is told, keeps the bound."""
        value = round(self.formula(figures), 1)
        return value >= self.bound if self.at_least else value <= self.bound

    def told(self, figures: Figures) -> str:
        """The figure and its target: `Amstad 58.2, wanted at least 60`."""
        side = "at least" if self.at_least else "at most"
        return f"{self.name} {self.formula(figures):.1f}, wanted {side} {self.bound:g}"


@dataclass(frozen=True)
class Level:
    """What an edition has to keep: the targets, and the most words of a sentence."""

    targets: tuple[Target, ...]
    sentence: int


_PLAIN = {
    "de": Level((Target("Amstad", amstad, 60, True), Target("Wiener", wiener, 8), Target("LIX", lix, 45)), 20),
    "en": Level((Target("Flesch", flesch, 60, True), Target("Flesch-Kincaid", flesch_kincaid, 8)), 20),
}
_SIMPLE = {
    "de": Level((Target("Amstad", amstad, 70, True), Target("Wiener", wiener, 6), Target("LIX", lix, 45)), 12),
    "en": Level((Target("Flesch", flesch, 70, True), Target("Flesch-Kincaid", flesch_kincaid, 6)), 12),
}


def level_of(edition: str, language: str) -> Level | None:
    """The level of an edition by its id (`de-simple`) and language tag; None where no formula is known."""
    levels = _SIMPLE if edition.endswith("-simple") else _PLAIN
    return levels.get(language.split("-", maxsplit=1)[0])

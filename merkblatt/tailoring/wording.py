"""Says a label of an edition with its numbers, in the plural form that the language asks for (CLDR, by Babel)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from merkblatt.content.model import Dose, Edition, Plural
from merkblatt.tailoring.leaflet import SaidDose


def say(edition: Edition, label: str, **values: int | str) -> str:
    """The words of a label with its numbers in them.

    Args:
        edition: whose words.
        label: a name of `Labels`.
        values: what stands in its braces; of a span ("8 to 10") the last number decides the form.
    """
    words: str | Plural = getattr(edition.labels, label)
    if isinstance(words, str):
        return words.format(**values)
    return counted(words, edition, _last_number(values)).format(**values)


def counted(words: Plural, edition: Edition, number: int) -> str:
    """The form for a number, with the braces still in it."""
    # Imported here, so that what needs no words starts without it.
    from babel import Locale

    return words.words(number, Locale.parse(edition.language, sep="-").plural_form(number))


def _last_number(values: dict[str, int | str]) -> int:
    last = str(list(values.values())[-1])
    digits = "".join(c if c.isdecimal() else " " for c in last).split()
    return int(digits[-1]) if digits else 0


@lru_cache(maxsize=1000)
def day_words(day: date, language: str) -> str:
    """A day in words: "23. November 2026"."""
    from babel.dates import format_date  # slow to start, and not every leaflet says a day

    return format_date(day, "long", language.replace("-", "_"))


def dose_pieces(dose: Dose | SaidDose, edition: Edition) -> list[str]:
    """A dose in words, piece by piece: "5-mal auf jeder Seite", "jeweils 2 Sekunden halten", "3-mal am Tag"."""
    return list(dose.pieces if isinstance(dose, SaidDose) else _dose_pieces(dose, edition))


def _dose_pieces(dose: Dose, edition: Edition) -> Iterator[str]:
    labels = edition.labels

    def words(label: str, amount: str) -> str:
        low, _, high = amount.partition("-")
        return say(edition, label, n=labels.amount_span.format(low=low, high=high) if high else low)

    if dose.repeat:
        side = f" {labels.dose_each_side}" if dose.each_side else ""
        yield words("dose_repeat", dose.repeat) + side
    elif dose.each_side:
        yield labels.dose_each_side
    for amount, label in (
        (dose.hold, "dose_hold"),
        (dose.rest, "dose_rest"),
        (dose.minutes, "dose_minutes"),
        (dose.sets, "dose_sets"),
    ):
        if amount:
            yield words(label, amount)
    if dose.per_day:
        yield labels.dose_per_day_once if dose.per_day == "1" else words("dose_per_day", dose.per_day)

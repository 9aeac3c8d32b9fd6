"""Says a label of an edition with its numbers, in the plural form that the language asks for (CLDR, by Babel)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from merkblatt.model import Edition, Plural


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

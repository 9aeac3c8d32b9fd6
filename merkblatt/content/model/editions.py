"""A language at a reading level, and the page's own words in it."""

from __future__ import annotations

import string
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator

from merkblatt.content.model.base import EditionId, Line, Many, Placed, Section

#: What the program fills into a label, by its name; a label holds each of its words in braces and no other.
LABEL_FIELDS: dict[str, frozenset[str]] = {
    "for_name": frozenset({"name"}),
    "for_weeks": frozenset({"weeks"}),
    "handed_out": frozenset({"date"}),
    "weeks_over": frozenset({"weeks"}),
    "weeks_over_now": frozenset({"weeks"}),
    "weeks_upto": frozenset({"weeks"}),
    "weeks_upto_now": frozenset({"weeks"}),
    "weeks_between": frozenset({"over", "upto"}),
    "weeks_between_now": frozenset({"over"}),
    "dose_repeat": frozenset({"n"}),
    "dose_sets": frozenset({"n"}),
    "dose_hold": frozenset({"n"}),
    "dose_rest": frozenset({"n"}),
    "dose_minutes": frozenset({"n"}),
    "dose_per_day": frozenset({"n"}),
    "amount_span": frozenset({"low", "high"}),
    "diary_week": frozenset({"n"}),
    "qr": frozenset({"address"}),
    "logo": frozenset({"name"}),
    "issued": frozenset({"date"}),
    "next_review": frozenset({"date"}),
    "overdue": frozenset({"date"}),
    "reviewed": frozenset({"by", "date"}),
    "page": frozenset({"page", "pages"}),
}


class Plural(Placed):
    """Words with a number: the forms that the language has (CLDR plural categories); `{n}` is the number."""

    #: For nought, where the language says it in a way of its own.
    none: Line | None = None
    one: Line | None = None
    two: Line | None = None
    few: Line | None = None
    many: Line | None = None
    other: Line

    def words(self, number: int, category: str) -> str:
        """The words for a number whose plural category is known; the braces are still in them."""
        form = self.none if number == 0 and self.none else getattr(self, category, None)
        return str(form or self.other)


def _one_form(value: object) -> object:
    return {"other": value} if isinstance(value, str) else value


#: One wording for every number, or the forms that the language needs.
Counted = Annotated[Plural, BeforeValidator(_one_form, json_schema_input_type=Line | Plural)]


class Labels(Placed):
    """The words of the page itself. In braces stands what the program fills in (see LABEL_FIELDS)."""

    # head
    for_name: Line
    for_weeks: Line
    next_appointment: Line
    counsellor: Line
    handed_out: Line
    message: Line
    # conditions: for everyone, and for a person who is in that time now
    weeks_over: Counted
    weeks_over_now: Counted
    weeks_upto: Counted
    weeks_upto_now: Counted
    weeks_between: Counted
    weeks_between_now: Counted
    # statements
    at_once: Line
    at_once_call: Line
    soon: Line
    soon_call: Line
    # exercises
    steps: Line
    dose: Line
    caution: Line
    too_much: Line
    dose_repeat: Counted
    dose_sets: Counted
    dose_hold: Counted
    dose_rest: Counted
    dose_minutes: Counted
    dose_per_day: Counted
    dose_per_day_once: Line
    dose_each_side: Line
    amount_span: Line
    overview: Line
    exercise: Line
    # plan: a diary with a box a day, and lines for appointments
    diary: Line
    diary_tick: Line
    diary_week: Line
    monday: Line
    tuesday: Line
    wednesday: Line
    thursday: Line
    friday: Line
    saturday: Line
    sunday: Line
    appointments: Line
    appointment_date: Line
    appointment_time: Line
    appointment_with: Line
    # contacts
    path: Line
    qr: Line
    # note and sender
    note: Line
    practice: Line
    phone: Line
    email: Line
    web: Line
    hours: Line
    logo: Line
    # foot
    about: Line
    issued: Line
    next_review: Line
    review_pending: Line
    reviewed: Line
    overdue: Line
    sources: Line
    no_substitute: Line
    page: Line

    @field_validator("*")
    @classmethod
    def _known_braces(cls, value: str | Plural, info: ValidationInfo) -> str | Plural:
        wanted = LABEL_FIELDS.get(info.field_name or "", frozenset())
        if isinstance(value, str):
            _same_braces(value, wanted)
            return value
        _same_braces(value.other, wanted)
        for form in (value.none, value.one, value.two, value.few, value.many):
            # A form may hold its number as a word: "two weeks" is one word in Arabic.
            _same_braces(form or value.other, wanted, least=frozenset())
        return value


def _same_braces(words: str, wanted: frozenset[str], least: frozenset[str] | None = None) -> None:
    try:
        found = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError as error:
        raise ValueError(f"has a brace too many or too few: {error}") from None
    if not (wanted if least is None else least) <= found <= wanted:
        told = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "nothing"
        raise ValueError(f"holds {', '.join(f'{{{n}}}' for n in sorted(found)) or 'nothing'} in braces, not {told}")


class Marks(Placed):
    """The marks that part what the page strings together."""

    comma: Line = ","
    semicolon: Line = ";"


class Edition(Placed):
    """A language at a reading level, and the page's own words in it."""

    name: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    #: The edition that this one is translated from; none for the one that is written first.
    base: EditionId | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    #: The families of type in which it is set, in the order in which they are tried; none for those of the style.
    fonts: Many[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+( [A-Za-z0-9]+)*$")]] = ()
    #: Words are never divided (UKAAF, ACB); a key of its own, so that an edition says so and a style can read it.
    hyphenation: Literal["none"] = "none"
    marks: Marks = Field(default_factory=Marks)
    sections: dict[Section, Line]
    #: For how many weeks, as the label `for_weeks` takes it; without it stands the number alone.
    weeks: Plural | None = None
    labels: Labels

    @field_validator("weeks")
    @classmethod
    def _only_n(cls, value: Plural | None) -> Plural | None:
        for form in (value.none, value.one, value.two, value.few, value.many, value.other) if value else ():
            _same_braces(form or "", frozenset({"n"}), least=frozenset())
        return value

"""The words of the project as frozen values: claim, module, exercise, sheet, edition, practice.

Each model says what a content file may hold; pydantic checks it, and the JSON Schema for editors comes from here too.
What spans several files (does a module's claim exist?) is the library's matter, not the models'.
"""

from __future__ import annotations

import re
import string
import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    RootModel,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from merkblatt.findings import Place
from merkblatt.yamlfile import Key
from merkblatt.yamlfile import Mapping as YamlMapping

Section = Literal[
    "about",
    "self-help",
    "exercises",
    "prevention",
    "work",
    "medicines",
    "treatment",
    "longer",
    "red-flags",
    "offers",
    "contacts",
    "notes",
]
#: The order in which sections stand on a sheet when a module brings its own section along.
SECTIONS: tuple[Section, ...] = get_args(Section)

Format = Literal["a4", "a4-large"]
FORMATS: tuple[Format, ...] = get_args(Format)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*-[a-z]+$")]
EditionId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]+)?$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]*\S[^\n]*$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Count = Annotated[int, Field(ge=1, le=1000)]
Weeks = Annotated[int, Field(ge=0, le=5200)]


T = TypeVar("T")
#: A list in YAML, a tuple here.
Many = Annotated[tuple[T, ...], Field(strict=False)]


def _iso_date(value: object) -> object:
    """Dates stand as text in YAML; only the ISO form is taken, since 03.04.2026 is two dates."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _amount(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Day = Annotated[date, BeforeValidator(_iso_date, json_schema_input_type=date)]
#: `5`, or a span: `8-10`.
Amount = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$")],
    BeforeValidator(_amount, json_schema_input_type=int | str),
]


class _Placed:
    """What every model shares: it keeps the places of its YAML, out of sight of the schema."""

    _place: Place | None
    _keys_at: dict[str, Key]

    def at(self, field: str = "") -> Place:
        """Where the value, or the value of one of its fields, stands."""
        if field in self._keys_at:
            return self._keys_at[field].value
        return self._place or Place(Path("?"))


def _keep_places(value: Any, data: Any) -> Any:
    if isinstance(data, YamlMapping):
        value._place, value._keys_at = data.place, data.keys_at
    return value


class Placed(_Placed, BaseModel):
    """A frozen mapping of known fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    _place: Place | None = PrivateAttr(default=None)
    _keys_at: dict[str, Key] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _with_places(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        return _keep_places(handler(data), data)


class Text(_Placed, RootModel[Annotated[dict[EditionId, Words], Field(min_length=1)]]):
    """One text in every edition, side by side: `de: …`, `en: …`."""

    model_config = ConfigDict(frozen=True, strict=True)
    _place: Place | None = PrivateAttr(default=None)
    _keys_at: dict[str, Key] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _with_places(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        return _keep_places(handler(data), data)

    def get(self, edition: str) -> str | None:
        """The text in one edition, None where it has none yet."""
        return self.root.get(edition)


class Claim(Placed):
    """One statement of one source; a text that drops its condition (`when`) or steps into its `trap` is wrong."""

    id: ClaimId
    topics: Many[Id] = Field(min_length=1)
    fact: Words
    when: Words | None = None
    trap: Words | None = None


class Claims(Placed):
    """The statements of one source."""

    source: Id
    claims: Many[Claim] = Field(min_length=1)


class Source(Placed):
    """Where a statement comes from, as the foot of a leaflet cites it."""

    id: Id
    cite: Text
    url: Line | None = None
    #: What a reviewer must know of it: a superseded edition, a part that was not seen.
    caveat: Words | None = None


class Sources(Placed):
    """All that statements are cited from."""

    sources: Many[Source] = Field(min_length=1)


class LeftOut(Placed):
    """A claim that no module carries, and why."""

    claim: ClaimId
    why: Words


class LeftOuts(Placed):
    """The claims that are left out."""

    left_out: Many[LeftOut] = ()


class WeekSpan(Placed):
    """Weeks of pain: more than `over`, at most `upto`; `over: 12` begins after the twelfth week."""

    over: Weeks | None = None
    upto: Weeks | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> WeekSpan:
        if self.over is None and self.upto is None:
            raise ValueError("names neither over nor upto")
        if self.over is not None and self.upto is not None and self.over >= self.upto:
            raise ValueError(f"holds no week: over {self.over}, upto {self.upto}")
        return self

    def holds(self, weeks: int) -> bool:
        """Whether so many weeks of pain lie in the span."""
        return (self.over is None or weeks > self.over) and (self.upto is None or weeks <= self.upto)


class Stage(Placed):
    """A stage of pain with a name: when it is, by which source, and what a leaflet calls it."""

    id: Id
    weeks: WeekSpan
    source: Id
    caveat: Words | None = None
    #: The heading on a handout for everyone, and on one for a person who is in that stage.
    heading: Text
    heading_now: Text


class Circumstance(Placed):
    """Something about a person that an order may know; where it is not known, the leaflet says the condition."""

    id: Id
    condition: Text


class Conditions(Placed):
    """What statements can depend on beside weeks."""

    stages: Many[Stage] = ()
    circumstances: Many[Circumstance] = ()


class When(Placed):
    """What a statement depends on. Data, never code."""

    weeks: WeekSpan | None = None
    stage: Id | None = None
    circumstance: Id | None = None

    @model_validator(mode="after")
    def _one_time(self) -> When:
        if self.weeks and self.stage:
            raise ValueError("names both weeks and a stage; one of them says when")
        if not (self.weeks or self.stage or self.circumstance):
            raise ValueError("names no condition")
        return self


class Review(Placed):
    """`by` stays empty until a person has reviewed; the leaflet then says that medical review is pending."""

    by: Line | None = None
    on: Day | None = None
    next: Day

    @model_validator(mode="after")
    def _both_or_none(self) -> Review:
        if (self.by is None) != (self.on is None):
            raise ValueError("a review names both by whom and on which day, or neither")
        return self


class Statement(Placed):
    """One thing that a leaflet says, in every edition, with the ground it stands on."""

    kind: Literal["know", "do", "avoid", "at-once", "soon"]
    text: Text
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()
    when: When | None = None


class Module(Placed):
    """One piece of advice on one matter."""

    title: Text
    section: Section
    statements: Many[Statement] = Field(min_length=1)
    when: When | None = None
    contradicts: Many[Id] = ()
    reviewed: Review


class Dose(Placed):
    """How often and how long. `hold`, `rest` in seconds, `minutes` in minutes."""

    repeat: Amount | None = None
    sets: Amount | None = None
    hold: Amount | None = None
    rest: Amount | None = None
    minutes: Amount | None = None
    per_day: Amount | None = None
    each_side: bool = False


class Exercise(Placed):
    """A movement: how to start, what to do, how much, for whom it is not, when to stop."""

    name: Text
    area: Many[Literal["low-back", "mid-back", "neck", "relaxation"]] = Field(min_length=1)
    start: Text
    steps: Many[Text] = Field(min_length=1, max_length=7)
    dose: Dose
    caution: Text
    too_much: Text
    sources: Many[Id] = Field(min_length=1)
    reviewed: Review


class Link(Placed):
    """A resource outside: whose it is, what is found there, and the way to it."""

    id: Id
    name: Text
    offers: Text
    url: Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[A-Za-z0-9._~/-]*)?$")]
    #: What to open or search for there, step by step.
    path: Many[Text] = ()
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()


class Links(Placed):
    """All resources outside."""

    links: Many[Link] = Field(min_length=1)


class SheetSection(Placed):
    """A part of a sheet; what it holds depends on its name."""

    section: Section
    modules: Many[Id] = ()
    exercises: Many[Id] = ()
    links: Many[Id] = ()
    lines: Annotated[int, Field(ge=1, le=30)] | None = None
    #: Whether the doses of the exercises stand once more, side by side.
    overview: bool = False

    @model_validator(mode="after")
    def _not_empty(self) -> SheetSection:
        if not (self.modules or self.exercises or self.links or self.lines):
            raise ValueError("holds nothing: name modules, exercises, links or lines")
        return self


class Message(Placed):
    """The one main message, on its ground."""

    text: Text
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()


class Sheet(Placed):
    """A handout on one topic: sections in order, no prose of its own but title and main message."""

    title: Text
    #: A line under the title: whom or what it is about.
    subtitle: Text
    message: Message
    sections: Many[SheetSection] = Field(min_length=1)
    #: At most so many pages, by format.
    pages: dict[Format, Annotated[int, Field(ge=1, le=100)]] = Field(default_factory=dict)
    issued: Day
    reviewed: Review


#: What the program fills into a label, by its name; a label holds each of its words in braces and no other.
LABEL_FIELDS: dict[str, frozenset[str]] = {
    "for_name": frozenset({"name"}),
    "for_weeks": frozenset({"weeks"}),
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
    "qr": frozenset({"address"}),
    "logo": frozenset({"name"}),
    "issued": frozenset({"date"}),
    "next_review": frozenset({"date"}),
    "overdue": frozenset({"date"}),
    "reviewed": frozenset({"by", "date"}),
    "page": frozenset({"page", "pages"}),
}


class Labels(Placed):
    """The words of the page itself. In braces stands what the program fills in (see LABEL_FIELDS)."""

    # head
    for_name: Line
    for_weeks: Line
    message: Line
    # conditions: for everyone, and for a person who is in that time now
    weeks_over: Line
    weeks_over_now: Line
    weeks_upto: Line
    weeks_upto_now: Line
    weeks_between: Line
    weeks_between_now: Line
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
    dose_repeat: Line
    dose_sets: Line
    dose_hold: Line
    dose_rest: Line
    dose_minutes: Line
    dose_per_day: Line
    dose_per_day_once: Line
    dose_each_side: Line
    amount_span: Line
    overview: Line
    exercise: Line
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
    def _known_braces(cls, value: str, info: ValidationInfo) -> str:
        wanted = LABEL_FIELDS.get(info.field_name or "", frozenset())
        try:
            found = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
        except ValueError as error:
            raise ValueError(f"has a brace too many or too few: {error}") from None
        if found != wanted:
            words = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "nothing"
            raise ValueError(
                f"holds {', '.join(f'{{{n}}}' for n in sorted(found)) or 'nothing'} in braces, not {words}"
            )
        return value


class Plural(Placed):
    """A number with its noun: the forms that the language has (CLDR plural categories); `{n}` is the number."""

    #: For nought, where the language says it in a way of its own.
    none: Line | None = None
    one: Line | None = None
    two: Line | None = None
    few: Line | None = None
    many: Line | None = None
    other: Line

    def words(self, number: int, category: str) -> str:
        """The words for a number whose plural category is known."""
        form = self.none if number == 0 and self.none else getattr(self, category, None)
        return str(form or self.other).replace("{n}", str(number))


class Edition(Placed):
    """A language at a reading level, and the page's own words in it."""

    name: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    direction: Literal["ltr", "rtl"] = "ltr"
    sections: dict[Section, Line]
    #: For how many weeks, as the label `for_weeks` takes it; without it stands the number alone.
    weeks: Plural | None = None
    labels: Labels


class Practice(Placed):
    """Who hands the leaflet out."""

    name: Line
    address: Many[Line] = ()
    phone: Line | None = None
    email: Line | None = None
    web: Line | None = None
    hours: Many[Line] = ()
    #: A picture beside this file: SVG or PNG.
    logo: Line | None = None
    accent: Colour | None = None
    text: Words | None = None


def _without_controls(value: str) -> str:
    """Refuses characters that steer a terminal or the direction of text; a name or a note needs none."""
    bad = next((c for c in value if (c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}) or c in _STEERING), None)
    if bad is not None:
        raise ValueError(f"holds the control character U+{ord(bad):04X}; remove it")
    return value


#: Marks that turn or isolate the direction of what follows (Unicode 16, 2.6 of UAX 9).
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

PersonName = Annotated[Line, AfterValidator(_without_controls)]
Note = Annotated[Words, AfterValidator(_without_controls)]


class Order(Placed):
    """What is wanted: sheet, edition, format, and what is known of the person."""

    sheet: Id
    edition: EditionId = "de"
    format: Format = "a4"
    weeks: Weeks | None = None
    circumstances: dict[Id, bool] = Field(default_factory=dict)
    with_: Many[Id] = Field(default=(), alias="with")
    without: Many[Id] = ()
    practice: Line | None = None
    name: PersonName | None = None
    note: Note | None = None
    max_pages: Count | None = None
    day: Day | None = None

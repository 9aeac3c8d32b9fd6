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
    "plan",
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

PaperId = Literal["a4", "a4-large", "a4-xlarge", "a5", "a5-large", "dl", "a3-poster"]
#: Every format that can be asked for: papers, folds of them, and what is no paper; see `formats`.
Format = Literal[PaperId, "a5-booklet", "dl-fold", "dl-zigzag", "html", "text", "epub", "brf"]
FORMATS: tuple[Format, ...] = get_args(Format)

#: What a PDF claims: PDF/UA-1 and PDF/A-2a; PDF/UA-2; neither tags nor claims.
Variant = Literal["ua1", "ua2", "plain"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)

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
    #: The way to a page outside, link by link, as the source names it.
    path: Many[Line] = ()


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


class Term(Placed):
    """A word of the field that a leaflet needs: how it is explained, and why readability excuses its length.

    Words go by edition; one that has none of its own takes those of its language: `de-simple` those of `de`.
    """

    id: Id
    words: dict[EditionId, Many[Line]] = Field(min_length=1)
    #: What it means, in plain words; an author takes them from here.
    means: Text
    #: Of these one must stand beside the term where a sheet names it first; none where everyone knows the term.
    explained_by: dict[EditionId, Many[Line]] = Field(default_factory=dict)
    #: Why no plainer word will do; then its length is not held against a text, and `check` tells so.
    excused: Words | None = None


class Glossary(Placed):
    """The words that need a word."""

    terms: Many[Term] = ()


class Guideline(Placed):
    """Where a later guideline differs from the source: a note for the practice, never for a leaflet."""

    id: Id
    claims: Many[ClaimId] = Field(min_length=1)
    differs: Words
    source: Line
    #: Since which year or day.
    since: Annotated[
        Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}-\d{2})?$")],
        BeforeValidator(_amount, json_schema_input_type=int | str),
    ]
    #: What of it was not seen.
    caveat: Words | None = None


class Guidelines(Placed):
    """All that is known of later guidelines."""

    guidelines: Many[Guideline] = ()


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


#: Angles in degrees; the bounds are those of a healthy adult (AAOS, Joint Motion, with room for the whole spine).
Angle = Annotated[int, Field(ge=-180, le=180)]
Centimetres = Annotated[int, Field(ge=-100, le=100)]


class Bend(Placed):
    """How a part of the spine leaves its rest: `bend` forward, `side` and `turn` to the person's left."""

    bend: Annotated[int, Field(ge=-60, le=70)] = 0
    side: Annotated[int, Field(ge=-45, le=45)] = 0
    turn: Annotated[int, Field(ge=-80, le=80)] = 0


class ArmPose(Placed):
    """An arm: by its angles, or by the place that its hand reaches; the program then finds the elbow."""

    #: Forward and up; 180 beside the ear.
    lift: Annotated[int, Field(ge=-60, le=180)] = 0
    #: Away from the body.
    spread: Annotated[int, Field(ge=-30, le=180)] = 5
    elbow: Annotated[int, Field(ge=0, le=150)] = 12
    #: About its own length; the forearm goes inward.
    turn: Annotated[int, Field(ge=-90, le=90)] = 0
    reach: (
        Literal["floor", "beside-head", "thigh", "left-knee", "right-knee", "other-shoulder", "nape", "waist", "belly"]
        | None
    ) = None
    #: Where the elbow points while the hand stays: 0 down or back, 90 outward, 180 up or forward.
    swivel: Angle = 0
    hand: Literal["open", "fist"] = "open"


class LegPose(Placed):
    """A leg: by its angles, or, where neither `hip` nor `knee` is named, on the ground as the posture wants it."""

    #: Thigh forward.
    hip: Annotated[int, Field(ge=-30, le=130)] | None = None
    knee: Annotated[int, Field(ge=0, le=155)] | None = None
    spread: Annotated[int, Field(ge=-30, le=45)] = 0
    #: Toes down.
    ankle: Annotated[int, Field(ge=-30, le=60)] = 0
    #: The foot on the ground, so far before (in cm) the place where the posture puts it.
    foot: Centimetres = 0
    #: The knee above a foot on the ground, so far to the person's left.
    lean: Annotated[int, Field(ge=-80, le=80)] = 0


class Pose(Placed):
    """One position of a body; what is not named is as its posture has it."""

    #: The pelvis: rocked forward, rolled to the left, and, of someone who stands or sits, moved forward in cm.
    tilt: Annotated[int, Field(ge=-60, le=100)] = 0
    turn: Annotated[int, Field(ge=-60, le=60)] = 0
    shift: Annotated[int, Field(ge=-40, le=40)] = 0
    #: On all fours: the thighs leaned back, so that the seat comes to the heels.
    lean: Annotated[int, Field(ge=-30, le=75)] = 0
    lumbar: Bend = Bend()
    thorax: Bend = Bend()
    #: Someone lying rests the head on mat or pillow; neck and head then follow from that.
    neck: Bend = Bend()
    head: Bend = Bend()
    #: Both shoulders, in cm.
    shoulders_up: Annotated[int, Field(ge=-3, le=7)] = 0
    shoulders_back: Annotated[int, Field(ge=-6, le=5)] = 0
    #: How far the belly stands out, in cm.
    belly: Annotated[int, Field(ge=-4, le=6)] = 0
    #: Both arms or legs; a side that is named alone goes before.
    arms: ArmPose | None = None
    left_arm: ArmPose | None = None
    right_arm: ArmPose | None = None
    legs: LegPose | None = None
    left_leg: LegPose | None = None
    right_leg: LegPose | None = None


Joint = Literal[
    "head",
    "chin",
    "neck",
    "chest",
    "belly",
    "pelvis",
    "left-shoulder",
    "right-shoulder",
    "left-elbow",
    "right-elbow",
    "left-hand",
    "right-hand",
    "left-knee",
    "right-knee",
    "left-foot",
    "right-foot",
]

#: Right and up on the picture, in cm.
Point = Annotated[tuple[Centimetres, Centimetres], Field(strict=False)]


class Arrow(Placed):
    """Where it moves: from a point to a point, both seen from a joint; `bow` makes it an arc, so many cm high."""

    joint: Joint
    from_: Point = Field(alias="from")
    to: Point
    bow: Centimetres = 0
    on: Literal["start", "end"] = "end"


class Figure(Placed):
    """The drawing of an exercise: a posture, from where it is seen, and what moves between two positions."""

    posture: Literal["standing", "seated", "lying", "all-fours"]
    view: Literal["side", "front", "back", "oblique", "feet", "above"] = "side"
    #: The whole body, or from the waist up where only a little moves.
    crop: Literal["whole", "upper"] = "whole"
    pillow: bool = False
    #: Whether the end shows the start once more, as a light line.
    ghost: bool = False
    start: Pose = Pose()
    #: Only what differs from the start.
    end: Pose
    arrows: Many[Arrow] = ()

    @model_validator(mode="after")
    def _upright_where_cut(self) -> Figure:
        if self.crop == "upper" and self.posture not in ("standing", "seated"):
            raise ValueError(f"crop upper shows someone standing or seated, not {self.posture}")
        return self


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
    #: How it is drawn, and what the drawing shows, in words.
    figure: Figure | None = None
    alt: Text | None = None
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
    #: For how many weeks there are days to tick.
    diary: Annotated[int, Field(ge=1, le=12)] | None = None
    #: How many lines there are for appointments.
    appointments: Annotated[int, Field(ge=1, le=12)] | None = None
    #: Whether the doses of the exercises stand once more, side by side.
    overview: bool = False

    @model_validator(mode="after")
    def _not_empty(self) -> SheetSection:
        if not (self.modules or self.exercises or self.links or self.lines or self.diary or self.appointments):
            raise ValueError("holds nothing: name modules, exercises, links, lines, diary or appointments")
        return self


class Message(Placed):
    """The one main message, on its ground."""

    text: Text
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()


PageBudget = dict[Format, Annotated[int, Field(ge=1, le=100)]]


class Sheet(Placed):
    """A handout on one topic: sections in order, no prose of its own but title and main message."""

    title: Text
    #: A line under the title: whom or what it is about.
    subtitle: Text
    message: Message
    sections: Many[SheetSection] = Field(min_length=1)
    #: At most so many pages, by format; and by edition, where one needs more room.
    pages: PageBudget = Field(default_factory=dict)
    pages_in: dict[EditionId, PageBudget] = Field(default_factory=dict)
    issued: Day
    reviewed: Review

    def most_pages(self, edition: str, format_: Format) -> int | None:
        """The budget that holds for an edition; None where there is none."""
        own = self.pages_in.get(edition, {})
        return own.get(format_, self.pages.get(format_))


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
    #: A person's own exercises and doses; what a dose does not say stays as the exercise has it.
    exercises: dict[Id, Dose] = Field(default_factory=dict)
    practice: Line | None = None
    #: As it stands before the name: Frau, Herr Dr.
    salutation: PersonName | None = None
    name: PersonName | None = None
    #: The day on which it is handed out; it is printed.
    date: Day | None = None
    #: When the person comes again, in words.
    appointment: PersonName | None = None
    counsellor: PersonName | None = None
    note: Note | None = None
    #: Whether the document's title, which viewers and lists of print jobs show, names the person.
    named_title: bool = False
    max_pages: Count | None = None
    day: Day | None = None

    @model_validator(mode="after")
    def _salutes_someone(self) -> Order:
        if self.salutation and not self.name:
            raise ValueError("has a salutation, but no name that it stands before")
        return self

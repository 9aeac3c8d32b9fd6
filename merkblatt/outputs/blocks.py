"""The leaflet as one stream of headings, paragraphs and lists: what all outputs share that know no page.

Says the words of each block in their order, conditions run in; how a block looks is the matter of the output.
Pure: takes a leaflet, gives frozen values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton

from merkblatt.content.model import Dose, Figure
from merkblatt.page.compose import paragraphs, typed, weeks_words
from merkblatt.page.inline_markup import Piece, Words, parse_prose
from merkblatt.tailoring.leaflet import Advice, Contact, Item, Leaflet, Part, Run, SaidDose, Training
from merkblatt.tailoring.wording import dose_pieces


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title, 4 a condition of time."""

    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, in which a line feed begins a new line.

    `role` tells what it is for: subtitle, name, weeks, sender, message, call, dose, caution, too-much, address, path.
    """

    words: Words
    role: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; `kind` is that of its statements, or steps, doses, contact."""

    kind: str
    items: tuple[Words, ...]


@dataclass(frozen=True)
class Drawing:
    """An exercise drawn, with the words for those who do not see it."""

    figure: Figure
    alt: str


@dataclass(frozen=True)
class Grid:
    """A table: the heads of its columns, and rows of which the first box is the head; empty boxes are to be filled."""

    role: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WritingLines:
    """So many lines to write on."""

    count: int


Block = Heading | Paragraph | Listing | Drawing | Grid | WritingLines


@dataclass(frozen=True)
class Chapter:
    """What stands under one main heading; `role` is head, message, note, imprint, or the section's name."""

    role: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> Heading:
        """The heading that it begins with."""
        return next(block for block in self.blocks if isinstance(block, Heading))


def tell(leaflet: Leaflet) -> tuple[Chapter, ...]:
    """The leaflet's chapters in the order in which they are read."""
    return tuple(_Teller(leaflet).chapters())


def for_reading(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """The chapters without lines to write on, and without the headings under which nothing else stands."""
    kept = (Chapter(chapter.role, tuple(_with_content(chapter.blocks))) for chapter in chapters)
    return tuple(chapter for chapter in kept if chapter.blocks)


def _with_content(blocks: tuple[Block, ...]) -> list[Block]:
    kept: list[Block] = []
    level_below = 0
    for block in reversed([block for block in blocks if not isinstance(block, WritingLines)]):
        if not isinstance(block, Heading):
            level_below = 9
        elif level_below <= block.level:
            continue
        else:
            level_below = block.level
        kept.append(block)
    return kept[::-1]


def _said(text: str) -> Words:
    """Words of the page itself; no Markdown stands in them."""
    return (Piece(text),)


def _given(text: str) -> Words:
    """Words that a practice or a person brought along, as they are."""
    return (Piece(text, is_given=True),)


def _one_below_another(lines: Iterable[Words]) -> Words:
    return tuple(piece for line in lines for piece in (Piece("\n"), *line))[1:]


def _label(words: str) -> Words:
    return (Piece(words, is_strong=True), Piece(" "))


class _Teller:
    """Says the parts of one leaflet in the words of its edition."""

    def __init__(self, leaflet: Leaflet) -> None:
        self.leaflet, self.labels, self.edition = leaflet, leaflet.labels, leaflet.edition
        self.locale = leaflet.edition.language.replace("-", "_")

    def chapters(self) -> Iterator[Chapter]:
        leaflet, labels = self.leaflet, self.labels
        yield Chapter("head", tuple(self.head()))
        message = Paragraph(parse_prose(leaflet.message.text), "message")
        yield Chapter("message", (Heading(2, _said(labels.message)), message))
        if leaflet.note:
            yield Chapter("note", (Heading(2, _said(labels.note)), *self.note(leaflet.note)))
        for part in leaflet.parts:
            yield Chapter(part.section, (Heading(2, _said(part.heading)), *self.part(part)))
        yield Chapter("imprint", (Heading(2, _said(labels.about)), *self.imprint()))

    # --- head and foot ------------------------------------------------------------------------------------

    def head(self) -> Iterator[Block]:
        leaflet, labels = self.leaflet, self.labels
        yield Heading(1, _said(leaflet.title))
        yield Paragraph(_said(leaflet.subtitle), "subtitle")
        if leaflet.name:
            before, _, after = labels.for_name.partition("{name}")
            yield Paragraph((Piece(before), *_given(leaflet.name), Piece(after)), "name")
        if leaflet.weeks is not None:
            weeks = weeks_words(leaflet.weeks, self.edition)
            yield Paragraph(_said(labels.for_weeks.format(weeks=weeks)), "weeks")
        if leaflet.sender:
            practice = leaflet.sender.practice
            lines = [_given(line) for line in (practice.name, *practice.address)]
            if practice.phone:
                lines.append((Piece(f"{labels.phone} "), *_given(practice.phone)))
            yield Paragraph(_one_below_another(lines), "sender")

    def note(self, note: str) -> Iterator[Block]:
        for paragraph in paragraphs(note):
            yield Paragraph(_one_below_another(map(_given, paragraph)))

    def month(self, day: date) -> str:
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def imprint(self) -> Iterator[Block]:
        imprint, labels = self.leaflet.imprint, self.labels
        yield Paragraph(tuple(self.dates()))
        yield Heading(3, _said(labels.sources))
        yield Listing("sources", tuple(parse_prose(source.cite) for source in imprint.sources))
        yield Heading(3, _said(labels.practice))
        yield from self.practice()

    def dates(self) -> Iterator[Piece]:
        imprint, labels = self.leaflet.imprint, self.labels
        due = self.month(imprint.next_review)
        yield Piece(f"{labels.issued.format(date=self.month(imprint.issued))}. {labels.next_review.format(date=due)}. ")
        if imprint.overdue:
            yield from _label(labels.overdue.format(date=due))
        if imprint.reviewed_by and imprint.reviewed_on:
            on = format_date(imprint.reviewed_on, "long", self.locale)
            yield Piece(f"{labels.reviewed.format(by=imprint.reviewed_by, date=on)}. ")
        else:
            yield from _label(labels.review_pending)
        yield Piece(labels.no_substitute)

    def practice(self) -> Iterator[Block]:
        if not self.leaflet.sender:
            yield WritingLines(1)
            return
        practice, labels = self.leaflet.sender.practice, self.labels
        lines = [_given(practice.name)]
        for label, words in (
            (labels.phone, practice.phone),
            (labels.email, practice.email),
            (labels.web, practice.web),
            (labels.hours, f"{self.edition.marks.semicolon} ".join(practice.hours)),
        ):
            if words:
                lines.append((Piece(f"{label}: "), *_given(words)))
        yield Paragraph(_one_below_another(lines), "sender")
        for paragraph in paragraphs(practice.text) if practice.text else ():
            yield Paragraph(parse_prose(" ".join(paragraph), is_given=True))

    # --- parts --------------------------------------------------------------------------------------------

    def part(self, part: Part) -> Iterator[Block]:
        # Before the modules, since after one that ends with a condition it would seem to hold only then.
        if part.trainings and part.too_much:
            yield Paragraph((*_label(self.labels.too_much), *parse_prose(part.too_much)), "too-much")
        for advice in part.advice:
            yield from self.flags(advice) if part.section == "red-flags" else self.advice(advice)
        for training in part.trainings:
            yield from self.training(training)
        if part.overview and part.trainings:
            yield from self.overview(part.trainings)
        for contact in part.contacts:
            yield from self.contact(contact)
        yield from self.plan(part)
        if part.lines:
            yield WritingLines(part.lines)

    def advice(self, advice: Advice) -> Iterator[Block]:
        yield Heading(3, _said(advice.title))
        for group in advice.groups:
            if group.heading:
                yield Heading(4, _said(group.heading))
            for run in group.runs:
                yield from _statements(run)

    def flags(self, advice: Advice) -> Iterator[Block]:
        """Warning signs stand under how urgent they are, not under the title of their module."""
        labels = self.labels
        urgent = {"at-once": (labels.at_once, labels.at_once_call), "soon": (labels.soon, labels.soon_call)}
        for group in advice.groups:
            for run in group.runs:
                if run.kind in urgent:
                    head, call = urgent[run.kind]
                    yield Heading(3, _said(head))
                    yield Paragraph(_said(call), "call")
                if group.heading:
                    yield Heading(4, _said(group.heading))
                yield from _statements(run)

    def training(self, training: Training) -> Iterator[Block]:
        labels = self.labels
        yield Heading(3, _said(training.name))
        if training.figure:
            yield Drawing(training.figure, training.alt)
        yield Paragraph(parse_prose(training.start))
        yield Listing("steps", tuple(map(parse_prose, training.steps)))
        yield Paragraph((*_label(f"{labels.dose}:"), Piece(self.dose(training.dose))), "dose")
        yield Paragraph((*_label(f"{labels.caution}:"), *parse_prose(training.caution)), "caution")
        if training.too_much:
            yield Paragraph((*_label(labels.too_much), *parse_prose(training.too_much)), "too-much")

    def dose(self, dose: Dose | SaidDose) -> str:
        return f"{self.edition.marks.comma} ".join(dose_pieces(dose, self.edition))

    def overview(self, trainings: Iterable[Training]) -> Iterator[Block]:
        yield Heading(3, _said(self.labels.overview))
        rows = tuple((training.name, self.dose(training.dose)) for training in trainings)
        yield Grid("doses", (self.labels.exercise, self.labels.dose), rows)

    def contact(self, contact: Contact) -> Iterator[Block]:
        yield Heading(3, parse_prose(contact.name))
        yield Paragraph(parse_prose(contact.offers))
        yield Paragraph((Piece(typed(contact.url), href=contact.url),), "address")
        if contact.path:
            steps = (piece for step in contact.path for piece in (Piece(" › "), *parse_prose(step)))
            yield Paragraph((Piece(f"{self.labels.path}: "), *list(steps)[1:]), "path")

    def plan(self, part: Part) -> Iterator[Block]:
        labels = self.labels
        if part.diary:
            days = [labels.monday, labels.tuesday, labels.wednesday, labels.thursday]
            days += [labels.friday, labels.saturday, labels.sunday]
            weeks = (labels.diary_week.format(n=week) for week in range(1, part.diary + 1))
            yield Heading(3, _said(labels.diary))
            yield Paragraph(_said(labels.diary_tick))
            yield Grid("diary", ("", *days), tuple((week, *[""] * len(days)) for week in weeks))
        if part.appointments:
            heads = (labels.appointment_date, labels.appointment_time, labels.appointment_with)
            yield Heading(3, _said(labels.appointments))
            yield Grid("appointments", heads, (("",) * len(heads),) * part.appointments)


def _statements(run: Run) -> Iterator[Block]:
    if run.kind == "know":
        yield from (Paragraph(_statement(item)) for item in run.items)
    else:
        yield Listing(run.kind, tuple(map(_statement, run.items)))


def _statement(item: Item) -> Words:
    condition = _label(f"{item.condition}:") if item.condition else ()
    return (*condition, *parse_prose(item.text))

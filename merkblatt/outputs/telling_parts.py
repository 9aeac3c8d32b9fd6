"""The parts of a leaflet as blocks: advice, warning signs, exercises with their doses, contacts, what is ticked off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from merkblatt.content.model import Dose, Edition, Labels
from merkblatt.outputs.blocks import Block, Drawing, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.page_words import label, said
from merkblatt.page.inline_markup import Piece, Words, parse_prose
from merkblatt.page.template_words import typed
from merkblatt.tailoring.leaflet import Advice, Contact, Item, Part, Run, SaidDose, Training
from merkblatt.tailoring.wording import dose_pieces


class PartTeller:
    """Says the parts of leaflets in the words of one edition."""

    def __init__(self, labels: Labels, edition: Edition) -> None:
        self.labels, self.edition = labels, edition

    def part(self, part: Part) -> Iterator[Block]:
        """What stands under the heading of a part."""
        # Before the modules, since after one that ends with a condition it would seem to hold only then.
        if part.trainings and part.too_much:
            yield Paragraph((*label(self.labels.too_much), *parse_prose(part.too_much)), "too-much")
        for advice in part.advice:
            yield from self._flags(advice) if part.section == "red-flags" else self._advice(advice)
        for training in part.trainings:
            yield from self._training(training)
        if part.overview and part.trainings:
            yield from self._overview(part.trainings)
        for contact in part.contacts:
            yield from self._contact(contact)
        yield from self._plan(part)
        if part.lines:
            yield WritingLines(part.lines)

    def _advice(self, advice: Advice) -> Iterator[Block]:
        yield Heading(3, said(advice.title))
        for group in advice.groups:
            if group.heading:
                yield Heading(4, said(group.heading))
            for run in group.runs:
                yield from _statements(run)

    def _flags(self, advice: Advice) -> Iterator[Block]:
        """Warning signs stand under how urgent they are, not under the title of their module."""
        labels = self.labels
        urgent = {"at-once": (labels.at_once, labels.at_once_call), "soon": (labels.soon, labels.soon_call)}
        for group in advice.groups:
            for run in group.runs:
                if run.kind in urgent:
                    head, call = urgent[run.kind]
                    yield Heading(3, said(head))
                    yield Paragraph(said(call), "call")
                if group.heading:
                    yield Heading(4, said(group.heading))
                yield from _statements(run)

    def _training(self, training: Training) -> Iterator[Block]:
        labels = self.labels
        yield Heading(3, said(training.name))
        if training.figure:
            yield Drawing(training.figure, training.alt)
        yield Paragraph(parse_prose(training.start))
        yield Listing("steps", tuple(map(parse_prose, training.steps)))
        yield Paragraph((*label(f"{labels.dose}:"), Piece(self._dose(training.dose))), "dose")
        yield Paragraph((*label(f"{labels.caution}:"), *parse_prose(training.caution)), "caution")
        if training.too_much:
            yield Paragraph((*label(labels.too_much), *parse_prose(training.too_much)), "too-much")

    def _dose(self, dose: Dose | SaidDose) -> str:
        return f"{self.edition.marks.comma} ".join(dose_pieces(dose, self.edition))

    def _overview(self, trainings: Iterable[Training]) -> Iterator[Block]:
        yield Heading(3, said(self.labels.overview))
        rows = tuple((training.name, self._dose(training.dose)) for training in trainings)
        yield Grid("doses", (self.labels.exercise, self.labels.dose), rows)

    def _contact(self, contact: Contact) -> Iterator[Block]:
        yield Heading(3, parse_prose(contact.name))
        yield Paragraph(parse_prose(contact.offers))
        yield Paragraph((Piece(typed(contact.url), href=contact.url),), "address")
        if contact.path:
            steps = (piece for step in contact.path for piece in (Piece(" › "), *parse_prose(step)))
            yield Paragraph((Piece(f"{self.labels.path}: "), *list(steps)[1:]), "path")

    def _plan(self, part: Part) -> Iterator[Block]:
        labels = self.labels
        if part.diary:
            days = [labels.monday, labels.tuesday, labels.wednesday, labels.thursday]
            days += [labels.friday, labels.saturday, labels.sunday]
            weeks = (labels.diary_week.format(n=week) for week in range(1, part.diary + 1))
            yield Heading(3, said(labels.diary))
            yield Paragraph(said(labels.diary_tick))
            yield Grid("diary", ("", *days), tuple((week, *[""] * len(days)) for week in weeks))
        if part.appointments:
            heads = (labels.appointment_date, labels.appointment_time, labels.appointment_with)
            yield Heading(3, said(labels.appointments))
            yield Grid("appointments", heads, (("",) * len(heads),) * part.appointments)


def _statements(run: Run) -> Iterator[Block]:
    if run.kind == "know":
        yield from (Paragraph(_statement(item)) for item in run.items)
    else:
        yield Listing(run.kind, tuple(map(_statement, run.items)))


def _statement(item: Item) -> Words:
    condition = label(f"{item.condition}:") if item.condition else ()
    return (*condition, *parse_prose(item.text))

"""Turns an order into a leaflet: all rules of tailoring live here, none in a template.

Pure: takes values, gives a value, or raises what keeps the order from being met. Opens no file, knows no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import combinations, groupby
from math import ceil

from merkblatt.findings import Faulty, Finding, Place, did_you_mean, shown
from merkblatt.formats import FORMS, PAPERS, paper_of
from merkblatt.leaflet import Advice, Cited, Contact, Group, Imprint, Item, Leaflet, Part, Run, Training
from merkblatt.library import Library
from merkblatt.model import (
    SECTIONS,
    Dose,
    Edition,
    Format,
    Module,
    Order,
    Review,
    Section,
    Sheet,
    SheetSection,
    Statement,
    Text,
    WeekSpan,
    When,
)
from merkblatt.practice import Sender
from merkblatt.wording import say

#: How a text begins that `new` has scaffolded and nobody has written; it is never printed.
UNWRITTEN = "TODO"
#: So many exercises that an order adds to a sheet's own may take one page more than the sheet's budget.
ADDED_A_PAGE = 2


class Standing(Enum):
    """Whether a condition holds for the person ordered for."""

    HOLDS = "holds"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True)
class _Chosen:
    """A section with what the order puts into it."""

    section: Section
    modules: tuple[str, ...]
    exercises: tuple[str, ...]
    links: tuple[str, ...]
    lines: int
    diary: int
    appointments: int
    overview: bool


def choose(order: Order, library: Library, sender: Sender | None, today: date) -> Leaflet:
    """The leaflet that an order asks for.

    Args:
        order: what is wanted.
        library: all content.
        sender: who hands it out, None for an open line.
        today: the day of printing, for the note that a review is overdue.

    Raises:
        Faulty: unknown names, modules that contradict each other, a text that the edition lacks.
    """
    _refuse([*_unknown_names(order, library)])
    _refuse([*_not_held(order, library), *find_unfit(order)])
    _refuse([*unwritten_words(library.editions[order.edition])])
    sheet, edition = library.sheets[order.sheet], library.editions[order.edition]
    sections = list(_sections(sheet, order, library))
    _refuse([*_contradictions(sections, library)])
    chooser = _Chooser(order, library, edition)
    parts = _in_reading_order(order.format, [part for part in map(chooser.part, sections) if part])
    message = Item(chooser.text(sheet.message.text), "", sheet.message.at("text"))
    leaflet = Leaflet(
        sheet=order.sheet,
        edition_id=order.edition,
        edition=edition,
        format=order.format,
        title=chooser.text(sheet.title),
        subtitle=chooser.text(sheet.subtitle),
        message=message,
        parts=parts,
        imprint=_imprint(sheet, parts, library, chooser, today),
        sender=sender,
        name=" ".join(filter(None, (order.salutation, order.name))) or None,
        handed_out=order.date,
        appointment=order.appointment,
        counsellor=order.counsellor,
        note=order.note,
        named_title=order.named_title,
        weeks=order.weeks,
        most_pages=_most_pages(sheet, order),
        place=sheet.at(),
        pages_place=_pages_place(order, sheet),
        name_place=order.at("name"),
        appointment_place=order.at("appointment"),
        counsellor_place=order.at("counsellor"),
        note_place=order.at("note"),
    )
    _refuse(chooser.missing)
    return leaflet


def find_unfit(order: Order) -> Iterator[Finding]:
    """What an order says of a person though its paper hangs where all can read it."""
    if not paper_of(order.format).is_for_everyone:
        return
    for field in ("salutation", "name", "note", "weeks", "date", "appointment", "counsellor"):
        if getattr(order, field) is not None:
            message = f"{order.format} hangs where everyone reads it; it bears no {field}"
            yield Finding(order.at(field), message, f"leave {field} out, or take another format", code="format")


def _in_reading_order(format_: Format, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts that a paper shows, in the order in which it shows them."""
    paper = paper_of(format_)
    shown_parts = [part for part in parts if part.section not in paper.leaves_out]
    moved = {*paper.first, *paper.last}
    ends = {part.section: part for part in shown_parts if part.section in moved}
    return (
        *(ends[section] for section in paper.first if section in ends),
        *(part for part in shown_parts if part.section not in moved),
        *(ends[section] for section in paper.last if section in ends),
    )


def _most_pages(sheet: Sheet, order: Order) -> int | None:
    """The order's budget, the sheet's own for the paper, or the paper's for every sheet; panels cannot be added."""
    name = FORMS[order.format].paper
    paper = PAPERS[name]
    if paper.is_folded:
        return paper.most_pages
    if order.max_pages:
        return order.max_pages
    own = sheet.most_pages(order.edition, name)
    return own + ceil(len(_added_exercises(sheet, order)) / ADDED_A_PAGE) if own else paper.most_pages


def _added_exercises(sheet: Sheet, order: Order) -> list[str]:
    held = {name for section in sheet.sections for name in section.exercises}
    return [name for name in order.exercises if name not in held]


def _pages_place(order: Order, sheet: Sheet) -> Place:
    """Where the budget of pages is written that holds for an order."""
    if order.max_pages:
        return order.at("max_pages")
    own = order.format in sheet.pages_in.get(order.edition, {})
    return sheet.at("pages_in" if own else "pages")


def unwritten_words(edition: Edition) -> Iterator[Finding]:
    """The page's own words that a new edition still lacks."""
    held = edition.model_dump(include={"sections", "weeks", "labels"}, exclude_none=True)
    if edition.name.startswith(UNWRITTEN):
        held["name"] = edition.name
    for field, words in held.items():
        waiting = [name for name, words in _leaves(words, field) if words.startswith(UNWRITTEN)]
        if waiting:
            told = ", ".join(waiting[:3]) + (f" and {len(waiting) - 3} more" if len(waiting) > 3 else "")
            yield Finding(edition.at(field), f"is not written yet: {told}", "write it", code="unwritten")


def _leaves(value: object, name: str) -> Iterator[tuple[str, str]]:
    """The texts of nested data, each with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, name if key == "other" else str(key))


def standing(when: When | None, order: Order, library: Library) -> tuple[Standing, Standing]:
    """How the time and the circumstance of a condition stand for an order."""
    if when is None:
        return Standing.HOLDS, Standing.HOLDS
    span = when.weeks or (library.stages[when.stage].weeks if when.stage else None)
    time = Standing.HOLDS if span is None else _known(None if order.weeks is None else span.holds(order.weeks))
    if when.circumstance is None:
        return time, Standing.HOLDS
    return time, _known(order.circumstances.get(when.circumstance))


def _known(holds: bool | None) -> Standing:
    if holds is None:
        return Standing.OPEN
    return Standing.HOLDS if holds else Standing.FAILS


def _sections(sheet: Sheet, order: Order, library: Library) -> Iterator[_Chosen]:
    """The sheet's sections less what the order leaves out, with what it adds at the end of its section."""
    modules: dict[str, Section] = {name: library.modules[name].section for name in order.with_}
    exercises: dict[str, Section] = dict.fromkeys(_added_exercises(sheet, order), "exercises")
    plan = list(sheet.sections)
    lacking = {*modules.values(), *exercises.values()} - {section.section for section in plan}
    for section in sorted(lacking, key=SECTIONS.index):
        plan.insert(_slot(plan, section), SheetSection.model_construct(section=section))
    last = {entry.section: entry for entry in plan}
    for entry in plan:
        takes = entry is last[entry.section]
        yield _Chosen(
            section=entry.section,
            modules=_with_added(entry.modules, modules, entry.section if takes else None, order),
            exercises=_with_added(entry.exercises, exercises, entry.section if takes else None, order),
            links=entry.links,
            lines=entry.lines or 0,
            diary=entry.diary or 0,
            appointments=entry.appointments or 0,
            overview=entry.overview,
        )


def _with_added(
    own: Iterable[str], added: Mapping[str, Section], section: Section | None, order: Order
) -> tuple[str, ...]:
    """A section's own names less those left out, then those that an order adds to that section."""
    extra = (name for name, place in added.items() if place == section)
    return tuple(name for name in dict.fromkeys((*own, *extra)) if name not in order.without)


def _slot(plan: Sequence[SheetSection], section: Section) -> int:
    """Where a section that the sheet lacks goes: before the first one that stands later in SECTIONS."""
    rank = SECTIONS.index(section)
    return next((i for i, entry in enumerate(plan) if SECTIONS.index(entry.section) > rank), len(plan))


def _contradictions(sections: Iterable[_Chosen], library: Library) -> Iterator[Finding]:
    chosen = dict.fromkeys(module for section in sections for module in section.modules)
    for first, second in combinations(chosen, 2):
        holder = library.modules[first]
        if second not in holder.contradicts:
            holder = library.modules[second]
            if first not in holder.contradicts:
                continue
        message = f"modules {shown(first)} and {shown(second)} contradict each other"
        hint = f"leave one out: --without {first} or --without {second}"
        yield Finding(holder.at("contradicts"), message, hint, code="contradiction")


class _Chooser:
    """Picks texts in one edition for one order; collects the texts that the edition lacks."""

    def __init__(self, order: Order, library: Library, edition: Edition) -> None:
        self.order, self.library, self.edition = order, library, edition
        self.missing: list[Finding] = []
        self.sources: dict[str, None] = {}

    def text(self, text: Text) -> str:
        words = text.get(self.order.edition)
        if words and words.startswith(UNWRITTEN):
            place = text.at(self.order.edition)
            self.missing.append(Finding(place, f"is not written yet: {shown(words)}", "write it", code="unwritten"))
        if words is None:
            message = f'has no text in edition "{self.order.edition}"'
            self.missing.append(Finding(text.at(), message, f"add {self.order.edition}: …", code="edition"))
        return words or ""

    def part(self, chosen: _Chosen) -> Part | None:
        advice = tuple(a for a in map(self.advice, chosen.modules) if a)
        written = chosen.lines or chosen.diary or chosen.appointments
        if not (advice or chosen.exercises or chosen.links or written):
            return None
        trainings = tuple(map(self.training, chosen.exercises))
        shared = {training.too_much for training in trainings} if len(trainings) > 1 else set()
        too_much = shared.pop() if len(shared) == 1 else ""
        if too_much:
            trainings = tuple(replace(training, too_much="") for training in trainings)
        heading = self.edition.sections.get(chosen.section)
        if heading is None:
            place = self.edition.at("sections")
            self.missing.append(Finding(place, f"has no heading for section {shown(chosen.section)}", "add it"))
        return Part(
            section=chosen.section,
            heading=heading or "",
            advice=advice,
            trainings=trainings,
            too_much=too_much,
            contacts=tuple(map(self.contact, chosen.links)),
            lines=chosen.lines,
            diary=chosen.diary,
            appointments=chosen.appointments,
            overview=chosen.overview,
        )

    def advice(self, name: str) -> Advice | None:
        """A module as printed; None where nothing of it applies."""
        module = self.library.modules[name]
        groups = []
        # What always holds stands first: after a heading it would seem to hold only then.
        applying = sorted(self._applying(module), key=lambda pair: bool(pair[0]))
        for heading, items in groupby(applying, key=lambda pair: pair[0]):
            runs = groupby((pair[1] for pair in items), key=lambda statement: statement.kind)
            made = tuple(Run(kind, tuple(self._item(module, one) for one in held)) for kind, held in runs)
            groups.append(Group(heading, made))
        if not groups:
            return None
        return Advice(name, self.text(module.title), tuple(groups), module.at())

    def _applying(self, module: Module) -> Iterator[tuple[str, Statement]]:
        """The statements that are printed, each with the heading of its time."""
        if Standing.FAILS in standing(module.when, self.order, self.library):
            return
        for statement in module.statements:
            if Standing.FAILS in standing(statement.when, self.order, self.library):
                continue
            timed = statement.when if statement.when and (statement.when.weeks or statement.when.stage) else module.when
            yield self._heading(timed), statement

    def _heading(self, when: When | None) -> str:
        """The words for a time: a condition on a handout for everyone, "now" for a person in it."""
        if when is None or not (when.weeks or when.stage):
            return ""
        now = self.order.weeks is not None
        if when.stage:
            stage = self.library.stages[when.stage]
            return self.text(stage.heading_now if now else stage.heading)
        return _span_words(when.weeks, self.edition, now=now) if when.weeks else ""

    def _item(self, module: Module, statement: Statement) -> Item:
        self._cite(statement.claims, statement.sources)
        return Item(self.text(statement.text), self._condition(module, statement), statement.at("text"))

    def _condition(self, module: Module, statement: Statement) -> str:
        """The words for a circumstance that is not known of the person; the module's or the statement's own."""
        for when in (module.when, statement.when):
            _, circumstance = standing(when, self.order, self.library)
            if circumstance is Standing.OPEN and when and when.circumstance:
                return self.text(self.library.circumstances[when.circumstance].condition)
        return ""

    def training(self, name: str) -> Training:
        exercise = self.library.exercises[name]
        self._cite((), exercise.sources)
        return Training(
            id=name,
            name=self.text(exercise.name),
            start=self.text(exercise.start),
            steps=tuple(map(self.text, exercise.steps)),
            dose=own_dose(exercise.dose, self.order.exercises.get(name)),
            caution=self.text(exercise.caution),
            too_much=self.text(exercise.too_much),
            figure=exercise.figure,
            alt=self.text(exercise.alt) if exercise.alt else "",
            place=exercise.at(),
        )

    def contact(self, name: str) -> Contact:
        link = self.library.links[name]
        self._cite(link.claims, link.sources)
        path = tuple(map(self.text, link.path))
        return Contact(name, self.text(link.name), self.text(link.offers), link.url, path, link.at())

    def _cite(self, claims: Iterable[str], sources: Iterable[str]) -> None:
        for claim in claims:
            self.sources.setdefault(self.library.claim_source[claim])
        for source in sources:
            self.sources.setdefault(source)


def own_dose(standard: Dose, own: Dose | None) -> Dose:
    """A person's own dose: what it does not say stays as the exercise has it."""
    return standard if own is None else standard.model_copy(update=own.model_dump(exclude_unset=True))


def _span_words(span: WeekSpan, edition: Edition, *, now: bool) -> str:
    tail = "_now" if now else ""
    if span.over is not None and span.upto is not None:
        held = {"over": span.over} if now else {"over": span.over, "upto": span.upto}
        return say(edition, f"weeks_between{tail}", **held)
    if span.over is not None:
        return say(edition, f"weeks_over{tail}", weeks=span.over)
    return say(edition, f"weeks_upto{tail}", weeks=span.upto or 0)


def _imprint(sheet: Sheet, parts: Iterable[Part], library: Library, chooser: _Chooser, today: date) -> Imprint:
    reviews = [sheet.reviewed, *_reviews(parts, library)]
    pending = [review for review in reviews if review.by is None]
    last = max((review for review in reviews if review.on), key=lambda review: str(review.on), default=None)
    due = min(review.next for review in reviews)
    for claim in sheet.message.claims:
        chooser.sources.setdefault(library.claim_source[claim])
    for source in sheet.message.sources:
        chooser.sources.setdefault(source)
    return Imprint(
        issued=sheet.issued,
        next_review=due,
        reviewed_by=None if pending or last is None else last.by,
        reviewed_on=None if pending or last is None else last.on,
        overdue=due < today,
        sources=tuple(Cited(name, chooser.text(library.sources[name].cite)) for name in chooser.sources),
    )


def _reviews(parts: Iterable[Part], library: Library) -> Iterator[Review]:
    for part in parts:
        yield from (library.modules[advice.id].reviewed for advice in part.advice)
        yield from (library.exercises[training.id].reviewed for training in part.trainings)


def _unknown_names(order: Order, library: Library) -> Iterator[Finding]:
    wanted = [
        ("sheet", "sheet", [order.sheet], library.sheets),
        ("edition", "edition", [order.edition], library.editions),
        ("with", "module", order.with_, library.modules),
        ("without", "module or exercise", order.without, {**library.modules, **library.exercises}),
        ("exercises", "exercise", order.exercises, library.exercises),
        ("circumstances", "circumstance", order.circumstances, library.circumstances),
    ]
    for field, what, names, known in wanted:
        for name in names:
            if name not in known:
                yield Finding(
                    order.at(field), f"unknown {what} {shown(name)}", did_you_mean(name, known), code="unknown-name"
                )


def _not_held(order: Order, library: Library) -> Iterator[Finding]:
    """What cannot be left out: warning signs, and what is not there, when most likely another module was meant."""
    sheet = library.sheets[order.sheet]
    held = {name for section in sheet.sections for name in (*section.modules, *section.exercises)}
    held |= {*order.with_, *order.exercises}
    for name in order.without:
        if name in library.modules and library.modules[name].section == "red-flags":
            message = f"{shown(name)} cannot be left out: it holds the warning signs"
            yield Finding(order.at("without"), message, "every leaflet carries them", code="red-flags")
        elif name not in held:
            message = f"{shown(name)} cannot be left out: sheet {shown(order.sheet)} does not hold it"
            yield Finding(order.at("without"), message, did_you_mean(name, held), code="unknown-name")


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise Faulty(sorted(set(findings), key=lambda finding: (finding.place, finding.message)))

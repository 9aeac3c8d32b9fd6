"""Picks texts in one edition for one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from merkblatt.content.library import Library
from merkblatt.content.model import Dose, Edition, Module, Order, Statement, Text, When
from merkblatt.content.unwritten import UNWRITTEN
from merkblatt.core.findings import Finding, shown
from merkblatt.tailoring.conditions import Standing, span_words, standing
from merkblatt.tailoring.leaflet import Advice, Contact, Group, Item, Part, Run, Training
from merkblatt.tailoring.sections import Chosen


class TextChooser:
    """Picks texts in one edition for one order; collects the texts that the edition lacks."""

    def __init__(self, order: Order, library: Library, edition: Edition) -> None:
        self.order, self.library, self.edition = order, library, edition
        self.missing: list[Finding] = []
        #: The sources that the texts stand on, in the order in which they are named, with the id of the module or
        #: exercise that names them; "" for what an order cannot leave out.
        self.cites: list[tuple[str, str]] = []

    def text(self, text: Text) -> str:
        """The words in the order's edition; empty, and noted as missing, where it has none."""
        words = text.get(self.order.edition)
        if words and words.startswith(UNWRITTEN):
            place = text.at(self.order.edition)
            self.missing.append(Finding(place, f"is not written yet: {shown(words)}", "write it", code="unwritten"))
        if words is None:
            message = f'has no text in edition "{self.order.edition}"'
            self.missing.append(Finding(text.at(), message, f"add {self.order.edition}: …", code="edition"))
        return words or ""

    def part(self, chosen: Chosen) -> Part | None:
        """A section as printed; None where nothing of it applies."""
        advice = tuple(a for a in map(self.advice, chosen.modules) if a)
        written = chosen.lines or chosen.diary or chosen.appointments
        if not (advice or chosen.exercises or chosen.links or written):
            return None
        trainings, too_much = told_once(tuple(map(self.training, chosen.exercises)))
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
            made = tuple(Run(kind, tuple(self._item(name, module, one) for one in held)) for kind, held in runs)
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
        return span_words(when.weeks, self.edition, now=now) if when.weeks else ""

    def _item(self, name: str, module: Module, statement: Statement) -> Item:
        self.cite(name, statement.claims, statement.sources)
        return Item(self.text(statement.text), self._condition(module, statement), statement.at("text"))

    def _condition(self, module: Module, statement: Statement) -> str:
        """The words for a circumstance that is not known of the person; the module's or the statement's own."""
        for when in (module.when, statement.when):
            _, circumstance = standing(when, self.order, self.library)
            if circumstance is Standing.OPEN and when and when.circumstance:
                return self.text(self.library.circumstances[when.circumstance].condition)
        return ""

    def training(self, name: str) -> Training:
        """An exercise as printed."""
        exercise = self.library.exercises[name]
        self.cite(name, (), exercise.sources)
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
        """A resource as printed."""
        link = self.library.links[name]
        self.cite("", link.claims, link.sources)
        path = tuple(map(self.text, link.path))
        return Contact(name, self.text(link.name), self.text(link.offers), link.url, path, link.at())

    def cite(self, name: str, claims: Iterable[str], sources: Iterable[str]) -> None:
        """Keeps what the texts of a module or an exercise stand on; name "" for what cannot be left out."""
        found = (*(self.library.claim_source[claim] for claim in claims), *sources)
        self.cites += ((name, source) for source in found)


def told_once(trainings: tuple[Training, ...]) -> tuple[tuple[Training, ...], str]:
    """The exercises of a part, and when any of them is too much, where that is the same for all of several."""
    shared = {training.too_much for training in trainings}
    if len(trainings) < 2 or len(shared) > 1:
        return trainings, ""
    return tuple(replace(training, too_much="") for training in trainings), shared.pop()


def own_dose(standard: Dose, own: Dose | None) -> Dose:
    """A person's own dose: what it does not say stays as the exercise has it."""
    return standard if own is None else standard.model_copy(update=own.model_dump(exclude_unset=True))

"""A sheet's sections as an order wants them: less what it leaves out, with what it adds in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from merkblatt.content.format_ids import Format
from merkblatt.content.formats import paper_of
from merkblatt.content.library import Library
from merkblatt.content.model import SECTIONS, Order, Section, Sheet, SheetSection
from merkblatt.tailoring.leaflet import Part


@dataclass(frozen=True)
class Chosen:
    """A section with what the order puts into it."""

    section: Section
    modules: tuple[str, ...]
    exercises: tuple[str, ...]
    links: tuple[str, ...]
    lines: int
    diary: int
    appointments: int
    overview: bool


def in_reading_order(format_: Format, parts: Sequence[Part]) -> tuple[Part, ...]:
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


def added_exercises(sheet: Sheet, order: Order) -> list[str]:
    """The exercises that an order names and the sheet does not hold."""
    held = {name for section in sheet.sections for name in section.exercises}
    return [name for name in order.exercises if name not in held]


def sections_of(sheet: Sheet, order: Order, library: Library) -> Iterator[Chosen]:
    """The sheet's sections less what the order leaves out, with what it adds at the end of its section."""
    modules: dict[str, Section] = {name: library.modules[name].section for name in order.with_}
    exercises: dict[str, Section] = dict.fromkeys(added_exercises(sheet, order), "exercises")
    plan = list(sheet.sections)
    lacking = {*modules.values(), *exercises.values()} - {section.section for section in plan}
    for section in sorted(lacking, key=SECTIONS.index):
        plan.insert(_slot(plan, section), SheetSection.model_construct(section=section))
    last = {entry.section: entry for entry in plan}
    for entry in plan:
        takes = entry is last[entry.section]
        yield Chosen(
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

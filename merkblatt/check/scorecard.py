"""Shows sheet by sheet which points of good patient information it meets, as a table for docs/. Counts, never mends.

The points are those of Gute Praxis Gesundheitsinformation, DISCERN, ÄZQ, PEMAT-P and the CDC Clear Communication Index
that a tool can count. What needs a reader (is it true, is it kind, does it help) stands in no table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from merkblatt.check.language import readability_of
from merkblatt.check.readability import words_of
from merkblatt.check.texts import texts_on
from merkblatt.content.library import Library
from merkblatt.content.model import Order, Sheet
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet, Run

#: Words by which a text says that something is not certain, in the editions that we write.
_HEDGES = re.compile(
    r"\b(?:kann|können|könnte|mögliche\w*|meist\w*|oft|manche\w*|selten|eher|unter Umständen|vielen|fast|soll"
    r"|can|may|might|often|usually|mostly|rarely|sometimes|almost|likely)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Subject:
    """A sheet as it is printed for everyone in one edition."""

    sheet: Sheet
    edition: str
    leaflet: Leaflet
    library: Library

    @property
    def runs(self) -> list[Run]:
        """All lists and paragraphs of its modules."""
        return [run for part in self.leaflet.parts for one in part.advice for group in one.groups for run in group.runs]

    def count(self, *kinds: str) -> int:
        """How many statements of these kinds it has."""
        return sum(len(run.items) for run in self.runs if run.kind in kinds)


@dataclass(frozen=True)
class Point:
    """One thing that good information shows: how it is counted, and what is enough."""

    name: str
    source: str
    count: Callable[[Subject], int]
    enough: Callable[[int], bool]


def _longest_list(subject: Subject) -> int:
    return max((len(run.items) for run in subject.runs), default=0)


def _hedges(subject: Subject) -> int:
    said = texts_on(subject.sheet, subject.edition, subject.library)
    return sum(len(_HEDGES.findall(one.words)) for one in said)


def _harms(subject: Subject) -> int:
    """What does harm or is to be left, the other side of what helps: statements, and the caution of each exercise."""
    return subject.count("avoid") + len(_trainings(subject))


def _trainings(subject: Subject) -> list[bool]:
    return [training.figure is not None for part in subject.leaflet.parts for training in part.trainings]


POINTS = (
    Point("words of the main message", "CDC", lambda s: len(words_of(s.leaflet.message.text)), lambda n: n <= 30),
    Point("things to do", "PEMAT-P", lambda s: s.count("do") + len(_trainings(s)), lambda n: n > 0),
    Point("longest list", "PEMAT-P", _longest_list, lambda n: n <= 7),
    Point("warning signs", "DISCERN", lambda s: s.count("at-once", "soon"), lambda n: n > 0),
    Point("words of uncertainty", "GPGI", _hedges, lambda n: n > 0),
    Point("sources", "DISCERN", lambda s: len(s.leaflet.imprint.sources), lambda n: n > 0),
    Point("resources", "ÄZQ", lambda s: sum(len(part.contacts) for part in s.leaflet.parts), lambda n: n > 0),
    Point("drawings missing", "PEMAT-P", lambda s: _trainings(s).count(False), lambda n: n == 0),
    Point("what to avoid or to take care of", "DISCERN", _harms, lambda n: n > 0),
)


def subjects(library: Library, today: date) -> Iterator[Subject]:
    """Every sheet in every edition that it has."""
    for name, sheet in sorted(library.sheets.items()):
        for edition in library.editions:
            if sheet.title.get(edition) is not None:
                leaflet = choose(Order(sheet=name, edition=edition), library, None, today)
                yield Subject(sheet, edition, leaflet, library)


def as_table(library: Library, today: date) -> str:
    """The table in Markdown: a row a sheet and edition, a column a point; ✗ where it is not enough."""
    points = (f"{point.name} ({point.source})" for point in POINTS)
    heads = ["sheet", "edition", *points, "readability", "issued", "review"]
    rows = [heads, ["---"] * len(heads)]
    for _, own in groupby(subjects(library, today), key=lambda subject: subject.leaflet.sheet):
        rows += [_row(subject) for subject in own]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(subject: Subject) -> list[str]:
    sheet = subject.sheet
    judged = [_judged(point, point.count(subject)) for point in POINTS]
    return [
        subject.leaflet.sheet,
        subject.edition,
        *judged,
        _readability(subject),
        sheet.issued.isoformat(),
        sheet.reviewed.next.isoformat(),
    ]


def _judged(point: Point, number: int) -> str:
    return str(number) if point.enough(number) else f"✗ {number}"


def _readability(subject: Subject) -> str:
    found = readability_of(subject.leaflet.sheet, subject.edition, subject.library)
    if found is None:
        return "–"
    level, figures = found
    told = (f"{target.name} {target.formula(figures):.1f}" for target in level.targets)
    is_met = all(target.is_met(figures) for target in level.targets)
    return ("" if is_met else "✗ ") + ", ".join(told)

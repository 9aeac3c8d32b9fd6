"""What a leaflet says, for tests: of the small content and of the real one, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from merkblatt.content.library import Library
from merkblatt.content.model import Dose, Order, Statement, When
from merkblatt.core.findings import Faulty, Place
from merkblatt.page.inline_markup import Words
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Item, Leaflet
from tests.conftest import TODAY, told


def items(leaflet: Leaflet) -> Iterator[tuple[str, Item]]:
    """What a leaflet says, each with the heading that it stands under."""
    for part in leaflet.parts:
        for advice in part.advice:
            for group in advice.groups:
                for run in group.runs:
                    yield from ((group.heading, item) for item in run.items)


def texts(leaflet: Leaflet) -> list[str]:
    return [item.text for _, item in items(leaflet)]


def sections(leaflet: Leaflet) -> list[str]:
    return [part.section for part in leaflet.parts]


def modules(leaflet: Leaflet) -> list[str]:
    return [advice.id for part in leaflet.parts for advice in part.advice]


def doses(leaflet: Leaflet) -> dict[str, tuple[str | None, str | None]]:
    trainings = [one for part in leaflet.parts for one in part.trainings]
    return {one.id: (one.dose.repeat, one.dose.per_day) for one in trainings if isinstance(one.dose, Dose)}


def refusal(content, **wanted) -> tuple[str, ...]:
    with pytest.raises(Faulty) as caught:
        content.choose(**wanted)
    return tuple(told(caught.value.findings, content.root))


def statement(text: str, when: str) -> str:
    return f"- {{kind: do, text: {{de: {text}}}, claims: [1-a], when: {when}}}\n"


def with_statements(content, *statements: str, module: str = "moving", head: str = "") -> None:
    lines = "".join(statements)
    content.write(
        f"modules/{module}.yaml",
        f"title: {{de: Bewegung}}\nsection: self-help\n{head}statements:\n{lines}reviewed: {{next: 2028-11-23}}\n",
    )


@dataclass(frozen=True)
class Said:
    """A statement of the real content as it is printed."""

    claims: tuple[str, ...]
    when: When | None
    heading: str
    condition: str
    text: str


def written(library: Library) -> dict[Place, Statement]:
    return {s.at("text"): s for module in library.modules.values() for s in module.statements}


def said(library: Library, sheet: str, **wanted) -> list[Said]:
    order = Order.model_validate({"sheet": sheet, **wanted})
    by_place = written(library)
    found = []
    for heading, item in items(choose(order, library, None, TODAY)):
        origin = by_place[item.place]
        found.append(Said(origin.claims, origin.when, heading, item.condition, item.text))
    return found


def claims_said(library: Library, sheet: str, **wanted) -> set[str]:
    return {claim for one in said(library, sheet, **wanted) for claim in one.claims}


def carriers(library: Library, claim: str) -> list[tuple[str, Statement]]:
    return [(name, s) for name, module in library.modules.items() for s in module.statements if claim in s.claims]


def condition(when: When | None) -> str:
    """A condition in a word or two: `>6`, `<=4`, `acute`, `>6 everyday-limits`; empty where there is none."""
    if when is None:
        return ""
    over = f">{when.weeks.over}" if when.weeks and when.weeks.over is not None else ""
    upto = f"<={when.weeks.upto}" if when.weeks and when.weeks.upto is not None else ""
    return " ".join(filter(None, (over, upto, when.stage, when.circumstance)))


def plain_text(words: Words) -> str:
    """Words without their setting."""
    return "".join(piece.text for piece in words)

"""What keeps an order from being met, each with its place and its mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from merkblatt.content.formats import paper_of
from merkblatt.content.library import Library
from merkblatt.content.model import Order, personal_fields
from merkblatt.core.findings import Faulty, Finding, did_you_mean, shown
from merkblatt.tailoring.sections import Chosen


def find_unfit(order: Order) -> Iterator[Finding]:
    """What an order says of a person though its paper hangs where all can read it."""
    if not paper_of(order.format).is_for_everyone:
        return
    for field in (*personal_fields(type(order)), "weeks"):
        if getattr(order, field) is not None:
            message = f"{order.format} hangs where everyone reads it; it bears no {field}"
            yield Finding(order.at(field), message, f"leave {field} out, or take another format", code="format")


def contradictions(sections: Iterable[Chosen], library: Library) -> Iterator[Finding]:
    """Modules that may not stand side by side."""
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


def unknown_names(order: Order, library: Library) -> Iterator[Finding]:
    """What an order names and no file holds."""
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


def not_held(order: Order, library: Library) -> Iterator[Finding]:
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


def refuse(findings: Sequence[Finding]) -> None:
    """Ends the choosing where there are findings.

    Raises:
        Faulty: with each of them once, in the order of their places.
    """
    if findings:
        raise Faulty(sorted(set(findings), key=lambda finding: (finding.place, finding.message)))

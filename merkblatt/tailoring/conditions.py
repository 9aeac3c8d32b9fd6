"""Whether a condition holds for the person ordered for, and the words in which a time is said."""

from __future__ import annotations

from enum import Enum

from merkblatt.content.library import Library
from merkblatt.content.model import Edition, Order, WeekSpan, When
from merkblatt.tailoring.wording import say


class Standing(Enum):
    """Whether a condition holds for the person ordered for."""

    HOLDS = "holds"
    OPEN = "open"
    FAILS = "fails"


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


def span_words(span: WeekSpan, edition: Edition, *, now: bool) -> str:
    """A span of weeks in words: as a condition, or for a person who is in it now."""
    tail = "_now" if now else ""
    if span.over is not None and span.upto is not None:
        held = {"over": span.over} if now else {"over": span.over, "upto": span.upto}
        return say(edition, f"weeks_between{tail}", **held)
    if span.over is not None:
        return say(edition, f"weeks_over{tail}", weeks=span.over)
    return say(edition, f"weeks_upto{tail}", weeks=span.upto or 0)

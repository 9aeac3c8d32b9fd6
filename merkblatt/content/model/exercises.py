"""An exercise and its dose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from merkblatt.content.model.base import Amount, Id, Many, Placed, Text
from merkblatt.content.model.figures import Figure
from merkblatt.content.model.modules import Review


class Dose(Placed):
    """How often and how long. `hold`, `rest` in seconds, `minutes` in minutes."""

    repeat: Amount | None = None
    sets: Amount | None = None
    hold: Amount | None = None
    rest: Amount | None = None
    minutes: Amount | None = None
    per_day: Amount | None = None
    each_side: bool = False


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

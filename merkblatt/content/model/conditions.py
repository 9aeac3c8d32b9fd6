"""What statements can depend on: weeks, stages, circumstances."""

from __future__ import annotations

from pydantic import model_validator

from merkblatt.content.model.base import Id, Many, Placed, Text, Weeks, Words


class WeekSpan(Placed):
    """Weeks of pain: more than `over`, at most `upto`; `over: 12` begins after the twelfth week."""

    over: Weeks | None = None
    upto: Weeks | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> WeekSpan:
        if self.over is None and self.upto is None:
            raise ValueError("names neither over nor upto")
        if self.over is not None and self.upto is not None and self.over >= self.upto:
            raise ValueError(f"holds no week: over {self.over}, upto {self.upto}")
        return self

    def holds(self, weeks: int) -> bool:
        """Whether so many weeks of pain lie in the span."""
        return (self.over is None or weeks > self.over) and (self.upto is None or weeks <= self.upto)


class Stage(Placed):
    """A stage of pain with a name: when it is, by which source, and what a leaflet calls it."""

    id: Id
    weeks: WeekSpan
    source: Id
    caveat: Words | None = None
    #: The heading on a handout for everyone, and on one for a person who is in that stage.
    heading: Text
    heading_now: Text


class Circumstance(Placed):
    """Something about a person that an order may know; where it is not known, the leaflet says the condition."""

    id: Id
    condition: Text


class Conditions(Placed):
    """What statements can depend on beside weeks."""

    stages: Many[Stage] = ()
    circumstances: Many[Circumstance] = ()


class When(Placed):
    """What a statement depends on. Data, never code."""

    weeks: WeekSpan | None = None
    stage: Id | None = None
    circumstance: Id | None = None

    @model_validator(mode="after")
    def _one_time(self) -> When:
        if self.weeks and self.stage:
            raise ValueError("names both weeks and a stage; one of them says when")
        if not (self.weeks or self.stage or self.circumstance):
            raise ValueError("names no condition")
        return self

"""A handout on one topic: its sections in order, its message, its budget of pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from merkblatt.content.format_ids import Format
from merkblatt.content.model.base import ClaimId, Day, EditionId, Id, Many, Placed, Section, Text
from merkblatt.content.model.modules import Review


class SheetSection(Placed):
    """A part of a sheet; what it holds depends on its name."""

    section: Section
    modules: Many[Id] = ()
    exercises: Many[Id] = ()
    links: Many[Id] = ()
    lines: Annotated[int, Field(ge=1, le=30)] | None = None
    #: For how many weeks there are days to tick.
    diary: Annotated[int, Field(ge=1, le=12)] | None = None
    #: How many lines there are for appointments.
    appointments: Annotated[int, Field(ge=1, le=12)] | None = None
    #: Whether the doses of the exercises stand once more, side by side.
    overview: bool = False

    @model_validator(mode="after")
    def _not_empty(self) -> SheetSection:
        if not (self.modules or self.exercises or self.links or self.lines or self.diary or self.appointments):
            raise ValueError("holds nothing: name modules, exercises, links, lines, diary or appointments")
        return self


class Message(Placed):
    """The one main message, on its ground."""

    text: Text
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()


PageBudget = dict[Format, Annotated[int, Field(ge=1, le=100)]]


class Sheet(Placed):
    """A handout on one topic: sections in order, no prose of its own but title and main message."""

    title: Text
    #: A line under the title: whom or what it is about.
    subtitle: Text
    message: Message
    sections: Many[SheetSection] = Field(min_length=1)
    #: At most so many pages, by format; and by edition, where one needs more room.
    pages: PageBudget = Field(default_factory=dict)
    pages_in: dict[EditionId, PageBudget] = Field(default_factory=dict)
    issued: Day
    reviewed: Review

    def most_pages(self, edition: str, format_: Format) -> int | None:
        """The budget that holds for an edition; None where there is none."""
        own = self.pages_in.get(edition, {})
        return own.get(format_, self.pages.get(format_))

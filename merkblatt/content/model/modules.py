"""A piece of advice on one matter, its review, and the resources outside."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from merkblatt.content.model.base import ClaimId, Day, Id, Line, Many, Placed, Section, Text
from merkblatt.content.model.conditions import When
from merkblatt.content.patterns import ADDRESS


class Review(Placed):
    """`by` stays empty until a person has reviewed; the leaflet then says that medical review is pending."""

    by: Line | None = None
    on: Day | None = None
    next: Day

    @model_validator(mode="after")
    def _both_or_none(self) -> Review:
        if (self.by is None) != (self.on is None):
            raise ValueError("a review names both by whom and on which day, or neither")
        return self


class Statement(Placed):
    """One thing that a leaflet says, in every edition, with the ground it stands on."""

    kind: Literal["know", "do", "avoid", "at-once", "soon"]
    text: Text
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()
    when: When | None = None


class Module(Placed):
    """One piece of advice on one matter."""

    title: Text
    section: Section
    statements: Many[Statement] = Field(min_length=1)
    when: When | None = None
    contradicts: Many[Id] = ()
    reviewed: Review


class Link(Placed):
    """A resource outside: whose it is, what is found there, and the way to it."""

    id: Id
    name: Text
    offers: Text
    url: Annotated[str, StringConstraints(pattern=ADDRESS)]
    #: What to open or search for there, step by step.
    path: Many[Text] = ()
    claims: Many[ClaimId] = ()
    sources: Many[Id] = ()


class Links(Placed):
    """All resources outside."""

    links: Many[Link] = Field(min_length=1)

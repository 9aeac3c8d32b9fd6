"""What statements stand on: claims, sources, later guidelines, terms, and what is left out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from merkblatt.content.model.base import ClaimId, EditionId, Id, Line, Many, Placed, Text, Words, as_amount


class Claim(Placed):
    """One statement of one source; a text that drops its condition (`when`) or steps into its `trap` is wrong."""

    id: ClaimId
    topics: Many[Id] = Field(min_length=1)
    fact: Words
    when: Words | None = None
    trap: Words | None = None
    #: The way to a page outside, link by link, as the source names it.
    path: Many[Line] = ()


class Claims(Placed):
    """The statements of one source."""

    source: Id
    claims: Many[Claim] = Field(min_length=1)


class Source(Placed):
    """Where a statement comes from, as the foot of a leaflet cites it."""

    id: Id
    cite: Text
    url: Line | None = None
    #: What a reviewer must know of it: a superseded edition, a part that was not seen.
    caveat: Words | None = None


class Sources(Placed):
    """All that statements are cited from."""

    sources: Many[Source] = Field(min_length=1)


class LeftOut(Placed):
    """A claim that no module carries, and why."""

    claim: ClaimId
    why: Words


class LeftOuts(Placed):
    """The claims that are left out."""

    left_out: Many[LeftOut] = ()


class Term(Placed):
    """A word of the field that a leaflet needs: how it is explained, and why readability excuses its length.

    Words go by edition; one that has none of its own takes those of its language: `de-simple` those of `de`.
    """

    id: Id
    words: dict[EditionId, Many[Line]] = Field(min_length=1)
    #: What it means, in plain words; an author takes them from here.
    means: Text
    #: Of these one must stand beside the term where a sheet names it first; none where everyone knows the term.
    explained_by: dict[EditionId, Many[Line]] = Field(default_factory=dict)
    #: Why no plainer word will do; then its length is not held against a text, and `check` tells so.
    excused: Words | None = None


class Glossary(Placed):
    """The words that need a word."""

    terms: Many[Term] = ()


class Guideline(Placed):
    """Where a later guideline differs from the source: a note for the practice, never for a leaflet."""

    id: Id
    claims: Many[ClaimId] = Field(min_length=1)
    differs: Words
    source: Line
    #: Since which year or day.
    since: Annotated[
        Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}-\d{2})?$")],
        BeforeValidator(as_amount, json_schema_input_type=int | str),
    ]
    #: What of it was not seen.
    caveat: Words | None = None


class Guidelines(Placed):
    """All that is known of later guidelines."""

    guidelines: Many[Guideline] = ()

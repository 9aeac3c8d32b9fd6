"""Who hands a leaflet out, and what is wanted for whom."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from merkblatt.content.format_ids import Format
from merkblatt.content.model.base import Colour, Count, Day, EditionId, Id, Line, Many, Placed, Weeks, Words
from merkblatt.content.model.exercises import Dose
from merkblatt.content.model.personal import Personal


class Practice(Placed):
    """Who hands the leaflet out."""

    name: Line
    address: Many[Line] = ()
    phone: Line | None = None
    email: Line | None = None
    web: Line | None = None
    hours: Many[Line] = ()
    #: A picture beside this file: SVG or PNG.
    logo: Line | None = None
    accent: Colour | None = None
    text: Words | None = None


def _without_controls(value: str) -> str:
    """Refuses characters that steer a terminal or the direction of text; a name or a note needs none."""
    bad = next((c for c in value if (c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}) or c in _STEERING), None)
    if bad is not None:
        raise ValueError(f"holds the control character U+{ord(bad):04X}; remove it")
    return value


#: Marks that turn or isolate the direction of what follows (Unicode 16, 2.6 of UAX 9).
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

PersonName = Annotated[Line, AfterValidator(_without_controls)]

Note = Annotated[Words, AfterValidator(_without_controls)]


class Order(Placed):
    """What is wanted: sheet, edition, format, and what is known of the person."""

    sheet: Id
    edition: EditionId = "de"
    format: Format = "a4"
    weeks: Weeks | None = None
    circumstances: dict[Id, bool] = Field(default_factory=dict)
    with_: Many[Id] = Field(default=(), alias="with")
    without: Many[Id] = ()
    #: A person's own exercises and doses; what a dose does not say stays as the exercise has it.
    exercises: dict[Id, Dose] = Field(default_factory=dict)
    practice: Line | None = None
    #: As it stands before the name: Frau, Herr Dr.
    salutation: Annotated[PersonName | None, Personal("name")] = None
    name: Annotated[PersonName | None, Personal("name")] = None
    #: The day on which it is handed out; it is printed.
    date: Annotated[Day | None, Personal("handed_out", is_secret=False)] = None
    #: When the person comes again, in words.
    appointment: Annotated[PersonName | None, Personal("appointment")] = None
    counsellor: Annotated[PersonName | None, Personal("counsellor")] = None
    note: Annotated[Note | None, Personal("note")] = None
    #: Whether the document's title, which viewers and lists of print jobs show, names the person.
    named_title: bool = False
    max_pages: Count | None = None
    day: Day | None = None

    @model_validator(mode="after")
    def _salutes_someone(self) -> Order:
        if self.salutation and not self.name:
            raise ValueError("has a salutation, but no name that it stands before")
        return self

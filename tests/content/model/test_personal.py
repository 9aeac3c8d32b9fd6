"""The mark on a person's field, and what is derived from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from merkblatt.content.model import Order, Personal, Practice, Room, personal_fields, room_of
from merkblatt.content.model.base import Line, Words

#: All fields of an order that are a person's, as what they are printed, in the order in which they are.
PERSONAL = {
    "salutation": "name",
    "name": "name",
    "date": "handed_out",
    "appointment": "appointment",
    "counsellor": "counsellor",
    "note": "note",
}


def test_an_order_marks_what_is_a_person_s():
    assert {name: mark.printed_as for name, mark in personal_fields(Order).items()} == PERSONAL
    assert list(personal_fields(Order)) == list(PERSONAL)
    assert [name for name, mark in personal_fields(Order).items() if not mark.is_secret] == ["date"]


def test_what_tells_the_leaflet_is_nobody_s():
    """Weeks and circumstances choose what a leaflet says; a practice's name is on its letterhead."""
    assert set(Order.model_fields) - set(PERSONAL) >= {"sheet", "weeks", "circumstances", "exercises", "max_pages"}
    assert personal_fields(Practice) == {}


class Probe(BaseModel):
    """Fields of each kind."""

    line: Annotated[Line | None, Personal("line")] = None
    words: Annotated[Words | None, Personal("words")] = None
    number: Annotated[int | None, Personal("number")] = None


def test_a_field_takes_as_much_as_its_type_does():
    assert room_of(Probe, "line") == Room(300, has_lines=False)
    assert room_of(Probe, "words") == Room(2000, has_lines=True)
    assert room_of(Probe, "number") is None
    assert room_of(Order, "name") == Room(300, has_lines=False)

"""What an order and a practice take and refuse."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from merkblatt.content.model import Order, Practice

FIELDS = ("name", "appointment", "counsellor", "note")


def order(**fields: object) -> Order:
    return Order.model_validate({"sheet": "pain", **fields})


def test_an_order_needs_a_sheet_alone():
    plain = order()
    assert (plain.edition, plain.format, plain.named_title) == ("de", "a4", False)
    assert (plain.with_, plain.without, plain.circumstances, plain.exercises) == ((), (), {}, {})
    assert (plain.name, plain.salutation, plain.date, plain.note, plain.weeks) == (None,) * 5
    with pytest.raises(ValidationError, match="sheet"):
        Order.model_validate({})


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("steering", ["\x1b", "\x00", "\x7f", "\u202e", "\u2066", "\u2069"])
def test_what_steers_a_terminal_or_the_direction_of_text_is_refused(field, steering):
    with pytest.raises(ValidationError, match=f"holds the control character U\\+{ord(steering):04X}; remove it"):
        order(**{field: f"Er{steering}ika"})


@pytest.mark.parametrize("words", ["Erika Müller-Lüdenscheidt", "أمل", "Nguyễn", "D’Arc"])
def test_names_of_all_scripts_are_taken(words):
    assert order(name=words).name == words


def test_a_note_has_lines_and_a_name_has_none():
    assert order(note="Eins\nZwei").note == "Eins\nZwei"
    with pytest.raises(ValidationError, match="name"):
        order(name="Erika\nMuster")


def test_a_salutation_stands_before_a_name():
    assert order(salutation="Frau", name="Erika").salutation == "Frau"
    with pytest.raises(ValidationError, match="has a salutation, but no name that it stands before"):
        order(salutation="Frau")


@pytest.mark.parametrize("field", ["date", "day"])
@pytest.mark.parametrize("day", ["23.11.2026", "2026-02-30", "2026-1-1", 20261123])
def test_a_day_of_an_order_is_an_iso_date(field, day):
    assert getattr(order(**{field: "2026-11-23"}), field) is not None
    with pytest.raises(ValidationError, match=field):
        order(**{field: day})


def test_what_an_order_does_not_know_is_refused():
    with pytest.raises(ValidationError, match="nmae"):
        order(nmae="Erika")


def test_a_practice_needs_a_name_alone():
    plain = Practice.model_validate({"name": "Praxis"})
    assert (plain.address, plain.hours) == ((), ())
    assert (plain.phone, plain.email, plain.web, plain.logo, plain.accent, plain.text) == (None,) * 6
    with pytest.raises(ValidationError, match="name"):
        Practice.model_validate({"phone": "1"})

"""What an order and a practice refuse and take."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from merkblatt.content.model import Dose, Order, Practice
from tests.content.faults import lines

#: A person's words on one line.
LINES = ("name", "salutation", "appointment", "counsellor")


def order(**wanted: Any) -> Order:
    """An order; one with a salutation has a name."""
    return Order.model_validate({"sheet": "pain", "name": "Anna", **wanted})


def refused(**wanted: Any) -> str:
    """Why an order is refused."""
    with pytest.raises(ValidationError) as caught:
        order(**wanted)
    (error,) = caught.value.errors()
    return str(error["msg"])


def test_an_order_for_a_sheet_alone_says_nothing_of_anybody():
    made = Order.model_validate({"sheet": "pain"})
    assert made.model_dump() == {
        "sheet": "pain",
        "edition": "de",
        "format": "a4",
        "weeks": None,
        "circumstances": {},
        "with_": (),
        "without": (),
        "exercises": {},
        "practice": None,
        "salutation": None,
        "name": None,
        "date": None,
        "appointment": None,
        "counsellor": None,
        "note": None,
        "named_title": False,
        "max_pages": None,
        "day": None,
    }


def test_a_practice_needs_a_name_alone():
    made = Practice.model_validate({"name": "Praxis"})
    assert made.model_dump(exclude_defaults=True) == {"name": "Praxis"}
    assert (made.address, made.hours) == ((), ())
    assert (made.phone, made.email, made.web, made.logo, made.accent, made.text) == (None,) * 6
    with pytest.raises(ValidationError, match="name"):
        Practice.model_validate({"phone": "1"})


def test_an_order_needs_a_sheet_and_takes_no_field_that_it_does_not_know():
    with pytest.raises(ValidationError, match="sheet"):
        Order.model_validate({"name": "Anna"})
    assert "Extra inputs" in refused(diagnosis="M54")
    assert "Extra inputs" in refused(with_=["moving"])
    with pytest.raises(ValidationError, match="nmae"):
        order(nmae="Erika")


@pytest.mark.parametrize("field", [*LINES, "note"])
@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\t", "\r"])
def test_a_person_s_words_hold_no_control_character(field, sign):
    assert f"holds the control character U+{ord(sign):04X}; remove it" in refused(**{field: f"An{sign}na"})


@pytest.mark.parametrize("field", [*LINES, "note"])
@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_person_s_words_do_not_turn_the_direction_of_others(field, sign):
    assert f"holds the control character U+{ord(sign):04X}; remove it" in refused(**{field: f"An{sign}na"})


def test_the_first_control_character_is_told():
    assert "U+202E;" in refused(name="A\u202en\x1bna")


@pytest.mark.parametrize("field", LINES)
@pytest.mark.parametrize(
    "words",
    [
        "Łucja Ångström",
        "Erika Müller-Lüdenscheidt",
        "D’Arc",
        "أمل",
        "عليّ",
        "An\u200dna",
        "Anna \u200f(Nord)",
        "Nguyễn Thị Ánh",
        "Anna 👩\u200d⚕️",
        "a" * 300,
    ],
)
def test_words_of_all_scripts_are_taken_as_they_are(field, words):
    assert getattr(order(**{field: words}), field) == words


@pytest.mark.parametrize("field", LINES)
@pytest.mark.parametrize("words", ["", " ", "An\nna", "a" * 301, 7, ["Anna"]])
def test_a_person_s_words_are_one_line_that_says_something(field, words):
    with pytest.raises(ValidationError):
        order(**{field: words})


def test_a_note_has_lines_without_what_stands_around_them():
    assert order(note=" Eins.\n\nZwei. \n").note == "Eins.\n\nZwei."
    assert order(note="a" * 2000).note == "a" * 2000
    for words in ("", " \n ", "a" * 2001):
        with pytest.raises(ValidationError):
            order(note=words)


def test_a_salutation_stands_before_a_name():
    assert order(salutation="Frau Dr.").salutation == "Frau Dr."
    assert "has a salutation, but no name that it stands before" in refused(salutation="Frau", name=None)


def test_a_salutation_without_name_is_told_at_the_order(findings):
    assert lines(findings("sheet: pain\nsalutation: Frau\n", Order)) == [
        "1:1 has a salutation, but no name that it stands before | "
    ]


@pytest.mark.parametrize("field", ["date", "day"])
def test_a_day_is_taken_in_its_iso_form_alone(field):
    assert getattr(order(**{field: "2026-11-23"}), field) == date(2026, 11, 23)
    assert getattr(order(**{field: date(2026, 11, 23)}), field) == date(2026, 11, 23)
    for day in ("23.11.2026", "2026-1-1", "20261123", "2026-02-30", "2026-11-23T10:00", "morgen", 20261123):
        with pytest.raises(ValidationError, match=field):
            order(**{field: day})


@pytest.mark.parametrize(
    "wanted",
    [
        {"sheet": "Neck Pain"},
        {"sheet": "../pain"},
        {"sheet": "a" * 61},
        {"edition": "DE"},
        {"edition": "../de"},
        {"format": "a3"},
        {"weeks": -1},
        {"weeks": 5201},
        {"weeks": "6"},
        {"weeks": 1.5},
        {"max_pages": 0},
        {"max_pages": 1001},
        {"named_title": "yes"},
        {"circumstances": {"tension": "yes"}},
        {"circumstances": {"Tension": True}},
        {"with": ["Moving"]},
        {"without": "moving"},
        {"exercises": {"turn": {"repeat": "viele"}}},
        {"exercises": {"Turn": {}}},
        {"practice": "a\nb"},
    ],
)
def test_what_is_no_order_is_refused(wanted):
    with pytest.raises(ValidationError):
        order(**wanted)


def test_what_an_order_takes_is_kept():
    made = order(
        **{"with": ["moving"]},
        without=["cold", "warmth"],
        weeks=0,
        max_pages=1,
        circumstances={"tension": False},
        exercises={"turn": {"repeat": 8}},
    )
    assert (made.with_, made.without, made.weeks, made.max_pages) == (("moving",), ("cold", "warmth"), 0, 1)
    assert made.circumstances == {"tension": False}
    assert made.exercises == {"turn": Dose.model_validate({"repeat": "8"})}
    assert (order(weeks=5200).weeks, order(max_pages=1000).max_pages) == (5200, 1000)


@pytest.mark.parametrize("field", ["phone", "email", "web", "logo"])
def test_the_fields_of_a_practice_are_lines(field):
    made = Practice.model_validate({"name": "Praxis", field: "Wort", "address": ["a", "b"], "hours": ["c"]})
    assert (getattr(made, field), made.address, made.hours) == ("Wort", ("a", "b"), ("c",))
    for words in ("", " ", "a\nb", "a" * 301):
        with pytest.raises(ValidationError):
            Practice.model_validate({"name": "Praxis", field: words})


@pytest.mark.parametrize(
    "more", [{"address": "Am Markt 1"}, {"hours": [""]}, {"address": ["a\nb"]}, {"accent": "blue"}, {"fax": "1"}]
)
def test_what_is_no_practice_is_refused(more):
    with pytest.raises(ValidationError):
        Practice.model_validate({"name": "Praxis", **more})


def test_an_order_and_a_practice_stay_as_they_are():
    with pytest.raises(ValidationError, match="frozen"):
        order().name = "Berta"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        Practice.model_validate({"name": "Praxis"}).name = "Andere"  # type: ignore[misc]

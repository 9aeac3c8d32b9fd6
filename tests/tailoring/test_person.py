"""A person's own words on a leaflet."""

from __future__ import annotations

from datetime import date
from typing import Any

from merkblatt.content.model import Dose, Order
from merkblatt.tailoring.leaflet import Leaflet, SaidDose
from merkblatt.tailoring.person import dose_words, person_of, with_doses, with_words
from tests.conftest import Content


def said(language: str = "de", **person: Any) -> dict[str, str]:
    order = Order.model_validate({"sheet": "pain", **person})
    return {one.printed_as: one.words for one in person_of(order, language)}


def test_salutation_and_name_are_printed_as_one_in_their_order():
    assert said(name="Anna", salutation="Frau Dr.") == {"name": "Frau Dr. Anna"}
    assert said(name="Anna") == {"name": "Anna"}


def test_nothing_is_said_of_nobody():
    assert said() == {}


def test_a_day_is_said_in_the_words_of_the_edition_s_language():
    assert said(date=date(2026, 3, 1)) == {"handed_out": "1. März 2026"}
    assert said("en-GB", date=date(2026, 3, 1)) == {"handed_out": "1 March 2026"}


def doses(leaflet: Leaflet) -> dict[str, Any]:
    return {one.id: one.dose for part in leaflet.parts for one in part.trainings}


def test_an_own_dose_is_told_piece_by_piece_and_put_back_where_it_was(content: Content):
    leaflet = content.choose(exercises={"turn": {}})
    order = Order.model_validate({"sheet": "pain", "exercises": {"turn": {"repeat": "7", "hold": "2", "per_day": "3"}}})
    words = dict(dose_words(order, leaflet))
    assert list(words.values()) == ["dose_repeat 7", "dose_hold 2", "dose_per_day 3"]
    backwards = dict(reversed(words.items()))
    assert doses(with_doses(leaflet, backwards))["turn"] == SaidDose(tuple(words.values()))
    assert with_doses(leaflet, {}) is leaflet


def test_what_an_own_dose_does_not_say_stays_as_the_exercise_has_it(content: Content):
    leaflet = content.choose(exercises={"turn": {}})
    order = Order.model_validate({"sheet": "pain", "exercises": {"turn": {"hold": "2"}}})
    assert list(dict(dose_words(order, leaflet)).values()) == ["dose_repeat 5", "dose_hold 2"]
    assert dict(dose_words(Order(sheet="pain", exercises={"turn": Dose()}), leaflet)) == {}


def test_words_stand_in_a_person_s_places_and_none_that_are_not_named(content: Content):
    leaflet = content.choose(name="Anna", note="Üben.", exercises={"turn": {}})
    other = with_words(leaflet, {"name": "Berta", "dose turn 00": "neunmal"})
    assert (other.name, other.note) == ("Berta", None)
    assert doses(other)["turn"] == SaidDose(("neunmal",))
    assert with_words(leaflet, {}).person == ()

"""The leaflet as a value: what it says of a person, and what not."""

from __future__ import annotations

from pathlib import Path

from merkblatt.content.model import Order
from merkblatt.core.findings import COMMAND_LINE, Place
from merkblatt.core.yaml_reader import Key
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Said
from tests.conftest import TODAY


def test_the_file_name_holds_nothing_of_a_person(content):
    assert content.choose(name="Erika Muster", note="Termin", weeks=13).file_name == "pain.de.a4"


def test_a_person_s_own_words_are_known_with_their_places(content):
    order = Order.model_validate({"sheet": "pain", "name": "Erika", "salutation": "Frau", "note": "Üben."})
    own = {name: Place(Path("order.yaml"), number) for number, name in enumerate(("name", "note"), start=1)}
    order._place, order._keys_at = COMMAND_LINE, {name: Key(at, at) for name, at in own.items()}
    leaflet = choose(order, content.load(), None, TODAY)
    assert leaflet.name == "Frau Erika"
    assert leaflet.person == (Said("name", "Frau Erika", own["name"]), Said("note", "Üben.", own["note"]))
    assert (leaflet.name_place, leaflet.note_place) == (own["name"], own["note"])
    assert content.choose().person == ()


def test_all_that_is_said_of_a_person_is_secret_but_the_day(content):
    said = {"name": "Erika", "appointment": "Mo, 9 Uhr", "counsellor": "S. Keller", "note": "Üben."}
    leaflet = content.choose(**said, date=TODAY)
    assert [one.words for one in leaflet.secrets] == list(said.values())
    assert (leaflet.appointment, leaflet.counsellor, leaflet.note) == ("Mo, 9 Uhr", "S. Keller", "Üben.")
    assert leaflet.handed_out == "23. November 2026"
    assert leaflet.person != leaflet.secrets


def test_what_nobody_has_said_is_none_and_placed_at_the_sheet(content):
    leaflet = content.choose()
    assert (leaflet.name, leaflet.handed_out, leaflet.note) == (None, None, None)
    assert leaflet.appointment_place == leaflet.counsellor_place == leaflet.place


def test_a_leaflet_speaks_in_the_words_of_its_edition(content):
    leaflet = content.choose(format="a4-large")
    assert leaflet.labels is leaflet.edition.labels
    assert leaflet.labels.message == "message"
    assert leaflet.file_name == "pain.de.a4-large"

"""The leaflet as a value: what it says of a person, and what not."""

from __future__ import annotations

from pathlib import Path

from merkblatt.content.model import Order
from merkblatt.core.findings import COMMAND_LINE, Place
from merkblatt.core.yaml_reader import Key
from merkblatt.tailoring.choose import choose
from tests.conftest import TODAY


def test_the_file_name_holds_nothing_of_a_person(content):
    assert content.choose(name="Erika Muster", note="Termin", weeks=13).file_name == "pain.de.a4"


def test_a_person_s_own_words_are_known_with_their_places(content):
    order = Order.model_validate({"sheet": "pain", "name": "Erika", "salutation": "Frau", "note": "Üben."})
    own = {name: Place(Path("order.yaml"), number) for number, name in enumerate(("name", "note"), start=1)}
    order._place, order._keys_at = COMMAND_LINE, {name: Key(at, at) for name, at in own.items()}
    leaflet = choose(order, content.load(), None, TODAY)
    assert leaflet.name == "Frau Erika"
    assert leaflet.personal == (("Frau Erika", own["name"]), ("Üben.", own["note"]))
    assert content.choose().personal == ()


def test_all_that_is_said_of_a_person_is_personal(content):
    said = {"name": "Erika", "appointment": "Mo, 9 Uhr", "counsellor": "S. Keller", "note": "Üben."}
    assert [words for words, _ in content.choose(**said).personal] == list(said.values())


def test_a_leaflet_speaks_in_the_words_of_its_edition(content):
    leaflet = content.choose(format="a4-large")
    assert leaflet.labels is leaflet.edition.labels
    assert leaflet.labels.message == "message"
    assert leaflet.file_name == "pain.de.a4-large"

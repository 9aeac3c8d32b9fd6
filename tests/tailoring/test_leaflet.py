"""The leaflet as a value: what it says of a person, and what not."""

from __future__ import annotations


def test_the_file_name_holds_nothing_of_a_person(content):
    assert content.choose(name="Erika Muster", note="Termin", weeks=13).file_name == "pain.de.a4"

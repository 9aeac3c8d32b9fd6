"""A sheet as it is read in one edition."""

from __future__ import annotations

from merkblatt.check.reading import language_of, read_sheet


def test_a_sheet_is_read_with_its_language_and_headings_are_no_prose(content):
    reading = read_sheet("pain", "de", content.load())
    assert (reading.name, reading.edition, reading.language) == ("pain", "de", "de")
    said = [one.words for one in reading.said]
    assert {"Schmerz", "Bewegung", "Gehen Sie."} <= set(said)
    assert "Gehen Sie." in reading.prose
    assert not {"Schmerz", "Bewegung"} & set(reading.prose)


def test_a_language_is_known_without_its_country(content):
    content.change("editions/de.yaml", "language: de", "language: de-AT")
    assert language_of("de", content.load()) == "de"

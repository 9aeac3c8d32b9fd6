"""A name with its salutation, wherever it is put together."""

from __future__ import annotations

from merkblatt.tailoring.printed_together import together


def test_words_follow_what_is_printed_in_the_same_place():
    assert together("Frau Dr.", "Anna") == "Frau Dr. Anna"
    assert together(None, "Anna") == together("", "Anna") == "Anna"

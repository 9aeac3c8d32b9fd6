"""The forms of ids and other short values."""

from __future__ import annotations

import re

import pytest

from merkblatt.content.patterns import (
    ADDRESS,
    AMOUNT,
    CLAIM_ID,
    COLOUR,
    EDITION_ID,
    ID,
    LINE,
    hint_for,
    is_edition_id,
    is_id,
)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("neck-pain", True), ("c5", True), ("a--b", False), ("-a", False), ("a-", False), ("Neck", False), ("a\n", False)],
)
def test_ids(name, is_one):
    assert is_id(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"), [("de", True), ("de-simple", True), ("gsw", True), ("d", False), ("de-1", False), ("DE", False)]
)
def test_ids_of_editions(name, is_one):
    assert is_edition_id(name) is is_one


@pytest.mark.parametrize(
    ("pattern", "taken", "refused"),
    [
        (ID, "neck-pain", "neck_pain"),
        (CLAIM_ID, "3.2.2-j", "3.2.2"),
        (EDITION_ID, "de-simple", "de_simple"),
        (LINE, "one line", " "),
        (COLOUR, "#0b5563", "#0b556g"),
        (ADDRESS, "https://example.org/a", "http://example.org/a"),
        (AMOUNT, "8-10", "08-10"),
    ],
)
def test_each_form_has_its_hint(pattern, taken, refused):
    assert re.fullmatch(pattern, taken)
    assert not re.fullmatch(pattern, refused)
    assert not hint_for(pattern).startswith("it must match")


def test_a_form_without_words_is_shown():
    assert hint_for("^x$") == "it must match ^x$"

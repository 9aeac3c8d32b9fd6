"""Finished leaflets as they are kept, and the trails by which they are found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from merkblatt.build.kept_pdf import Finished, KeptPlace, PersonalField, keep, recall
from merkblatt.content.fingerprint import key_of
from merkblatt.core.cache import Cache
from tests.pressed import TODAY


def test_a_trail_holds_until_the_review_is_due() -> None:
    trail = KeptPlace(key_of(1), "neck-pain.de.a4", TODAY, overdue=False)
    assert KeptPlace.from_bytes(trail.to_bytes()) == trail
    assert trail.holds(TODAY)
    assert not trail.holds(TODAY.replace(year=2027))


@pytest.mark.parametrize(
    ("overdue", "today", "holds"),
    [(False, 0, True), (False, 1, False), (True, 0, False), (True, 1, True), (False, -1, True)],
)
def test_a_trail_leads_to_what_says_the_same_of_its_review(overdue: bool, today: int, holds: bool) -> None:
    trail = KeptPlace(key_of(1), "neck-pain.de.a4", TODAY, overdue=overdue)
    assert KeptPlace.from_bytes(trail.to_bytes()) == trail
    assert trail.holds(TODAY + timedelta(days=today)) is holds


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2, 3]", b'["k", "f", "gestern", false]', b"[1, 2, 3, 4, 5]"])
def test_what_is_no_trail_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        KeptPlace.from_bytes(data)


#: The fields of a person as a trail tells them.
FIELDS = (
    PersonalField("salutation", "name", 300, False),
    PersonalField("name", "name", 300, False),
    PersonalField("counsellor", "counsellor", 300, False),
    PersonalField("note", "note", 2000, True),
)
PERSONAL_PLACE = KeptPlace("0" * 64, "neck-pain.de.a4", TODAY, overdue=False, person=FIELDS)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, {}),
        ({"name": "A" * 300}, {"name": "A" * 300}),
        ({"name": "A" * 301}, None),
        ({"note": "A" * 2000}, {"note": "A" * 2000}),
        ({"note": "A" * 2001}, None),
        ({"note": "a\nb"}, {"note": "a\nb"}),
        ({"name": "a\nb"}, None),
        ({"name": ""}, None),
        ({"name": " Anna"}, None),
        ({"name": "Anna", "counsellor": "\u202ekeller"}, None),
        ({"name": "Anna", "salutation": "Frau"}, {"name": "Frau Anna"}),
        ({"name": "Anna", "nickname": "Mausi"}, None),
    ],
)
def test_only_words_that_an_order_takes_as_they_are_go_the_short_way(
    said: dict[str, str], words: dict[str, str] | None
) -> None:
    assert PERSONAL_PLACE.words(said) == words


def test_a_trail_keeps_which_fields_are_a_person_s() -> None:
    assert KeptPlace.from_bytes(PERSONAL_PLACE.to_bytes()) == PERSONAL_PLACE


def test_what_was_kept_comes_back_with_its_pages(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keep(cache, key_of("a"), Finished((b"%PDF\n", b"12\n"), 12))
    assert recall(cache, key_of("a")) == Finished((b"%PDF\n12\n",), 12)
    assert recall(cache, key_of("b")) is None


@pytest.mark.parametrize("data", [b"", b"12", b"%PDF\nx", b"\n%PDF", b"-1\n%PDF"])
def test_what_was_kept_by_something_else_is_not_taken(tmp_path: Path, data: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(key_of("a"), data)
    assert recall(cache, key_of("a")) is None

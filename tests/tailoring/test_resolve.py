"""An order is resolved once: the leaflet for everyone, the person's words, the key."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import pytest

from merkblatt.content.library import Library
from merkblatt.content.model import Order, Personal
from merkblatt.content.model.orders import PersonName
from merkblatt.core.findings import Faulty
from merkblatt.tailoring import resolve as room
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.resolve import Resolved, Resolver
from tests.conftest import TODAY, Content

#: All that an order can say of a person.
PERSON: dict[str, Any] = {
    "salutation": "Frau", "name": "Ayşe Yılmaz", "date": date(2026, 11, 20), "appointment": "Mo, 9 Uhr",
    "counsellor": "S. Keller", "note": "Langsam.\n\nMit Pausen.",
}  # fmt: skip


def resolved(library: Library, *, opens_doses: bool = False, **wanted: Any) -> Resolved:
    order = Order.model_validate({"sheet": "pain", **wanted})
    return Resolver(library, opens_doses=opens_doses).resolve(order, None, TODAY)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """The orders for which a leaflet is chosen from now on."""
    calls: list[Order] = []

    def choose_and_count(order: Order, *given: Any) -> Leaflet:
        calls.append(order)
        return choose(order, *given)

    monkeypatch.setattr(room, "choose", choose_and_count)
    return calls


def test_the_leaflet_for_everyone_names_nobody_and_the_person_s_own_is_what_the_order_asks_for(content: Content):
    library = content.load()
    found = resolved(library, weeks=14, **PERSON)
    assert found.leaflet == choose(Order(sheet="pain", weeks=14), library, None, TODAY)
    assert found.for_person == choose(Order(sheet="pain", weeks=14, **PERSON), library, None, TODAY)
    assert found.words == {
        "name": "Frau Ayşe Yılmaz", "handed_out": "20. November 2026", "appointment": "Mo, 9 Uhr",
        "counsellor": "S. Keller", "note": "Langsam.\n\nMit Pausen.",
    }  # fmt: skip


def test_what_is_said_of_nobody_has_no_words(content: Content):
    found = resolved(content.load())
    assert (found.words, found.for_person) == ({}, found.leaflet)


def test_orders_for_one_leaflet_differ_in_the_person_alone(content: Content):
    library = content.load()
    keys = {resolved(library, **said).key for said in ({}, PERSON, {"name": "C"}, {"note": "D"})}
    assert len(keys) == 1
    assert not any(word in next(iter(keys)) for word in ("Ayşe", "Keller", "Langsam", "2026-11-20"))
    others = ({"weeks": 3}, {"format": "a5"}, {"circumstances": {"tension": True}}, {"without": ["warmth"]})
    assert len(keys | {resolved(library, **said).key for said in others}) == 5
    assert Resolver(library).resolve(Order(sheet="pain"), None, date(2027, 1, 1)).key not in keys


def test_a_leaflet_is_chosen_once_for_all_who_ask_for_it(content: Content, monkeypatch: pytest.MonkeyPatch):
    calls = counted(monkeypatch)
    resolver = Resolver(content.load())
    for said in ({}, PERSON, {"name": "C"}, {"weeks": 3}, {"weeks": 3, "name": "D"}):
        resolver.resolve(Order.model_validate({"sheet": "pain", **said}), None, TODAY)
    assert len(calls) == 2


def test_the_one_that_was_not_asked_for_the_longest_is_forgotten(content: Content, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "MOST_REMEMBERED", 2)
    calls = counted(monkeypatch)
    resolver = Resolver(content.load())
    for weeks in (1, 2, 1, 3, 1, 2):
        resolver.resolve(Order(sheet="pain", weeks=weeks), None, TODAY)
    assert [order.weeks for order in calls] == [1, 2, 3, 2]


def test_another_dose_is_the_same_leaflet_where_doses_are_stamped(content: Content):
    library = content.load()

    def key(*, opens_doses: bool = True, **exercises: dict[str, str]) -> str:
        return resolved(library, opens_doses=opens_doses, exercises=exercises).key

    assert key(turn={"repeat": "5"}) == key(turn={"repeat": "7"}) == key(turn={})
    assert key() != key(turn={})
    assert key(turn={"repeat": "5"}, opens_doses=False) != key(turn={"repeat": "7"}, opens_doses=False)


def test_a_person_s_own_dose_is_words_to_be_stamped_or_part_of_the_leaflet(content: Content):
    library, said = content.load(), {"turn": {"repeat": "7", "per_day": "2"}}
    stamped = resolved(library, opens_doses=True, exercises=said)
    chosen = resolved(library, exercises=said)
    assert list(stamped.words.values()) == ["dose_repeat 7", "dose_per_day 2"]
    assert chosen.words == {}

    def dose(leaflet: Any) -> Any:
        return next(one.dose for part in leaflet.parts for one in part.trainings)

    assert dose(stamped.leaflet).repeat == "5", "the exercise's own"
    assert dose(stamped.for_person).pieces == ("dose_repeat 7", "dose_per_day 2")
    assert (dose(chosen.leaflet).repeat, dose(chosen.leaflet).per_day) == ("7", "2")
    assert resolved(library, opens_doses=True, exercises={"turn": {}}).words == {}, "what it has anyway is nobody's"


def test_the_budget_of_an_order_is_placed_where_that_order_says_it(content: Content):
    library, resolver = content.load(), Resolver(content.load())
    own = Order.model_validate({"sheet": "pain", "max_pages": 3})
    first = resolver.resolve(own, None, TODAY)
    assert (first.most_pages, first.pages_place) == (3, own.at("max_pages"))
    assert resolved(library).pages_place.path.name == "pain.yaml"


@pytest.mark.parametrize("field", PERSON)
def test_each_is_refused_on_a_poster_also_for_a_leaflet_that_is_known(content: Content, field: str):
    library = content.load()
    resolver = Resolver(library)
    poster = {"sheet": "pain", "format": "a3-poster"}
    resolver.resolve(Order.model_validate(poster), None, TODAY)
    said = {"name": "A", field: PERSON[field]} if field == "salutation" else {field: PERSON[field]}
    with pytest.raises(Faulty, match=f"bears no {field}"):
        resolver.resolve(Order.model_validate({**poster, **said}), None, TODAY)


def test_what_may_be_left_out_is_left_out_as_if_the_order_did(library: Library):
    """Of every sheet, edition and some papers: sources, reviews, headings and cautions go along."""
    for sheet in library.sheets:
        for edition in library.editions:
            for format_ in ("a4", "dl", "a3-poster"):
                order = Order.model_validate({"sheet": sheet, "edition": edition, "format": format_})
                found = Resolver(library).resolve(order, None, TODAY)
                spare = found.spare
                for gone in {spare[:1], spare[: len(spare) // 2], spare[::2], spare}:
                    wanted = order.model_copy(update={"without": gone})
                    assert found.without(gone) == choose(wanted, library, None, TODAY), (sheet, edition, format_, gone)


def test_nothing_that_warns_may_be_left_out(content: Content):
    assert resolved(content.load()).spare == ("later", "turn", "warmth", "moving")


class Pretended(Order):
    """An order with a field more that is a person's."""

    nickname: Annotated[PersonName | None, Personal("nickname")] = None


def test_a_further_field_of_a_person_is_in_no_key_and_on_no_poster(content: Content):
    library = content.load()
    said = Resolver(library).resolve(Pretended(sheet="pain", nickname="Mausi"), None, TODAY)
    assert said.key == Resolver(library).resolve(Pretended(sheet="pain"), None, TODAY).key
    assert said.words == {"nickname": "Mausi"}
    assert said.leaflet.person == ()
    assert "Mausi" not in said.leaflet.file_name
    with pytest.raises(Faulty, match="bears no nickname"):
        Resolver(library).resolve(Pretended(sheet="pain", format="a3-poster", nickname="Mausi"), None, TODAY)

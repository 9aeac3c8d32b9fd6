"""How many pages a leaflet may have."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.content.model import Order
from merkblatt.core.findings import COMMAND_LINE, Place
from merkblatt.core.yaml_reader import Key
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.page_budget import pages_place
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("exercises", "pages"),
    [("", 4), ("knee-rolls", 4), ("bridge", 5), ("bridge neck-turn", 5), ("bridge neck-turn knee-hug", 6)],
)
def test_exercises_that_a_person_adds_may_take_pages_of_their_own(library, exercises, pages):
    wish = {"sheet": "my-plan", "exercises": {name: {} for name in exercises.split()}}
    assert choose(Order.model_validate(wish), library, None, TODAY).most_pages == pages
    assert choose(Order.model_validate({**wish, "max_pages": 9}), library, None, TODAY).most_pages == 9


@pytest.mark.parametrize(
    ("said", "pages"),
    [
        ({}, 2),
        ({"format": "a4-large"}, None),
        ({"max_pages": 1}, 1),
        ({"format": "a4-large", "max_pages": 7}, 7),
        ({"format": "text"}, 2),
        # Panels of a fold cannot be added.
        ({"format": "dl"}, 6),
        ({"format": "dl-fold", "max_pages": 9}, 6),
        ({"format": "a3-poster"}, 1),
        ({"format": "a3-poster", "max_pages": 3}, 3),
    ],
)
def test_the_order_the_sheet_or_the_paper_says_how_many_pages_there_may_be(content, said, pages):
    assert content.choose(**said).most_pages == pages


def test_an_edition_may_have_a_budget_of_its_own(content):
    content.change("sheets/pain.yaml", "pages: {a4: 2}", "pages: {a4: 2, a5: 4}\npages_in: {de: {a4: 3}}")
    assert [content.choose(format=paper).most_pages for paper in ("a4", "a5")] == [3, 4]


def test_an_exercise_that_the_sheet_holds_takes_no_page_more(content):
    assert content.choose(exercises={"turn": {"repeat": 9}}).most_pages == 2


def test_where_a_budget_is_written_is_known(content):
    content.change("sheets/pain.yaml", "pages: {a4: 2}", "pages: {a4: 2, a5: 4}\npages_in: {de: {a4: 3}}")
    sheet = content.root / "sheets/pain.yaml"
    lines = {number for number, line in enumerate(sheet.read_text().splitlines(), start=1) if line.startswith("pages")}
    own, general = max(lines), min(lines)
    assert [content.choose(format=paper).pages_place.line for paper in ("a4", "a5")] == [own, general]
    assert content.choose(format="a5").pages_place.path == sheet
    library = content.load()
    order = Order.model_validate({"sheet": "pain", "max_pages": 4})
    said = Place(Path("order.yaml"), 3, 1)
    order._place, order._keys_at = COMMAND_LINE, {"max_pages": Key(said, said)}
    assert pages_place(order, library.sheets["pain"]) == said

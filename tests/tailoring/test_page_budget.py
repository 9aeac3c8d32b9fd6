"""How many pages a leaflet may have."""

from __future__ import annotations

import pytest

from merkblatt.content.model import Order
from merkblatt.tailoring.choose import choose
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("exercises", "pages"),
    [("", 4), ("knee-rolls", 4), ("bridge", 5), ("bridge neck-turn", 5), ("bridge neck-turn knee-hug", 6)],
)
def test_exercises_that_a_person_adds_may_take_pages_of_their_own(library, exercises, pages):
    wish = {"sheet": "my-plan", "exercises": {name: {} for name in exercises.split()}}
    assert choose(Order.model_validate(wish), library, None, TODAY).most_pages == pages
    assert choose(Order.model_validate({**wish, "max_pages": 9}), library, None, TODAY).most_pages == 9

"""Parts as they are said: conditions run in, doses, warning signs by their urgency, boxes to tick."""

from __future__ import annotations

from dataclasses import replace

from merkblatt.outputs.blocks import Block, Grid, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.telling_parts import PartTeller
from merkblatt.tailoring.leaflet import Leaflet, Part


def part(made: Leaflet, section: str, **changes: object) -> list[Block]:
    found = next(one for one in made.parts if one.section == section)
    return list(PartTeller(made.labels, made.edition).part(replace(found, **changes)))  # type: ignore[arg-type]


def heads(blocks: list[Block]) -> list[tuple[int, str]]:
    return [(b.level, "".join(p.text for p in b.words)) for b in blocks if isinstance(b, Heading)]


def test_a_condition_stands_before_its_statement(content):
    told = part(content.choose(), "self-help")
    warm = next(b for b in told if isinstance(b, Listing) and len(b.items[0]) > 1)
    assert "".join(piece.text for piece in warm.items[0]) == "Wenn Muskeln verspannt sind: Wärmen Sie."
    assert warm.items[0][0].is_strong


def test_warning_signs_stand_under_how_urgent_they_are(content):
    told = part(content.choose(), "red-flags")
    assert heads(told) == [(3, "at_once"), (3, "soon")]
    assert [b.role for b in told if isinstance(b, Paragraph)] == ["call", "call"]


def test_an_exercise_says_start_steps_dose_and_caution(content):
    told = part(content.choose(), "exercises")
    assert (3, "Drehen") in heads(told)
    assert [b.role for b in told if isinstance(b, Paragraph)] == ["", "dose", "caution", "too-much"]
    steps = next(b for b in told if isinstance(b, Listing))
    assert steps.kind == "steps"


def test_doses_stand_once_more_where_it_is_asked(content):
    made = content.choose()
    assert not any(isinstance(b, Grid) for b in part(made, "exercises"))
    (grid,) = [b for b in part(made, "exercises", overview=True) if isinstance(b, Grid)]
    assert (grid.role, grid.rows) == ("doses", (("Drehen", "dose_repeat 5"),))


def test_a_contact_says_where_it_is(content):
    told = part(content.choose(), "contacts")
    address = next(b for b in told if isinstance(b, Paragraph) and b.role == "address")
    assert address.words[0].href == "https://example.org/rat"
    assert "://" not in address.words[0].text


def test_days_and_appointments_are_boxes_to_fill(content):
    made = content.choose()
    blocks = list(PartTeller(made.labels, made.edition).part(Part("plan", "x", lines=4, diary=2, appointments=3)))
    diary, appointments = (b for b in blocks if isinstance(b, Grid))
    assert (diary.role, len(diary.rows), len(diary.heads)) == ("diary", 2, 8)
    assert diary.rows[1][0] == "diary_week 2"
    assert appointments.rows == (("", "", ""),) * 3
    assert blocks[-1] == WritingLines(4)

"""A person's own plan: a diary with a box a day, lines for appointments, and both read aloud as tables with heads."""

from __future__ import annotations

import io
import re

import page
import pytest
from pypdf import PdfReader

from merkblatt.content.model import Order
from merkblatt.page.compose import compose
from merkblatt.page.layout import press
from merkblatt.tailoring.choose import choose
from tests.conftest import SMALL, TODAY
from tests.pdf_facts import reading_order, structure_problems

#: A folded sheet and a poster have none for a plan.
PAPERS_WITH_ROOM = ("a4", "a4-large", "a4-xlarge", "a5", "a5-large")

LATER = "- {section: longer, modules: [later]}"


def planned(make_library, words: str):
    """The small content, its sheet with a section that holds a plan."""
    sheet = SMALL["sheets/pain.yaml"].replace(LATER, f"- {{section: plan, {words}}}")
    return make_library({"sheets/pain.yaml": sheet})


def rows(html: str, name: str) -> list[list[str]]:
    """The cells of a table by rows: what it is and what stands in it."""
    table = re.search(rf'<div class="{name}">.*?</table>', html, re.DOTALL)
    assert table, f"no {name}"
    return [
        [f"{cell[0]}{cell[1]}:{cell[2].strip()}" for cell in re.findall(r"<(t[hd])([^>]*)>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)
    ]


def test_a_diary_has_a_box_for_each_day_of_each_week(make_library):
    head, *weeks = rows(planned(make_library, "diary: 3").html(), "diary")
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    assert head == ["td:", *(f'th scope="col":{day}' for day in days)]
    assert weeks == [[f'th scope="row":diary_week {week}', *["td:"] * 7] for week in (1, 2, 3)]


def test_what_is_ticked_is_said_before_the_boxes(make_library):
    html = planned(make_library, "diary: 1").html()
    assert html.index("<p>diary_tick</p>") < html.index('<table class="ticks">')


def test_appointments_are_lines_with_day_time_and_with_whom(make_library):
    head, *lines = rows(planned(make_library, "appointments: 2").html(), "appointments")
    assert head == [f'th scope="col":appointment_{name}' for name in ("date", "time", "with")]
    assert lines == [["td:"] * 3] * 2


@pytest.mark.parametrize(("words", "absent"), [("diary: 1", "appointments"), ("appointments: 1", "diary")])
def test_a_part_that_is_not_asked_for_is_not_printed(make_library, words, absent):
    assert f'<div class="{absent}">' not in planned(make_library, words).html()


@pytest.mark.parametrize("field", ["diary", "appointments"])
@pytest.mark.parametrize(("number", "taken"), [(1, True), (12, True), (0, False), (13, False)])
def test_a_plan_has_1_to_12_rows(make_library, field, number, taken):
    content = planned(make_library, f"{field}: {number}")
    if taken:
        assert getattr(content.choose().parts[2], field) == number
    else:
        assert content.faults()[0].startswith("sheets/pain.yaml:7:")


def test_a_diary_alone_keeps_its_section(make_library):
    part = planned(make_library, "diary: 4").choose().parts[2]
    assert (part.section, part.heading, part.diary, part.appointments) == ("plan", "part plan", 4, 0)


@pytest.mark.parametrize("format_", PAPERS_WITH_ROOM)
def test_the_plan_is_tagged_so_that_each_box_has_its_heads(folders, library, format_):
    order = Order.model_validate({"sheet": "my-plan", "format": format_})
    pdf = press(compose(choose(order, library, None, TODAY), folders), folders).pdf
    assert structure_problems(pdf) == []
    assert not page.validate_pdf_bytes(pdf, profile="ua1").failures
    read = reading_order(pdf)
    assert ("TH", "Mo") in read
    weeks = [text for role, text in read if role == "TH" and text.startswith("Woche")]
    assert weeks == [f"Woche {number}" for number in range(1, 5)]


def test_an_order_leaves_an_exercise_out_of_the_plan(library):
    order = Order.model_validate({"sheet": "my-plan", "without": ["cat-camel"]})
    trained = [one.id for part in choose(order, library, None, TODAY).parts for one in part.trainings]
    assert "cat-camel" not in trained
    assert {"knee-rolls", "breathing"} <= set(trained)


def test_a_plan_without_exercises_has_no_empty_overview(folders, library):
    without = ["knee-rolls", "pelvic-tilt", "cat-camel", "breathing"]
    order = Order.model_validate({"sheet": "my-plan", "without": without})
    html = compose(choose(order, library, None, TODAY), folders).html
    assert '<div class="diary">' in html
    assert '<table class="doses">' not in html


def test_the_exercises_begin_on_the_page_after_the_plan(folders, library):
    pdf = press(compose(choose(Order.model_validate({"sheet": "my-plan"}), library, None, TODAY), folders), folders).pdf
    first, second = (text.extract_text() for text in PdfReader(io.BytesIO(pdf)).pages[:2])
    assert "Woche 4" in first
    assert "Bei wem" in first
    assert second.lstrip().startswith("Übungen für zu Hause")


@pytest.mark.parametrize("format_", PAPERS_WITH_ROOM)
def test_a_box_takes_a_pen(folders, format_):
    """At least 10 mm high, by the format's own rules."""
    styles = "".join(folders.style(name).read_text(encoding="utf-8") for name in ("base.css", f"{format_}.css"))
    heights = re.findall(r"\.diary tbody td \{[^}]*height: (\d+)mm", styles)
    assert heights
    assert min(map(int, heights)) >= 10

"""A list looked through before the first row is printed: what can be made, what not and why, and which leaflets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from merkblatt.batch.lists.rows import Listing, open_list
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.plan import Plan, by_id, make_plan, names_by_title
from merkblatt.batch.work import Setting
from merkblatt.content.practice import read_sender
from tests.conftest import TODAY, Content
from tests.pressed import write_practice


@pytest.fixture
def listing(tmp_path: Path) -> Callable[..., Listing]:
    """A list of these lines, below the headings."""

    def make(*lines: str, head: str = "Blatt;Name;Wochen;ohne") -> Listing:
        path = tmp_path / "orders.csv"
        path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
        return open_list(open_source(str(path)))

    return make


@pytest.fixture
def plan(content: Content, listing: Callable[..., Listing]) -> Callable[..., Plan]:
    """The plan of such a list."""

    def make(*lines: str, seen: list[int] | None = None, **head: str) -> Plan:
        found = listing(*lines, **head)
        setting = Setting(content.folders, "", None, TODAY, found)
        return make_plan(found, content.load(), setting, (seen if seen is not None else []).append)

    return make


def told(plan: Plan) -> dict[int, list[str]]:
    return {row: [finding.message for finding in findings] for row, findings in plan.faults.items()}


def test_rows_that_can_be_made_are_told_from_those_that_cannot(plan):
    seen: list[int] = []
    found = plan("pain;Anna;3;", "pain;Bea;viele;", "pain;Cem;3;cold", "pain;Dora;;", seen=seen)
    assert (found.rows, found.good, seen) == (4, 2, [1, 2, 3, 4])
    assert told(found) == {
        2: ['row 2, Wochen: weeks must be a whole number, found "viele"'],
        3: ['row 3, ohne: "cold" cannot be left out: sheet "pain" does not hold it'],
    }


def test_good_rows_come_in_their_order_without_what_they_were_written_as(plan):
    rows = list(plan("Schmerz;Anna;3;", "pian;Bea;;", "PAIN;Cem;;").good_rows())
    assert [(row.number, row.line, row.wish["sheet"], row.wish["name"]) for row in rows] == [
        (1, 2, "pain", "Anna"),
        (3, 4, "pain", "Cem"),
    ]
    assert [row.raw for row in rows] == [None, None]


def test_an_empty_list_has_no_rows(plan):
    found = plan()
    assert (found.rows, found.good, found.kinds, list(found.good_rows())) == (0, 0, {}, [])


def test_each_distinct_leaflet_has_its_first_job(plan):
    found = plan("pain;Anna;3;", "pain;Bea;3;", "pain;Cem;4;", "pain;Dora;3;")
    assert [(job.order.name, job.order.weeks, job.today) for job in found.kinds.values()] == [
        ("Anna", 3, TODAY),
        ("Cem", 4, TODAY),
    ]


def test_a_leaflet_that_cannot_be_is_told_of_every_row_that_asks_for_it(plan):
    assert list(told(plan("pain;Anna;;cold", "pain;Bea;;cold", "pain;Cem;;"))) == [1, 2]


def test_a_fault_of_a_sheet_is_told_with_its_own_place(plan, content):
    content.change("modules/moving.yaml", "Gehen Sie.", '"TODO: ein Satz"')
    ((finding,),) = plan("pain;Anna;;").faults.values()
    assert finding.message.startswith('row 1: is not written yet: "TODO: ein Satz" (')
    assert finding.message.endswith("modules/moving.yaml:4:25)")
    assert (finding.place.path.name, finding.place.line) == ("orders.csv", 2)


def test_the_sender_and_the_day_of_the_batch_are_each_job_s(content, listing, tmp_path):
    found, sender = listing("pain;Anna;;"), read_sender(write_practice(tmp_path / "practice"))
    setting = Setting(content.folders, "", sender, date(2027, 1, 1), found)
    (job,) = make_plan(found, content.load(), setting).kinds.values()
    assert (job.sender, job.today) == (sender, date(2027, 1, 1))


# --- titles -----------------------------------------------------------------------------------------------


def test_sheets_and_editions_have_their_titles_as_names(content):
    content.change("sheets/pain.yaml", "title: {de: Schmerz}", "title: {de: 'Schmerz, im Nacken'}")
    names = names_by_title(content.load())
    assert names == {"sheet": {"pain": "pain", "schmerz-im-nacken": "pain"}, "edition": {"de": "de", "deutsch": "de"}}


def test_a_title_that_two_sheets_have_is_no_name_but_their_ids_are(content):
    content.write("sheets/ache.yaml", (content.root / "sheets/pain.yaml").read_text())
    assert names_by_title(content.load())["sheet"] == {"pain": "pain", "ache": "ache"}


@pytest.mark.parametrize("title", ["Schmerz", " schmerz ", "SCHMERZ", "pain", "Pain"])
def test_a_sheet_is_found_by_its_title_however_it_is_written(content, title):
    names = names_by_title(content.load())
    assert by_id({"sheet": title, "weeks": 3}, names) == {"sheet": "pain", "weeks": 3}


def test_what_no_title_says_stays_as_it_is(content):
    names = names_by_title(content.load())
    assert by_id({"sheet": "pian", "edition": "xx"}, names) == {"sheet": "pian", "edition": "xx"}
    assert by_id({"name": "Schmerz"}, names) == {"name": "Schmerz"}
    assert by_id({"edition": "Deutsch", "sheet": 4711}, names) == {"edition": "de", "sheet": 4711}

"""An order out of a file, the command line, or both; the practice that it names, and what is wrong with either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from merkblatt.build.job import make_job
from merkblatt.core.findings import COMMAND_LINE, Faulty, Place
from tests.conftest import TODAY
from tests.pressed import write_practice


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def faults(wanted: dict[str, object], file: Path | None = None) -> list[tuple[str, Place]]:
    with pytest.raises(Faulty) as caught:
        make_job(wanted, file, TODAY)
    return [(finding.message, finding.place) for finding in caught.value.findings]


def test_the_command_line_alone_makes_an_order():
    job = make_job({"sheet": "neck-pain", "weeks": 3}, None, TODAY)
    assert (job.order.sheet, job.order.weeks, job.order.edition) == ("neck-pain", 3, "de")
    assert (job.sender, job.today, job.trail) == (None, TODAY, None)
    assert job.order.at("weeks") == COMMAND_LINE


def test_a_file_makes_an_order_that_knows_its_lines(tmp_path):
    file = write(tmp_path / "order.yaml", "sheet: neck-pain\nname: Erika\n")
    order = make_job({}, file, TODAY).order
    assert (order.sheet, order.name) == ("neck-pain", "Erika")
    assert order.at("name") == Place(file, 2, 7)


def test_the_command_line_wins(tmp_path):
    file = write(tmp_path / "order.yaml", "sheet: neck-pain\nname: Erika\nweeks: 3\n")
    order = make_job({"weeks": 14, "note": "Üben."}, file, TODAY).order
    assert (order.name, order.weeks, order.note) == ("Erika", 14, "Üben.")
    assert (order.at("weeks"), order.at("name")) == (COMMAND_LINE, Place(file, 2, 7))


def test_the_day_that_an_order_names_is_its_day_of_printing(tmp_path):
    file = write(tmp_path / "order.yaml", "sheet: neck-pain\nday: 2027-01-01\n")
    assert make_job({}, file, TODAY).today == date(2027, 1, 1)


def test_an_order_at_fault_is_told_with_all_its_places(tmp_path):
    file = write(tmp_path / "order.yaml", "sheet: neck-pain\nweeks: viele\n")
    found = faults({"max_pages": 0}, file)
    assert [place for _, place in found] == [Place(file, 2, 8), COMMAND_LINE]
    assert found[0][0] == 'weeks must be a whole number, found "viele"'
    (nothing,) = faults({})
    assert nothing == ('"sheet" is missing', COMMAND_LINE)


@pytest.mark.parametrize("name", ["Erika\u202e", ["Erika"], "Erika " * 99, {"first": "Erika"}])
def test_a_person_s_words_are_not_repeated(name):
    (found,) = faults({"sheet": "neck-pain", "name": name})
    assert found[0].startswith("name")
    assert "Erika" not in found[0]
    (found,) = faults({"sheet": ["Erika"]})
    assert "Erika" in found[0]


def test_what_a_file_lacks_is_told_in_the_file(tmp_path):
    file = write(tmp_path / "order.yaml", "weeks: 3\n")
    assert faults({}, file) == [('"sheet" is missing', Place(file, 1, 1))]


@pytest.mark.parametrize("text", ["- sheet: neck-pain\n", "neck-pain\n"])
def test_a_file_that_is_no_order_is_told(tmp_path, text):
    file = write(tmp_path / "order.yaml", text)
    ((message, place),) = faults({}, file)
    assert (message.startswith("is no"), place.path) == (True, file)


def test_a_practice_lies_beside_the_order_that_names_it(tmp_path, monkeypatch):
    write_practice(tmp_path / "orders")
    file = write(tmp_path / "orders" / "order.yaml", "sheet: neck-pain\npractice: practice.yaml\n")
    monkeypatch.chdir(tmp_path)
    sender = make_job({}, file, TODAY).sender
    assert sender is not None
    assert sender.practice.name == "Praxis am Wasserturm"


def test_a_practice_of_the_command_line_lies_where_one_stands(tmp_path, monkeypatch):
    write_practice(tmp_path / "practice")
    (tmp_path / "orders").mkdir()
    file = write(tmp_path / "orders" / "order.yaml", "sheet: neck-pain\npractice: none.yaml\n")
    monkeypatch.chdir(tmp_path)
    for order_file, sheet in ((file, {}), (None, {"sheet": "neck-pain"})):
        sender = make_job({**sheet, "practice": "practice/practice.yaml"}, order_file, TODAY).sender
        assert sender is not None
        assert sender.practice.name == "Praxis am Wasserturm"


def test_a_practice_that_is_not_there_is_told_where_it_is_named(tmp_path):
    file = write(tmp_path / "order.yaml", "sheet: neck-pain\npractice: none.yaml\n")
    assert faults({}, file) == [(f"practice {tmp_path / 'none.yaml'} is no file", Place(file, 2, 11))]

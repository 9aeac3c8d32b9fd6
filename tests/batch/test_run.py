"""Batches: what is made, what is left out and why, what goes on and what is refused."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from merkblatt.batch.journal import go_on
from merkblatt.batch.run import Contents, Means
from merkblatt.core.findings import Faulty
from tests.batch_works import IN_HOUSE, InHouse, contents, drafts, files, leaflet, run
from tests.conftest import ROOT, Content, Ran

LIST = """\
Blatt;Name;Notiz
pain;Anna;
pain;Bea;wrong
pain;Cem;
pian;Dora;
pain;Eva;
"""
SECRET = ("Anna", "Bea", "Cem", "Dora", "Eva")


@pytest.fixture
def made_from(content: Content) -> Contents:
    return contents(content.root, ROOT)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# --- what is made -----------------------------------------------------------------------------------------


def test_good_rows_are_made_and_bad_ones_are_told(made_from, orders, out):
    ended = run(made_from, orders, out)
    assert list(files(out)) == ["0001-pain.pdf", "0003-pain.pdf", "0005-pain.pdf", "rejected.csv"]
    assert (ended.outcome.rows, ended.outcome.made, ended.outcome.left_out) == (5, 3, 2)
    assert [facts["row"] for facts in ended.told("left-out")] == [4, 2]
    assert drafts(out) == []


def test_a_bad_row_is_told_with_row_column_value_and_mend(made_from, orders, out):
    (finding,) = run(made_from, orders, out).told("left-out")[0]["findings"]
    assert (finding.place.line, finding.place.column) == (5, 1)
    assert finding.message == 'row 4, Blatt: unknown sheet "pian"'
    assert finding.hint == 'did you mean "pain"?'


def test_all_rows_are_looked_at_before_the_first_is_made(made_from, orders, out):
    kinds = [event.kind for event in run(made_from, orders, out).events]
    assert kinds.index("checked") < kinds.index("begun") < kinds.index("done")
    assert kinds.count("looked-at") == 5


def test_where_strict_one_bad_row_keeps_all_from_being_made(made_from, orders, out):
    assert run(made_from, orders, out, strict=True).outcome.left_out == 1
    assert not out.exists()


def test_a_dry_run_writes_nothing(made_from, orders, out, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert run(made_from, orders, out, dry_run=True).outcome.left_out == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_list_without_rows_makes_nothing(made_from, orders, out):
    orders.write_text("Blatt;Name\n", encoding="utf-8")
    assert run(made_from, orders, out).outcome.rows == 0
    assert not out.exists()


def test_what_was_left_out_is_mended_and_fed_again(made_from, orders, out, tmp_path):
    run(made_from, orders, out)
    mended = tmp_path / "mended.csv"
    rejected = (out / "rejected.csv").read_text(encoding="utf-8-sig")
    assert rejected.splitlines()[0] == "Warum ausgelassen;Blatt;Name;Notiz"
    assert "does not fit (shorten the note)" in rejected
    mended.write_text(rejected.replace(";pian;", ";pain;").replace(";wrong", ";"), encoding="utf-8-sig")
    again = run(made_from, mended, tmp_path / "again")
    assert (again.outcome.made, again.outcome.left_out) == (2, 0)
    assert again.outcome.rejected is None
    assert b"Bea" in files(tmp_path / "again")["0001-pain.pdf"]


def test_files_are_named_by_the_template(made_from, orders, out):
    run(made_from, orders, out, names="{thousand:02}/{name}")
    assert [name for name in files(out) if name.endswith("pdf")] == ["00/Anna.pdf", "00/Cem.pdf", "00/Eva.pdf"]


def test_sheets_and_editions_are_known_by_their_titles(made_from, orders, out):
    orders.write_text("Blatt;Sprache\nSchmerz;Deutsch\nPAIN;DE\n", encoding="utf-8")
    assert run(made_from, orders, out).outcome.made == 2
    assert b"('sheet', 'pain')" in files(out)["0001-pain.pdf"]


# --- nothing of a person ----------------------------------------------------------------------------------


def test_nothing_of_a_person_is_told_or_kept(made_from, orders, out):
    ended = run(made_from, orders, out)
    kept = b"".join(path.read_bytes() for path in (out / ".merkblatt").rglob("*") if path.is_file()).decode()
    told = repr(ended.events) + kept + " ".join(files(out))
    assert [name for name in SECRET if name in told] == []


def test_no_report_holds_what_a_spreadsheet_would_run(made_from, orders, out):
    evil = "Blatt;Name;Notiz\n=1+1;-2+3;@SUM(A1)\n+x;\t=1;＝1\n"
    orders.write_text(evil, encoding="utf-8")
    run(made_from, orders, out)
    import csv

    with (out / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝"))] == []
    again = run(made_from, out / "rejected.csv", out.parent / "again")
    messages = [finding.message for facts in again.told("left-out") for finding in facts["findings"]]
    assert any('"=1+1"' in message for message in messages)


# --- going on ---------------------------------------------------------------------------------------------


class Stops(InHouse):
    """A crew that is interrupted at its second chunk."""

    chunks = 0

    def submit(self, tasks):
        if self.chunks == 1:
            raise KeyboardInterrupt
        self.chunks += 1
        return super().submit(tasks)


def test_a_batch_goes_on_to_the_same_bytes_and_repeats_nothing(made_from, orders, out, tmp_path):
    run(made_from, orders, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(made_from, orders, out, replace(IN_HOUSE, hire=Stops))
    kept = {name: (out / name).stat().st_mtime_ns for name in files(out) if name.endswith("pdf")}
    ended = run(made_from, orders, out, resume=True)
    assert files(out) == files(tmp_path / "whole")
    assert (ended.outcome.before, ended.outcome.made) == (len(kept), 3 - len(kept))
    assert {name: (out / name).stat().st_mtime_ns for name in kept} == kept


def test_a_batch_that_is_done_has_nothing_left_to_do(made_from, orders, out):
    run(made_from, orders, out)
    first = files(out)
    assert run(made_from, orders, out, resume=True).outcome.made == 0
    assert files(out) == first


def test_a_file_that_the_journal_lacks_is_not_made_again(made_from, orders, out):
    run(made_from, orders, out)
    journal = out / ".merkblatt" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().splitlines(keepends=True)[0] + b'{"done":[[1,')
    ended = run(made_from, orders, out, resume=True)
    assert (ended.outcome.before, ended.outcome.made) == (3, 0)


def test_a_batch_keeps_the_day_on_which_it_was_begun(made_from, orders, out):
    from datetime import date

    run(made_from, orders, out)
    days = []

    def work(setting, kinds):
        days.append(setting.today)
        return IN_HOUSE.make_work(setting, kinds)

    (out / "0003-pain.pdf").unlink()
    journal = out / ".merkblatt" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().splitlines(keepends=True)[0])
    run(made_from, orders, out, Means(InHouse, work), resume=True, today=date(2027, 1, 1))
    assert days == [date(2026, 11, 23)]
    assert "0003-pain.pdf" in files(out)


def faults(call: Callable[[], object]) -> str:
    with pytest.raises(Faulty) as caught:
        call()
    return str(caught.value)


def test_a_folder_with_a_batch_is_not_begun_anew(made_from, orders, out):
    run(made_from, orders, out)
    assert "a batch was begun in this folder" in faults(lambda: run(made_from, orders, out))


@pytest.mark.parametrize(("changed", "told"), [("list", "the list of orders"), ("sheet", "the content")])
def test_a_batch_does_not_go_on_with_other_things(changed, told, content, orders, out):
    made_from = contents(content.root, ROOT)
    run(made_from, orders, out)
    if changed == "list":
        orders.write_text(LIST + "pain;Fred;\n", encoding="utf-8")
    else:
        content.change("modules/moving.yaml", "Gehen Sie.", "Laufen Sie.")
    message = faults(lambda: run(contents(content.root, ROOT), orders, out, resume=True))
    assert f"cannot go on: {told}" in message
    assert "is no longer as it was" in message


def test_a_batch_does_not_go_on_under_other_names(made_from, orders, out):
    run(made_from, orders, out)
    assert "--names" in faults(lambda: run(made_from, orders, out, resume=True, names="{row}"))


@pytest.mark.parametrize("name", ["0003-pain.pdf", "rejected.csv"])
def test_a_stranger_s_file_is_not_written_over(name, made_from, orders, out):
    out.mkdir()
    (out / name).write_bytes(b"mine")
    assert "holds a file already" in faults(lambda: run(made_from, orders, out))
    assert (out / name).read_bytes() == b"mine"


def test_other_files_in_the_folder_do_no_harm(made_from, orders, out):
    out.mkdir()
    (out / "lies-mich.txt").write_bytes(b"mine")
    assert run(made_from, orders, out).outcome.made == 3


def test_content_that_changes_under_way_stops_the_batch(content, made_from, orders, out):
    from merkblatt.batch.work import lay_out

    def work(setting, kinds):
        content.change("modules/moving.yaml", "Gehen Sie.", "Laufen Sie.")
        return lay_out(setting, kinds)

    assert "is not the content that the batch was begun with" in faults(
        lambda: run(made_from, orders, out, Means(InHouse, work))
    )


# --- the journal ------------------------------------------------------------------------------------------


def test_the_journal_holds_numbers_and_fingerprints(made_from, orders, out):
    run(made_from, orders, out)
    first, *lines = [json.loads(line) for line in (out / ".merkblatt/journal.jsonl").read_text().splitlines()]
    assert set(first) == {"merkblatt-batch", "orders", "content", "practice", "names", "day", "batch"}
    assert sorted(number for line in lines for a, b in line["done"] for number in range(a, b + 1)) == [1, 3, 5]


def test_a_journal_goes_on_after_a_line_that_was_cut_off(tmp_path, made_from, orders, out):
    run(made_from, orders, out)
    path = out / ".merkblatt" / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"done":[[9')
    journal = go_on(path)
    assert [number in journal.done for number in (1, 2, 3, 9)] == [True, False, True, False]
    journal.note([7, 8, 9])
    journal.close()
    assert path.read_bytes().endswith(b'\n{"done":[[7,9]]}\n')
    again = go_on(path)
    again.close()
    assert len(again.done) == 6


def test_what_is_no_journal_is_told(made_from, orders, out):
    run(made_from, orders, out)
    (out / ".merkblatt" / "journal.jsonl").write_bytes(b"hello\n")
    assert "is no journal of a batch" in faults(lambda: run(made_from, orders, out, resume=True))


# --- what the print file is given --------------------------------------------------------------------------


def test_the_print_file_gets_all_leaflets_in_the_order_of_the_rows(made_from, orders, out, tmp_path):
    given: list[tuple[int, str]] = []

    def join(leaflets, path):
        given.extend((row, file.name) for row, file in leaflets if file.is_file())
        return (path,)

    ended = run(made_from, orders, out, replace(IN_HOUSE, print_file=join), print_file=tmp_path / "all.pdf")
    assert given == [(1, "0001-pain.pdf"), (3, "0003-pain.pdf"), (5, "0005-pain.pdf")]
    assert ended.outcome.print_files == (tmp_path / "all.pdf",)


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def batch(run: Callable[..., Ran], small_program: Content, orders: Path, monkeypatch) -> Callable[..., Ran]:
    """Calls `merkblatt batch`, with work for tests in this process."""
    monkeypatch.setattr("merkblatt.cli.batch_session.means", lambda how: IN_HOUSE)
    return lambda *words: run("batch", *(words or (orders,)), *(("-o", "out") if "-o" not in words else ()))


def test_the_command_tells_what_it_did(batch):
    ran = batch()
    assert ran.code == 3
    assert ran.out == f"out\nout{os.sep}rejected.csv\n"
    assert 'row 4, Blatt: unknown sheet "pian"' in ran.err
    assert ran.err.endswith("made 3 leaflets; 2 rows left out; mend rejected.csv and feed it again\n")
    assert [name for name in SECRET if name in ran.out + ran.err] == []


def test_the_command_tells_events(batch, orders):
    ran = batch(orders, "--json")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert [event["event"] for event in events] == ["checked", "left-out", "begun", "left-out", "ended"]
    assert events[1]["findings"][0]["message"] == 'row 4, Blatt: unknown sheet "pian"'
    assert events[-1] == {"event": "ended", "made": 3, "before": 0, "left_out": 2}
    assert ran.err == ""


@pytest.mark.parametrize(("words", "code"), [(("--strict",), 1), (("--dry-run",), 3), (("--resume",), 3)])
def test_the_exit_code_says_how_it_ended(words, code, batch, orders):
    assert batch(orders, *words).code == code


def test_all_rows_good_is_done(batch, orders):
    orders.write_text("Blatt\npain\npain\n", encoding="utf-8")
    assert batch().code == 0


def test_no_row_good_is_at_fault(batch, orders):
    orders.write_text("Blatt\npian\n", encoding="utf-8")
    ran = batch()
    assert (ran.code, "rejected.csv" in ran.out) == (1, True)


def test_many_rows_left_out_are_not_told_one_by_one(batch, orders):
    orders.write_text("Blatt\n" + "pian\n" * 50, encoding="utf-8")
    ran = batch()
    assert len(re.findall("unknown sheet", ran.err)) == 20
    assert "and 30 rows more were left out" in ran.err


def test_the_practice_stands_on_every_leaflet_and_stays_the_same(batch, orders, tmp_path, monkeypatch):
    practice = tmp_path / "praxis.yaml"
    practice.write_text("name: Praxis am Wasserturm\n", encoding="utf-8")
    senders = []

    def work(setting, kinds):
        senders.append(setting.sender.practice.name)
        return IN_HOUSE.make_work(setting, kinds)

    monkeypatch.setattr("merkblatt.cli.batch_session.means", lambda how: Means(InHouse, work))
    assert batch(orders, "--practice", practice).code == 3
    assert senders == ["Praxis am Wasserturm"]
    practice.write_text("name: Praxis am Hafen\n", encoding="utf-8")
    ran = batch(orders, "--practice", practice, "--resume")
    assert (ran.code, "the practice is no longer as it was" in ran.err) == (1, True)


def test_the_print_file_is_refused_before_anything_is_made(batch, orders):
    ran = batch(orders, "--print-file", "all.pdf")
    assert (ran.code, "--print-file is not available" in ran.err, Path("out").exists()) == (2, True, False)


def test_a_list_from_standard_input(batch, monkeypatch):
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Blatt;Name\npain;J\xf6rg\n")))
    assert batch("-").code == 0
    assert "Jörg".encode() in Path("out/0001-pain.pdf").read_bytes()


def test_leaflet_of_a_test_depends_on_its_row():
    from merkblatt.batch.lists.rows import Row

    assert leaflet(Row(1, 2, {"sheet": "pain"}, None)) != leaflet(Row(2, 3, {"sheet": "pain"}, None))


def test_another_layout_engine_is_told_before_the_first_row(made_from, orders, tmp_path, monkeypatch):
    monkeypatch.setattr("merkblatt.pdf.engine_versions.installed", lambda package: "71.0")
    with pytest.raises(Faulty, match=r"weasyprint is 71\.0, 70\.0 is needed"):
        run(made_from, orders, tmp_path / "out", Means(InHouse))
    assert not (tmp_path / "out").exists()

"""`build` as a person meets it: what it prints where, how it ends, what it makes of an order."""

from __future__ import annotations

import errno
import html
import os
import re
from pathlib import Path

import pytest

from merkblatt.content.library import Library
from tests.conftest import SMALL

# --- exit codes and streams -----------------------------------------------------------------------------------


def test_what_is_written_is_printed_and_nothing_else(run, small_program):
    ran = run("build", "pain", "--html", "-o", "out")
    assert (ran.code, ran.out) == (0, "out/pain.de.html\n")
    assert ran.err == "1/1 pain.de.html\n"
    assert [path.name for path in Path("out").iterdir()] == ["pain.de.html"]


def test_quiet_says_nothing_but_paths_and_findings(run, small_program):
    assert run("build", "pain", "--html", "-q").err == ""
    small_program.change("modules/moving.yaml", "Gehen Sie.", "TODO")
    ran = run("build", "pain", "--html", "-q")
    assert (ran.code, ran.out) == (1, "")
    assert "is not written yet" in ran.err


def test_each_sheet_edition_and_format_becomes_a_file(run, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"])
    ran = run("build", "--all", "--format", "html", "--format", "text", "-o", "out")
    assert ran.code == 0
    assert ran.out.split() == ["out/other.de.html", "out/other.de.txt", "out/pain.de.html", "out/pain.de.txt"]


def test_a_sheet_that_is_asked_for_twice_is_built_once(run, small_program):
    assert run("build", "pain", "pain", "--html").out == "out/pain.de.html\n"


def test_done_in_part_is_told_by_its_own_code(run, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"].replace("de: Schmerz", "de: TODO"))
    ran = run("build", "--all", "--html")
    assert (ran.code, ran.out) == (3, "out/pain.de.html\n")
    assert ran.err.startswith("1/2 other.de.html: not built\n2/2 pain.de.html\n")
    assert "leaflets/sheets/other.yaml:1:13: is not written yet" in ran.err
    assert not Path("out/other.de.html").exists()


def test_a_full_disk_in_the_middle_of_many_keeps_what_was_finished(run, small_program, monkeypatch):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"])
    calls: list[int] = []

    def full_at_the_second(_):
        calls.append(1)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("merkblatt.core.atomic_write.os.fsync", full_at_the_second)
    ran = run("build", "--all", "--html")
    assert (ran.code, ran.out) == (3, "out/other.de.html\n")
    assert "out/pain.de.html: cannot be written: No space left on device" in ran.err
    assert [path.name for path in Path("out").iterdir()] == ["other.de.html"]
    assert Path("out/other.de.html").read_text().rstrip().endswith("</html>")


# --- the real sheets ------------------------------------------------------------------------------------------


def statements_of(library: Library, *claims: str) -> list[str]:
    """The plain texts of the statements that carry one of some claims."""
    found = [s for module in library.modules.values() for s in module.statements if set(claims) & set(s.claims)]
    return [s.text.root["de"].replace("**", "") for s in found]


def words_of(path: Path) -> str:
    body = path.read_text(encoding="utf-8").split("<body>")[1]
    return html.unescape(re.sub("<[^>]+>", "", body))


def test_whiplash_of_a_week_is_cooled_without_a_collar_and_not_chronic(run, library, tmp_path):
    assert run("build", "whiplash", "--weeks", "1", "--html", "-o", tmp_path).code == 0
    page = words_of(tmp_path / "whiplash.de.html")
    cooling = [s for s in library.modules["whiplash-cool-first"].statements if "4.1-e" in s.claims]
    assert cooling
    assert all(s.text.root["de"].replace("**", "") in page for s in cooling)
    assert all(text in page for text in statements_of(library, "4.1-b"))
    chronic = statements_of(library, "4.1-k", "4.1-l")
    assert chronic
    assert not any(text in page for text in chronic)


def test_neck_pain_of_14_weeks_says_now_and_not_if(run, library, tmp_path):
    labels = library.editions["de"].labels
    assert run("build", "neck-pain", "--weeks", "14", "--html", "-o", tmp_path).code == 0
    page = words_of(tmp_path / "neck-pain.de.html")
    assert labels.weeks_over_now.other.format(weeks=12) in page
    assert labels.weeks_over.other.format(weeks=12) not in page
    assert all(text in page for text in statements_of(library, "3.2.2-g", "3.2.2-i", "3.2.2-j"))
    assert run("build", "neck-pain", "--html", "-o", tmp_path).code == 0
    assert labels.weeks_over.other.format(weeks=12) in words_of(tmp_path / "neck-pain.de.html")


# --- orders ---------------------------------------------------------------------------------------------------


def test_an_order_file_is_met_and_the_command_line_wins(run, small_program):
    Path("order.yaml").write_text(
        "sheet: pain\nformat: a4-large\nweeks: 3\nname: Erika\ncircumstances: {tension: false}\n"
    )
    assert run("build", "--order", "order.yaml", "--html").out == "out/pain.de.html\n"
    page = Path("out/pain.de.html").read_text()
    assert "for_weeks 3" in page
    assert "Wärmen Sie." not in page
    ran = run("build", "--order", "order.yaml", "--weeks", "13", "--circumstance", "tension=yes", "--html")
    assert ran.out == "out/pain.de.html\n"
    page = Path("out/pain.de.html").read_text()
    assert "for_weeks 13" in page
    assert "for_name Erika" in page
    assert "Wärmen Sie." in page


def test_a_practice_is_looked_for_beside_the_order_that_names_it(run, small_program):
    Path("orders").mkdir()
    Path("orders/praxis.yaml").write_text("name: Praxis am Markt\n")
    Path("orders/order.yaml").write_text("sheet: pain\npractice: praxis.yaml\n")
    assert run("build", "--order", "orders/order.yaml", "--html").code == 0
    assert "Praxis am Markt" in Path("out/pain.de.html").read_text()
    assert run("build", "--order", "orders/order.yaml", "--practice", "praxis.yaml", "--html").code == 2


def test_a_visit_is_told_on_the_command_line_too(run, small_program):
    visit = ["--salutation", "Frau", "--appointment", "Mo, 9 Uhr", "--counsellor", "S. Keller"]
    assert run("build", "pain", "--html", "--name", "Erika Muster", *visit, "--handed-out", "2026-11-20").code == 0
    page = Path("out/pain.de.html").read_text()
    assert [word in page for word in ("Frau Erika Muster", "Mo, 9 Uhr", "S. Keller", "20. November 2026")] == [True] * 4


# --- a person's own exercises and doses -----------------------------------------------------------------------


def page(small_program, run, tmp_path, *words: str) -> str:
    ran = run("build", "pain", "--html", "-o", tmp_path / "out", *words)
    assert ran.code == 0, ran.err
    path = tmp_path / "out" / "pain.de.html"
    return str(path.read_text(encoding="utf-8"))


def test_the_command_line_sets_a_dose(small_program, run, tmp_path):
    standard = page(small_program, run, tmp_path)
    own = page(small_program, run, tmp_path, "--exercise", "turn:repeat=7,per_day=2,each_side=yes")
    assert "dose_repeat 7" not in standard
    assert all(words in own for words in ("dose_repeat 7", "dose_per_day 2", "dose_each_side"))


def test_an_order_file_sets_a_dose(small_program, run, tmp_path):
    order = tmp_path / "order.yaml"
    order.write_text("sheet: pain\nexercises:\n  turn: {hold: 10-20}\n", encoding="utf-8")
    ran = run("build", "--order", order, "--html", "-o", tmp_path / "out")
    assert ran.code == 0
    assert "amount_span 20 10" in (tmp_path / "out" / "pain.de.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("turn:repeat", "write turn:repeat=5,per_day=4"),
        ("turn:repaet=5", 'unknown key "repaet"\n  hint: did you mean "repeat"?'),
        ("turn:repeat=often", 'exercises.turn.repeat cannot be "often"\n  hint: a number as 5, or a span as 8-10'),
        ("turm:repeat=5", 'unknown exercise "turm"\n  hint: did you mean "turn"?'),
    ],
)
def test_a_dose_that_is_none_is_wrong_usage(small_program, run, tmp_path, words, told):
    ran = run("build", "pain", "--exercise", words, "-o", tmp_path / "out")
    assert ran.code == 2
    assert told in ran.err


# --- on paper -------------------------------------------------------------------------------------------------


def test_a_letter_in_the_content_is_told_with_its_place(run, small_program):
    small_program.change("modules/moving.yaml", "Gehen Sie.", "Gehen Sie \U00012000.")
    ran = run("build", "pain")
    assert ran.code == 1
    assert 'leaflets/modules/moving.yaml:4:20: no font has the character U+12000 "\U00012000"' in ran.err


def test_a_page_too_many_is_told_where_the_budget_stands(run, small_program):
    small_program.change("sheets/pain.yaml", "a4: 2", "a4: 1")
    ran = run("build", "pain", "--note", "Satz. " * 300)
    assert ran.code == 1
    assert "leaflets/sheets/pain.yaml:10:8: pain has " in ran.err
    assert "Satz" not in ran.err
    assert run("build", "pain", "--note", "Satz. " * 300, "--max-pages", "9").code == 0

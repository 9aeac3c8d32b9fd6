"""A person's own exercises and doses, as the command line and an order file say them."""

from __future__ import annotations

import pytest


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

"""A person's words stand in the leaflet, and nowhere else: no message, name or path repeats them."""

from __future__ import annotations

from pathlib import Path

import pytest

NAME, NOTE = "Erika Musterfrau", "Kontrolle wegen Zuckerkrankheit"


def assert_told_nowhere(ran, *folders: Path) -> None:
    for word in ("Erika", "Musterfrau", "Kontrolle", "Zucker"):
        assert word not in ran.out
        assert word not in ran.err
        for folder in folders:
            assert not [path for path in folder.rglob("*") if word in path.name]


def test_name_and_note_stand_in_the_page_and_nowhere_else(run, small_program, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    ran = run("build", "pain", "--name", NAME, "--note", NOTE, "--html", "-o", "out")
    assert ran.code == 0
    assert_told_nowhere(ran, tmp_path)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert new == {tmp_path / "out/pain.de.html"}
    assert NAME in (tmp_path / "out/pain.de.html").read_text()
    assert NOTE in (tmp_path / "out/pain.de.html").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ["--name", NAME + "\n"],
        ["--salutation", NAME],
        ["--appointment", NAME + "\u202e"],
        ["--name", NAME + "\u202e"],
        ["--name", NAME * 50],
        ["--note", NOTE + "\x1b[31m"],
        ["--note", NOTE * 200],
        ["--name", NAME, "--note", NOTE, "--with", "cold"],
        ["--name", NAME, "--note", NOTE, "-o", "/dev/null"],
        ["--name", NAME, "--note", NOTE, "--format", "a3"],
    ],
    ids=range(10),
)
def test_no_refusal_repeats_a_person_s_words(run, small_program, tmp_path, words):
    ran = run("build", "pain", "--html", *words)
    assert ran.code in {1, 2}
    assert_told_nowhere(ran, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        f"name: [{NAME}]",
        f"note: {{{NOTE}: 1}}",
        f"note: *{NOTE}",
        f"note: {NOTE}: {NAME}: x",
        f'note: "{NOTE}',
        f'name: "{NAME}\\u202e"',
        f"name: {NAME}\nname: {NAME}",
    ],
)
def test_no_fault_of_an_order_file_repeats_a_person_s_words(run, small_program, tmp_path, text):
    Path("order.yaml").write_text(f"sheet: pain\n{text}\n")
    ran = run("build", "--order", "order.yaml", "--html")
    assert ran.code == 1
    assert ran.err.startswith("order.yaml:")
    assert_told_nowhere(ran, tmp_path)


def test_a_pdf_is_built_and_a_person_s_words_stay_in_it(run, small_program, tmp_path):
    ran = run("build", "pain", "--name", NAME, "--note", NOTE, "-o", "out")
    assert (ran.code, ran.out) == (0, "out/pain.de.a4.pdf\n")
    assert ran.err in {"1/1 pain.de.a4.pdf: 1 pages\n", "1/1 pain.de.a4.pdf: 2 pages\n"}
    assert_told_nowhere(ran, tmp_path)
    assert Path("out/pain.de.a4.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("option", ["--name", "--note"])
def test_a_letter_that_no_font_has_is_told_without_the_letter(run, small_program, option):
    ran = run("build", "pain", option, "Erika \U00012000 Musterfrau")
    assert ran.code == 1
    assert "command line: no font has the character U+12000\n" in ran.err
    assert "\U00012000" not in ran.err
    assert_told_nowhere(ran)
    assert not Path("out/pain.de.a4.pdf").exists()

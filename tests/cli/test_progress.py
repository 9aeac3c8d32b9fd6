"""Progress: a bar on a terminal, lines elsewhere, nothing where quiet is asked for; data stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

from merkblatt.cli.main import main
from merkblatt.cli.progress import Progress, print_paths

PATHS = [Path("out/a.pdf"), Path("out/a-print.pdf")]


def test_lines_count_the_steps_and_data_goes_to_standard_output(capsys):
    with Progress(2, quiet=False) as progress:
        progress.step("a.pdf: 1 page")
        print_paths(PATHS, progress)
        progress.step("b: not built")
        print_paths([], progress)
    assert capsys.readouterr() == ("out/a.pdf\nout/a-print.pdf\n", "1/2 a.pdf: 1 page\n2/2 b: not built\n")


def test_quiet_prints_data_alone(capsys):
    with Progress(1, quiet=True) as progress:
        progress.step("a.pdf: 1 page")
        print_paths(PATHS, progress)
    assert capsys.readouterr() == ("out/a.pdf\nout/a-print.pdf\n", "")


def test_a_terminal_sees_a_bar_without_a_person_s_words(process, on_a_terminal):
    words = ["build", "pain", "--leaflets", "own", "--format", "text", "--name", "Erika Muster"]
    shown = on_a_terminal(main, *words, NO_COLOR="1")
    assert (shown.code, shown.out) == (0, "out/pain.de.txt\n")
    assert re.search("━+ 1/1 00:00 pain.de.txt", shown.said)
    assert "Erika" not in shown.said
    assert not re.search(r"\x1b\[[0-9;]*m", shown.said)


def test_a_terminal_without_a_cursor_that_moves_gets_lines(process, on_a_terminal):
    words = ["build", "pain", "--leaflets", "own", "--format", "text"]
    assert on_a_terminal(main, *words, TERM="dumb").said == "1/1 pain.de.txt\n"
    assert on_a_terminal(main, *words, "--quiet").said == ""

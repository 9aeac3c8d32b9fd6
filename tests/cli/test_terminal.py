"""Proves what a terminal shows, in which colours and how wide, and what is written where there is none."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from merkblatt.cli import terminal
from merkblatt.cli.main import main
from merkblatt.cli.terminal import Bar, aside, open_bar, say
from tests.conftest import ROOT

GENERATE = str(ROOT / "generate.py")
RED = "\x1b[31mcommand line: unknown sheet"
#: What a line may hold that rich would take for its own, or that no console has letters for.
ODD = ["[red]not red[/red] [/]", ":smile: 12 'a' True http://x.y", "long " * 60, "Jörg → 木", "tab\tend "]


# --- colour -------------------------------------------------------------------------------------------------


def test_a_process_has_no_colour_where_nobody_asked_for_it(process):
    for environment in ({}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}):
        assert "\x1b" not in process("build", "pian", "--leaflets", "own", **environment).stderr


def test_a_file_gets_colours_where_they_are_forced(process):
    said = process("build", "pian", "--leaflets", "own", FORCE_COLOR="1", NO_COLOR="", TERM="xterm").stderr
    assert said.startswith(f"1/1 pian.de.a4: not built\n{RED}")


@pytest.mark.parametrize(
    ("wish", "begin"),
    [({"NO_COLOR": ""}, RED), ({"NO_COLOR": "1"}, RED[5:]), ({"TERM": "dumb"}, RED[5:]), ({"TERM": "xterm"}, RED)],
)
def test_a_terminal_gets_colours_unless_it_wants_none(on_a_terminal, wish, begin):
    shown = on_a_terminal(main, "build", "pian", "-q", **wish)
    assert (shown.code, shown.out) == (2, "")
    assert shown.said.startswith(begin)
    assert ("\x1b" in shown.said) is ("\x1b" in begin)


# --- what is said is written as it stands -------------------------------------------------------------------


@pytest.mark.parametrize("line", ODD)
@pytest.mark.parametrize("colour", [None, "red"])
def test_a_line_is_written_as_it_stands(capfdbinary, line, colour):
    say(line, colour=colour)
    assert capfdbinary.readouterr() == (b"", line.encode("utf-8", "backslashreplace") + b"\n")


@pytest.mark.parametrize("line", ODD[:-1])
def test_on_a_terminal_too(on_a_terminal, line):
    def program() -> None:
        say(line, colour="yellow")
        say(line)

    assert on_a_terminal(program, columns=20).said == f"\x1b[33m{line}\x1b[0m\n{line}\n"


SAY = "from merkblatt.cli.terminal import open_bar, say; say('Jörg → \\udcff', colour='red'); print(open_bar(3))"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("environment", [{}, {"FORCE_COLOR": "1", "TERM": "xterm"}])
def test_a_console_of_another_encoding_stops_nothing(encoding, environment, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ran = subprocess.run([sys.executable, "-c", SAY], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0
    assert "rg" in ran.stderr.decode(encoding, "replace")


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "2>/dev/null"])
@pytest.mark.parametrize("environment", [{}, {"FORCE_COLOR": "1", "TERM": "xterm"}])
def test_where_nobody_can_hear_it_nothing_is_stopped(where, environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    call = f"{sys.executable} -c '{SAY.replace(chr(39), chr(34))}' {where}"
    ran = subprocess.run(["sh", "-c", call], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    assert ran.stdout == b"None\n"


def test_a_stream_that_is_closed_is_no_terminal(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    assert not terminal.is_terminal()


# --- a bar --------------------------------------------------------------------------------------------------


def bar_on(columns: int, total: int = 10, **how: Any) -> tuple[Bar, io.StringIO]:
    """A bar on a terminal of so many columns, and what that is told."""
    told = io.StringIO()
    return Bar(Console(file=told, force_terminal=True, width=columns, **how), total), told


def lines_of(told: str) -> list[str]:
    """What stands on a terminal's lines at the end, as far as a bar goes: what it erases is gone."""
    shown = [""]
    for piece in re.split(r"(\r\x1b\[2K|\x1b\[1A|\x1b\[2K|\r|\n)", re.sub(r"\x1b\[(\?25[lh]|[0-9;]*m)", "", told)):
        if piece == "\x1b[1A":
            shown.pop()
        elif piece in {"\r\x1b[2K", "\x1b[2K"}:
            shown[-1] = ""
        elif piece == "\n":
            shown.append("")
        elif piece != "\r":
            shown[-1] += piece
    return [line.rstrip() for line in shown]


def test_a_bar_shows_how_much_is_done_and_stays_at_its_end():
    bar, told = bar_on(80)
    with bar:
        bar.show(3, "three")
        bar.show(10, "ten")
    line, after = lines_of(told.getvalue())
    assert re.fullmatch("━+ 10/10 ten", line)
    assert after == ""


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_a_bar_is_never_wider_than_the_terminal(columns):
    bar, told = bar_on(columns)
    with bar:
        bar.show(10, "a-name-that-is-long.de.a4-large.pdf: 12 pages " * 5)
    (line, _) = lines_of(told.getvalue())
    assert " 10/10 a-" in line
    assert len(line) <= columns


def test_words_on_a_bar_are_no_markup():
    bar, told = bar_on(80)
    with bar:
        bar.show(10, "[red]{x}[/] :smile:")
    assert lines_of(told.getvalue())[0].endswith(" 10/10 [red]{x}[/] :smile:")


def test_what_is_written_beside_a_bar_stands_above_it():
    bar, told = bar_on(80)
    with bar:
        bar.show(1, "one")
        with aside(bar):
            told.write("a finding\n")
        bar.show(10, "ten")
    above, line, after = lines_of(told.getvalue())
    assert (above, line.endswith(" 10/10 ten"), after) == ("a finding", True, "")


@pytest.mark.parametrize("is_aside", [False, True])
def test_ctrl_c_leaves_the_cursor_and_the_bar_s_line(is_aside):
    bar, told = bar_on(80)

    def stop() -> None:
        with bar:
            bar.show(10, "ten")
            if not is_aside:
                raise KeyboardInterrupt
            with aside(bar):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert told.getvalue().rindex("\x1b[?25h") > told.getvalue().rindex("\x1b[?25l")
    assert lines_of(told.getvalue())[-1] == ""


def test_a_bar_is_not_drawn_at_every_step(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("merkblatt.cli.terminal.time.monotonic", lambda: now[0])
    bar, told = bar_on(80, total=1000)
    with bar:
        for step in range(1, 1001):
            now[0] += 0.001
            bar.show(step, "")
    assert 10 <= told.getvalue().count("/1000") <= 15


def test_a_console_without_letters_for_a_bar_has_one_of_hyphens():
    raw = io.BytesIO()
    told = io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace", write_through=True)
    bar = Bar(Console(file=told, force_terminal=True, width=80), 10)
    with bar:
        bar.show(10, "ten")
    assert re.search(rb"-{10,}.*10/10.*ten", raw.getvalue())


def test_where_there_is_no_terminal_there_is_no_bar(capfd, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # logs of a machine that builds take colours, but no bar
    assert open_bar(3) is None
    with aside(None):
        say("line")
    assert capfd.readouterr().err == "line\n"


# --- what costs nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--help",), ("list",), ("build", "pian"), ("build", "--help")], ids=" ".join)
def test_rich_is_not_imported_where_nothing_of_it_shows(words, tmp_path):
    call = [sys.executable, "-X", "importtime", GENERATE, *words]
    said = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False).stderr
    assert "merkblatt.cli.terminal" in said
    assert not re.search(r"\| +rich\b", said)


def test_no_other_room_knows_the_terminal():
    rooms = {
        path.name: path.read_text(encoding="utf-8")
        for path in Path(terminal.__file__).parents[1].rglob("*.py")
        if path.name != "terminal.py"
    }
    own = re.compile(
        r"\brich\b|NO_COLOR|FORCE_COLOR|isatty|progressbar|secho|click\.style|get_terminal_size|\x1b|\\x1b"
    )
    assert {name: found for name, text in rooms.items() if (found := own.findall(text))} == {}

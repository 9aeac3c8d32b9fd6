"""How a batch goes is told: lines every few seconds, a bar on a terminal, events as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from merkblatt.batch.run import Event
from merkblatt.cli import batch_progress as pace
from merkblatt.cli.batch_progress import Teller
from tests import batch_program
from tests.conftest import Content


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("merkblatt.cli.batch_progress.time.monotonic", lambda: now[0])
    return now


def made(number: int, of: int = 1000, before: int = 0) -> Event:
    return Event("done", {"made": number, "before": before, "of": of, "left_out": 0})


def teller(*, as_json: bool = False, quiet: bool = False) -> Teller:
    return Teller(lambda findings: None, quiet=quiet, as_json=as_json)


def test_where_there_is_no_terminal_a_line_comes_every_few_seconds(clock, capsys):
    tell = teller()
    tell(Event("checked", {"rows": 1000, "good": 1000, "left_out": 0}))
    tell(Event("begun", {"rows": 1000, "before": 0}))
    for second in range(12):
        clock[0] += 1
        tell(made(10 * second))
    assert capsys.readouterr().err.splitlines() == [
        "checked 1,000 rows: 0 left out",
        "40 of 1,000  10.0/s, 1:36 left",
        "90 of 1,000  10.0/s, 1:31 left",
    ]


def test_the_speed_is_that_of_late(clock, capsys):
    tell = teller()
    for second in range(40):
        clock[0] += 1
        tell(made(second if second < 10 else 10 + 20 * (second - 10)))
    assert capsys.readouterr().err.splitlines()[-1].endswith("20.0/s, 0:20 left")


def test_the_last_one_is_always_told(clock, capsys):
    tell = teller()
    tell(Event("begun", {"rows": 5, "before": 3}))
    tell(made(2, 5, 3))
    assert capsys.readouterr().err.splitlines() == ["3 were made before", "5 of 5"]


def test_quiet_is_quiet(clock, capsys):
    tell = teller(quiet=True)
    tell(Event("begun", {"rows": 5, "before": 3}))
    tell(made(2, 5, 3))
    assert capsys.readouterr() == ("", "")


def test_events_hold_the_speed(clock, capsys):
    tell = teller(as_json=True)
    for second in range(7):
        clock[0] += 1
        tell(made(10 * second))
    (event,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert event == {
        "event": "done",
        "made": 40,
        "before": 0,
        "of": 1000,
        "left_out": 0,
        "rate": 10.0,
        "seconds_left": 96,
    }


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (59, "0:59"), (61, "1:01"), (3661, "1:01:01")])
def test_a_duration_is_told_as_clocks_tell_it(seconds, words):
    assert pace._duration(seconds) == words


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    rows = ["pain;wrong" if row in {20, 40} else "pain;" for row in range(1, 61)]
    path.write_text("\n".join(["Blatt;Notiz", *rows, ""]), encoding="utf-8")
    return path


def test_on_a_terminal_a_bar_tells_rate_and_time_left(content: Content, orders, tmp_path, on_a_terminal):
    orders.write_text("Blatt\n" + "pain\n" * 200, encoding="utf-8")
    shown = on_a_terminal(batch_program.main, content.root, orders, tmp_path / "out", "--slow")
    assert shown.code == 0
    bars = [line for line in shown.said.split("\r") if "/200" in line]
    assert any("/s, 0:0" in line and " left" in line for line in bars)
    assert "200/200" in bars[-1]


@pytest.mark.parametrize("columns", [40, 100])
def test_findings_stand_above_the_bar_as_they_are(content: Content, orders, tmp_path, on_a_terminal, columns):
    words = [content.root, orders, tmp_path / "out", "--slow"]
    shown = on_a_terminal(batch_program.main, *words, columns=columns, NO_COLOR="1")
    assert shown.code == 3
    for line in (21, 41):
        # Right after the bar was taken away, at the beginning of a line.
        assert re.search(rf"\x1b\[2K(?:\x1b\[\?25h)?orders\.csv:{line}:0: does not fit\n  hint: shorten", shown.said)
    assert shown.said.rindex("\x1b[?25h") > shown.said.rindex("\x1b[?25l")
    assert "60/60" not in shown.said.split("does not fit")[1]
    assert "58/60" in shown.said

"""Tells how a batch goes: a bar with rate and time left on a terminal, a line every few seconds elsewhere, or events.

Everything but events goes to standard error. Nothing of a person is told.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import click

from merkblatt.batch.run import Event
from merkblatt.cli import terminal
from merkblatt.core.findings import Finding

#: Seconds between two lines where there is no terminal, and between two events of progress.
BETWEEN = 5.0
#: The speed is that of the last so many seconds.
OF_LATE = 20.0
#: So many rows left out are told one by one; all of them stand in the list of those rows.
MOST_TOLD = 20


class Teller:
    """Hears the events of a batch and tells them; a context manager, so that a bar always ends its line.

    Args:
        tell: tells findings to a person.
        quiet: no progress; findings are still told.
        as_json: events on standard output, a line each, instead.
    """

    def __init__(self, tell: Callable[[tuple[Finding, ...]], None], *, quiet: bool, as_json: bool) -> None:
        self._tell, self._json = tell, as_json
        self._quiet = quiet or as_json
        self._bar: terminal.Bar | None = None
        self._last = time.monotonic()
        self._samples: deque[tuple[float, int]] = deque()
        self._told = self._more = 0

    def __enter__(self) -> Teller:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_bar()
        if self._more:
            terminal.say(f"and {self._more:,} rows more were left out")

    def __call__(self, event: Event) -> None:
        """Tells an event."""
        facts = dict(event.facts)
        if event.kind == "done":
            facts |= self._speed(facts)
        if self._json:
            self._as_json(event.kind, facts)
        elif event.kind == "left-out":
            self._left_out(facts["findings"])
        elif not self._quiet:
            self._progress(event.kind, facts)

    def _speed(self, facts: dict[str, Any]) -> dict[str, Any]:
        """How many a second, of late, and how many seconds are left; None where that cannot be told yet."""
        now = time.monotonic()
        self._samples.append((now, facts["made"]))
        while now - self._samples[0][0] > OF_LATE and len(self._samples) > 2:
            self._samples.popleft()
        then, made = self._samples[0]
        rate = (facts["made"] - made) / (now - then) if now - then > 1 else 0
        left = facts["of"] - facts["made"] - facts["before"]
        return {"rate": round(rate, 1) or None, "seconds_left": round(left / rate) if rate else None}

    # --- events -------------------------------------------------------------------------------------------

    def _as_json(self, kind: str, facts: dict[str, Any]) -> None:
        if kind == "looked-at" or (kind == "done" and not self._is_due()):
            return
        if "findings" in facts:
            facts["findings"] = [_plain(finding) for finding in facts["findings"]]
        click.echo(json.dumps({"event": kind, **facts}, ensure_ascii=False))

    # --- for a person ---------------------------------------------------------------------------------------

    def _left_out(self, findings: tuple[Finding, ...]) -> None:
        if self._told >= MOST_TOLD:
            self._more += 1
            return
        self._told += 1
        with terminal.aside(self._bar):
            self._tell(findings)

    def _progress(self, kind: str, facts: dict[str, Any]) -> None:
        if kind == "looked-at" and self._is_due():
            terminal.say(f"looked at {facts['row']:,} rows")
        elif kind == "checked":
            terminal.say(f"checked {facts['rows']:,} rows: {facts['left_out']:,} left out")
        elif kind == "begun":
            self._begin(facts)
        elif kind == "done":
            self._step(facts)
        elif kind == "worker-died":
            with terminal.aside(self._bar):
                terminal.say("a worker died; another goes on")

    def _begin(self, facts: dict[str, Any]) -> None:
        if facts["before"]:
            terminal.say(f"{facts['before']:,} were made before")
        # Without a time left of its own, which would count the time in which workers wake up.
        self._bar = terminal.open_bar(facts["rows"])
        if self._bar:
            self._bar.__enter__()
            self._bar.show(facts["before"], "")

    def _step(self, facts: dict[str, Any]) -> None:
        there = facts["made"] + facts["before"]
        if self._bar:
            self._bar.show(there, _speed_words(facts))
        elif self._is_due() or there == facts["of"]:
            terminal.say(f"{there:,} of {facts['of']:,}  {_speed_words(facts)}".rstrip())

    def _is_due(self) -> bool:
        now = time.monotonic()
        if now - self._last < BETWEEN:
            return False
        self._last = now
        return True

    def _end_bar(self) -> None:
        if self._bar:
            self._bar.__exit__(None, None, None)
            self._bar = None


def _plain(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "path": str(place.path),
        "line": place.line,
        "column": place.column,
        "message": finding.message,
        "hint": finding.hint,
        "code": finding.code,
    }


def _speed_words(facts: dict[str, Any]) -> str:
    if facts["rate"] is None:
        return ""
    return f"{facts['rate']:,}/s, {_duration(facts['seconds_left'])} left"


def _duration(seconds: int) -> str:
    """So many seconds as h:mm:ss or m:ss."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

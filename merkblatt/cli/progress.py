"""Progress on standard error: a bar on a terminal, plain lines elsewhere, nothing where quiet is asked for."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any

import click


class Progress:
    """Counts steps of a known number; a context manager, so that the bar always ends its line."""

    def __init__(self, steps: int, *, quiet: bool) -> None:
        self._steps, self._done = steps, 0
        self._lines = not quiet and not sys.stderr.isatty()
        self._bar: Any = None
        if not quiet and not self._lines:
            colour = False if os.environ.get("NO_COLOR") else None
            self._bar = click.progressbar(
                length=steps, file=sys.stderr, show_pos=True, item_show_func=_shown, color=colour
            )

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.__exit__(kind, error, at)

    def step(self, line: str) -> None:
        """One step is done; `line` says what it was."""
        self._done += 1
        if self._bar:
            self._bar.update(1, line)
        elif self._lines:
            click.echo(f"{self._done}/{self._steps} {line}", err=True)


def _shown(line: str | None) -> str | None:
    return line

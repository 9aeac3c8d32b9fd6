"""Progress on standard error: a bar on a terminal, plain lines elsewhere, nothing where quiet is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

import click

from merkblatt.cli import terminal


class Progress:
    """Counts steps of a known number; a context manager, so that the bar always ends its line."""

    def __init__(self, steps: int, *, quiet: bool) -> None:
        self._steps, self._done, self._quiet = steps, 0, quiet
        self._bar = None if quiet else terminal.open_bar(steps, has_time_left=True)

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
            self._bar.show(self._done, line)
        elif not self._quiet:
            terminal.say(f"{self._done}/{self._steps} {line}")

    def aside(self) -> AbstractContextManager[None]:
        """Makes room for what is printed beside progress."""
        return terminal.aside(self._bar)


def print_paths(paths: Iterable[Path], progress: Progress) -> None:
    """Prints the paths of files that were written, on standard output."""
    lines = [str(path) for path in paths]
    if lines:
        with progress.aside():
            click.echo("\n".join(lines))

"""The terminal: whether there is one, its width, its colours, and the bar on it. The only room that knows rich.

Data goes to standard output, everything else to standard error. Rich decides about colour and width, and so knows
NO_COLOR, FORCE_COLOR and TERM; it is imported where a bar or a colour is shown, since most calls show neither. What is
said is written as it stands: no line is broken, no bracket or colon read as markup.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

#: Columns of the bar itself, where the terminal has room for it and the words behind.
_BAR = 30
#: Seconds between two pictures of a bar.
_BETWEEN = 0.1


def say(line: str = "", *, colour: str | None = None) -> None:
    """Says a line on standard error, in a colour where the terminal takes one; where nobody can hear it, nothing."""
    painted = _paint(line, colour) if colour and _may_have_colour() else line
    with suppress(OSError):
        click.echo(painted, err=True, color=True if painted != line else None)


def is_terminal() -> bool:
    """Whether a person reads standard error as it comes. It may be closed, or none at all."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:
        return False


def _may_have_colour() -> bool:
    return is_terminal() or any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def _paint(line: str, colour: str) -> str:
    from rich.color import ColorSystem
    from rich.console import Console
    from rich.style import Style

    console = Console(stderr=True)
    if console.no_color or console.color_system is None:
        return line
    return Style(color=colour).render(line, color_system=ColorSystem.STANDARD)


def open_bar(total: int, *, has_time_left: bool = False) -> Bar | None:
    """A bar of so many steps; None where there is no terminal, or one that cannot show a bar.

    Args:
        total: how many steps there are.
        has_time_left: whether the bar itself reckons how long the rest takes.
    """
    if not is_terminal():
        return None
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    return Bar(console, total, has_time_left=has_time_left) if console.is_interactive else None


def aside(bar: Bar | None) -> AbstractContextManager[None]:
    """Takes a bar, where there is one, off the terminal while something else is written there."""
    return bar.aside() if bar else nullcontext()


class Bar:
    """A bar with its numbers and a few words, on the last line of the terminal; a context manager, that ends its line.

    Args:
        console: rich's, on standard error.
        total: how many steps there are.
        has_time_left: whether it reckons how long the rest takes.
    """

    def __init__(self, console: Console, total: int, *, has_time_left: bool = False) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
        from rich.table import Column

        self._console = console
        # What there is no room for is cut off the words, never off the numbers.
        bar, rest = Column(width=min(_BAR, console.width // 4)), Column(ratio=1, no_wrap=True)
        self._progress = Progress(
            BarColumn(None, complete_style="bar.finished", table_column=bar),
            MofNCompleteColumn(),
            *((TimeRemainingColumn(compact=True),) if has_time_left else ()),
            TextColumn("{task.description}", markup=False, table_column=rest),
            console=console,
            expand=True,
            auto_refresh=False,  # drawn at each step, so without a thread
            redirect_stdout=False,  # which may be a pipe
            redirect_stderr=False,
        )
        self._total, self._drawn = total, 0.0
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.live.transient = False
        try:
            self._progress.stop()
        finally:
            # Also where Ctrl-C came while the bar was aside.
            self._console.show_cursor(True)

    def show(self, done: int, words: str) -> None:
        """Shows how many steps are done, and words that tell of the last one."""
        now = time.monotonic()
        is_due = now - self._drawn >= _BETWEEN or done >= self._total
        self._progress.update(self._task, completed=done, description=words, refresh=is_due)
        self._drawn = now if is_due else self._drawn

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bar off the terminal while something else is written there."""
        self._progress.live.transient = True
        self._progress.stop()
        yield
        self._progress.start()

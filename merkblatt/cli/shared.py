"""What every command shares: exit codes, how findings are told, the day of printing, the option for own content.

Data goes to standard output, progress to standard error. Exit 0: done; 1: content or data at fault; 2: wrong usage;
3: done in part; 130: stopped by Ctrl-C.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from merkblatt.cli.terminal import say
from merkblatt.core.findings import COMMAND_LINE, Finding, Severity

if TYPE_CHECKING:
    from merkblatt.content.library import Library
    from merkblatt.core.folders import Folders


DONE, AT_FAULT, WRONG_USAGE, IN_PART, STOPPED = 0, 1, 2, 3, 130
#: Findings that a reader must not overlook; notes have none.
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def is_usage(finding: Finding) -> bool:
    """Whether a finding is about how the tool was called."""
    return finding.place == COMMAND_LINE and finding.code in {"unknown-name", "content"}


def tell(findings: Iterable[Finding]) -> None:
    """Tells each finding once, on standard error."""
    for finding in dict.fromkeys(findings):
        first, *rest = str(finding).split("\n")
        say(first, colour=_COLOURS.get(finding.severity))
        for line in rest:
            say(line)


def code_of(faults: Collection[Finding], *, is_any_made: bool) -> int:
    """The exit code of a call that makes several things, by what was wrong with some of them."""
    if faults and not is_any_made:
        return WRONG_USAGE if all(map(is_usage, faults)) else AT_FAULT
    return IN_PART if faults else DONE


def printing_day() -> date:
    """The day of printing; SOURCE_DATE_EPOCH (reproducible-builds.org) sets it for builds that must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch}: must be seconds since 1970, or not set.") from None
    return datetime.now().astimezone().date()


def content_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--leaflets`."""
    return click.option(
        "--leaflets",
        "own",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder of own content; adds to and overrides what comes along. Repeatable.",
    )(command)


def load_content(own: tuple[Path, ...]) -> tuple[Folders, Library]:
    """The folders and all content in them.

    Raises:
        Faulty: with all findings of the content.
    """
    from merkblatt.content.library import load_library
    from merkblatt.core.folders import find_folders

    folders = find_folders(own)
    return folders, load_library(folders.leaflets)

"""A batch as the command line runs it: who works, how it is told, and with which exit code it ends."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from merkblatt.batch.process_pool import ProcessPool, WorkerPool, processors
from merkblatt.batch.run import Contents, Event, Means, Outcome, Wanted, run_batch
from merkblatt.batch.worker import Assignment
from merkblatt.cli.batch_progress import Teller
from merkblatt.cli.shared import AT_FAULT, DONE, IN_PART, STOPPED
from merkblatt.cli.terminal import say
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding


def run_told(
    wanted: Wanted, contents: Contents, tell: Callable[[tuple[Finding, ...]], None], how: Mapping[str, Any]
) -> int:
    """Runs a batch and tells how it goes; gives the exit code.

    Args:
        wanted: what the batch is to do.
        contents: what leaflets are made from.
        tell: tells findings to a person.
        how: `jobs`, `cluster`, `quiet`, `as_json`.
    """
    teller = Teller(tell, quiet=how["quiet"], as_json=how["as_json"])
    try:
        with teller:
            outcome = run_batch(wanted, contents, means(how), teller)
    except KeyboardInterrupt:
        teller(Event("stopped"))
        say(f"stopped; what was finished is whole. To go on: {_again()}")
        return STOPPED
    except Faulty as error:
        if not _can_go_on(error):
            raise
        tell(error.findings)
        say(f"what was finished is whole. When that is mended, go on: {_again()}")
        return AT_FAULT
    _close(wanted, outcome, how)
    return _code(wanted, outcome)


def _can_go_on(error: Faulty) -> bool:
    """Whether a batch that has begun met something that can be mended."""
    return any(finding.code in {"disk", "worker"} for finding in error.findings)


def means(how: Mapping[str, Any]) -> Means:
    """The workers that were asked for."""
    from merkblatt.batch.stamp_work import stamp_rows

    join = partial(_join, how.get("split_leaflets"), how.get("split_mb"))
    return Means(partial(_hire, how["cluster"], how["jobs"]), stamp_rows, join)


def _join(
    most: int | None, megabytes: int | None, leaflets: Iterable[tuple[int, Path]], path: Path
) -> tuple[Path, ...]:
    """Joins a batch into print files; the files and their index."""
    from merkblatt.batch.print_run import PrintFile

    most_bytes = megabytes * 10**6 if megabytes else None
    with PrintFile(path, most_leaflets=most, most_bytes=most_bytes) as printed:
        files = {printed.add(row, (file.read_bytes(),)).path: None for row, file in leaflets}
    return (*files, path.with_suffix(".csv"))


def _hire(cluster: str | None, jobs: int | None, duty: Assignment) -> WorkerPool:
    if cluster is None:
        return ProcessPool(duty, jobs or processors())
    try:
        from merkblatt.batch.dask_pool import DaskPool
    except ImportError:
        message, hint = "--cluster needs the extra merkblatt[cluster]", "pip install 'merkblatt[cluster]'"
        raise Faulty([Finding(COMMAND_LINE, message, hint)]) from None
    return DaskPool(duty, cluster)


def _again() -> str:
    """The command line that goes on."""
    words = ["merkblatt", *sys.argv[1:]]
    return shlex.join(words if "--resume" in words else [*words, "--resume"])


def _close(wanted: Wanted, outcome: Outcome, how: Mapping[str, Any]) -> None:
    """What there is now: paths on standard output, and how many on standard error."""
    if how["as_json"]:
        return
    if not wanted.dry_run and (outcome.made or outcome.before):
        click.echo(str(wanted.out))
    for path in (*outcome.print_files, *filter(None, (outcome.rejected,))):
        click.echo(str(path))
    if not how["quiet"]:
        say(_told(wanted, outcome))


def _told(wanted: Wanted, outcome: Outcome) -> str:
    rejected = f"; mend {outcome.rejected.name} and feed it again" if outcome.rejected else ""
    if wanted.dry_run or (wanted.strict and outcome.left_out and not outcome.rejected):
        return f"{outcome.rows - outcome.left_out:,} of {outcome.rows:,} rows can be printed; nothing was written"
    before = f", {outcome.before:,} before" if outcome.before else ""
    return f"made {outcome.made:,} leaflets{before}; {outcome.left_out:,} rows left out{rejected}"


def _code(wanted: Wanted, outcome: Outcome) -> int:
    if not outcome.left_out:
        return DONE
    stopped = wanted.strict and not outcome.rejected
    return AT_FAULT if stopped or outcome.left_out == outcome.rows else IN_PART

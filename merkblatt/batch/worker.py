"""What a worker process is given once, and what it then does with each chunk of rows. Runs in the worker.

Everything that goes back is a value: findings, never exceptions, so that it can cross to another machine.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.staged_writes import HIDDEN, StagedWrites
from merkblatt.batch.work import Made, Work
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place


@dataclass(frozen=True)
class Task:
    """A row, and the name of the file that it becomes, which may be a person's."""

    row: Row
    name: str = field(repr=False)


@dataclass(frozen=True)
class Assignment:
    """What a worker does for a batch: the work, and the folder that files go into."""

    batch: str
    work: Work
    folder: Path


@dataclass(frozen=True)
class Report:
    """What became of a chunk.

    `done` are rows with their pages; `left_out` rows with what is wrong; `files` what the batch itself must put into
    the folder, since the worker cannot see it; `stop` is what keeps the whole batch from going on. `seconds` is what
    it took.
    """

    done: tuple[tuple[int, int], ...] = ()
    left_out: tuple[tuple[int, tuple[Finding, ...]], ...] = ()
    files: tuple[tuple[str, tuple[bytes, ...]], ...] = ()
    stop: tuple[Finding, ...] = ()
    seconds: float = 0.0


#: By batch; a worker of a cluster may serve two.
_DUTIES: dict[str, Assignment] = {}
#: The layout engine is not safe in threads, and a cluster may give a worker several.
_ONE_AT_A_TIME = threading.Lock()


def take_up(duty: Assignment) -> None:
    """Called in each worker, once."""
    _DUTIES[duty.batch] = duty


def lay_down(batch: str) -> None:
    """The worker forgets a batch."""
    _DUTIES.pop(batch, None)


def perform(batch: str, tasks: tuple[Task, ...]) -> Report:
    """Makes the leaflets of a chunk and puts them into the folder, or hands them back where it cannot see that."""
    with _ONE_AT_A_TIME:
        begun = time.perf_counter()
        try:
            report = _perform(_DUTIES[batch], tasks)
        except Faulty as error:
            return Report(stop=error.findings)
        except (OSError, MemoryError) as error:
            told = getattr(error, "strerror", None) or type(error).__name__
            message, hint = f"a worker cannot go on: {told}", "check memory, disk and open files"
            return Report(stop=(Finding(Place(_DUTIES[batch].folder), message, hint, code="disk"),))
        except Exception as error:
            # Told here, since whoever runs a cluster would log it with all that the chunk holds.
            message = f"a fault of the program: {type(error).__name__} in a worker"
            return Report(stop=(Finding(COMMAND_LINE, message, "report it", code="worker"),))
        return Report(report.done, report.left_out, report.files, seconds=time.perf_counter() - begun)


def _perform(duty: Assignment, tasks: tuple[Task, ...]) -> Report:
    names = {task.row.number: task.name for task in tasks}
    made = duty.work([task.row for task in tasks])
    return _put_away(made, names, duty) if _sees(duty) else _hand_back(made, names)


def _put_away(made: Iterable[Made], names: dict[int, str], duty: Assignment) -> Report:
    done, left_out = [], []
    with StagedWrites(duty.folder) as tray:
        for one in made:
            if one.findings:
                left_out.append((one.row, one.findings))
            else:
                tray.put(names[one.row], one.pieces)
                done.append((one.row, one.pages))
    return Report(tuple(done), tuple(left_out))


def _hand_back(made: Iterable[Made], names: dict[int, str]) -> Report:
    known = list(made)
    good = [one for one in known if not one.findings]
    return Report(
        done=tuple((one.row, one.pages) for one in good),
        left_out=tuple((one.row, one.findings) for one in known if one.findings),
        files=tuple((names[one.row], one.pieces) for one in good),
    )


def mark_folder(folder: Path, batch: str) -> None:
    """Lets workers on other machines know the folder of a batch where they see it."""
    (folder / HIDDEN / "batch").write_text(batch, encoding="ascii")


def _sees(duty: Assignment) -> bool:
    try:
        return (duty.folder / HIDDEN / "batch").read_text(encoding="ascii") == duty.batch
    except (OSError, ValueError):
        return False

"""Runs a batch: looks the list through, has the leaflets made, keeps what is done, goes on where one stopped.

Nothing is lost: a file appears whole or not at all, the journal says which rows are done, and a batch that goes on
makes byte for byte what an undisturbed one would have made. Prints nothing; what happens is told as events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from merkblatt.batch.batch_folder import BatchFolder, begun_day, take_folder
from merkblatt.batch.file_names import DEFAULT, read_template, target
from merkblatt.batch.journal import Begun
from merkblatt.batch.lists.rejects import rejects_name, write_rejects
from merkblatt.batch.lists.rows import Listing, open_list
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.plan import Plan, make_plan
from merkblatt.batch.process_pool import WorkerPool
from merkblatt.batch.scheduler import schedule
from merkblatt.batch.staged_writes import StagedWrites
from merkblatt.batch.work import MakeWork, Setting, lay_out
from merkblatt.batch.worker import Assignment, Report, Task
from merkblatt.content.fingerprint import sum_of_all
from merkblatt.content.library import Library
from merkblatt.content.practice import Sender
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place
from merkblatt.core.folders import Folders
from merkblatt.pdf.engine_versions import require_wanted_versions


@dataclass(frozen=True)
class Wanted:
    """What a batch is to do."""

    orders: str
    out: Path
    today: date
    names: str = DEFAULT
    ignored: tuple[str, ...] = ()
    dry_run: bool = False
    resume: bool = False
    strict: bool = False
    print_file: Path | None = None
    named_title: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened, with its facts: numbers and findings, nothing of a person.

    Kinds: looked-at, checked, left-out, begun, done, worker-died, ended; stopped by whoever stops it.
    """

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Tell = Callable[[Event], None]


@dataclass(frozen=True)
class Outcome:
    """How a batch ended. `made` counts this run, `before` what was there; `rejected` lists the rows left out."""

    rows: int
    made: int = 0
    before: int = 0
    left_out: int = 0
    rejected: Path | None = None
    print_files: tuple[Path, ...] = ()


class PrintFile(Protocol):
    """Joins a batch into one file or several, in the order of the rows; gives their paths.

    Called when all leaflets are there; each comes as the number of its row and the path of its file.
    """

    def __call__(self, leaflets: Iterable[tuple[int, Path]], path: Path) -> tuple[Path, ...]:
        """Writes the print file."""
        ...


@dataclass(frozen=True)
class Means:
    """With what a batch is done: its workers, its work, its print file."""

    hire: Callable[[Assignment], WorkerPool]
    make_work: MakeWork = lay_out
    print_file: PrintFile | None = None


@dataclass(frozen=True)
class Contents:
    """What leaflets are made from."""

    folders: Folders
    library: Library
    sender: Sender | None


def run_batch(wanted: Wanted, contents: Contents, means: Means, tell: Tell) -> Outcome:
    """Runs a batch to its end.

    Raises:
        Faulty: the list, the folder or the disk is at fault; what was finished is whole, and a batch can go on from it.
    """
    require_wanted_versions()
    read_template(wanted.names)
    if wanted.print_file and means.print_file is None:
        raise Faulty([Finding(COMMAND_LINE, "--print-file is not available", "leave it out")])
    common = {"named_title": True} if wanted.named_title else {}
    listing = open_list(open_source(wanted.orders), wanted.ignored, common)
    setting = _setting(wanted, contents, listing)
    plan = make_plan(listing, contents.library, setting, lambda row: tell(Event("looked-at", {"row": row})))
    tell(Event("checked", {"rows": plan.rows, "good": plan.good, "left_out": len(plan.faults)}))
    for row, findings in plan.faults.items():
        tell(Event("left-out", {"row": row, "findings": findings}))
    if wanted.dry_run or (wanted.strict and plan.faults) or not plan.rows:
        return Outcome(plan.rows, left_out=len(plan.faults))
    with take_folder(wanted.out, _begun(wanted, setting), resume=wanted.resume) as desk:
        return _Run(plan, desk, wanted, tell).to_the_end(means, setting)


def _setting(wanted: Wanted, contents: Contents, listing: Listing) -> Setting:
    # A batch that goes on after midnight is still that of the day on which it was begun.
    begun = begun_day(wanted.out) if wanted.resume else None
    today = date.fromisoformat(begun) if begun else wanted.today
    # What travels to the workers holds no list.
    bare = replace(listing, source=replace(listing.source, held=None))
    return Setting(contents.folders, sum_of_all(contents.folders), contents.sender, today, bare)


def _begun(wanted: Wanted, setting: Setting) -> Begun:
    columns = "".join(f" without {name}" for name in wanted.ignored) + " with named titles" * wanted.named_title
    return Begun(
        orders=setting.listing.source.digest + columns,
        content=setting.content,
        practice=setting.sender.sum if setting.sender else "",
        names=wanted.names,
        day=setting.today.isoformat(),
        batch="",
    )


class _Run:
    """A batch under way in its folder."""

    def __init__(self, plan: Plan, desk: BatchFolder, wanted: Wanted, tell: Tell) -> None:
        self._plan, self._desk, self._wanted, self._tell = plan, desk, wanted, tell
        self._faults = dict(plan.faults)
        self._made = self._before = 0

    def to_the_end(self, means: Means, setting: Setting) -> Outcome:
        """Makes what is not made yet."""
        self._before = self._look_around()
        self._write_rejects()
        self._tell(Event("begun", {"rows": self._plan.good, "before": self._before}))
        self._make_all(means, setting)
        self._write_rejects()
        printed = self._print(means.print_file)
        self._tell(Event("ended", {"made": self._made, "before": self._before, "left_out": len(self._faults)}))
        return Outcome(self._plan.rows, self._made, self._before, len(self._faults), self._rejected(), printed)

    def _make_all(self, means: Means, setting: Setting) -> None:
        tasks = (task for task in self._tasks() if not self._is_done(task))
        first = next(tasks, None)
        if first is None:
            return
        work = means.make_work(setting, self._plan.kinds)
        crew = means.hire(Assignment(self._desk.journal.begun.batch, work, self._wanted.out.absolute()))
        with _dismissed(crew):
            orders = self._plan.listing.source.path
            for report in schedule(crew, chain([first], tasks), orders, lambda: self._tell(Event("worker-died"))):
                self._take_in(report)

    def _tasks(self) -> Iterator[Task]:
        name = read_template(self._wanted.names)
        for row in self._plan.good_rows():
            yield Task(row, name(row.number, row.wish))

    def _is_done(self, task: Task) -> bool:
        # A file that is there is whole, even where a kill came between it and its line in the journal.
        return task.row.number in self._desk.journal.done or (not self._desk.fresh and self._desk.holds(task.name))

    def _look_around(self) -> int:
        """How many leaflets are there already; a file of a stranger is never written over."""
        if not self._desk.fresh:
            return sum(1 for task in self._tasks() if self._is_done(task))
        if any(not path.name.startswith(".") for path in self._wanted.out.iterdir()):
            self._refuse_strangers()
        return 0

    def _refuse_strangers(self) -> None:
        rejects = rejects_name(self._plan.listing)
        names = chain(
            [(rejects, "of the list of rows left out")], ((t.name, f"for row {t.row.number}") for t in self._tasks())
        )
        for name, what in names:
            if self._desk.holds(name):
                message = f"holds a file already that has the name of the one {what}"
                raise Faulty([Finding(Place(self._wanted.out), message, "name an empty folder")])

    def _take_in(self, report: Report) -> None:
        """Keeps what became of a chunk."""
        if report.files:
            with StagedWrites(self._wanted.out.absolute()) as tray:
                for name, pieces in report.files:
                    tray.put(name, pieces)
        self._desk.journal.note(row for row, _ in report.done)
        self._made += len(report.done)
        for row, findings in report.left_out:
            self._faults[row] = findings
            self._tell(Event("left-out", {"row": row, "findings": findings}))
        facts = {"made": self._made, "before": self._before, "of": self._plan.good, "left_out": len(self._faults)}
        self._tell(Event("done", facts))
        if report.stop:
            raise Faulty(report.stop)

    def _rejected(self) -> Path | None:
        return self._wanted.out / rejects_name(self._plan.listing) if self._faults else None

    def _write_rejects(self) -> None:
        path = self._rejected()
        if path is None:
            (self._wanted.out / rejects_name(self._plan.listing)).unlink(missing_ok=True)
            return
        rows = self._plan.listing.rows()
        rejects = ((row, self._faults[row.number]) for row in rows if row.number in self._faults)
        with StagedWrites(self._wanted.out.absolute()) as tray:
            tray.put(path.name, (write_rejects(self._plan.listing, rejects),))

    def _print(self, join: PrintFile | None) -> tuple[Path, ...]:
        if self._wanted.print_file is None or join is None:
            return ()
        there = (task for task in self._tasks() if task.row.number not in self._faults)
        return join(((task.row.number, target(self._wanted.out, task.name)) for task in there), self._wanted.print_file)


@contextmanager
def _dismissed(crew: WorkerPool) -> Iterator[None]:
    """Workers end when the batch does: at rest where it is done, at once where it is not."""
    try:
        yield
    except BaseException:
        crew.stop()
        raise
    crew.close()

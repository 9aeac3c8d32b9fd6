"""Hands a batch to its workers chunk by chunk and gives back what became of each, whoever dies meanwhile.

When a worker dies, the chunks that were under way are suspects: they are done again one at a time, and halved where the
worker dies again, until one row is left. A row at which a worker dies twice, alone, is left out.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from pathlib import Path

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.process_pool import WorkerPool
from merkblatt.batch.worker import Report, Task
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place

#: A chunk shall take about so many seconds: short enough to see progress, long enough not to notice the way to it.
CHUNK_SECONDS = 0.5
LARGEST_CHUNK = 500
#: A row at which a worker died so often, alone, is left out.
STRIKES = 2
#: So many deaths without a leaflet between them: it is not the rows. Halving 500 rows to one takes 12 at most.
HOPELESS = 16

Chunk = tuple[Task, ...]


def schedule(
    crew: WorkerPool, tasks: Iterable[Task], orders: Path, on_death: Callable[[], None] = lambda: None
) -> Iterator[Report]:
    """Yields what became of each chunk, in the order in which they are done.

    Args:
        crew: who works.
        tasks: what is to be made.
        orders: the list, for the places of findings.
        on_death: is called when a worker has died.

    Raises:
        Faulty: workers die again and again.
    """
    overseer = _Scheduler(crew, tasks, orders, on_death)
    while overseer.hand_over():
        yield from overseer.gather()


class _Scheduler:
    """What is under way."""

    def __init__(self, crew: WorkerPool, tasks: Iterable[Task], orders: Path, on_death: Callable[[], None]) -> None:
        self._crew, self._tasks, self._orders, self._on_death = crew, iter(tasks), orders, on_death
        self._under_way: dict[Future[Report], Chunk] = {}
        self._suspects: deque[Chunk] = deque()
        self._alone = False
        self._strikes: Counter[int] = Counter()
        self._deaths = 0
        self._seconds_each = 0.0

    def hand_over(self) -> bool:
        """Gives the workers something to do; whether anything is under way."""
        if self._under_way and (self._alone or self._suspects):
            return True  # a suspect has no company
        self._alone = bool(self._suspects)
        if self._alone:
            self._submit(self._suspects.popleft())
            return True
        while len(self._under_way) < 2 * self._crew.width:
            chunk = tuple(islice(self._tasks, self._chunk_size()))
            if not chunk:
                break
            self._submit(chunk)
        return bool(self._under_way)

    def gather(self) -> Iterator[Report]:
        """What became of the chunks that are done; waits for one."""
        # Not for ever, so that Ctrl-C is heard on every system.
        done, _ = wait(self._under_way, timeout=0.2, return_when=FIRST_COMPLETED)
        lost = []
        for future in done:
            chunk = self._under_way.pop(future)
            if self._has_died(future):
                lost.append(chunk)
            else:
                yield self._learn(future.result(), chunk)
        if lost:
            self._on_death()
            if self._crew.renew():
                yield from self._rescue(lost)
            yield from self._suspect(lost)

    def _submit(self, chunk: Chunk) -> None:
        self._under_way[self._crew.submit(chunk)] = chunk

    def _chunk_size(self) -> int:
        if not self._seconds_each:
            return 1
        return max(1, min(LARGEST_CHUNK, int(CHUNK_SECONDS / self._seconds_each)))

    def _has_died(self, future: Future[Report]) -> bool:
        error = future.exception()
        return error is not None and self._crew.has_died(error)

    def _learn(self, report: Report, chunk: Chunk) -> Report:
        each = report.seconds / len(chunk)
        self._seconds_each = 0.7 * self._seconds_each + 0.3 * each if self._seconds_each else each
        self._deaths = 0
        return report

    def _rescue(self, lost: list[Chunk]) -> Iterator[Report]:
        """Of what else was under way, what was done in time; the rest is lost too."""
        for future, chunk in self._under_way.items():
            if future.done() and not future.cancelled() and not self._has_died(future):
                yield self._learn(future.result(), chunk)
            else:
                lost.append(chunk)
        self._under_way.clear()

    def _suspect(self, lost: list[Chunk]) -> Iterator[Report]:
        self._deaths += 1
        if self._deaths > HOPELESS:
            hint = "look for memory that runs out (--jobs 1 takes less); then go on with --resume"
            raise Faulty([Finding(COMMAND_LINE, "workers die again and again", hint, code="worker")])
        if not self._alone:
            self._suspects.extend(lost)
            return
        for chunk in lost:
            if len(chunk) > 1:
                self._suspects.extendleft((chunk[len(chunk) // 2 :], chunk[: len(chunk) // 2]))
            elif self._strike(chunk[0]):
                yield Report(left_out=((chunk[0].row.number, (_deadly(chunk[0].row, self._orders),)),))
            else:
                self._suspects.appendleft(chunk)

    def _strike(self, task: Task) -> bool:
        """Whether a row has had all its chances."""
        self._strikes[task.row.number] += 1
        return self._strikes[task.row.number] >= STRIKES


def _deadly(row: Row, orders: Path) -> Finding:
    message = f"row {row.number}: the worker died {STRIKES} times at it"
    return Finding(Place(orders, row.line, 1), message, "try it alone; it may need more memory", code="worker")

"""Chunks in the hands of workers that die: what each becomes, and that none is done twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from merkblatt.batch import scheduler as room
from merkblatt.batch.lists.rows import Row
from merkblatt.batch.scheduler import schedule
from merkblatt.batch.worker import Report, Task
from merkblatt.core.findings import Faulty

LIST = Path("orders.csv")


class Frail:
    """A crew whose workers die at some rows: always, or a number of times; as a pool, all at once."""

    def __init__(self, deadly: dict[int, int], *, all_lost: bool = True, seconds: float = 0.001) -> None:
        self.width = 2
        self.deadly, self.all_lost, self.seconds = dict(deadly), all_lost, seconds
        self.made: Counter[int] = Counter()
        self.sizes: list[int] = []
        self._broken = False

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        future: Future[Report] = Future()
        rows = [task.row.number for task in tasks]
        self.sizes.append(len(rows))
        fatal = next((row for row in rows if self.deadly.get(row, 0)), None)
        if fatal is not None:
            self.deadly[fatal] -= 1
        if fatal is not None or self._broken:
            self._broken = self.all_lost
            future.set_exception(BrokenExecutor())
        else:
            self.made.update(rows)
            future.set_result(Report(done=tuple((row, 1) for row in rows), seconds=self.seconds * len(rows)))
        return future

    def has_died(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def renew(self) -> bool:
        self._broken = False
        return self.all_lost

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


def tasks(number: int) -> list[Task]:
    return [Task(Row(n, n + 1, {}, None), f"{n}.pdf") for n in range(1, number + 1)]


@pytest.mark.parametrize("all_lost", [True, False])
@pytest.mark.parametrize("deadly", [{}, {1: 99}, {700: 99}, {3: 1, 700: 1}, {5: 99, 6: 99, 1200: 99, 1201: 1}])
def test_every_row_is_made_once_or_left_out(deadly, all_lost):
    crew = Frail(deadly, all_lost=all_lost)
    reports = list(schedule(crew, tasks(1500), LIST))
    left_out = {row for report in reports for row, _ in report.left_out}
    assert left_out == {row for row, times in deadly.items() if times > 1}
    assert crew.made == Counter(row for row in range(1, 1501) if row not in left_out)
    assert sorted(row for report in reports for row, _ in report.done) == sorted(crew.made)


def test_a_row_that_is_left_out_is_told_by_its_place():
    (finding,) = [f for r in schedule(Frail({4: 99}), tasks(9), LIST) for _, found in r.left_out for f in found]
    assert str(finding).split("\n")[0] == "orders.csv:5:1: row 4: the worker died 2 times at it"


def test_where_all_workers_die_it_is_not_the_rows():
    with pytest.raises(Faulty) as caught:
        list(schedule(Frail(dict.fromkeys(range(1, 99), 99)), tasks(98), LIST))
    assert "workers die again and again" in str(caught.value)


def test_deaths_are_told():
    deaths = []
    list(schedule(Frail({3: 1}), tasks(9), LIST, lambda: deaths.append(1)))
    assert len(deaths) == 1


@pytest.mark.parametrize(("seconds", "largest"), [(0.3, 1), (0.01, 50), (0.0001, room.LARGEST_CHUNK)])
def test_a_chunk_takes_about_half_a_second(seconds, largest):
    crew = Frail({}, seconds=seconds)
    list(schedule(crew, tasks(2000), LIST))
    assert crew.sizes[0] == 1
    assert max(crew.sizes) == pytest.approx(largest, abs=1)


class Slow(Frail):
    """A crew that gives its chunks back when it is asked to, the last first; it keeps what is under way."""

    def __init__(self, width: int) -> None:
        super().__init__({})
        self.width = width
        self.under_way: list[tuple[Future[Report], tuple[Task, ...]]] = []
        self.most = 0

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        self.under_way.append((Future(), tasks))
        self.most = max(self.most, len(self.under_way))
        if len(self.under_way) == 2 * self.width:
            future, rows = self.under_way.pop()
            future.set_result(Report(done=tuple((task.row.number, 1) for task in rows), seconds=1.0))
            return future
        return self.under_way[-1][0]


@pytest.mark.parametrize("width", [1, 3])
def test_every_worker_has_one_chunk_in_hand_and_one_waiting(width):
    crew = Slow(width)
    reports = schedule(crew, tasks(50), LIST)
    for _ in range(10):
        next(reports)
    assert crew.most == 2 * width


def test_no_row_is_read_before_it_can_be_handed_over():
    read = []

    def endless() -> Iterator[Task]:
        for task in tasks(10_000):
            read.append(task)
            yield task

    crew = Frail({}, seconds=room.CHUNK_SECONDS)
    next(schedule(crew, endless(), LIST))
    assert len(read) == 2 * crew.width


def test_a_worker_that_died_once_costs_no_row():
    assert [row for report in schedule(Frail({1: 1, 7: 1}), tasks(9), LIST) for row, _ in report.left_out] == []


def test_a_suspect_has_no_company():
    together: list[int] = []

    class Alone(Frail):
        """Counts what is under way when a chunk comes in that was handed over before."""

        def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
            again = [task.row.number for task in tasks if task.row.number in seen]
            seen.update(task.row.number for task in tasks)
            if again:
                together.append(len(tasks))
            return super().submit(tasks)

    seen: set[int] = set()
    crew = Alone({300: 99}, seconds=0.001)
    reports = list(schedule(crew, tasks(600), LIST))
    assert [row for report in reports for row, _ in report.left_out] == [300]
    # Halved until the row is alone, then tried once more.
    assert together.count(1) >= 2


def test_deaths_between_which_leaflets_are_made_are_not_without_hope():
    # Each costs two deaths when it is alone: more than HOPELESS in all, never so many in a row.
    deadly = dict.fromkeys(range(1, 400, 20), 99)
    reports = list(schedule(Frail(deadly), tasks(400), LIST))
    assert {row for report in reports for row, _ in report.left_out} == set(deadly)


def test_a_death_is_told_before_it_is_mended():
    told: list[str] = []

    class Tells(Frail):
        def renew(self) -> bool:
            told.append("renewed")
            return super().renew()

    list(schedule(Tells({3: 1}), tasks(9), LIST, lambda: told.append("died")))
    assert told == ["died", "renewed"]


def test_what_was_done_in_time_when_others_died_is_not_done_again():
    class Two(Frail):
        """Gives a good chunk and a lost one back at once."""

        def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
            future = super().submit(tasks)
            self._broken = False
            return future

    crew = Two({2: 1}, seconds=0.001)
    assert sorted(row for report in schedule(crew, tasks(40), LIST) for row, _ in report.done) == list(range(1, 41))
    assert crew.made == Counter(range(1, 41))


def test_an_error_that_is_no_death_is_not_hidden():
    class Wrong(Frail):
        def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
            future: Future[Report] = Future()
            future.set_exception(KeyError("so"))
            return future

    with pytest.raises(KeyError):
        list(schedule(Wrong({}), tasks(3), LIST))


def test_a_list_without_rows_has_no_reports():
    assert list(schedule(Frail({}), [], LIST)) == []


class Late(Frail):
    """A cluster whose first chunk takes long, and whose second dies meanwhile; it notes what came beside the first."""

    def __init__(self) -> None:
        super().__init__({2: 1}, all_lost=False)
        self.first: Future[Report] | None = None
        self.beside: list[int] = []

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        done = super().submit(tasks)
        if self.first is None:
            self.first = Future()
            threading.Timer(0.3, self.first.set_result, [done.result()]).start()
            return self.first
        if not self.first.done():
            self.beside += (task.row.number for task in tasks)
        return done


def test_what_is_under_way_beside_a_death_is_waited_for_and_a_suspect_is_done_after_it():
    crew = Late()
    reports = list(schedule(crew, tasks(4), LIST))
    assert sorted(row for report in reports for row, _ in report.done) == [1, 2, 3, 4]
    assert crew.made == Counter([1, 2, 3, 4])
    assert crew.beside.count(2) == 1


def test_workers_that_die_without_end_are_given_up_after_so_many_deaths():
    deaths: list[int] = []
    with pytest.raises(Faulty, match="workers die again and again") as caught:
        list(schedule(Frail(dict.fromkeys(range(1, 99), 99)), tasks(98), LIST, lambda: deaths.append(1)))
    assert len(deaths) == room.HOPELESS + 1
    assert caught.value.findings[0].code == "worker"


class Breaks(Frail):
    """A pool whose first chunk dies; of the three beside it one dies, one is cancelled and one is done by then."""

    def __init__(self) -> None:
        super().__init__({})
        self.handed: list[int] = []
        self.waiting: list[Future[Report]] = []

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        self.handed += (task.row.number for task in tasks)
        if len(self.handed) == 1:
            future: Future[Report] = Future()
            future.set_exception(BrokenExecutor())
            return future
        if len(self.handed) <= 4:
            self.waiting.append(Future())
            return self.waiting[-1]
        return super().submit(tasks)

    def renew(self) -> bool:
        dies, ends, done = self.waiting
        dies.set_exception(BrokenExecutor())
        ends.cancel()
        done.set_result(Report(done=((4, 1),), seconds=0.001))
        return True


def test_of_a_broken_pool_only_what_was_not_done_is_done_again():
    crew = Breaks()
    reports = list(schedule(crew, tasks(6), LIST))
    assert sorted(row for report in reports for row, _ in report.done) == [1, 2, 3, 4, 5, 6]
    assert [crew.handed.count(row) for row in (1, 2, 3, 4, 5, 6)] == [2, 2, 2, 1, 1, 1]

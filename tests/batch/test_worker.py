"""What a worker does with a chunk: where files go, and that nothing which goes wrong tells of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import FrozenInstanceError, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.staged_writes import HIDDEN
from merkblatt.batch.work import Made
from merkblatt.batch.worker import Assignment, Report, Task, lay_down, mark_folder, perform, take_up
from merkblatt.core.findings import Faulty, Finding, Place
from tests.batch_works import files

FINDING = Finding(Place(Path("list.csv"), 3, 1), "row 2: does not fit", "shorten the note")


@dataclass
class Works:
    """Makes what it is told to, by the number of the row; fails where it is told an error."""

    made: dict[int, Made] = field(default_factory=dict)
    error: BaseException | None = None
    asked: list[tuple[int, ...]] = field(default_factory=list)

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        self.asked.append(tuple(row.number for row in rows))
        if self.error:
            raise self.error
        yield from (self.made[row.number] for row in rows)


def good_and_bad() -> Works:
    return Works({1: Made(1, (b"%PDF", b" one"), 2), 2: Made(2, findings=(FINDING,)), 3: Made(3, (b"%PDF three",), 4)})


def tasks(*numbers: int) -> tuple[Task, ...]:
    return tuple(Task(Row(number, number + 1, {"name": "Ayşe"}, None), f"Ayşe-{number}.pdf") for number in numbers)


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """The folder of the batch "b"; its worker forgets it afterwards."""
    folder = tmp_path / "out"
    (folder / HIDDEN / "drafts").mkdir(parents=True)
    yield folder
    lay_down("b")


def report(work: Any, out: Path, *numbers: int) -> Report:
    take_up(Assignment("b", work, out))
    return perform("b", tasks(*numbers))


def test_a_chunk_goes_into_the_folder_that_the_worker_sees(out):
    mark_folder(out, "b")
    work = good_and_bad()
    told = report(work, out, 1, 2, 3)
    assert (told.done, told.left_out, told.files, told.stop) == (((1, 2), (3, 4)), ((2, (FINDING,)),), (), ())
    assert files(out) == {"Ayşe-1.pdf": b"%PDF one", "Ayşe-3.pdf": b"%PDF three"}
    assert work.asked == [(1, 2, 3)]
    assert 0 < told.seconds < 60


@pytest.mark.parametrize("marked", [None, "another", "b "])
def test_a_folder_that_is_not_this_batch_s_is_not_written_into(marked, out):
    if marked:
        mark_folder(out, marked)
    told = report(good_and_bad(), out, 1, 2, 3)
    assert (told.done, told.left_out) == (((1, 2), (3, 4)), ((2, (FINDING,)),))
    assert told.files == (("Ayşe-1.pdf", (b"%PDF", b" one")), ("Ayşe-3.pdf", (b"%PDF three",)))
    assert files(out) == {}


def test_a_mark_that_is_no_text_is_another_s(out):
    (out / HIDDEN / "batch").write_bytes(b"\xff")
    assert report(good_and_bad(), out, 1).files


@pytest.mark.parametrize(
    ("error", "told", "code"),
    [
        (OSError(28, "No space left on device"), "a worker cannot go on: No space left on device", "disk"),
        (MemoryError(), "a worker cannot go on: MemoryError", "disk"),
        (OSError("of a library"), "a worker cannot go on: OSError", "disk"),
        (KeyError("Ayşe"), "a fault of the program: KeyError in a worker", "worker"),
        (Faulty([FINDING]), FINDING.message, FINDING.code),
    ],
)
def test_what_goes_wrong_beside_the_rows_stops_the_batch(error, told, code, out):
    found = report(Works(error=error), out, 1)
    assert [(finding.message, finding.code) for finding in found.stop] == [(told, code)]
    assert (found.done, found.left_out, found.files) == ((), (), ())
    assert "Ayşe" not in repr(found)


def test_where_the_disk_is_at_fault_the_folder_is_named(out):
    (finding,) = report(Works(error=OSError(28, "No space left on device")), out, 1).stop
    assert finding.place.path == out


def test_whatever_goes_wrong_in_a_worker_is_told_without_its_rows():
    (finding,) = perform("no such batch", ()).stop
    assert finding.message == "a fault of the program: KeyError in a worker"


def test_a_worker_serves_two_batches_and_forgets_the_one_that_ended(out):
    take_up(Assignment("b", good_and_bad(), out))
    take_up(Assignment("c", Works({1: Made(1, (b"c",), 1)}), out))
    assert [perform(batch, tasks(1)).files[0][1] for batch in ("b", "c")] == [(b"%PDF", b" one"), (b"c",)]
    lay_down("c")
    lay_down("c")
    assert perform("c", tasks(1)).stop
    assert perform("b", tasks(1)).done == ((1, 2),)


def test_logs_of_a_cluster_would_hold_nothing_of_a_person():
    task = Task(Row(1, 2, {"name": "Ayşe", "note": "Weiter so."}, ["pain", "Ayşe", "Keller"]), "Ayşe.pdf")
    assert re.search("Ayşe|Keller|Weiter", repr(task)) is None
    assert "number=1" in repr(task)


def test_what_goes_back_and_what_is_given_cannot_be_changed():
    for value in (Report(), Assignment("b", Works(), Path()), tasks(1)[0]):
        with pytest.raises(FrozenInstanceError):
            setattr(value, "seconds", 1.0)  # noqa: B010  mypy knows that it cannot be

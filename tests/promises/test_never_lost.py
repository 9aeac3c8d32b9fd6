"""Nothing is lost: batches as processes of their own, killed, interrupted, without room, with workers that die."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.run import Means
from merkblatt.batch.work import Made
from merkblatt.cli.main import main
from tests import batch_program
from tests.batch_works import Ended, InHouse, Quick, contents, drafts, files, run
from tests.conftest import ROOT, SMALL, Content
from tests.processes import Branch

ROWS = 200
LIST = "Blatt;Name\n" + "".join(f"pain;Person {n}\n" for n in range(1, ROWS + 1))
#: Seconds after which a test gives up waiting.
PATIENCE = 60


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed batch makes, which depends on the rows alone."""
    folder = tmp_path_factory.mktemp("whole")
    content = Content(folder / "leaflets")
    for name, text in SMALL.items():
        content.write(name, text)
    (folder / "orders.csv").write_text(LIST, encoding="utf-8")
    run(contents(content.root, ROOT), folder / "orders.csv", folder / "out")
    return files(folder / "out")


Start = Callable[..., Branch]


@pytest.fixture
def start(content: Content, orders: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a batch into `out`, as a process with workers, in a group of processes of its own."""
    started: list[Branch] = []

    def begin(*how: str, program: Callable[[], object] = batch_program.main) -> Branch:
        started.append(Branch(program, "merkblatt", content.root, orders, tmp_path / "out", *how))
        return started[-1]

    yield begin
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def go_on(content: Content, orders: Path, tmp_path: Path) -> Callable[[], Ended]:
    """Takes the batch into `out` up again, in this process."""
    return lambda: run(contents(content.root, ROOT), orders, tmp_path / "out", resume=True)


def ended(process: Branch) -> tuple[int, str, str]:
    wait_for(lambda: process.poll() is not None)
    return process.wait(), process.out, process.err


def wait_for(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def wait_until_made(process: Branch, out: Path, least: int) -> None:
    """So many leaflets are there, or the batch has ended."""
    wait_for(lambda: process.poll() is not None or len(list(out.glob("*.pdf"))) >= least)


def wait_until_gone(process: Branch) -> None:
    """Workers end with their batch."""
    wait_for(lambda: group_is_gone(process.pid))


def group_is_gone(group: int) -> bool:
    """Whether no process of a group lives; what waits to be buried by init does not count."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(after[2]) == group and after[0] not in "ZX":
            alive.append(stat)
    return not alive


# --- killed -----------------------------------------------------------------------------------------------


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(start, whole, tmp_path):
    out, chance = tmp_path / "out", random.Random(5)  # noqa: S311  a test that repeats
    for _ in range(4):
        process = start("--slow", "--resume")
        wait_until_made(process, out, len(list(out.glob("*.pdf"))) + chance.randrange(25))
        time.sleep(chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_until_gone(process)
        there = files(out)
        there.pop("rejected.csv", None)
        assert {name: whole[name] for name in there} == there
    code, _, err = ended(start("--resume"))
    assert (code, files(out) == whole) == (0, True)
    made, before = map(int, re.findall(r"made (\d+) leaflets, (\d+) before", err)[0])
    assert (made + before, before >= len(there)) == (ROWS, True)
    assert drafts(out) == []


def test_a_worker_that_is_killed_costs_nothing(start, whole, tmp_path):
    process = start("--slow")
    # At the first file, so that there is a batch left to be disturbed, however busy the machine is.
    wait_until_made(process, tmp_path / "out", 1)
    killed = workers_of(process.pid)
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    code, _, err = ended(process)
    assert killed
    assert (code, files(tmp_path / "out") == whole) == (0, True)
    assert "a worker died; another goes on" in err


def workers_of(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    told = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    return [child for child, command in told.items() if b"spawn_main" in command]


def test_a_row_that_kills_its_worker_is_left_out_and_the_others_are_made(start, orders, tmp_path):
    once = tmp_path / "once"
    lines = orders.read_text(encoding="utf-8").splitlines()
    lines[0] += ";Notiz"
    lines[50] += ";deadly"
    lines[70] += f";deadly once {once}"
    orders.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = ended(start())
    assert code == 3
    assert "row 50: the worker died 2 times at it" in err
    good = {f"{n:04}-pain.pdf" for n in range(1, ROWS + 1) if n != 50}
    assert set(files(tmp_path / "out")) == good | {"rejected.csv"}
    assert once.exists()


def dies_at_the_disk() -> None:
    """The tool, that dies when the first file is to be made safe on the disk."""
    os.fsync = lambda fd: os.kill(os.getpid(), signal.SIGKILL)
    main()


def test_a_build_that_is_killed_in_the_middle_of_a_file_leaves_nothing_for_the_next(tmp_path):
    out = tmp_path / "mine"
    words = ["build", "neck-pain", "--format", "text", "--no-cache", "-q", "-o", out]
    assert Branch(dies_at_the_disk, "merkblatt", *words).wait() == -signal.SIGKILL
    assert len(list(out.iterdir())) == 1
    (out / "a user's.part").touch()
    assert Branch(main, "merkblatt", *words).wait() == 0
    assert sorted(path.name for path in out.iterdir()) == ["a user's.part", "neck-pain.de.txt"]


# --- interrupted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", [0, 3])
def test_ctrl_c_ends_it_at_once_and_says_how_to_go_on(least, start, go_on, whole, tmp_path):
    out = tmp_path / "out"
    process = start("--very-slow")
    wait_for(lambda: (out / ".merkblatt" / "journal.jsonl").exists() and len(list(out.glob("*.pdf"))) >= least)
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = ended(process)
    # The batch would take minutes, which is longer than this test waits.
    assert code == 130
    assert re.search(r"stopped; what was finished is whole\. To go on: merkblatt .* --resume\n", err)
    assert "Traceback" not in err
    wait_until_gone(process)
    assert drafts(out) == []
    assert go_on().outcome.left_out == 0
    assert files(out) == whole


# --- no room, no right, no luck ---------------------------------------------------------------------------


def batch_with_little_room() -> int:
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
    return batch_program.main()


def test_a_disk_that_takes_no_more_is_told_and_nothing_is_lost(start, go_on, whole, orders, tmp_path):
    """A limit on the size of files stands for the full disk: it fails the same write."""
    text = (
        orders.read_text(encoding="utf-8").replace("Name\n", "Name;Notiz\n").replace("Person 90\n", "Person 90;long\n")
    )
    orders.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    code, _, err = ended(start(program=batch_with_little_room))
    assert code == 1
    assert re.search(r"0090-pain\.pdf: cannot be written: File too large", err)
    assert "When that is mended, go on: " in err
    assert "Traceback" not in err
    there = files(out)
    assert {name: whole[name] for name in there} == there
    assert drafts(out) == []
    assert go_on().outcome.left_out == 0
    assert len(files(out)) == ROWS
    assert {name: data for name, data in files(out).items() if name != "0090-pain.pdf"} == {
        name: data for name, data in whole.items() if name != "0090-pain.pdf"
    }


def test_a_folder_that_cannot_be_written_to_is_told(start, tmp_path):
    out = tmp_path / "out"
    if os.geteuid():
        out.mkdir(mode=0o555)
    else:
        # For root, a folder where nothing can be made stands for one without the right to.
        out.symlink_to("/proc/self/fdinfo")
    code, _, err = ended(start())
    assert code == 1
    assert re.search(r"out: cannot be written to: .*\n  hint: check the folder and its rights", err)
    assert "Traceback" not in err


class HoldsStill(Quick):
    """Stops its own process when it has made two leaflets, until it is told to go on."""

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        for made in super().__call__(rows):
            yield made
            if made.row == 2:
                os.kill(os.getpid(), signal.SIGSTOP)


def test_two_batches_into_one_folder_are_refused(start, whole, content, orders, tmp_path):
    out = tmp_path / "out"
    means = Means(InHouse, lambda setting, _: HoldsStill(setting))
    first = start(program=lambda: run(contents(content.root, ROOT), orders, out, means).outcome.left_out)
    _, status = os.waitpid(first.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), first.err
    code, _, err = ended(start("--resume"))
    os.kill(first.pid, signal.SIGCONT)
    assert (code, "another batch is at work in this folder" in err) == (1, True)
    assert first.wait() == 0
    assert files(out) == whole

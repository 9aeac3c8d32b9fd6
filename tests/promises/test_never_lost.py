"""Nothing is lost: batches as programs of their own, killed, interrupted, without room, with workers that die."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch_works import contents, drafts, files, run
from tests.conftest import ROOT, Content

ROWS = 200
#: Seconds after which a test gives up waiting.
PATIENCE = 60


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("Blatt;Name\n" + "".join(f"pain;Person {n}\n" for n in range(1, ROWS + 1)), encoding="utf-8")
    return path


@pytest.fixture
def whole(content: Content, orders: Path, tmp_path: Path) -> dict[str, bytes]:
    """What an undisturbed batch makes."""
    run(contents(content.root, ROOT), orders, tmp_path / "whole")
    return files(tmp_path / "whole")


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(content: Content, orders: Path, tmp_path: Path) -> Start:
    """Starts a batch into `out`, as a program, in a group of processes of its own."""

    def begin(*how: str, limit: int | None = None) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.batch_program", str(content.root), str(orders), str(tmp_path / "out")]
        return subprocess.Popen(
            [*words, *how],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,  # noqa: PLW1509
        )

    return begin


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def wait_for(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def wait_until_made(process: subprocess.Popen[str], out: Path, least: int) -> None:
    """So many leaflets are there, or the batch has ended."""
    wait_for(lambda: process.poll() is not None or len(list(out.glob("*.pdf"))) >= least)


def wait_until_gone(process: subprocess.Popen[str]) -> None:
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
        process.kill()
        process.communicate()
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


#: Dies when the first file is to be made safe on the disk.
DIES_AT_THE_DISK = """
import os, signal
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from merkblatt.cli.main import main
main()
"""


def test_a_build_that_is_killed_in_the_middle_of_a_file_leaves_nothing_for_the_next(content, tmp_path):
    out = tmp_path / "mine"
    words = ["build", "neck-pain", "--format", "text", "--no-cache", "-q", "-o", str(out)]
    killed = subprocess.run([sys.executable, "-c", DIES_AT_THE_DISK, *words], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(out.iterdir())) == 1
    (out / "a user's.part").touch()
    subprocess.run([sys.executable, "generate.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert sorted(path.name for path in out.iterdir()) == ["a user's.part", "neck-pain.de.txt"]


# --- interrupted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", [0, 3])
def test_ctrl_c_ends_it_at_once_and_says_how_to_go_on(least, start, whole, tmp_path):
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
    assert ended(start("--resume"))[0] == 0
    assert files(out) == whole


# --- no room, no right, no luck ---------------------------------------------------------------------------


def test_a_disk_that_takes_no_more_is_told_and_nothing_is_lost(start, whole, orders, tmp_path):
    """A limit on the size of files stands for the full disk: it fails the same write."""
    text = (
        orders.read_text(encoding="utf-8").replace("Name\n", "Name;Notiz\n").replace("Person 90\n", "Person 90;long\n")
    )
    orders.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    code, _, err = ended(start(limit=65536))
    assert code == 1
    assert re.search(r"0090-pain\.pdf: cannot be written: File too large", err)
    assert "When that is mended, go on: " in err
    assert "Traceback" not in err
    there = files(out)
    assert {name: whole[name] for name in there} == there
    assert drafts(out) == []
    assert ended(start("--resume"))[0] == 0
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


def test_two_batches_into_one_folder_are_refused(start, whole, tmp_path):
    out = tmp_path / "out"
    first = start("--slow")
    wait_until_made(first, out, 1)
    # Held still, so that it is at work for as long as the other one asks.
    os.killpg(first.pid, signal.SIGSTOP)
    code, _, err = ended(start("--resume"))
    os.killpg(first.pid, signal.SIGCONT)
    assert (code, "another batch is at work in this folder" in err) == (1, True)
    assert ended(first)[0] == 0
    assert files(out) == whole

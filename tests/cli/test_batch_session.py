"""How a batch ends: its exit code, what it tells, and how it says to go on."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.run import Outcome, Wanted
from merkblatt.cli import batch_session as room
from merkblatt.cli.batch_session import means, run_told
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from tests.batch_works import TODAY

WANTED = Wanted("l.csv", Path("out"), TODAY)
HOW = {"quiet": False, "as_json": False, "jobs": None, "cluster": None}
GOOD = Outcome(rows=5, made=5, before=0, left_out=0)


@pytest.fixture
def end(monkeypatch, capsys):
    """Ends a batch in some way: its exit code, standard output and standard error."""

    def ended(outcome: Outcome | BaseException, wanted: Wanted = WANTED, **how: Any) -> tuple[int, str, str]:
        def run_batch(*_: Any) -> Outcome:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(room, "run_batch", run_batch)
        monkeypatch.setattr(sys, "argv", ["/usr/bin/merkblatt", "batch", "a list.csv", "-o", "out"])
        contents: Any = None
        code = run_told(wanted, contents, lambda findings: print(*findings, file=sys.stderr), {**HOW, **how})
        return (code, *capsys.readouterr())

    return ended


def test_all_made_is_done(end):
    assert end(GOOD) == (0, "out\n", "made 5 leaflets; 0 rows left out\n")
    assert end(replace(GOOD, made=2, before=3)) == (0, "out\n", "made 2 leaflets, 3 before; 0 rows left out\n")


def test_rows_left_out_are_done_in_part_and_none_made_is_at_fault(end):
    rejected = Path("out/rejected.csv")
    told = "; mend rejected.csv and feed it again\n"
    part = replace(GOOD, made=3, left_out=2, rejected=rejected)
    assert end(part) == (3, "out\nout/rejected.csv\n", f"made 3 leaflets; 2 rows left out{told}")
    none = replace(GOOD, made=0, left_out=5, rejected=rejected)
    assert end(none) == (1, "out/rejected.csv\n", f"made 0 leaflets; 5 rows left out{told}")


def test_print_files_are_printed(end):
    files = (Path("all.pdf"), Path("all.csv"))
    assert end(replace(GOOD, print_files=files))[1] == "out\nall.pdf\nall.csv\n"


def test_where_nothing_is_written_it_says_so(end):
    told = "3 of 5 rows can be printed; nothing was written\n"
    part = replace(GOOD, made=0, left_out=2)
    assert end(part, replace(WANTED, dry_run=True)) == (3, "", told)
    assert end(part, replace(WANTED, strict=True)) == (1, "", told)


def test_quiet_prints_paths_alone_and_json_not_even_those(end):
    assert end(GOOD, quiet=True) == (0, "out\n", "")
    assert end(GOOD, as_json=True) == (0, "", "")


def test_who_stops_it_is_told_how_to_go_on(end):
    told = "stopped; what was finished is whole. To go on: merkblatt batch 'a list.csv' -o out --resume\n"
    assert end(KeyboardInterrupt()) == (130, "", told)
    assert end(KeyboardInterrupt(), as_json=True) == (130, '{"event": "stopped"}\n', told)


@pytest.mark.parametrize("code", ["disk", "worker"])
def test_what_can_be_mended_is_told_with_how_to_go_on(end, code):
    exit_code, out, err = end(Faulty([Finding(COMMAND_LINE, "no room", code=code)]))
    assert (exit_code, out) == (1, "")
    assert err.startswith("command line: no room\nwhat was finished is whole. When that is mended, go on: merkblatt ")


def test_what_began_nothing_is_not_to_be_gone_on_with(end):
    with pytest.raises(Faulty, match="no such column"):
        end(Faulty([Finding(COMMAND_LINE, "no such column")]))


def test_leaflets_are_joined_as_it_was_asked_for(monkeypatch, tmp_path):
    asked: dict[str, Any] = {}

    class PrintFile:
        def __init__(self, path: Path, **how: Any) -> None:
            asked.update(how)
            self.path = path

        def __enter__(self) -> PrintFile:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def add(self, row: int, pieces: tuple[bytes, ...]) -> Any:
            part = self.path.with_name(f"all-{row // 3}.pdf")
            return type("Printed", (), {"path": part, "pieces": pieces})

    monkeypatch.setattr("merkblatt.batch.print_run.PrintFile", PrintFile)
    for row in (1, 2, 3):
        (tmp_path / f"{row}.pdf").write_bytes(b"%PDF")
    join = means({**HOW, "split_leaflets": 2, "split_mb": 3}).print_file
    assert join is not None
    made = join(((row, tmp_path / f"{row}.pdf") for row in (1, 2, 3)), tmp_path / "all.pdf")
    assert asked == {"most_leaflets": 2, "most_bytes": 3_000_000}
    assert [path.name for path in made] == ["all-0.pdf", "all-1.pdf", "all.csv"]

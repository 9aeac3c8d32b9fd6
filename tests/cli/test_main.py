"""The tool as a person meets it: its exit codes and its messages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import GOLDEN, ROOT
from tests.processes import PATIENCE, plain_environment, run_anew, run_command

# --- exit codes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["build"],
        ["build", "pain", "--all"],
        ["build", "pian"],
        ["build", "pain", "--edition", "fr"],
        ["build", "pain", "--format", "a3"],
        ["build", "pain", "--weeks", "many"],
        ["build", "pain", "--weeks", "-1"],
        ["build", "pain", "--weeks", "5201"],
        ["build", "pain", "--with", "none"],
        ["build", "pain", "--without", "cold"],
        ["build", "pain", "--circumstance", "tension"],
        ["build", "pain", "--circumstance", "tension=maybe"],
        ["build", "pain", "--circumstance", "tense=yes"],
        ["build", "pain", "--practice", "none.yaml"],
        ["build", "pain", "--date", "23.11.2026"],
        ["build", "pain", "--max-pages", "0"],
        ["build", "pain", "--name", ""],
        ["build", "pain", "--nonsense"],
        ["new"],
        ["new", "sheet", "Größe"],
        ["new", "sheet", "../x"],
        ["new", "module", "x"],
        ["new", "module", "x", "--claim", "9-z"],
        ["new", "module", "x", "--claim", "1-a", "--section", "none"],
        ["schema", "none"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run, small_program, words):
    ran = run(*words, *(["--html"] if words[:1] == ["build"] else []))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["build", "pain", "--with", "cold"],
        ["build", "pain", "--order", "none.yaml"],
        ["build", "pain", "--order", "leaflets"],
        ["build", "pain", "--order", "leaflets/claims.yaml"],
        ["build", "pain", "--practice", "leaflets/claims.yaml"],
        ["build", "pain", "-o", "file/out"],
        ["build", "pain", "-o", "file"],
        ["build", "pain", "--leaflets", "file"],
        ["check", "--leaflets", "none"],
        ["list", "--leaflets", "none"],
        ["new", "module", "warmth", "--claim", "1-a"],
    ],
    ids=" ".join,
)
def test_content_or_data_at_fault_ends_with_1(run, small_program, words):
    Path("file").write_text("kept")
    ran = run(*words, *(["--html"] if words[:1] == ["build"] else []))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert "fault of the program" not in ran.err
    assert Path("file").read_text() == "kept"


def test_a_fault_of_the_program_is_told_without_traceback_and_without_values(run, small_program, monkeypatch):
    def break_down(*_, **__):
        raise RuntimeError("Erika Muster")

    monkeypatch.setattr("merkblatt.build.build._build_one", break_down)
    ran = run("build", "pain", "--name", "Erika Muster")
    assert ran.code == 1
    assert "Erika" not in ran.err
    assert "merkblatt: a fault of the program: RuntimeError in test_main.py:" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("MERKBLATT_DEBUG", "1")
    assert "Traceback" in run("build", "pain").err


def test_who_stops_it_is_told_what_is_whole(run, small_program, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("merkblatt.build.build._build_one", stop)
    ran = run("build", "pain")
    assert ran.code == 130
    assert "stopped; what was finished is whole" in ran.err


# --- as a process ---------------------------------------------------------------------------------------------


def test_a_process_builds_a_pdf_and_prints_its_path(process, tmp_path):
    ran = process("build", "pain", "--leaflets", "own", "-o", "mine", "--name", "Erika Muster")
    assert ran.stderr.startswith("1/1 pain.de.a4.pdf: ")
    assert (ran.returncode, ran.stdout) == (0, f"mine{os.sep}pain.de.a4.pdf\n")
    assert "Erika" not in ran.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["pain.de.a4.pdf"]


def test_a_process_ends_with_the_agreed_codes(process):
    assert process("build", "pain", "--leaflets", "own", "--html", "-q").returncode == 0
    ran = process("build", "pain", "--leaflets", "none")
    assert (ran.returncode, ran.stdout, ran.stderr.split("\n")[0]) == (1, "", "none: is not a folder")
    ran = process("build", "pian", "--leaflets", "own", "-q")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert 'command line: unknown sheet "pian"\n  hint: did you mean "pain"?' in ran.stderr


@pytest.mark.parametrize("words", [["--version"], ["list"], ["build", "pian"]], ids=" ".join)
def test_the_package_itself_is_the_command_line(words, tmp_path):
    as_file = run_anew(*words, cwd=tmp_path)
    as_package = run_command([sys.executable, "-m", "merkblatt", *words], tmp_path, {"PYTHONPATH": str(ROOT)})
    assert (as_package.returncode, as_package.stdout) == (as_file.returncode, as_file.stdout)
    assert as_package.stderr == as_file.stderr


@pytest.fixture(scope="module", name="listing")
def _listing(tmp_path_factory):
    """Starts a list that was made before; where its standard output goes, a shell's word tells, or a file."""
    surroundings = plain_environment() | {"MERKBLATT_CACHE": str(tmp_path_factory.mktemp("kept"))}

    def start(where: str = "", stdout: int | None = None) -> subprocess.CompletedProcess[str]:
        command = ["sh", "-c", f"{sys.executable} {ROOT / 'generate.py'} list {where}"]
        return subprocess.run(
            command, env=surroundings, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
        )

    assert start(">/dev/null").returncode == 0
    return start


def test_a_process_whose_output_nobody_reads_ends_quietly(listing):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = listing(stdout=writer)
    finally:
        os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_process_whose_output_is_closed_ends_well(listing):
    ran = listing(">&-")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_process_whose_output_cannot_be_written_does_not_end_well(listing):
    ran = listing(">/dev/full")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr


# --- messages that a reader can judge -------------------------------------------------------------------------

CASES = [
    "accent-too-pale",
    "anchors",
    "colon-in-text",
    "contradiction",
    "edition-labels",
    "ids-twice",
    "missing-text",
    "names-that-lead-nowhere",
    "order-with-a-person",
    "review-due",
    "second-document",
    "sheet-unknown",
    "tabs",
    "unknown-keys",
    "unwritten",
    "without-what-is-not-there",
    "wrong-types",
]


def read_case(text: str) -> tuple[dict[str, str], list[str]]:
    """The files and the call of a golden: `=== NAME` begins a file, `$ WORDS` is the call."""
    before = text.split("\n$ ", 1)[0]
    call = text.split("\n$ ", 1)[1].split("\n", 1)[0]
    files = dict(part.split("\n", 1) for part in before.split("=== ")[1:])
    return files, call.split()


@pytest.mark.parametrize("case", CASES)
def test_a_message_reads_as_it_should(run, small_program, golden, case):
    name = f"errors/{case}.txt"
    assert (GOLDEN / name).is_file(), f"{name} is missing"
    text = (GOLDEN / name).read_text(encoding="utf-8")
    files, words = read_case(text)
    for path, held in files.items():
        small_program.write(path.removeprefix("leaflets/") if path.startswith("leaflets/") else f"../{path}", held)
    ran = run(*words)
    golden(name, f"{text.split('$ ', 1)[0]}$ {' '.join(words)}\n{ran.out}{ran.err}exit {ran.code}\n")


def test_every_golden_of_a_message_is_tried():
    assert sorted(path.stem for path in (GOLDEN / "errors").glob("*.txt")) == CASES

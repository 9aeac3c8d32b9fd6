"""Proves that what the package hands on is what docs/library.md tells: it runs, it is typed, and it costs nothing."""

from __future__ import annotations

import ast
import doctest
import importlib
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import merkblatt
from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "library.md"

#: A small program as a user may write it.
PROGRAM = """\
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import merkblatt
from merkblatt import Built, Dose, Faulty, Finding, Job, Library, Order, Wishes, build, find_folders, load_library


def jobs(library: Library, weeks: int | None) -> Iterator[Job]:
    for sheet in sorted(library.sheets):
        order = Order(sheet=sheet, weeks=weeks, exercises={"bridge": Dose(repeat="5")})
        yield Job(order, sender=None, today=date(2026, 11, 23))


def make(out: Path) -> tuple[Finding, ...]:
    try:
        folders = find_folders()
        library = load_library(folders.leaflets)
    except Faulty as fault:
        return fault.findings
    made: list[Built] = list(build(jobs(library, 14), library, folders, out, Wishes(variant="ua2")))
    print(merkblatt.__version__.upper(), [path.name for built in made for path in built.paths])
    return tuple(finding for built in made for finding in built.findings)
"""
#: What is wrong, and the right words in whose place it stands.
WRONG = {
    'weeks="fourteen"': "weeks=weeks",
    "[14]": "jobs(library, 14)",
    'variant="ua3"': 'variant="ua2"',
    "Nothing, Order": "Order",
    "built.leaves": "built.paths",
}


def run_python(*words: object, cwd: Path, path: Path | None = ROOT) -> str:
    """What Python says, on both streams; the package is found in the source tree, or nowhere."""
    environment = {"PYTHONPATH": str(path)} if path else {}
    call = [sys.executable, *map(str, words)]
    done = subprocess.run(call, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "path", [GUIDE, ROOT / "README.md", ROOT / "merkblatt" / "__init__.py"], ids=lambda path: path.name
)
def test_each_example_does_what_stands_below_it(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")
    examples = text if path.suffix == ".md" else ast.get_docstring(ast.parse(text)) or ""
    test = doctest.DocTestParser().get_doctest(examples, {}, path.name, str(path), 0)
    said: list[str] = []
    ran = doctest.DocTestRunner().run(test, out=said.append)
    assert ran.attempted >= 7
    assert said == []


def test_the_guide_tells_each_public_name_and_no_other():
    rows = [line.split("|")[1] for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in row.replace("(", "`").replace("→", "`").split("`") if name.isidentifier()}
    assert told | {"build"} == set(merkblatt.__all__)


def test_a_type_checker_sees_what_a_program_gets():
    tree = ast.parse((ROOT / "merkblatt" / "__init__.py").read_text(encoding="utf-8"))
    (typed,) = (part for part in tree.body if isinstance(part, ast.If) and isinstance(part.test, ast.Name))
    seen = {name.name: line.module for line in typed.body if isinstance(line, ast.ImportFrom) for name in line.names}
    assert sorted(seen) == sorted(merkblatt.__all__)
    assert set(merkblatt.__all__) <= set(dir(merkblatt))
    for name, module in seen.items():
        if name != "build":
            assert getattr(merkblatt, name) is getattr(importlib.import_module(str(module)), name)


def test_an_unknown_name_is_told_as_python_tells_it():
    with pytest.raises(AttributeError, match="'merkblatt' has no attribute 'nothing'"):
        merkblatt.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_package_imports_no_part_of_it(tmp_path):
    program = "import sys, merkblatt; print([name for name in sys.modules if name.startswith('merkblatt')])"
    assert run_python("-c", program, cwd=tmp_path) == "['merkblatt']\n"


@pytest.mark.parametrize("first", ["from merkblatt import build", "import merkblatt.build.job"])
def test_the_folder_of_that_name_does_not_take_the_functions_place(first, tmp_path):
    program = f"{first}\nimport merkblatt.build.build as room\nfrom merkblatt import build\n"
    program += "print(next(build([], None, None, None), 'nothing to do'), room.Job.__name__)"
    assert run_python("-c", program, cwd=tmp_path) == "nothing to do Job\n"


@pytest.fixture(scope="module", name="typed")
def _typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment in which the package is installed, as a type checker sees that."""
    folder = tmp_path_factory.mktemp("typed")
    venv.create(folder / "venv", symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
    (site / "merkblatt").symlink_to(ROOT / "merkblatt")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def judged(folder: Path, *programs: str) -> str:
    """What mypy says of programs, in strict mode and by no configuration of ours."""
    paths = [folder / f"program_{number}.py" for number, _ in enumerate(programs)]
    for path, program in zip(paths, programs, strict=True):
        path.write_text(program, encoding="utf-8")
    options = ["--config-file=", "--python-executable", folder / "venv" / "bin" / "python", "--cache-dir", folder]
    return run_python("-m", "mypy", "--strict", *options, *paths, cwd=folder, path=None)


@pytest.mark.slow
def test_a_small_program_is_typed_and_each_wrong_use_of_it_is_caught(typed):
    planted = [PROGRAM.replace(right, wrong, 1) for wrong, right in WRONG.items()]
    told = judged(typed, PROGRAM, *planted)
    assert "program_0.py" not in told, told
    for number, wrong in enumerate(WRONG, 1):
        assert f"program_{number}.py:" in told, wrong
    assert f"Found {len(WRONG)} errors in {len(WRONG)} files (checked {len(WRONG) + 1} source files)" in told

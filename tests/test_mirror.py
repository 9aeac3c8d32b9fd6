"""Tests mirror the program: each of its files has a test file at the same path, or a reason in the list below."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM, TESTS = ROOT / "merkblatt", ROOT / "tests"

#: Files that have no test file of their own, and where they are tested instead.
REASONS: dict[str, str] = {
    "__init__.py": "hands on what stands elsewhere; test_api.py asks it for each name",
    "build/__init__.py": "can be called as its function is; test_api.py calls it",
    "core/version.py": "holds the version alone; promises/test_wheel.py and test_release.py compare it",
}

#: Folders of tests that mirror no folder: what they prove goes through all rooms.
ACROSS = ("promises",)
#: Test files in a mirrored folder that span several rooms of it.
SPANNING: dict[str, str] = {
    "page/test_plan_tables.py": "tables of exercises, from the sheet to the PDF's structure",
    "page/test_visit.py": "what a leaflet says of a visit, from the order to the page",
    "test_api.py": "the package as a library: what `merkblatt` hands on",
    "test_conftest.py": "what the tests themselves share",
    "test_contracts.py": "the order of the folders",
    "test_mirror.py": "the tests themselves",
    "test_release.py": "the job `./run release`",
    "test_sizes.py": "how long files and functions are",
}


def expected(path: str) -> str:
    """The test file of a file of the program: `batch/journal.py` -> `batch/test_journal.py`.

    `_x.py` is tested as `x.py` would be; what a folder's `__init__.py` does itself, in a file named as the folder.
    """
    file = PurePosixPath(path)
    name = file.parent.name if file.stem == "__init__" else file.stem.lstrip("_")
    return file.with_name(f"test_{name}.py").as_posix()


def problems(
    program: Collection[str], tests: Collection[str], reasons: Mapping[str, str], spanning: Mapping[str, str]
) -> list[str]:
    """What of the mirror is broken.

    Args:
        program: the files that are to be tested, as paths below `merkblatt/`.
        tests: the test files in mirrored folders, as paths below `tests/`.
        reasons: by file of the program, why it has none.
        spanning: by test file that mirrors no file of the program, what it is about.
    """
    mirrored = {expected(path): path for path in program}
    return [
        *_doubles(program, mirrored.values(), reasons),
        *_unfounded(reasons, program, tests),
        *(
            f"{path} has no {name}, and no reason stands in REASONS"
            for name, path in mirrored.items()
            if name not in tests and path not in reasons
        ),
        *(
            f"{name} mirrors no file and does not stand in SPANNING"
            for name in tests
            if name not in mirrored and name not in spanning
        ),
        *(f"{name} stands in SPANNING and is not there" for name in spanning if name not in tests),
        *(f"{name} stands in SPANNING and mirrors {mirrored[name]}" for name in spanning if name in mirrored),
    ]


def _doubles(program: Collection[str], mirrored: Collection[str], reasons: Collection[str]) -> Iterator[str]:
    for path in program:
        if path not in mirrored and path not in reasons:
            yield f"{path} shares {expected(path)} with another file"


def _unfounded(reasons: Mapping[str, str], program: Collection[str], tests: Collection[str]) -> Iterator[str]:
    for path, why in reasons.items():
        if path not in program:
            yield f"{path} stands in REASONS and is not there"
        elif expected(path) in tests and not path.endswith("__init__.py"):
            yield f"{path} stands in REASONS and has {expected(path)}"
        elif not why:
            yield f"{path} stands in REASONS without one"


def _program_files() -> list[str]:
    """The files that are to be tested: all but `__main__.py`, and an `__init__.py` that only hands on."""
    return sorted(path.relative_to(PROGRAM).as_posix() for path in PROGRAM.rglob("*.py") if _does_something(path))


def _does_something(path: Path) -> bool:
    if path.name != "__init__.py":
        return path.name != "__main__.py"
    parts = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return any(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for part in parts)


def _test_files() -> list[str]:
    found = sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))
    return [path.as_posix() for path in found if path.parts[0] not in ACROSS]


def test_each_file_has_its_test_file_or_a_reason():
    assert problems(_program_files(), _test_files(), REASONS, SPANNING) == []


def test_the_files_are_found():
    """A mirror of nothing is whole: this one holds the files that it is about."""
    program, tests = _program_files(), _test_files()
    assert {"batch/journal.py", "batch/lists/rows.py", "figures/__init__.py", "core/cache.py"} <= set(program)
    assert {"batch/lists/test_rows.py", "core/test_cache.py", "test_mirror.py"} <= set(tests)
    assert not {"__main__.py", "core/__init__.py", "content/model/__init__.py"} & set(program)
    assert not [name for name in tests if name.startswith("promises")]


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({}, []),
        ({"program": ["batch/new.py"]}, ["batch/new.py has no batch/test_new.py, and no reason stands in REASONS"]),
        ({"program": ["pdf/_ids.py"]}, ["pdf/_ids.py has no pdf/test_ids.py, and no reason stands in REASONS"]),
        ({"program": ["pdf/_ids.py"], "tests": ["pdf/test_ids.py"]}, []),
        ({"program": ["pdf/_form.py"]}, ["pdf/form.py shares pdf/test_form.py with another file"]),
        ({"program": ["batch/new.py"], "reasons": {"batch/new.py": "is tried by batch/test_run.py"}}, []),
        (
            {"program": ["batch/new.py"], "reasons": {"batch/new.py": ""}},
            ["batch/new.py stands in REASONS without one"],
        ),
        ({"reasons": {"batch/gone.py": "so"}}, ["batch/gone.py stands in REASONS and is not there"]),
        ({"reasons": {"pdf/form.py": "so"}}, ["pdf/form.py stands in REASONS and has pdf/test_form.py"]),
        ({"tests": ["pdf/test_all.py"]}, ["pdf/test_all.py mirrors no file and does not stand in SPANNING"]),
        ({"tests": ["pdf/test_all.py"], "spanning": {"pdf/test_all.py": "all rooms"}}, []),
        ({"spanning": {"pdf/test_all.py": "all rooms"}}, ["pdf/test_all.py stands in SPANNING and is not there"]),
        ({"spanning": {"pdf/test_form.py": "so"}}, ["pdf/test_form.py stands in SPANNING and mirrors pdf/form.py"]),
    ],
)
def test_what_breaks_the_mirror_is_told(planted, told):
    program = ["pdf/form.py", "figures/__init__.py", *planted.get("program", [])]
    tests = ["pdf/test_form.py", "figures/test_figures.py", *planted.get("tests", [])]
    assert problems(program, tests, planted.get("reasons", {}), planted.get("spanning", {})) == told


def test_a_file_planted_in_the_program_is_found():
    found = problems([*_program_files(), "tailoring/planted.py"], _test_files(), REASONS, SPANNING)
    assert found == ["tailoring/planted.py has no tailoring/test_planted.py, and no reason stands in REASONS"]

"""Proves that each contract of import-linter catches a planted import, and passes the program as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}

#: What is planted: the contract that breaks, what is told of it, and the lines that each file gets; some are new.
PLANTED = {
    "upward": ("floors", "merkblatt.core.folders -> merkblatt.content.library", {
        "core/folders.py": "from merkblatt.content.library import Library",
    }),
    "upward, for types alone": ("floors", "merkblatt.page.planted -> merkblatt.outputs.produce", {
        "page/planted.py": "if TYPE_CHECKING:\n    from merkblatt.outputs.produce import Wishes",
    }),
    "upward, where a function runs": ("floors", "merkblatt.build.planted -> merkblatt.cli.app", {
        "build/planted.py": "def late():\n    import merkblatt.cli.app",
    }),
    "upward, by way of the public names": ("floors", "merkblatt.core.planted -> merkblatt", {
        "core/planted.py": "from merkblatt import build",
    }),
    "a neighbour": ("floors", "merkblatt.figures.planted -> merkblatt.pdf.xmp", {
        "figures/planted.py": "import merkblatt.pdf.xmp",
    }),
    "a new folder on no floor": ("floors", "merkblatt.planted", {
        "planted/__init__.py": "",
    }),
    "a circle in a folder": ("circles", "- .second -> .first", {
        "core/first.py": "import merkblatt.core.second",
        "core/second.py": "import merkblatt.core.first",
    }),
    "a circle in a folder within a folder": ("circles", "No cycles are allowed in merkblatt.batch.lists.", {
        "batch/lists/first.py": "import merkblatt.batch.lists.second",
        "batch/lists/second.py": "import merkblatt.batch.lists.first",
    }),
    "a private file from outside": ("private", "merkblatt.cli.planted -> merkblatt.batch._planted", {
        "batch/_planted.py": "",
        "cli/planted.py": "import merkblatt.batch._planted",
    }),
}  # fmt: skip


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """A folder that holds the program's code and the contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "merkblatt", tmp_path / "merkblatt", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def lint_imports(folder: Path, *options: str) -> tuple[int, str]:
    call = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo", *options]
    # Rich breaks lines at the width of the terminal.
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_the_program_as_it_is_keeps_each_contract(copy):
    code, told = lint_imports(copy)
    assert code == 0, told
    assert [name for name in NAMES.values() if f"{name} KEPT\n" not in told] == []


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_import_breaks_its_contract(copy, what):
    contract, culprit, lines = PLANTED[what]
    for name, text in lines.items():
        path = copy / "merkblatt" / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")
    code, told = lint_imports(copy, "--contract", contract)
    assert code == 1
    assert f"{NAMES[contract]} BROKEN\n" in told
    assert culprit in told


def test_each_contract_is_tried():
    assert {contract for contract, *_ in PLANTED.values()} == set(NAMES)

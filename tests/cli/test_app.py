"""The command that all others are part of: help and version are data, and each other one is imported when called."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from merkblatt.cli.app import STANDS_IN, cli
from tests.conftest import ROOT


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["build", "--help"], ["new", "module", "--help"], ["--version"]])
def test_help_is_data_and_ends_with_0(run, words):
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_every_command_is_known_by_the_file_in_which_it_stands():
    """Each file that adds a command is named, and no command is forgotten."""
    folder = ROOT / "merkblatt" / "cli"
    adding = {path.stem for path in folder.glob("*.py") if "@cli." in path.read_text(encoding="utf-8")}
    assert set(STANDS_IN.values()) == adding
    for file in adding:
        import_module(f"merkblatt.cli.{file}")
    assert set(cli.commands) == set(STANDS_IN)
    assert {name for name, command in cli.commands.items() if not _stands_in(command, STANDS_IN[name])} == set()


def _stands_in(command: click.Command, file: str) -> bool:
    if isinstance(command, click.Group):
        return all(_stands_in(inner, file) for inner in command.commands.values())
    return command.callback is not None and command.callback.__module__ == f"merkblatt.cli.{file}"


def test_a_command_waits_for_no_other():
    program = """
import sys
from merkblatt.cli.app import cli
cli(["bind", "--help"], standalone_mode=False)
print(*(name for name in sys.modules if name.startswith("merkblatt.cli.")))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    assert "merkblatt.cli.bind" in imported
    assert not imported & {f"merkblatt.cli.{name}" for name in ("author", "batch", "build", "gallery", "preview")}


def test_a_misspelt_command_is_told_with_the_nearest(run):
    assert "'build'" in run("buidl").err

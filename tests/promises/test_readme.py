"""What the README and the guide show can be typed as it stands there."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.pressed import ROOT
from tests.processes import run

#: Guides, and how a command of ours begins in each.
GUIDES = ("README.md", "docs/anleitung.md")
SHOWN = re.compile(r"^ {4}\./run merkblatt (build .*?)(?: +#.*)?$", re.MULTILINE)
COMMANDS = [
    command
    for guide in GUIDES
    for command in SHOWN.findall(re.sub(r" \\\n +", " ", (ROOT / guide).read_text(encoding="utf-8")))
    # What asks for a file of the reader's own, or for everything, is tried elsewhere.
    if not re.search(r"\.yaml|--all", command)
]


def test_both_guides_show_commands() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_what_the_guide_shows(command, tmp_path):
    done = run(*shlex.split(command), "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()

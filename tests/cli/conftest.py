"""What tests of the command line share: the tool as a process, also on a terminal."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import termios
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SMALL, Content
from tests.processes import Branch, run


@pytest.fixture
def process(tmp_path):
    """Runs the tool as a person does, in a process, with a folder of their own that holds the small sheet."""
    own = Content(tmp_path / "own")
    for name in ("modules/moving.yaml", "modules/flags.yaml", "exercises/turn.yaml", "links.yaml", "sources.yaml"):
        own.write(name, SMALL[name].replace("1-a", "9-a").replace("1-b", "9-b"))
    own.write("claims.yaml", "source: book\nclaims:\n- {id: 9-a, topics: [neck], fact: Moving helps}\n")
    own.write(
        "sheets/pain.yaml",
        SMALL["sheets/pain.yaml"]
        .replace(", warmth", "")
        .replace("- {section: longer, modules: [later]}\n", "")
        .replace("1-a", "9-a"),
    )

    def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return run(*words, cwd=tmp_path, **environment)

    return start


@pytest.fixture
def on_a_terminal(tmp_path: Path) -> Callable[..., Shown]:
    """Runs a program whose standard error is a terminal; what is said there, and on standard output, which is none."""

    def start(program: Callable[[], object], *words: object, columns: int = 80, **environment: str) -> Shown:
        reader, writer = os.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with os.fdopen(writer, "wb") as terminal:
            surroundings = {"TERM": "xterm"} | environment
            branch = Branch(program, program.__module__, *words, cwd=tmp_path, terminal=terminal, **surroundings)
        said = _all_of(reader)
        return Shown(branch.wait(), branch.out, said)

    return start


@dataclass(frozen=True)
class Shown:
    """What a program gave back: its exit code, its standard output, and all that its terminal was told."""

    code: int
    out: str
    said: str


def _all_of(reader: int) -> str:
    said = b""
    try:
        while piece := os.read(reader, 4096):
            said += piece
    except OSError:
        pass  # Linux says so where the other end is closed
    finally:
        os.close(reader)
    return said.decode().replace("\r\n", "\n")

"""Runs the tool in a process of its own: a branch of this one, or, where the start itself is proved, one begun anew.

A branch (`os.fork`) has all that is imported here, which takes longer than most of what a test asks for, and nothing
of what it does comes back. What a process reads as it starts (its seed for hashes, the system's fonts, its own folder)
is another only in one that is begun anew.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from multiprocessing import resource_tracker
from pathlib import Path
from types import ModuleType
from typing import IO, Any, NoReturn

from merkblatt.cli.app import STANDS_IN
from merkblatt.cli.main import main
from merkblatt.page.layout import wake_engine

ROOT = Path(__file__).resolve().parents[1]
#: The day of printing (tests.pressed.TODAY) at noon, UTC.
SOURCE_DATE = 1795435200
#: Java that runs for seconds: it takes half the time where it does not stop to make itself quick for hours.
BRIEF_JAVA = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
#: Seconds after which a process is taken for hung.
PATIENCE = 120


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the tool in a branch of this process, with an environment that says as little as possible."""
    _import_the_tool()
    words = [str(ROOT / "generate.py"), *map(str, arguments)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _become_the_tool(words, cwd, plain_environment() | environment, out, err)
        _, status = os.waitpid(child, 0)
        said = [file.read().decode("utf-8") for file in (out, err) if not file.seek(0)]
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGALRM:
        raise subprocess.TimeoutExpired(words, PATIENCE, *said)
    return subprocess.CompletedProcess(words, code, *said)


class Branch:
    """A program at work in a branch of this process, in a group of processes of its own; `subprocess.Popen` in small.

    Args:
        program: what runs there; what it gives back is the exit code, as for `sys.exit`.
        words: its command line, as `sys.argv` has it.
        cwd: its working folder.
        terminal: a pseudo-terminal that its standard error is.
        environment: what its environment says, beside as little as possible.
    """

    def __init__(
        self,
        program: Callable[[], object],
        *words: object,
        cwd: Path = ROOT,
        terminal: IO[Any] | None = None,
        **environment: str,
    ) -> None:
        _import_the_tool()
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        self._code: int | None = None
        self._said: tuple[str, str] | None = None
        self.pid = os.fork()
        if not self.pid:
            os.setsid()
            told = plain_environment() | environment
            err = terminal or self._err
            _become_the_tool(
                list(map(str, words)), cwd, told, self._out, err, program=lambda: _as_in_an_interpreter(program)
            )

    def poll(self) -> int | None:
        """Its exit code, None as long as it runs."""
        return self._look(os.WNOHANG)

    def wait(self) -> int:
        """Its exit code, when it has ended; one that hangs ends itself."""
        code = self._look(0)
        assert code is not None
        assert code != -signal.SIGALRM, self.err
        return code

    def send_signal(self, number: int) -> None:
        """Sends a signal to it, not to its group."""
        if self.poll() is None:
            os.kill(self.pid, number)

    @property
    def out(self) -> str:
        """Its standard output, as far as it has come."""
        return self._said[0] if self._said else _as_far_as_it_has_come(self._out)

    @property
    def err(self) -> str:
        """Its standard error, as far as it has come."""
        return self._said[1] if self._said else _as_far_as_it_has_come(self._err)

    def _look(self, how: int) -> int | None:
        if self._code is None:
            ended, status = os.waitpid(self.pid, how)
            if ended:
                self._code, self._said = os.waitstatus_to_exitcode(status), (self.out, self.err)
                self._out.close()
                self._err.close()
        return self._code


def _as_in_an_interpreter(program: Callable[[], object]) -> object:
    """Runs a program that may start workers, and waits for its threads, as an interpreter's end does."""
    sys.modules["__main__"] = ModuleType("__main__")  # which workers import
    resource_tracker._resource_tracker._fd = None  # type: ignore[attr-defined]  # which counts what workers leave
    try:
        return program()
    finally:
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()


def _as_far_as_it_has_come(file: IO[bytes]) -> str:
    # A branch writes where it stands in the very same file, so nobody may seek here.
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode("utf-8", "replace")


def run_anew(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the tool by an interpreter of its own."""
    return run_command([sys.executable, str(ROOT / "generate.py"), *map(str, arguments)], cwd, environment)


def run_command(
    command: list[str], cwd: Path, environment: Mapping[str, str], *, check: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs a command with an environment that says as little as possible."""
    env = plain_environment() | dict(environment)
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=check, timeout=PATIENCE
    )


def plain_environment() -> dict[str, str]:
    """What a process has to know, the day of printing, and no cache."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"}}
    return kept | {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(SOURCE_DATE), "MERKBLATT_CACHE": ""}


@lru_cache(maxsize=1)
def _import_the_tool() -> None:
    """Imports what a branch would import otherwise, each time anew."""
    wake_engine()
    for file in set(STANDS_IN.values()):
        importlib.import_module(f"merkblatt.cli.{file}")


def _become_the_tool(
    words: list[str],
    cwd: Path,
    environment: Mapping[str, str],
    out: IO[Any],
    err: IO[Any],
    *,
    program: Callable[[], object] = main,
) -> NoReturn:
    """Makes this branch the tool, or another program, from its first step to the exit code; never comes back."""
    code = 1
    try:
        signal.alarm(PATIENCE)
        gc.disable()  # a branch shares its memory as long as nobody tidies it
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out.fileno(), err.fileno())):
            os.dup2(file, number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(  # noqa: SIM115
            2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
        )
        logging.root.handlers.clear()
        warnings.simplefilter("ignore")
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(cwd)
        sys.argv = words
        sys.exit(program())  # type: ignore[arg-type]
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

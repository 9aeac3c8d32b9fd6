"""Runs the tool and ends the process with its exit code; a user's mistake never shows a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from merkblatt.cli.app import cli
from merkblatt.cli.shared import AT_FAULT, DONE, STOPPED, WRONG_USAGE, is_usage, tell
from merkblatt.cli.terminal import say
from merkblatt.core.findings import Faulty


def main() -> NoReturn:
    """Runs the tool and ends the process with its exit code; a user's mistake never shows a traceback."""
    try:
        code = cli(standalone_mode=False)
        if sys.stdout is not None:  # closed by whoever started us
            sys.stdout.flush()
    except Faulty as error:
        tell(error.findings)
        code = WRONG_USAGE if all(map(is_usage, error.findings)) else AT_FAULT
    except click.ClickException as error:
        error.show()
        code = WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("stopped; what was finished is whole")
        code = STOPPED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has stopped, of which Click makes an exit of its own; the rest has no reader.
        _let_go_of_output()
        code = DONE
    except OSError as error:
        if error.filename is not None:
            sys.exit(_own_fault(error))
        say(f"merkblatt: standard output cannot be written: {error.strerror}")
        _let_go_of_output()
        code = AT_FAULT
    except Exception as error:  # the program's own fault, told without a person's data
        code = _own_fault(error)
    sys.exit(code or DONE)


def _let_go_of_output() -> None:
    """Gives what is still to be written to nobody; Python would try, and fail, once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _own_fault(error: Exception) -> int:
    import traceback

    if os.environ.get("MERKBLATT_DEBUG"):
        traceback.print_exc()
    else:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        say(f"merkblatt: a fault of the program: {type(error).__name__} in {where}")
        say("  hint: set MERKBLATT_DEBUG=1 for the details; they may hold what you entered")
    return AT_FAULT

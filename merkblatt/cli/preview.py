"""`preview`: builds at every save."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from merkblatt.cli.app import cli
from merkblatt.cli.build import build, progress_line, said_fields, wishes_of
from merkblatt.cli.shared import AT_FAULT, DONE, WRONG_USAGE, content_option, is_usage, printing_day, tell
from merkblatt.cli.terminal import say
from merkblatt.core.findings import Finding

if TYPE_CHECKING:
    from merkblatt.build.preview import Turn, Wanted


#: What `build` asks for and `preview` does not, or in its own words; all else they share.
_BUILD_ALONE = frozenset({"sheets", "every", "editions", "formats", "out", "html", "quiet", "own", "no_cache"})


def _options_of_build(command: click.Command) -> click.Command:
    command.params += [option for option in build.params if option.name not in _BUILD_ALONE]
    return command


@_options_of_build
@cli.command()
@click.argument("sheet", required=False)
@click.option("--edition", metavar="ID", help="Language and level.  [de]")
@click.option("--format", "format_", metavar="ID", help="Paper and type.  [a4]")
@click.option("--once", is_flag=True, help="Build once, then end.")
@click.option("--no-open", is_flag=True, help="Do not open the page in a viewer.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("out/preview"), metavar="FOLDER", show_default=True
)
@content_option
def preview(**wish: Any) -> int:
    """Build SHEET at every save of content, template or style, and open it; ends on Ctrl-C. Prints the page's path."""
    from merkblatt.build.preview import Turn, build_turn, follow

    wanted = _wanted(wish)
    page: Path | None = None
    faults: tuple[Finding, ...] = ()
    try:
        for turn in [Turn((), build_turn(wanted))] if wish["once"] else follow(wanted):
            faults = turn.built.findings
            _tell_turn(turn, page)
            if faults and not turn.saved and all(map(is_usage, faults)):
                return WRONG_USAGE
            if turn.built.paths and page != turn.built.paths[-1]:
                page = turn.built.paths[-1]
                _show(page, is_opened=not wish["no_open"])
            if not turn.saved and not wish["once"]:
                say("watching content, templates and styles; Ctrl-C ends")
    except KeyboardInterrupt:
        say(f"\npreview ended; the last good page is {page}" if page else "\npreview ended")
        return DONE
    return AT_FAULT if faults else DONE


def _wanted(wish: dict[str, Any]) -> Wanted:
    from merkblatt.build.job import make_job
    from merkblatt.build.preview import Wanted

    named = {"sheet": wish["sheet"], "edition": wish["edition"], "format": wish["format_"]}
    said = {**{key: value for key, value in named.items() if value}, **said_fields(wish)}
    order_file: Path | None = wish["order_file"]
    if not wish["sheet"] and order_file is None:
        raise click.UsageError("Name a sheet, or an order file (--order).")
    beside = {Path(path).parent for path in (order_file, wish["practice"]) if path}
    return Wanted(
        wish["own"], lambda: make_job(said, order_file, printing_day()), wish["out"], wishes_of(wish), frozenset(beside)
    )


def _tell_turn(turn: Turn, page: Path | None) -> None:
    """What was saved and what came of it, each time with the time of day."""
    names = ", ".join(path.name for path in turn.saved[:3]) + (", …" if len(turn.saved) > 3 else "")
    before = f"{datetime.now().astimezone():%H:%M:%S} {names + ': ' if names else ''}"
    if turn.built.paths:
        say(before + progress_line(turn.built))
        return
    say(before + "not built" + ("; the last good page stays" if page else ""))
    tell(turn.built.findings)


def _show(page: Path, *, is_opened: bool) -> None:
    click.echo(str(page))
    # Without a screen, xdg-open would take a browser for the terminal, and the terminal with it.
    has_screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not is_opened:
        return
    from merkblatt.page.weasyprint_import import system_fonts

    with system_fonts():
        has_viewer = has_screen and not click.launch(str(page))
    if not has_viewer:
        say(f"no viewer was found; open {page} in one")

"""`build`: leaflets for everyone or for one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from merkblatt.cli.app import cli
from merkblatt.cli.progress import Progress, print_paths
from merkblatt.cli.shared import code_of, content_option, load_content, printing_day, tell
from merkblatt.cli.terminal import say
from merkblatt.content.format_ids import GRADES, VARIANTS
from merkblatt.core.findings import Faulty, Finding

if TYPE_CHECKING:
    from merkblatt.build.build import Built
    from merkblatt.build.job import Job
    from merkblatt.build.kept_builds import Recalled
    from merkblatt.content.library import Library
    from merkblatt.outputs.produce import Wishes


def _millimetres(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """A length as people write it: 3, 3mm, 2,5 mm."""
    found = re.fullmatch(r"(\d{1,2}(?:[.,]\d+)?) ?(?:mm)?", value)
    length = float(found[1].replace(",", ".")) if found else 99.0
    if length > 20:
        raise click.BadParameter(f"{value}: write a length up to 20 mm, as 3mm.", ctx, param)
    return length


@cli.command()
@click.argument("sheets", nargs=-1, metavar="SHEET…")
@click.option("--all", "every", is_flag=True, help="Build every sheet.")
@click.option("--edition", "editions", multiple=True, metavar="ID", help="Language and level; repeatable.  [de]")
@click.option("--format", "formats", multiple=True, metavar="ID", help="Paper and type; repeatable.  [a4]")
@click.option("--weeks", type=click.IntRange(0, 5200), help="For how many weeks the person has had pain.")
@click.option("--circumstance", "said", multiple=True, metavar="ID=yes|no", help="What is known of the person.")
@click.option("--with", "with_", multiple=True, metavar="MODULE", help="Add a module; repeatable.")
@click.option("--without", multiple=True, metavar="MODULE", help="Leave a module or an exercise out; repeatable.")
@click.option("--exercise", "own_doses", multiple=True, metavar="ID[:DOSE]", help="Add an exercise, or set its dose.")
@click.option("--practice", metavar="FILE", help="Who hands the leaflet out.")
@click.option("--salutation", metavar="TEXT", help="What stands before the name.")
@click.option("--name", metavar="TEXT", help="For whom it is.")
@click.option("--appointment", metavar="TEXT", help="When the person comes again.")
@click.option("--counsellor", metavar="TEXT", help="Who has counselled.")
@click.option("--named-title", is_flag=True, help="Name the person in the document's title too.")
@click.option("--handed-out", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it is handed out.")
@click.option("--note", metavar="TEXT", help="A note for this person.")
@click.option("--order", "order_file", type=click.Path(path_type=Path), metavar="FILE", help="A wish as a YAML file.")
@click.option("--max-pages", type=click.IntRange(1, 1000), help="Allow so many pages instead of the sheet's own.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of printing.  [today]")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("out"), metavar="FOLDER", show_default=True)
@click.option(
    "--variant",
    default="ua1",
    type=click.Choice(VARIANTS),
    show_default=True,
    help="PDF/UA-1 and PDF/A-2a in one file (ua1), PDF/UA-2, or plain.",
)
@click.option("--up", type=click.Choice(["1", "2", "4"]), default="1", help="Also: so many pages on one sheet.  [1]")
@click.option("--house", type=click.Path(path_type=Path), metavar="FILE", help="Also: a file as this print house asks.")
@click.option(
    "--bleed", callback=_millimetres, default="0", metavar="MM", help="Also: a print file, 3mm beyond each edge."
)
@click.option("--crop-marks", is_flag=True, help="Also: a print file with crop marks.")
@click.option(
    "--creep",
    type=click.FloatRange(0, 5),
    default=0.0,
    metavar="MM",
    help="a5-booklet: how far each inner sheet sticks out.",
)
@click.option(
    "--braille", "grade", default="full", type=click.Choice(GRADES), show_default=True, help="brf: contracted or not."
)
@click.option("--cells", type=click.IntRange(20, 80), default=40, show_default=True, help="brf: cells a line.")
@click.option("--lines", type=click.IntRange(10, 60), default=25, show_default=True, help="brf: lines a page.")
@click.option("--html", is_flag=True, help="The same as --format html.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="No progress; findings are still told.")
@content_option
def build(**wish: Any) -> int:
    """Build leaflets; prints the path of each file that it wrote."""
    from merkblatt.build.kept_builds import Shortcut
    from merkblatt.core.cache import open_cache
    from merkblatt.core.folders import find_folders

    cache = None if wish["no_cache"] else open_cache()
    shortcut = Shortcut(cache, find_folders(wish["own"]), wish, printing_day()) if cache else None
    recalled = shortcut.recall() if shortcut else None
    if recalled is not None:
        return _report(recalled, len(recalled), wish)
    from merkblatt.build.build import build as build_jobs

    folders, library = load_content(wish["own"])
    jobs = _jobs(wish, library)
    keys = shortcut.keys() if shortcut else []
    if len(keys) == len(jobs):
        jobs = [replace(job, trail=key) for job, key in zip(jobs, keys, strict=True)]
    return _report(build_jobs(jobs, library, folders, wish["out"], wishes_of(wish), cache), len(jobs), wish)


def _report(results: Iterable[Built | Recalled], count: int, wish: dict[str, Any]) -> int:
    """Tells what became of each leaflet as it is done; the exit code."""
    faults: list[Finding] = []
    written = False
    hints: dict[str, None] = {}
    with Progress(count, quiet=wish["quiet"]) as progress:
        for built in results:
            progress.step(progress_line(built))
            print_paths(built.paths, progress)
            faults += built.findings
            written = written or bool(built.paths)
            hints |= {built.hint: None} if built.hint else {}
    for hint in () if wish["quiet"] else hints:
        say(hint)
    tell(faults)
    return code_of(faults, is_any_made=written)


def progress_line(built: Built | Recalled) -> str:
    """What became of a leaflet, in a line."""
    if not built.paths:
        return f"{built.name}: not built"
    name = built.paths[-1].name
    return f"{name}: {built.pages} {'page' if built.pages == 1 else 'pages'}" if built.pages else name


def wishes_of(wish: dict[str, Any]) -> Wishes:
    """What the command line wants of the files themselves."""
    from merkblatt.outputs.produce import Wishes

    fields = ("variant", "house", "bleed", "crop_marks", "creep", "grade", "cells", "lines")
    return Wishes(up=int(wish["up"]), **{field: wish[field] for field in fields})


def _jobs(wish: dict[str, Any], library: Library) -> list[Job]:
    """One job for each sheet, edition and format that is asked for.

    Raises:
        Faulty: with all that is wrong with any of them.
    """
    from merkblatt.build.job import make_job

    jobs: list[Job] = []
    faults: list[Finding] = []
    for wanted in _wanted(wish, library):
        try:
            jobs.append(make_job(wanted, wish["order_file"], printing_day()))
        except Faulty as error:
            faults += error.findings
    if faults:
        raise Faulty(dict.fromkeys(faults))
    if wish["html"]:
        return [replace(job, order=job.order.model_copy(update={"format": "html"})) for job in jobs]
    return jobs


def _wanted(wish: dict[str, Any], library: Library) -> Iterator[dict[str, Any]]:
    """The fields of each order; what is not said is absent."""
    if wish["html"] and wish["formats"]:
        raise click.UsageError("Take --html, or --format html among others; not both.")
    said = said_fields(wish)
    for sheet in _sheets(wish, library):
        for edition in wish["editions"] or (None,):
            for format_ in wish["formats"] or (None,):
                named = {"sheet": sheet, "edition": edition, "format": format_}
                yield {**{key: value for key, value in named.items() if value}, **said}


def _sheets(wish: dict[str, Any], library: Library) -> list[str | None]:
    """The sheets that are asked for; None for the one that the order file names."""
    if wish["every"] and wish["sheets"]:
        raise click.UsageError("Name sheets, or take --all; not both.")
    sheets = sorted(library.sheets) if wish["every"] else dict.fromkeys(wish["sheets"])
    if not sheets and wish["order_file"] is None:
        raise click.UsageError(f"Name a sheet ({', '.join(sorted(library.sheets))}), or take --all.")
    return list(sheets) or [None]


#: Fields of an order that options say in another form.
_SAID_OTHERWISE = frozenset({"with_", "without", "exercises", "circumstances", "named_title", "date", "day"})


def said_fields(wish: dict[str, Any]) -> dict[str, Any]:
    """The fields of an order that the command line names; what is not said is absent."""
    from merkblatt.content.model import Order

    plain = [field for field in Order.model_fields if field not in _SAID_OTHERWISE]
    said: dict[str, Any] = {field: wish[field] for field in plain if wish.get(field) is not None}
    said |= {field: list(wish[key]) for field, key in (("with", "with_"), ("without", "without")) if wish[key]}
    if wish["own_doses"]:
        said["exercises"] = dict(map(_own_dose, wish["own_doses"]))
    if wish["said"]:
        said["circumstances"] = dict(map(_circumstance, wish["said"]))
    if wish["named_title"]:
        said["named_title"] = True
    dates = (("day", "day"), ("date", "handed_out"))
    return said | {field: wish[key].date().isoformat() for field, key in dates if wish[key]}


def _own_dose(text: str) -> tuple[str, dict[str, object]]:
    """`chin-tuck:repeat=5,per_day=4` as the fields of a dose; whether they make one, the order says."""
    name, _, fields = text.partition(":")
    dose: dict[str, object] = {}
    for field in filter(None, fields.split(",")):
        key, sign, value = field.partition("=")
        if not sign:
            raise click.UsageError(f"--exercise {text}: write {name}:repeat=5,per_day=4.")
        dose[key] = value in {"yes", "true"} if key == "each_side" else value
    return name, dose


def _circumstance(text: str) -> tuple[str, bool]:
    name, _, answer = text.partition("=")
    if answer not in {"yes", "no"}:
        raise click.UsageError(f"--circumstance {text}: write {name or 'ID'}=yes or {name or 'ID'}=no.")
    return name, answer == "yes"

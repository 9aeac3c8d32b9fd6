"""The command line: turns a person's wish into an order and hands it on. No rule that another door would need too.

Data goes to standard output, progress to standard error. Exit 0: done; 1: content or data at fault; 2: wrong usage;
3: done in part.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from merkblatt import __version__
from merkblatt.findings import COMMAND_LINE, Faulty, Finding, Place, Severity
from merkblatt.progress import Progress

if TYPE_CHECKING:
    from merkblatt.build import Built, Job
    from merkblatt.folders import Folders
    from merkblatt.library import Library
    from merkblatt.preview import Turn, Wanted
    from merkblatt.produce import Wishes
    from merkblatt.shortcut import Recalled

DONE, AT_FAULT, WRONG_USAGE, IN_PART = 0, 1, 2, 3

# As in `model` and `braille`, which are slow to import; a test compares them.
_VARIANTS = ("ua1", "ua2", "plain")
_GRADES = ("basic", "full", "contracted")

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _millimetres(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """A length as people write it: 3, 3mm, 2,5 mm."""
    found = re.fullmatch(r"(\d{1,2}(?:[.,]\d+)?) ?(?:mm)?", value)
    length = float(found[1].replace(",", ".")) if found else 99.0
    if length > 20:
        raise click.BadParameter(f"{value}: write a length up to 20 mm, as 3mm.", ctx, param)
    return length


def main() -> NoReturn:
    """Runs the tool and ends the process with its exit code; a user's mistake never shows a traceback."""
    try:
        code = cli(standalone_mode=False)
        sys.stdout.flush()
    except Faulty as error:
        _tell(error.findings)
        code = WRONG_USAGE if all(map(_is_usage, error.findings)) else AT_FAULT
    except click.ClickException as error:
        error.show()
        code = WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was finished is whole", err=True)
        code = 130
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has stopped, of which Click makes an exit of its own; the rest has no reader.
        _let_go_of_output()
        code = DONE
    except OSError as error:
        if error.filename is not None:
            sys.exit(_own_fault(error))
        click.echo(f"merkblatt: standard output cannot be written: {error.strerror}", err=True)
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
        click.echo(f"merkblatt: a fault of the program: {type(error).__name__} in {where}", err=True)
        click.echo("  hint: set MERKBLATT_DEBUG=1 for the details; they may hold what you entered", err=True)
    return AT_FAULT


def _is_usage(finding: Finding) -> bool:
    return finding.place == COMMAND_LINE and finding.code in {"unknown-name", "content"}


def _tell(findings: Iterable[Finding]) -> None:
    for finding in dict.fromkeys(findings):
        style = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(finding.severity)
        first, *rest = str(finding).split("\n")
        click.secho(first, fg=style, err=True, color=_colour())
        for line in rest:
            click.echo(line, err=True)


def _colour() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None


def _today() -> date:
    """The day of printing; SOURCE_DATE_EPOCH (reproducible-builds.org) sets it for builds that must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch}: must be seconds since 1970, or not set.") from None
    return datetime.now().astimezone().date()


def _content_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--leaflets",
        "own",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder of own content; adds to and overrides what comes along. Repeatable.",
    )(command)


def _load(own: tuple[Path, ...]) -> tuple[Folders, Library]:
    from merkblatt.folders import find_folders
    from merkblatt.library import load_library

    folders = find_folders(own)
    return folders, load_library(folders.leaflets)


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="merkblatt")
def cli() -> None:
    """Printable handouts for people with back pain, made for the person before you."""


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
    type=click.Choice(_VARIANTS),
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
    "--braille", "grade", default="full", type=click.Choice(_GRADES), show_default=True, help="brf: contracted or not."
)
@click.option("--cells", type=click.IntRange(20, 80), default=40, show_default=True, help="brf: cells a line.")
@click.option("--lines", type=click.IntRange(10, 60), default=25, show_default=True, help="brf: lines a page.")
@click.option("--html", is_flag=True, help="The same as --format html.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="No progress; findings are still told.")
@_content_option
def build(**wish: Any) -> int:
    """Build leaflets; prints the path of each file that it wrote."""
    from merkblatt.cache import open_cache
    from merkblatt.folders import find_folders
    from merkblatt.shortcut import Shortcut

    cache = None if wish["no_cache"] else open_cache()
    shortcut = Shortcut(cache, find_folders(wish["own"]), wish, _today()) if cache else None
    recalled = shortcut.recall() if shortcut else None
    if recalled is not None:
        return _report(recalled, len(recalled), wish)
    from merkblatt.build import build as build_jobs

    folders, library = _load(wish["own"])
    jobs = _jobs(wish, library)
    keys = shortcut.keys() if shortcut else []
    if len(keys) == len(jobs):
        jobs = [replace(job, trail=key) for job, key in zip(jobs, keys, strict=True)]
    return _report(build_jobs(jobs, library, folders, wish["out"], _wishes(wish), cache), len(jobs), wish)


def _report(results: Iterable[Built | Recalled], count: int, wish: dict[str, Any]) -> int:
    """Tells what became of each leaflet as it is done; the exit code."""
    faults: list[Finding] = []
    written = 0
    hints: dict[str, None] = {}
    with Progress(count, quiet=wish["quiet"]) as progress:
        for built in results:
            progress.step(_progress_line(built))
            faults += built.findings
            written += bool(built.paths)
            hints |= {built.hint: None} if built.hint else {}
            for path in built.paths:
                click.echo(str(path))
    for hint in () if wish["quiet"] else hints:
        click.echo(hint, err=True)
    _tell(faults)
    if faults and not written and all(map(_is_usage, faults)):
        return WRONG_USAGE
    return DONE if not faults else IN_PART if written else AT_FAULT


def _progress_line(built: Built | Recalled) -> str:
    if not built.paths:
        return f"{built.name}: not built"
    name = built.paths[-1].name
    return f"{name}: {built.pages} {'page' if built.pages == 1 else 'pages'}" if built.pages else name


def _wishes(wish: dict[str, Any]) -> Wishes:
    from merkblatt.produce import Wishes

    fields = ("variant", "house", "bleed", "crop_marks", "creep", "grade", "cells", "lines")
    return Wishes(up=int(wish["up"]), **{field: wish[field] for field in fields})


def _jobs(wish: dict[str, Any], library: Library) -> list[Job]:
    """One job for each sheet, edition and format that is asked for."""
    from merkblatt.ordering import make_job

    if wish["html"] and wish["formats"]:
        raise click.UsageError("Take --html, or --format html among others; not both.")
    said = _said(wish)
    order_file: Path | None = wish["order_file"]
    named_sheets = sorted(library.sheets) if wish["every"] else dict.fromkeys(wish["sheets"])
    sheets: list[str | None] = list(named_sheets)
    if wish["every"] and wish["sheets"]:
        raise click.UsageError("Name sheets, or take --all; not both.")
    if not sheets:
        if order_file is None:
            raise click.UsageError(f"Name a sheet ({', '.join(sorted(library.sheets))}), or take --all.")
        sheets = [None]
    jobs: list[Job] = []
    faults: list[Finding] = []
    for sheet in sheets:
        for edition in wish["editions"] or (None,):
            for format_ in wish["formats"] or (None,):
                named = {"sheet": sheet, "edition": edition, "format": format_}
                wanted = {**{key: value for key, value in named.items() if value}, **said}
                try:
                    jobs.append(make_job(wanted, order_file, _today()))
                except Faulty as error:
                    faults += error.findings
    if faults:
        raise Faulty(dict.fromkeys(faults))
    if wish["html"]:
        return [replace(job, order=job.order.model_copy(update={"format": "html"})) for job in jobs]
    return jobs


def _said(wish: dict[str, Any]) -> dict[str, Any]:
    """The fields of an order that the command line names; what is not said is absent."""
    plain = ("weeks", "practice", "salutation", "name", "appointment", "counsellor", "note", "max_pages")
    said: dict[str, Any] = {field: wish[field] for field in plain if wish[field] is not None}
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


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--title", required=True, metavar="TEXT", help="What the whole is called.")
@click.option("--language", metavar="TAG", help="The language of the title, as de or en-GB.  [that of the first file]")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="PDF", help="The file to write.")
def bind(files: tuple[Path, ...], title: str, language: str | None, out: Path) -> None:
    """Bind finished leaflets into one PDF, with their tags, bookmarks, links and languages."""
    from merkblatt.bind import Part
    from merkblatt.bind import bind as bind_parts
    from merkblatt.files import write_whole

    parts = [Part(str(file), _read(file)) for file in files]
    write_whole(out, bind_parts(parts, title, language=language))
    click.echo(str(out))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Faulty([Finding(Place(file), f"cannot be read: {error.strerror}", "check its name")]) from None


@cli.command()
@click.argument("orders", metavar="ORDERS")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="A folder of its own."
)
@click.option("--practice", type=click.Path(path_type=Path), metavar="FILE", help="Who hands the leaflets out.")
@click.option(
    "--names", default="{row:04}-{sheet}", metavar="TEMPLATE", show_default=True, help="How files are called."
)
@click.option("--print-file", type=click.Path(path_type=Path), metavar="FILE", help="Join all into one file to print.")
@click.option("--split-leaflets", type=click.IntRange(1), metavar="N", help="At most so many leaflets in a print file.")
@click.option("--split-mb", type=click.IntRange(1), metavar="N", help="A new print file after so many megabytes.")
@click.option("--jobs", type=click.IntRange(1, 1000), metavar="N", help="How many processes.  [one a processor]")
@click.option("--cluster", metavar="ADDRESS", help="Work on a Dask cluster, as tcp://10.0.0.5:8786, instead.")
@click.option("--named-title", is_flag=True, help="Name each person in the document's title too.")
@click.option("--ignore-column", "ignored", multiple=True, metavar="HEADING", help="Leave a column unread; repeatable.")
@click.option("--dry-run", is_flag=True, help="Look all rows through, and write nothing.")
@click.option("--resume", is_flag=True, help="Go on with a batch that was stopped.")
@click.option("--strict", is_flag=True, help="Print nothing where a row is at fault.")
@click.option("--json", "as_json", is_flag=True, help="Tell what happens as JSON, a line an event, on standard output.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of printing.  [today]")
@click.option("-q", "--quiet", is_flag=True, help="No progress; findings are still told.")
@_content_option
def batch(**wish: Any) -> int:
    """Build a leaflet for each row of a list: CSV, XLSX, JSON Lines or YAML; - reads standard input.

    \b
    Columns, in German or English; only the sheet is needed:
      Blatt, Fassung, Format, Wochen, Umstände, mit, ohne, Übungen,
      Anrede, Name, Datum, Termin, Beratung, Notiz
    """
    from merkblatt.batch import Contents, Wanted
    from merkblatt.batching import run_told
    from merkblatt.practice import read_sender

    folders, library = _load(wish["own"])
    sender = read_sender(wish["practice"]) if wish["practice"] else None
    said = ("orders", "out", "names", "ignored", "dry_run", "resume", "strict", "print_file", "named_title")
    wanted = Wanted(today=wish["day"].date() if wish["day"] else _today(), **{name: wish[name] for name in said})
    return run_told(wanted, Contents(folders, library, sender), _tell, wish)


@cli.command()
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are told: text on standard error, JSON or SARIF 2.1.0 on standard output.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--table", is_flag=True, help="Print instead which points of good information each sheet meets.")
@_content_option
def check(strict: bool, form: str, as_json: bool, table: bool, own: tuple[Path, ...]) -> int:
    """Say what is wrong with the content: claims, contradictions, readability, editions, reviews that are due."""
    from merkblatt import report
    from merkblatt.check import check as check_library

    if table:
        from merkblatt.quality import as_table

        click.echo(as_table(_load(own)[1], _today()), nl=False)
        return DONE

    try:
        _, library = _load(own)
        findings = check_library(library, _today())
    except Faulty as error:
        findings = list(error.findings)
    failing = [f for f in findings if f.severity is Severity.ERROR or (strict and f.severity is Severity.WARNING)]
    if as_json or form == "json":
        click.echo(report.as_json(findings))
    elif form == "sarif":
        click.echo(report.as_sarif(findings, Path.cwd()))
    else:
        _tell(findings)
        click.echo(report.summary(findings), err=True)
    return AT_FAULT if failing else DONE


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON on standard output.")
@_content_option
def list_(as_json: bool, own: tuple[Path, ...]) -> None:
    """List sheets, modules, exercises, editions, formats, circumstances."""
    from merkblatt.cache import open_cache
    from merkblatt.folders import find_folders
    from merkblatt.shortcut import keep_text

    def make() -> str:
        from merkblatt.listing import as_text, gather

        facts = gather(_load(own)[1])
        return json.dumps(facts, ensure_ascii=False, indent=1) if as_json else as_text(facts)

    click.echo(keep_text(open_cache(), find_folders(own), f"list {as_json}", make))


@cli.group()
def new() -> None:
    """Scaffold a sheet, a module or an edition for an author to fill in."""


def _target_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-o",
        "--into",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The content folder to write into.  [the last --leaflets]",
    )(command)


@new.command("sheet")
@click.argument("name")
@_target_option
@_content_option
def new_sheet(name: str, into: Path | None, own: tuple[Path, ...]) -> None:
    """Write sheets/NAME.yaml."""
    from merkblatt import scaffold

    _, library = _load(own)
    click.echo(str(scaffold.new_sheet(_id(name), _target(into, own), library, _today())))


@new.command("module")
@click.argument("name")
@click.option("--section", default="self-help", show_default=True, help="Where it stands on a sheet.")
@click.option("--claim", "claims", multiple=True, required=True, metavar="ID", help="What it carries; repeatable.")
@_target_option
@_content_option
def new_module(name: str, section: str, claims: tuple[str, ...], into: Path | None, own: tuple[Path, ...]) -> None:
    """Write modules/NAME.yaml, with the facts of its claims, their conditions and traps, as comments."""
    from merkblatt import scaffold
    from merkblatt.model import SECTIONS

    if section not in SECTIONS:
        raise click.UsageError(f"--section {section}: known are {', '.join(SECTIONS)}.")
    _, library = _load(own)
    draft = scaffold.Draft(_id(name), section, claims)
    click.echo(str(scaffold.new_module(draft, _target(into, own), library, _today())))


@new.command("edition")
@click.argument("name")
@click.option("--base", default="de", show_default=True, metavar="ID", help="The edition to translate from.")
@_target_option
@_content_option
def new_edition(name: str, base: str, into: Path | None, own: tuple[Path, ...]) -> None:
    """Write editions/NAME.yaml (tr, uk, en-simple), with every word of the page to be written."""
    from merkblatt import scaffold

    _, library = _load(own)
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z]+)?", name):
        raise click.UsageError(f"{name}: an edition begins with the code of its language, as tr or en-simple.")
    click.echo(str(scaffold.new_edition(name, _target(into, own), library, base)))


@cli.command()
@click.argument("edition")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@_content_option
def accept(edition: str, files: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Keep that the translations of EDITION, all or those in FILEs, agree with what they were made from."""
    from merkblatt import instep

    _, library = _load(own)
    number = instep.accept(library, edition, files)
    click.echo(f"accepted: {number} texts", err=True)


def _id(name: str) -> str:

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise click.UsageError(f"{name}: a name has small letters, digits and single hyphens, as neck-warmth.")
    return name


def _target(into: Path | None, own: tuple[Path, ...]) -> Path:
    from merkblatt.folders import program_folder

    return into or (own[-1] if own else program_folder() / "leaflets")


@cli.command()
@click.argument("kind", required=False)
@click.option("-o", "--into", type=click.Path(path_type=Path), metavar="DIR", help="Write every schema into a folder.")
@_content_option
def schema(kind: str | None, into: Path | None, own: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a kind of file, for an editor; without KIND, the kinds."""
    from merkblatt import schemas

    if kind is not None and kind not in schemas.KINDS:
        raise click.UsageError(f"{kind}: known are {', '.join(schemas.KINDS)}.")
    if kind is None and into is None:
        click.echo("\n".join(schemas.KINDS))
        return
    _, library = _load(own)
    if into is not None:
        for path in schemas.write_schemas(into, library):
            click.echo(str(path))
    elif kind is not None:
        click.echo(json.dumps(schemas.schema(kind, library), ensure_ascii=False, indent=1))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON on standard output.")
@_content_option
def info(as_json: bool, own: tuple[Path, ...]) -> int:
    """Tell versions, system libraries, fonts and folders, and what is missing."""
    from merkblatt.folders import find_folders
    from merkblatt.info import as_text, gather

    facts = gather(find_folders(own))
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else as_text(facts))
    return AT_FAULT if facts["missing"] else DONE


@cli.command()
@click.argument("sheets", nargs=-1, metavar="[SHEET]…")
@click.option("--edition", "editions", multiple=True, metavar="ID", help="Language and level; repeatable.  [de]")
@click.option("--format", "formats", multiple=True, metavar="ID", help="Paper and type; repeatable.  [all with pages]")
@click.option("--every-page", is_flag=True, help="Show every page instead of the first.")
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="FILE", help="Also draw one page a format, as .webp or .png."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("out/gallery"), metavar="FOLDER", show_default=True
)
@click.option("-q", "--quiet", is_flag=True, help="No progress; findings are still told.")
@_content_option
def gallery(**wish: Any) -> int:
    """Show every sheet by format: small pictures in FOLDER/index.html, the PDFs beside it; prints the page's path."""
    from merkblatt import gallery as room
    from merkblatt.files import write_whole

    picture: Path | None = wish["picture"]
    if picture and picture.suffix.lower() not in room.PICTURES:
        raise click.UsageError(f"--picture {picture.name}: a picture is a .webp or a .png.")
    folders, library = _load(wish["own"])
    jobs = _gallery_jobs(wish, library, tuple(room.NAMES))
    room.refuse_unseen(job.order.format for job in jobs)
    cards = []
    with Progress(len(jobs), quiet=wish["quiet"]) as progress:
        for card in room.make_cards(jobs, library, folders, wish["out"], every_page=wish["every_page"]):
            cards.append(card)
            progress.step(f"{card.sheet}.{card.format}")
    faults = [finding for card in cards for finding in card.findings]
    _tell(faults)
    if faults and not any(card.path for card in cards):
        return WRONG_USAGE if all(map(_is_usage, faults)) else AT_FAULT
    files = {wish["out"] / "index.html": room.compose_gallery(cards).encode()}
    files |= {picture: room.draw_picture(cards, picture.suffix.lower())} if picture else {}
    for path, data in files.items():
        write_whole(path, data)
        click.echo(str(path))
    return IN_PART if faults else DONE


def _gallery_jobs(wish: dict[str, Any], library: Library, every_format: tuple[str, ...]) -> list[Job]:
    from merkblatt.ordering import make_job

    wanted = [
        {"sheet": sheet, "edition": edition, "format": format_}
        for format_ in dict.fromkeys(wish["formats"] or every_format)
        for sheet in dict.fromkeys(wish["sheets"] or sorted(library.sheets))
        for edition in dict.fromkeys(wish["editions"] or ("de",))
    ]
    return [make_job(one, None, _today()) for one in wanted]


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
@_content_option
def preview(**wish: Any) -> int:
    """Build SHEET at every save of content, template or style, and open it; ends on Ctrl-C. Prints the page's path."""
    from merkblatt.preview import Turn, build_turn, follow

    wanted = _wanted(wish)
    page: Path | None = None
    faults: tuple[Finding, ...] = ()
    try:
        for turn in [Turn((), build_turn(wanted))] if wish["once"] else follow(wanted):
            faults = turn.built.findings
            _tell_turn(turn, page)
            if faults and not turn.saved and all(map(_is_usage, faults)):
                return WRONG_USAGE
            if turn.built.paths and page != turn.built.paths[-1]:
                page = turn.built.paths[-1]
                _show(page, is_opened=not wish["no_open"])
            if not turn.saved and not wish["once"]:
                click.echo("watching content, templates and styles; Ctrl-C ends", err=True)
    except KeyboardInterrupt:
        click.echo(f"\npreview ended; the last good page is {page}" if page else "\npreview ended", err=True)
        return DONE
    return AT_FAULT if faults else DONE


def _wanted(wish: dict[str, Any]) -> Wanted:
    from merkblatt.ordering import make_job
    from merkblatt.preview import Wanted

    named = {"sheet": wish["sheet"], "edition": wish["edition"], "format": wish["format_"]}
    said = {**{key: value for key, value in named.items() if value}, **_said(wish)}
    order_file: Path | None = wish["order_file"]
    if not wish["sheet"] and order_file is None:
        raise click.UsageError("Name a sheet, or an order file (--order).")
    beside = {Path(path).parent for path in (order_file, wish["practice"]) if path}
    return Wanted(
        wish["own"], lambda: make_job(said, order_file, _today()), wish["out"], _wishes(wish), frozenset(beside)
    )


def _tell_turn(turn: Turn, page: Path | None) -> None:
    """What was saved and what came of it, each time with the time of day."""
    names = ", ".join(path.name for path in turn.saved[:3]) + (", …" if len(turn.saved) > 3 else "")
    before = f"{datetime.now().astimezone():%H:%M:%S} {names + ': ' if names else ''}"
    if turn.built.paths:
        click.echo(before + _progress_line(turn.built), err=True)
        return
    click.echo(before + "not built" + ("; the last good page stays" if page else ""), err=True)
    _tell(turn.built.findings)


def _show(page: Path, *, is_opened: bool) -> None:
    click.echo(str(page))
    # Without a screen, xdg-open would take a browser for the terminal, and the terminal with it.
    has_screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not is_opened:
        return
    from merkblatt.waking import system_fonts

    with system_fonts():
        has_viewer = has_screen and not click.launch(str(page))
    if not has_viewer:
        click.echo(f"no viewer was found; open {page} in one", err=True)

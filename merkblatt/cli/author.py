"""`list`, `new`, `schema`, `info`: what an author asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from merkblatt.cli.app import cli
from merkblatt.cli.shared import AT_FAULT, DONE, content_option, load_content, printing_day
from merkblatt.content.patterns import is_edition_id, is_id


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON on standard output.")
@content_option
def list_(as_json: bool, own: tuple[Path, ...]) -> None:
    """List sheets, modules, exercises, editions, formats, circumstances."""
    from merkblatt.build.kept_builds import keep_text
    from merkblatt.core.cache import open_cache
    from merkblatt.core.folders import find_folders

    def make() -> str:
        from merkblatt.authoring.listing import as_text, gather

        facts = gather(load_content(own)[1])
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
@content_option
def new_sheet(name: str, into: Path | None, own: tuple[Path, ...]) -> None:
    """Write sheets/NAME.yaml."""
    from merkblatt.authoring import scaffold

    _, library = load_content(own)
    click.echo(str(scaffold.new_sheet(_id(name), _target(into, own), library, printing_day())))


@new.command("module")
@click.argument("name")
@click.option("--section", default="self-help", show_default=True, help="Where it stands on a sheet.")
@click.option("--claim", "claims", multiple=True, required=True, metavar="ID", help="What it carries; repeatable.")
@_target_option
@content_option
def new_module(name: str, section: str, claims: tuple[str, ...], into: Path | None, own: tuple[Path, ...]) -> None:
    """Write modules/NAME.yaml, with the facts of its claims, their conditions and traps, as comments."""
    from merkblatt.authoring import scaffold
    from merkblatt.content.model import SECTIONS

    if section not in SECTIONS:
        raise click.UsageError(f"--section {section}: known are {', '.join(SECTIONS)}.")
    _, library = load_content(own)
    draft = scaffold.Draft(_id(name), section, claims)
    click.echo(str(scaffold.new_module(draft, _target(into, own), library, printing_day())))


@new.command("edition")
@click.argument("name")
@click.option("--base", default="de", show_default=True, metavar="ID", help="The edition to translate from.")
@_target_option
@content_option
def new_edition(name: str, base: str, into: Path | None, own: tuple[Path, ...]) -> None:
    """Write editions/NAME.yaml (tr, uk, en-simple), with every word of the page to be written."""
    from merkblatt.authoring import scaffold

    _, library = load_content(own)
    if not is_edition_id(name):
        raise click.UsageError(f"{name}: an edition begins with the code of its language, as tr or en-simple.")
    click.echo(str(scaffold.new_edition(name, _target(into, own), library, base)))


def _id(name: str) -> str:
    if not is_id(name):
        raise click.UsageError(f"{name}: a name has small letters, digits and single hyphens, as neck-warmth.")
    return name


def _target(into: Path | None, own: tuple[Path, ...]) -> Path:
    from merkblatt.core.folders import program_folder

    return into or (own[-1] if own else program_folder() / "leaflets")


@cli.command()
@click.argument("kind", required=False)
@click.option("-o", "--into", type=click.Path(path_type=Path), metavar="DIR", help="Write every schema into a folder.")
@content_option
def schema(kind: str | None, into: Path | None, own: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a kind of file, for an editor; without KIND, the kinds."""
    from merkblatt.authoring import json_schema as schemas

    if kind is not None and kind not in schemas.KINDS:
        raise click.UsageError(f"{kind}: known are {', '.join(schemas.KINDS)}.")
    if kind is None and into is None:
        click.echo("\n".join(schemas.KINDS))
        return
    _, library = load_content(own)
    if into is not None:
        for path in schemas.write_schemas(into, library):
            click.echo(str(path))
    elif kind is not None:
        click.echo(json.dumps(schemas.schema(kind, library), ensure_ascii=False, indent=1))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON on standard output.")
@content_option
def info(as_json: bool, own: tuple[Path, ...]) -> int:
    """Tell versions, system libraries, fonts and folders, and what is missing."""
    from merkblatt.cli.environment import as_text, gather
    from merkblatt.core.folders import find_folders

    facts = gather(find_folders(own))
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else as_text(facts))
    return AT_FAULT if facts["missing"] else DONE

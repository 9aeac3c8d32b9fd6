"""`check` and `accept`: what is wrong with the content, and which translations agree."""

from __future__ import annotations

from pathlib import Path

import click

from merkblatt.cli.app import cli
from merkblatt.cli.shared import AT_FAULT, DONE, content_option, load_content, printing_day, tell
from merkblatt.core.findings import Faulty, Severity


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
@content_option
def check(strict: bool, form: str, as_json: bool, table: bool, own: tuple[Path, ...]) -> int:
    """Say what is wrong with the content: claims, contradictions, readability, editions, reviews that are due."""
    from merkblatt.check import report
    from merkblatt.check.check import check as check_library

    if table:
        from merkblatt.check.scorecard import as_table

        click.echo(as_table(load_content(own)[1], printing_day()), nl=False)
        return DONE

    try:
        _, library = load_content(own)
        findings = check_library(library, printing_day())
    except Faulty as error:
        findings = list(error.findings)
    failing = [f for f in findings if f.severity is Severity.ERROR or (strict and f.severity is Severity.WARNING)]
    if as_json or form == "json":
        click.echo(report.as_json(findings))
    elif form == "sarif":
        click.echo(report.as_sarif(findings, Path.cwd()))
    else:
        tell(findings)
        click.echo(report.summary(findings), err=True)
    return AT_FAULT if failing else DONE


@cli.command()
@click.argument("edition")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@content_option
def accept(edition: str, files: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Keep that the translations of EDITION, all or those in FILEs, agree with what they were made from."""
    from merkblatt.authoring import translations as instep

    _, library = load_content(own)
    number = instep.accept(library, edition, files)
    click.echo(f"accepted: {number} texts", err=True)

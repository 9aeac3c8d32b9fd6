"""`check` and `accept`: what is wrong with the content, and which translations agree."""

from __future__ import annotations

from pathlib import Path

import click

from merkblatt.cli.app import cli
from merkblatt.cli.shared import AT_FAULT, DONE, content_option, load_content, printing_day, tell
from merkblatt.cli.terminal import say
from merkblatt.core.findings import Faulty, Finding, Severity


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
    if table:
        from merkblatt.check.scorecard import as_table

        click.echo(as_table(load_content(own)[1], printing_day()), nl=False)
        return DONE
    findings = _find(own)
    _tell_as("json" if as_json else form, findings)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return AT_FAULT if any(finding.severity in failing for finding in findings) else DONE


def _find(own: tuple[Path, ...]) -> list[Finding]:
    """What is wrong with the content, also where that keeps it from being read."""
    from merkblatt.check.check import check as check_library

    try:
        return check_library(load_content(own)[1], printing_day())
    except Faulty as error:
        return list(error.findings)


def _tell_as(form: str, findings: list[Finding]) -> None:
    from merkblatt.check import report

    if form == "json":
        click.echo(report.as_json(findings))
    elif form == "sarif":
        click.echo(report.as_sarif(findings, Path.cwd()))
    else:
        tell(findings)
        say(report.summary(findings))


@cli.command()
@click.argument("edition")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@content_option
def accept(edition: str, files: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Keep that the translations of EDITION, all or those in FILEs, agree with what they were made from."""
    from merkblatt.authoring import translations

    _, library = load_content(own)
    number = translations.accept(library, edition, files)
    say(f"accepted: {number} texts")

"""`bind`: finished leaflets as one PDF."""

from __future__ import annotations

from pathlib import Path

import click

from merkblatt.cli.app import cli
from merkblatt.core.findings import Faulty, Finding, Place


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--title", required=True, metavar="TEXT", help="What the whole is called.")
@click.option("--language", metavar="TAG", help="The language of the title, as de or en-GB.  [that of the first file]")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="PDF", help="The file to write.")
def bind(files: tuple[Path, ...], title: str, language: str | None, out: Path) -> None:
    """Bind finished leaflets into one PDF, with their tags, bookmarks, links and languages."""
    from merkblatt.core.atomic_write import write_whole
    from merkblatt.pdf.merge import Part
    from merkblatt.pdf.merge import bind as bind_parts

    parts = [Part(str(file), _read(file)) for file in files]
    write_whole(out, bind_parts(parts, title, language=language))
    click.echo(str(out))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Faulty([Finding(Place(file), f"cannot be read: {error.strerror}", "check its name")]) from None

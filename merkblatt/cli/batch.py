"""`batch`: a leaflet for each row of a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from merkblatt.cli.app import cli
from merkblatt.cli.shared import content_option, load_content, printing_day, tell


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
@content_option
def batch(**wish: Any) -> int:
    """Build a leaflet for each row of a list: CSV, XLSX, JSON Lines or YAML; - reads standard input.

    \b
    Columns, in German or English; only the sheet is needed:
      Blatt, Fassung, Format, Wochen, Umstände, mit, ohne, Übungen,
      Anrede, Name, Datum, Termin, Beratung, Notiz
    """
    from merkblatt.batch.run import Contents, Wanted
    from merkblatt.cli.batch_session import run_told
    from merkblatt.content.practice import read_sender

    folders, library = load_content(wish["own"])
    sender = read_sender(wish["practice"]) if wish["practice"] else None
    said = ("orders", "out", "names", "ignored", "dry_run", "resume", "strict", "print_file", "named_title")
    wanted = Wanted(today=wish["day"].date() if wish["day"] else printing_day(), **{name: wish[name] for name in said})
    return run_told(wanted, Contents(folders, library, sender), tell, wish)

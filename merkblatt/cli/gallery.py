"""`gallery`: every sheet by format, as small pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from merkblatt.cli.app import cli
from merkblatt.cli.progress import Progress
from merkblatt.cli.shared import code_of, content_option, load_content, printing_day, tell

if TYPE_CHECKING:
    from merkblatt.build.gallery import Card
    from merkblatt.build.job import Job
    from merkblatt.content.library import Library


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
@content_option
def gallery(**wish: Any) -> int:
    """Show every sheet by format: small pictures in FOLDER/index.html, the PDFs beside it; prints the page's path."""
    from merkblatt.build import gallery as room

    picture: Path | None = wish["picture"]
    if picture and picture.suffix.lower() not in room.PICTURES:
        raise click.UsageError(f"--picture {picture.name}: a picture is a .webp or a .png.")
    folders, library = load_content(wish["own"])
    jobs = _gallery_jobs(wish, library, tuple(room.NAMES))
    room.refuse_unseen(job.order.format for job in jobs)
    cards = _told(room.make_cards(jobs, library, folders, wish["out"], every_page=wish["every_page"]), len(jobs), wish)
    faults = [finding for card in cards for finding in card.findings]
    tell(faults)
    is_any_made = any(card.path for card in cards)
    if is_any_made or not faults:
        _write(cards, wish["out"] / "index.html", picture)
    return code_of(faults, is_any_made=is_any_made)


def _told(cards: Iterable[Card], count: int, wish: dict[str, Any]) -> list[Card]:
    """The cards, each told when it is made."""
    made = []
    with Progress(count, quiet=wish["quiet"]) as progress:
        for card in cards:
            made.append(card)
            progress.step(f"{card.sheet}.{card.format}")
    return made


def _write(cards: list[Card], page: Path, picture: Path | None) -> None:
    """Writes the page and, where it is asked for, the picture; prints their paths."""
    from merkblatt.build import gallery as room
    from merkblatt.core.atomic_write import write_whole

    files = {page: room.compose_gallery(cards).encode()}
    files |= {picture: room.draw_picture(cards, picture.suffix.lower())} if picture else {}
    for path, data in files.items():
        write_whole(path, data)
        click.echo(str(path))


def _gallery_jobs(wish: dict[str, Any], library: Library, every_format: tuple[str, ...]) -> list[Job]:
    from merkblatt.build.job import make_job

    wanted = [
        {"sheet": sheet, "edition": edition, "format": format_}
        for format_ in dict.fromkeys(wish["formats"] or every_format)
        for sheet in dict.fromkeys(wish["sheets"] or sorted(library.sheets))
        for edition in dict.fromkeys(wish["editions"] or ("de",))
    ]
    return [make_job(one, None, printing_day()) for one in wanted]

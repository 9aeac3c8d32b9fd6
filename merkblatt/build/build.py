"""Runs orders through the stages, one after the other, and writes what comes out.

One order that is at fault does not stop the others; each is told as it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from merkblatt.content.formats import FORMS
from merkblatt.content.library import Library
from merkblatt.content.model import Order
from merkblatt.content.practice import Sender
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.cache import Cache
from merkblatt.core.findings import Faulty, Finding
from merkblatt.core.folders import Folders
from merkblatt.outputs.produce import Wishes, produce
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.copyfit import find_spare, spare_names

if TYPE_CHECKING:
    from merkblatt.build.finisher import Finisher


@dataclass(frozen=True)
class Job:
    """An order with what it needs read already; `trail` is the key under which the way to what it becomes is kept."""

    order: Order
    sender: Sender | None
    today: date
    trail: str | None = None


@dataclass(frozen=True)
class Built:
    """What became of an order: its files, or the findings that kept it from being one.

    `pages` is 0 for what has none; `hint` tells how the last file is printed and folded.
    """

    name: str
    paths: tuple[Path, ...] = ()
    pages: int = 0
    hint: str = ""
    findings: tuple[Finding, ...] = ()


def build(  # noqa: PLR0913, PLR0917  what is built, from what, to where, and how
    jobs: Iterable[Job],
    library: Library,
    folders: Folders,
    out: Path,
    wishes: Wishes | None = None,
    cache: Cache | None = None,
) -> Iterator[Built]:
    """Builds each order and yields what became of it.

    Args:
        jobs: the orders.
        library: all content.
        folders: where templates and styles lie.
        out: the folder to write into; made where it is missing.
        wishes: what is wanted of the files themselves.
        cache: keeps what takes long to make; None where nothing is to be kept.
    """
    finisher = _finisher(library, folders, cache)
    for job in jobs:
        name = f"{job.order.sheet}.{job.order.edition}.{job.order.format}"
        try:
            yield _build_one(job, finisher, out, wishes or Wishes())
        except Faulty as error:
            yield Built(name, findings=tuple(_with_spare(error.findings, job, library, folders)))


def _finisher(library: Library, folders: Folders, cache: Cache | None) -> Finisher:
    # What shapes and lays out is imported here, so that the other commands start without it.
    from merkblatt.build.finisher import Finisher

    return Finisher(library, folders, cache)


def _build_one(job: Job, finisher: Finisher, out: Path, wishes: Wishes) -> Built:
    """Pages as they are can be kept and stamped; everything else is made anew."""
    if FORMS[job.order.format].kind == "pages" and wishes == Wishes():
        return _finish(job, finisher, out)
    leaflet = choose(job.order, finisher.library, job.sender, job.today)
    products = produce(leaflet, finisher.folders, wishes)
    for product in products:
        write_whole(out / product.name, product.data)
    last = products[-1]
    return Built(leaflet.file_name, tuple(out / product.name for product in products), last.pages, last.hint)


def _finish(job: Job, finisher: Finisher, out: Path) -> Built:
    finished = finisher.finish(job.order, job.sender, job.today)
    trail = finisher.trail(job.order, job.sender, job.today)
    path = out / f"{trail.file_name}.pdf"
    write_whole(path, b"".join(finished.pieces))
    if finisher.cache and job.trail:
        finisher.cache.put(job.trail, trail.to_bytes())
    return Built(trail.file_name, (path,), finished.pages)


def _with_spare(findings: Iterable[Finding], job: Job, library: Library, folders: Folders) -> Iterator[Finding]:
    """A page too many is told with what could be left out, found by trying."""
    for finding in findings:
        spare = _spare(job, library, folders) if finding.code == "pages" else ()
        words = " ".join(f"--without {name}" for name in spare)
        yield replace(finding, hint=f"it fits {words}; or {finding.hint}") if spare else finding


def _spare(job: Job, library: Library, folders: Folders) -> tuple[str, ...]:
    wanted = choose(job.order, library, job.sender, job.today)

    def fits(gone: tuple[str, ...]) -> bool:
        from merkblatt.page.compose import compose
        from merkblatt.page.layout import count_pages

        order = job.order.model_copy(update={"without": (*job.order.without, *gone)})
        try:
            page = compose(choose(order, library, job.sender, job.today), folders)
            return count_pages(page, folders) <= (wanted.most_pages or 0)
        except Faulty:
            return False

    return find_spare(spare_names(wanted), fits)

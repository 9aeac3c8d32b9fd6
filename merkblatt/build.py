"""Runs orders through the stages, one after the other, and writes what comes out.

One order that is at fault does not stop the others; each is told as it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from merkblatt.choose import choose
from merkblatt.files import write_whole
from merkblatt.findings import Faulty, Finding
from merkblatt.folders import Folders
from merkblatt.library import Library
from merkblatt.model import Order
from merkblatt.practice import Sender


@dataclass(frozen=True)
class Job:
    """An order with what it needs read already."""

    order: Order
    sender: Sender | None
    today: date


@dataclass(frozen=True)
class Built:
    """What became of an order: a file, or the findings that kept it from being one. `pages` is 0 for HTML."""

    name: str
    path: Path | None
    pages: int = 0
    findings: tuple[Finding, ...] = ()


def build(jobs: Iterable[Job], library: Library, folders: Folders, out: Path, *, html: bool) -> Iterator[Built]:
    """Builds each order and yields what became of it.

    Args:
        jobs: the orders.
        library: all content.
        folders: where templates and styles lie.
        out: the folder to write into; made where it is missing.
        html: whether the page itself is written instead of a PDF.
    """
    for job in jobs:
        name = f"{job.order.sheet}.{job.order.edition}.{job.order.format}"
        try:
            yield _build_one(job, library, folders, out, html=html)
        except Faulty as error:
            yield Built(name, None, findings=error.findings)


def _build_one(job: Job, library: Library, folders: Folders, out: Path, *, html: bool) -> Built:
    # What lays pages out is imported here, so that the other commands start without it.
    from merkblatt.compose import compose, compose_html

    leaflet = choose(job.order, library, job.sender, job.today)
    if html:
        path = out / f"{leaflet.file_name}.html"
        write_whole(path, compose_html(leaflet, folders).encode("utf-8"))
        return Built(leaflet.file_name, path)
    from merkblatt.press import press

    pressed = press(compose(leaflet, folders), folders)
    path = out / f"{leaflet.file_name}.pdf"
    write_whole(path, pressed.pdf)
    return Built(leaflet.file_name, path, pressed.pages)

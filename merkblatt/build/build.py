"""Runs orders through the stages, one after the other, and writes what comes out.

One order that is at fault does not stop the others; each is told as it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from merkblatt.build.job import Job
from merkblatt.content.formats import FORMS, LAID_OUT
from merkblatt.content.library import Library
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.cache import Cache
from merkblatt.core.findings import Faulty, Finding
from merkblatt.core.folders import Folders
from merkblatt.outputs.produce import Wishes, produce
from merkblatt.pdf.engine_versions import require_wanted_versions
from merkblatt.tailoring.copyfit import find_spare
from merkblatt.tailoring.resolve import Resolved, Resolver

if TYPE_CHECKING:
    from merkblatt.build.finisher import Finisher


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

    Raises:
        Faulty: pages are asked for, and the layout engine is of a version that is not known; nothing is built.
    """
    jobs = list(jobs)
    if any(FORMS[job.order.format].kind in LAID_OUT for job in jobs):
        require_wanted_versions()
    resolver, finisher = Resolver(library), _finisher(folders, cache)
    for job in jobs:
        try:
            resolved = resolver.resolve(job.order, job.sender, job.today)
        except Faulty as error:
            order = job.order
            yield Built(f"{order.sheet}.{order.edition}.{order.format}", findings=error.findings)
        else:
            yield _build_one(resolved, job.trail, finisher, out, wishes or Wishes())


def _finisher(folders: Folders, cache: Cache | None) -> Finisher:
    # What shapes and lays out is imported here, so that the other commands start without it.
    from merkblatt.build.finisher import Finisher

    return Finisher(folders, cache)


def _build_one(resolved: Resolved, trail: str | None, finisher: Finisher, out: Path, wishes: Wishes) -> Built:
    """Pages as they are can be kept and stamped; everything else is made anew."""
    try:
        if FORMS[resolved.leaflet.format].kind == "pages" and wishes == Wishes():
            return _finish(resolved, trail, finisher, out)
        return _produce(resolved, finisher.folders, out, wishes)
    except Faulty as error:
        findings = tuple(_with_spare(error.findings, resolved, finisher.folders))
        return Built(resolved.leaflet.file_name, findings=findings)


def _produce(resolved: Resolved, folders: Folders, out: Path, wishes: Wishes) -> Built:
    products = produce(resolved.for_person, folders, wishes)
    for product in products:
        write_whole(out / product.name, product.data)
    last = products[-1]
    return Built(resolved.leaflet.file_name, tuple(out / product.name for product in products), last.pages, last.hint)


def _finish(resolved: Resolved, trail: str | None, finisher: Finisher, out: Path) -> Built:
    finished = finisher.finish(resolved)
    path = out / f"{resolved.leaflet.file_name}.pdf"
    write_whole(path, b"".join(finished.pieces))
    if finisher.cache and trail:
        finisher.cache.put(trail, finisher.trail(resolved).to_bytes())
    return Built(resolved.leaflet.file_name, (path,), finished.pages)


def _with_spare(findings: Iterable[Finding], resolved: Resolved, folders: Folders) -> Iterator[Finding]:
    """A page too many is told with what could be left out, found by trying."""
    for finding in findings:
        spare = _spare(resolved, folders) if finding.code == "pages" else ()
        words = " ".join(f"--without {name}" for name in spare)
        yield replace(finding, hint=f"it fits {words}; or {finding.hint}") if spare else finding


def _spare(resolved: Resolved, folders: Folders) -> tuple[str, ...]:
    def fits(gone: tuple[str, ...]) -> bool:
        from merkblatt.page.compose import compose
        from merkblatt.page.layout import count_pages

        try:
            return count_pages(compose(resolved.without(gone), folders), folders) <= (resolved.most_pages or 0)
        except Faulty:
            return False

    return find_spare(resolved.spare, fits)

"""Builds a leaflet anew whenever something is saved that it is made of; yields what became of it. Prints nothing.

What is watched: all folders of content, templates and styles, and those where the order and the practice lie.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merkblatt.build.build import Built
from merkblatt.build.build import build as build_jobs
from merkblatt.build.job import Job
from merkblatt.content.library import load_library
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from merkblatt.core.folders import Folders, find_folders, is_backup
from merkblatt.outputs.produce import Wishes

#: What a leaflet is made of; all else in the folders (an editor's drafts, what is built) is not looked at.
_READ = frozenset({".yaml", ".css", ".j2", ".ttf", ".otf", ".woff2", ".svg", ".png", ".jpg"})
#: Milliseconds until we look for ourselves whether a file beside the folders has changed.
_PATIENCE = 200


@dataclass(frozen=True)
class Wanted:
    """What is previewed: own content folders, how the order is made, the folder to write to, what the files are to be.

    `make_job` reads the order anew each time, since its files may have changed; they lie in the folders `beside`.
    """

    own: tuple[Path, ...]
    make_job: Callable[[], Job]
    out: Path
    wishes: Wishes
    beside: frozenset[Path] = frozenset()


@dataclass(frozen=True)
class Turn:
    """One time of building: which files were saved before (none the first time), and what came of it."""

    saved: tuple[Path, ...]
    built: Built


def build_turn(wanted: Wanted) -> Built:
    """Reads everything anew and builds; what is wrong with the content is a finding, and the last good file stays."""
    try:
        folders = find_folders(wanted.own)
        library = load_library(folders.leaflets)
        return next(build_jobs([wanted.make_job()], library, folders, wanted.out, wanted.wishes))
    except Faulty as error:
        return Built("", findings=error.findings)


def follow(wanted: Wanted) -> Iterator[Turn]:
    """Builds at once, then after every save, until it is stopped.

    Raises:
        Faulty: a folder of content is none, or cannot be watched.
        KeyboardInterrupt: somebody has pressed Ctrl-C.
    """
    for saved in _saves(find_folders(wanted.own), wanted.beside):
        yield Turn(saved, build_turn(wanted))


def _saves(folders: Folders, beside: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Nothing at first, then the files of each save; what is saved while the caller works comes next."""
    from watchfiles import watch

    roots = sorted({*folders.leaflets, *folders.templates, *folders.styles})
    # A timeout yields an empty set; the first tells that the watch stands, so that nothing is missed from there on.
    changes = watch(*roots, watch_filter=None, rust_timeout=_PATIENCE, yield_on_timeout=True)
    known = _prints(beside)
    for number in itertools.count():
        found = _next_of(changes)
        now = _prints(beside)
        unlike = {path for path, _ in known.items() ^ now.items()}
        known = now
        saved = sorted(found | unlike)
        if number == 0 or saved:
            yield tuple(saved)


def _next_of(changes: Iterator[set[tuple[Any, str]]]) -> set[Path]:
    """What was saved of that which is read: files, and folders that are new and have such files in them already."""
    try:
        paths = {Path(name) for _, name in next(changes)}
        return {path for path in paths if _is_read(path) or (path.is_dir() and any(map(_is_read, path.rglob("*"))))}
    except (OSError, RuntimeError) as error:  # watchfiles' own error is a RuntimeError
        message = f"folders cannot be watched: {error}"
        hint = "set WATCHFILES_FORCE_POLLING=1; where too many are watched, raise fs.inotify.max_user_watches"
        raise Faulty([Finding(COMMAND_LINE, message, hint, code="watch")]) from None


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in _READ and not is_backup(path.name)


def _prints(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Time and size of each file in the folders, without what lies below them: it may be a whole disk."""
    found = {}
    for folder in folders:
        with suppress(OSError):  # gone since, or not to be read; the order itself tells
            for path in filter(_is_read, folder.iterdir()):
                found[path] = (path.stat().st_mtime_ns, path.stat().st_size)
    return found

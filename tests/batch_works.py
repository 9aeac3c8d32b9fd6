"""Work for tests of batches: quick, without a layout, and with the mishaps that a test asks for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.run import Contents, Event, Means, Outcome, Wanted, run_batch
from merkblatt.batch.work import Made, Setting, Work
from merkblatt.batch.worker import Assignment, Report, Task, perform, take_up
from merkblatt.content.library import load_library
from merkblatt.core.findings import Finding, Place
from merkblatt.core.folders import Folders
from merkblatt.tailoring.resolve import Resolved

TODAY = date(2026, 11, 23)


def leaflet(row: Row) -> bytes:
    """Bytes that depend on the row alone, some kilobytes of them."""
    return f"%PDF row {row.number} {sorted(row.wish.items())}\n".encode() * 40


@dataclass(frozen=True)
class Quick:
    """Makes leaflets at once. A row whose note says so has a mishap:

    `wrong`: is left out; `deadly`: ends the worker; `deadly once PATH`: the first time; `long`: 200 kB.
    """

    setting: Setting
    seconds: float = 0.0

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        for row in rows:
            note = str(row.wish.get("note", ""))
            if note.startswith("deadly"):
                _die(note)
            time.sleep(self.seconds)
            if note == "wrong":
                place = Place(self.setting.listing.source.path, row.line)
                yield Made(row.number, findings=(Finding(place, "does not fit", "shorten the note"),))
            else:
                yield Made(row.number, (b"%PDF", leaflet(row) * (50 if note == "long" else 1)), 2)


def _die(note: str) -> None:
    once = note.removeprefix("deadly once ")
    if once == note or not Path(once).exists():
        if once != note:
            Path(once).touch()
        os._exit(9)


def quick(setting: Setting, _kinds: Mapping[str, Resolved]) -> Work:
    return Quick(setting)


def slow(setting: Setting, _kinds: Mapping[str, Resolved]) -> Work:
    return Quick(setting, 0.02)


def very_slow(setting: Setting, _kinds: Mapping[str, Resolved]) -> Work:
    return Quick(setting, 1.0)


class InHouse:
    """A crew of one that works in this process, at once."""

    width = 1

    def __init__(self, duty: Assignment) -> None:
        self._batch = duty.batch
        take_up(duty)

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        done: Future[Report] = Future()
        done.set_result(perform(self._batch, tasks))
        return done

    def has_died(self, error: BaseException) -> bool:
        return False

    def renew(self) -> bool:
        return False

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


IN_HOUSE = Means(hire=InHouse, make_work=quick)


@dataclass(frozen=True)
class Ended:
    """A batch that ran: how it ended, and what it told."""

    outcome: Outcome
    events: tuple[Event, ...]

    def told(self, kind: str) -> list[Mapping[str, Any]]:
        return [event.facts for event in self.events if event.kind == kind]


def contents(root: Path, styles_of: Path) -> Contents:
    """The content of a folder, with the program's templates and styles."""
    folders = Folders((root,), (styles_of / "templates",), (styles_of / "styles",))
    return Contents(folders, load_library([root]), None)


def run(made_from: Contents, orders: object, out: Path, means: Means = IN_HOUSE, **wanted: Any) -> Ended:
    """Runs a batch in this process."""
    events: list[Event] = []
    asked = replace(Wanted(str(orders), out, TODAY), **wanted)
    return Ended(run_batch(asked, made_from, means, events.append), tuple(events))


def files(folder: Path) -> dict[str, bytes]:
    """What a reader of a folder finds in it: names and bytes, without the hidden folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".merkblatt" not in path.parts
    }


def drafts(folder: Path) -> list[str]:
    """What was left behind half done."""
    return [path.name for path in (folder / ".merkblatt" / "drafts").glob("*")]

"""What a worker does with rows of a list. Here is the way that is always right: each leaflet is laid out afresh.

Another way, such as stamping masters, is another `Work`: it is made once by its `MakeWork`, in the process that runs
the batch, with one job of each distinct leaflet in hand; it is carried to each worker once; there it is called with
rows, in chunks, and yields what became of each.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from merkblatt.batch.lists.rows import Listing, Row, named, order_of
from merkblatt.content.fingerprint import sum_of_all
from merkblatt.content.library import Library, load_library
from merkblatt.content.practice import Sender
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.resolve import Resolved, Resolver


@dataclass(frozen=True)
class Setting:
    """What is the same for all rows of a batch. Holds nothing of a person; `listing` only places findings.

    `content` is the sum of all that leaflets are made from, which every worker must find where it is.
    """

    folders: Folders
    content: str
    sender: Sender | None
    today: date
    listing: Listing


@dataclass(frozen=True)
class Made:
    """What became of a row: the pieces of its PDF, one after the other, or the findings that kept it from being one."""

    row: int
    pieces: tuple[bytes, ...] = ()
    pages: int = 0
    findings: tuple[Finding, ...] = ()


class Work(Protocol):
    """What a worker does; must be picklable."""

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        """Yields what became of each row, in any order; a row at fault does not stop the others."""
        ...


#: Makes the work of a batch; the mapping holds, by key, the first order of each distinct leaflet, of the first ones.
MakeWork = Callable[[Setting, Mapping[str, Resolved]], Work]


@dataclass(frozen=True)
class LayOut:
    """Each leaflet laid out afresh: right for every script and length, 0.1 to 0.5 s a leaflet.

    `leaflets` are those for everyone that are resolved already, by their keys.
    """

    setting: Setting
    leaflets: Mapping[str, Leaflet] = field(default_factory=dict)

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        """Yields what became of each row."""
        check_content(self.setting.folders, self.setting.content)
        resolver = Resolver(lambda: read_library(self.setting.folders))
        resolver.know(self.leaflets)
        for row in rows:
            yield told(row, self.setting, lambda row: self._make(row, resolver))

    def _make(self, row: Row, resolver: Resolver) -> Made:
        from merkblatt.page.compose import compose
        from merkblatt.page.layout import press

        leaflet = resolve_row(row, self.setting, resolver).for_person
        pressed = press(compose(leaflet, self.setting.folders), self.setting.folders)
        return Made(row.number, (pressed.pdf,), pressed.pages)


def lay_out(setting: Setting, kinds: Mapping[str, Resolved]) -> LayOut:
    """The work that lays each leaflet out afresh."""
    return LayOut(setting, {key: resolved.leaflet for key, resolved in kinds.items()})


def resolve_row(row: Row, setting: Setting, resolver: Resolver) -> Resolved:
    """What a row comes to.

    Raises:
        Faulty: with all findings about it.
    """
    order = order_of(row, setting.listing)
    return resolver.resolve(order, setting.sender, order.day or setting.today)


def told(row: Row, setting: Setting, make: Callable[[Row], Made]) -> Made:
    """What a row makes; whatever goes wrong with it is a finding about it, and nothing of a person is in that."""
    try:
        return make(row)
    except Faulty as error:
        return Made(row.number, findings=tuple(named(finding, row, setting.listing) for finding in error.findings))
    except (OSError, MemoryError):
        raise  # the machine's fault, not the row's
    except Exception as error:
        return Made(row.number, findings=(named(_own_fault(error, row, setting), row, setting.listing),))


def _own_fault(error: Exception, row: Row, setting: Setting) -> Finding:
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = f"a fault of the program: {type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
    return Finding(Place(setting.listing.source.path, row.line), message, "report it", code="program")


@lru_cache(maxsize=1)
def check_content(folders: Folders, content: str) -> None:
    """Makes sure, once a worker, that it finds what the batch was begun with.

    Raises:
        Faulty: it is not the content that the batch was begun with.
    """
    if sum_of_all(folders) != content:
        message = "is not the content that the batch was begun with"
        hint = "let it stand while a batch runs; on other machines, keep the same versions (merkblatt info) and folders"
        raise Faulty([Finding(Place(folders.leaflets[-1]), message, hint, code="content-changed")])


@lru_cache(maxsize=1)
def read_library(folders: Folders) -> Library:
    """The content, read once a worker, and only where it is needed."""
    return load_library(folders.leaflets)

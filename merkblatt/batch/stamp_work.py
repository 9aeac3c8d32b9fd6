"""The quick work of a batch: each distinct leaflet is laid out once, then stamped for one person after another.

Masters are made in the process that runs the batch and travel to each worker once. What cannot be stamped is laid out
afresh (`finish`). Formats that are no pages, or folds, are no work for a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from merkblatt.batch.lists.rows import Row, order_of
from merkblatt.batch.work import Made, Setting, read_library, told
from merkblatt.build.build import Job
from merkblatt.build.finisher import Finisher
from merkblatt.core.cache import open_cache
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.stamp.stamper import Keeper

#: So many leaflets are laid out before the workers begin; where a list asks for more, each worker makes those it meets.
MOST_AT_FIRST = 32
#: So many masters are held in memory; a list with many doses and lengths may ask for more, which then lie in the cache.
MOST_HELD = 256


@dataclass
class Masters:
    """Masters in memory, with another keeper behind it where there is one."""

    behind: Keeper | None = None
    held: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        """What is held here, or kept behind."""
        found = self.held.get(key)
        if found is None and self.behind and (found := self.behind.get(key)):
            self._hold(key, found)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Holds data, and keeps it behind."""
        self._hold(key, data)
        if self.behind:
            self.behind.put(key, data)

    def _hold(self, key: str, data: bytes) -> None:
        if len(self.held) < MOST_HELD:
            self.held[key] = data


@dataclass(frozen=True)
class Stamping:
    """Stamps rows; `masters` are those that were made before the workers began. Holds nothing of a person."""

    setting: Setting
    masters: Mapping[str, bytes]

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        """Yields what became of each row."""
        finisher = _finisher(self.setting.folders, self.setting.content)
        keeper = finisher.cache
        if isinstance(keeper, Masters):
            keeper.held.update((key, data) for key, data in self.masters.items() if key not in keeper.held)
        for row in rows:
            yield told(row, self.setting, lambda row: self._make(row, finisher))

    def _make(self, row: Row, finisher: Finisher) -> Made:
        order = order_of(row, self.setting.listing)
        finished = finisher.finish(order, self.setting.sender, order.day or self.setting.today)
        return Made(row.number, finished.pieces, finished.pages)


def stamp_rows(setting: Setting, kinds: Mapping[str, Job]) -> Stamping:
    """The work that stamps; lays the distinct leaflets out, as far as they are few."""
    masters = Masters(open_cache())
    finisher = Finisher(read_library(setting.folders, setting.content), setting.folders, masters, opens_doses=True)
    for job in islice(kinds.values(), MOST_AT_FIRST):
        try:
            finisher.finish(job.order, setting.sender, job.today)
        except Faulty:
            continue  # the row's own turn will tell
    return Stamping(setting, dict(masters.held))


@lru_cache(maxsize=1)
def _finisher(folders: Folders, content: str) -> Finisher:
    """One a worker, so that what leaflets have in common is worked out once."""
    return Finisher(read_library(folders, content), folders, Masters(open_cache()), opens_doses=True)

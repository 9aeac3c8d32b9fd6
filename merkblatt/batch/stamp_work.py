"""The quick work of a batch: each distinct leaflet is laid out once, then stamped for one person after another.

Masters are made in the process that runs the batch and travel to each worker once. What cannot be stamped is laid out
afresh (`finish`). Formats that are no pages, or folds, are no work for a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from merkblatt.batch.lists.rows import Row
from merkblatt.batch.work import Made, Setting, check_content, read_library, resolve_row, told
from merkblatt.build.finisher import Finisher
from merkblatt.core.cache import open_cache
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.stamp.stamper import Keeper
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.resolve import Resolved, Resolver

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
    """Stamps rows. Holds nothing of a person.

    `masters` are those that were made before the workers began; `leaflets` are those for everyone, by their keys.
    """

    setting: Setting
    masters: Mapping[str, bytes]
    leaflets: Mapping[str, Leaflet]

    def __call__(self, rows: Sequence[Row]) -> Iterator[Made]:
        """Yields what became of each row."""
        tools = _tools(self.setting.folders, self.setting.content)
        tools.take(self.masters, self.leaflets)
        for row in rows:
            yield told(row, self.setting, lambda row: self._make(row, tools))

    def _make(self, row: Row, tools: _Tools) -> Made:
        finished = tools.finisher.finish(resolve_row(row, self.setting, tools.resolver))
        return Made(row.number, finished.pieces, finished.pages)


def stamp_rows(setting: Setting, kinds: Mapping[str, Resolved]) -> Stamping:
    """The work that stamps; lays the distinct leaflets out, as far as they are few."""
    check_content(setting.folders, setting.content)
    masters = Masters(open_cache())
    finisher = Finisher(setting.folders, masters)
    for resolved in islice(kinds.values(), MOST_AT_FIRST):
        try:
            finisher.finish(resolved)
        except Faulty:
            continue  # the row's own turn will tell
    return Stamping(setting, dict(masters.held), {key: resolved.leaflet for key, resolved in kinds.items()})


class _Tools:
    """What a worker resolves and finishes with, so that what leaflets have in common is worked out once."""

    def __init__(self, folders: Folders) -> None:
        self.masters = Masters(open_cache())
        self.finisher = Finisher(folders, self.masters)
        self.resolver = Resolver(lambda: read_library(folders), opens_doses=True)
        self._taken: object = None

    def take(self, masters: Mapping[str, bytes], leaflets: Mapping[str, Leaflet]) -> None:
        """Takes what a batch has ready, once."""
        if self._taken is not leaflets:
            self._taken = leaflets
            self.masters.held.update((key, data) for key, data in masters.items() if key not in self.masters.held)
            self.resolver.know(leaflets)


@lru_cache(maxsize=1)
def _tools(folders: Folders, content: str) -> _Tools:
    """One a worker.

    Raises:
        Faulty: the worker does not find the content that the batch was begun with.
    """
    check_content(folders, content)
    return _Tools(folders)

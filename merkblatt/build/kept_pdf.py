"""Finished leaflets as they are kept, and the trails by which they are found again without reading the library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merkblatt.stamp.stamper import Keeper


@dataclass(frozen=True)
class Finished:
    """A finished PDF in pieces, one after the other, and its number of pages."""

    pieces: tuple[bytes, ...]
    pages: int


@dataclass(frozen=True)
class Trail:
    """Where a leaflet, or its masters, are kept, and as long as what holds."""

    kept: str
    file_name: str
    due: date
    overdue: bool

    def to_bytes(self) -> bytes:
        """The trail as JSON."""
        return json.dumps([self.kept, self.file_name, self.due.isoformat(), self.overdue]).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Trail:
        """The trail that `to_bytes` wrote.

        Raises:
            ValueError: these are no such bytes.
        """
        kept, file_name, due, overdue = json.loads(data)
        return cls(kept, file_name, date.fromisoformat(due), overdue)

    def holds(self, today: date) -> bool:
        """Whether the leaflet looks the same today: it says when its review is overdue."""
        return (self.due < today) == self.overdue


def keep(cache: Keeper, key: str, finished: Finished) -> None:
    """Keeps a leaflet that holds nothing of a person."""
    cache.put(key, b"%d\n%s" % (finished.pages, b"".join(finished.pieces)))


def recall(cache: Keeper, key: str) -> Finished | None:
    """The leaflet that was kept under a key."""
    pages, newline, pdf = (cache.get(key) or b"").partition(b"\n")
    return Finished((pdf,), int(pages)) if newline and pages.isdigit() else None

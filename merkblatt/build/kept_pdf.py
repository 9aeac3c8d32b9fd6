"""Finished leaflets as they are kept, and the trails by which they are found again without reading the library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from merkblatt.tailoring.printed_together import together

if TYPE_CHECKING:
    from merkblatt.stamp.stamper import Keeper


@dataclass(frozen=True)
class Finished:
    """A finished PDF in pieces, one after the other, and its number of pages."""

    pieces: tuple[bytes, ...]
    pages: int


class PersonalField(NamedTuple):
    """A field of an order that is a person's: as what it is printed, and what words it takes as they are."""

    name: str
    printed_as: str
    length: int
    has_lines: bool

    def takes(self, words: str) -> bool:
        """Whether an order takes the words as they are."""
        one_line = words.replace("\n", "") if self.has_lines else words
        return 0 < len(words) <= self.length and words == words.strip() and one_line.isprintable()


@dataclass(frozen=True)
class KeptPlace:
    """Where a leaflet, or its masters, are kept, and as long as what holds.

    `person` are the fields that an order may fill with a person's words, in the order in which they are printed; the
    trail holds none of those words.
    """

    kept: str
    file_name: str
    due: date
    overdue: bool
    person: tuple[PersonalField, ...] = ()

    def to_bytes(self) -> bytes:
        """The trail as JSON."""
        return json.dumps([self.kept, self.file_name, self.due.isoformat(), self.overdue, self.person]).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> KeptPlace:
        """The trail that `to_bytes` wrote.

        Raises:
            ValueError: these are no such bytes.
        """
        kept, file_name, due, overdue, person = json.loads(data)
        fields = tuple(PersonalField(*field) for field in person)
        return cls(kept, file_name, date.fromisoformat(due), overdue, fields)

    def holds(self, today: date) -> bool:
        """Whether the leaflet looks the same today: it says when its review is overdue."""
        return (self.due < today) == self.overdue

    def words(self, said: Mapping[str, str]) -> dict[str, str] | None:
        """What a person's fields say, by the names under which it is printed; None where it must be judged first."""
        found: dict[str, str] = {}
        for field in self.person:
            words = said.get(field.name)
            if words is None:
                continue
            if not field.takes(words):
                return None
            found[field.printed_as] = together(found.get(field.printed_as), words)
        return found if said.keys() <= {field.name for field in self.person} else None


def keep(cache: Keeper, key: str, finished: Finished) -> None:
    """Keeps a leaflet that holds nothing of a person."""
    cache.put(key, b"%d\n%s" % (finished.pages, b"".join(finished.pieces)))


def recall(cache: Keeper, key: str) -> Finished | None:
    """The leaflet that was kept under a key."""
    pages, newline, pdf = (cache.get(key) or b"").partition(b"\n")
    return Finished((pdf,), int(pages)) if newline and pages.isdigit() else None

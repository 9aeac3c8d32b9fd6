"""Looks every row of a list through before the first is printed: which can be made, which not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from merkblatt.batch.lists.rows import Listing, Row, named, order_of
from merkblatt.batch.work import Setting, kind_of
from merkblatt.build.build import Job
from merkblatt.content.library import Library
from merkblatt.core.findings import Faulty, Finding
from merkblatt.tailoring.choose import choose


@dataclass(frozen=True)
class Plan:
    """A list that was looked through.

    `faults` holds, by the number of the row, why a row is left out; `kinds`, by kind, the first job of each distinct
    leaflet.
    """

    listing: Listing
    rows: int
    faults: Mapping[int, tuple[Finding, ...]]
    kinds: Mapping[str, Job]
    names: Mapping[str, Mapping[str, str]]

    @property
    def good(self) -> int:
        """How many rows can be made, as far as can be told without laying them out."""
        return self.rows - len(self.faults)

    def good_rows(self) -> Iterator[Row]:
        """The rows that can be made, in their order, as workers take them: without what they were written as."""
        for row in self.listing.rows():
            if row.number not in self.faults:
                yield replace(row, wish=by_id(row.wish, self.names), raw=None)


def make_plan(
    listing: Listing, library: Library, setting: Setting, tell: Callable[[int], None] = lambda _: None
) -> Plan:
    """Looks a list through.

    Args:
        listing: the list.
        library: all content.
        setting: what is the same for all rows.
        tell: is told the number of each row that was looked at.

    Raises:
        Faulty: the list cannot be read to its end.
    """
    names = names_by_title(library)
    faults: dict[int, tuple[Finding, ...]] = {}
    kinds: dict[str, Job] = {}
    number = 0
    for row in listing.rows():
        number = row.number
        try:
            _look_at(replace(row, wish=by_id(row.wish, names)), library, setting, kinds)
        except Faulty as error:
            faults[number] = error.findings
        tell(number)
    return Plan(listing, number, faults, kinds, names)


def _look_at(row: Row, library: Library, setting: Setting, kinds: dict[str, Job]) -> None:
    order = order_of(row, setting.listing)
    kind = kind_of(order)
    if kind in kinds:
        return
    today = order.day or setting.today
    try:
        choose(order, library, setting.sender, today)
    except Faulty as error:
        raise Faulty(named(finding, row, setting.listing) for finding in error.findings) from None
    kinds[kind] = Job(order, setting.sender, today)


def names_by_title(library: Library) -> dict[str, dict[str, str]]:
    """What lists may call a sheet or an edition beside its id: its title, in any edition, where it is one's own."""
    sheets = ((title, name) for name, sheet in library.sheets.items() for title in (name, *sheet.title.root.values()))
    editions = ((title, name) for name, edition in library.editions.items() for title in (name, edition.name))
    return {"sheet": _unambiguous(sheets), "edition": _unambiguous(editions)}


def _unambiguous(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for title, name in pairs:
        found.setdefault(_plain(title), set()).add(name)
    return {title: min(names) for title, names in found.items() if len(names) == 1}


def _plain(title: object) -> str:
    return "-".join(str(title).casefold().replace(",", " ").split())


def by_id(wish: dict[str, Any], names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """A wish in which sheet and edition are named by their ids."""
    found = {field: names[field].get(_plain(wish[field])) for field in ("sheet", "edition") if field in wish}
    return wish | {field: name for field, name in found.items() if name}

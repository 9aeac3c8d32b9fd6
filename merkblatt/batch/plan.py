"""Looks every row of a list through before the first is printed: which can be made, which not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from merkblatt.batch.lists.rows import Listing, Row, named, order_of
from merkblatt.batch.work import Setting
from merkblatt.content.library import Library
from merkblatt.core.findings import Faulty, Finding
from merkblatt.tailoring.resolve import MOST_REMEMBERED, Resolved, Resolver

#: So many distinct leaflets go to the workers resolved; of a list that asks for more, each worker resolves the rest.
MOST_KINDS = MOST_REMEMBERED // 2


@dataclass(frozen=True)
class Plan:
    """A list that was looked through.

    `faults` holds, by the number of the row, why a row is left out; `kinds`, by key, the first order of each distinct
    leaflet, as many as are kept (MOST_KINDS).
    """

    listing: Listing
    rows: int
    faults: Mapping[int, tuple[Finding, ...]]
    kinds: Mapping[str, Resolved]
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
    kinds: dict[str, Resolved] = {}
    resolver = Resolver(library, opens_doses=True)
    number = 0
    for row in listing.rows():
        number = row.number
        try:
            resolved = _look_at(replace(row, wish=by_id(row.wish, names)), setting, resolver)
        except Faulty as error:
            faults[number] = error.findings
        else:
            if len(kinds) < MOST_KINDS:
                kinds.setdefault(resolved.key, resolved)
        tell(number)
    return Plan(listing, number, faults, kinds, names)


def _look_at(row: Row, setting: Setting, resolver: Resolver) -> Resolved:
    order = order_of(row, setting.listing)
    try:
        return resolver.resolve(order, setting.sender, order.day or setting.today)
    except Faulty as error:
        raise Faulty(named(finding, row, setting.listing) for finding in error.findings) from None


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

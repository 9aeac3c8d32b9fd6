"""Finishes resolved orders as PDF: kept from before, stamped, or laid out; the quickest way that is right.

A leaflet for everyone is kept whole; for a person it is stamped on masters, which are kept, and laid out where a layout
is surer (`NeedsLayout`). Nothing of a person is kept. All ways give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from merkblatt.build.kept_pdf import Finished, KeptPlace, PersonalField, keep, recall
from merkblatt.content.fingerprint import key_of, sum_of_layout
from merkblatt.content.model import Order, personal_fields, room_of
from merkblatt.core.folders import Folders
from merkblatt.stamp import MARK, NeedsLayout, Stamper
from merkblatt.stamp.stamper import Keeper
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.person import with_words
from merkblatt.tailoring.resolve import Resolved

if TYPE_CHECKING:
    from merkblatt.page.compose import Page


class Finisher:
    """Finishes orders one after the other, and remembers what orders for the same leaflet have in common.

    Args:
        folders: where templates, styles and fonts lie.
        cache: keeps from run to run; None where nothing is to be kept.
    """

    def __init__(self, folders: Folders, cache: Keeper | None = None) -> None:
        self.folders, self.cache = folders, cache
        self._kinds: dict[str, _Kind] = {}
        self._layout_sum = sum_of_layout(folders) if cache else ""

    def finish(self, resolved: Resolved) -> Finished:
        """The PDF of an order.

        Raises:
            Faulty: with everything that keeps it from being right on paper.
        """
        kind = self._kind(resolved)
        if not resolved.words:
            return self._impersonal(kind)
        try:
            stamped = kind.stamper.stamp(resolved.words)
        except NeedsLayout:
            return self._laid_out(_compose(resolved.for_person, self.folders))
        return Finished((stamped.prefix, stamped.tail), stamped.pages)

    def trail(self, resolved: Resolved) -> KeptPlace:
        """How to find what an order has been made from again."""
        kind = self._kind(resolved)
        imprint = resolved.leaflet.imprint
        kept = kind.stamper.key if resolved.words else kind.key
        return KeptPlace(kept, resolved.leaflet.file_name, imprint.next_review, imprint.overdue, _fields_of_a_person())

    def _kind(self, resolved: Resolved) -> _Kind:
        kind = self._kinds.get(resolved.key)
        if kind is None:
            kind = _Kind(resolved.leaflet, self.folders, self._layout_sum, self.cache)
            self._kinds[resolved.key] = kind
        return kind

    def _impersonal(self, kind: _Kind) -> Finished:
        kept = recall(self.cache, kind.key) if self.cache else None
        if kept is None:
            kept = self._laid_out(kind.everyones_page)
            if self.cache:
                keep(self.cache, kind.key, kept)
        return kept

    def _laid_out(self, page: Page) -> Finished:
        from merkblatt.page.layout import press

        pressed = press(page, self.folders)
        return Finished((pressed.pdf,), pressed.pages)


class _Kind:
    """What orders for one leaflet have in common, whoever the person is."""

    def __init__(self, leaflet: Leaflet, folders: Folders, layout_sum: str, cache: Keeper | None) -> None:
        self.leaflet, self.folders, self.layout_sum, self.cache = leaflet, folders, layout_sum, cache

    @cached_property
    def key(self) -> str:
        """Under which the leaflet for everyone is kept."""
        return key_of("leaflet", self.layout_sum, self.everyones_page.html) if self.cache else ""

    @cached_property
    def everyones_page(self) -> Page:
        """The page that names nobody."""
        return self.page({})

    @cached_property
    def stamper(self) -> Stamper:
        """Stamps the leaflet for persons; its masters are kept by the page with all that can stand on it."""
        printed = sorted({mark.printed_as for mark in personal_fields(Order).values()})
        marked = self.page(dict.fromkeys(printed, MARK)) if self.cache else None
        key = key_of("master", self.layout_sum, marked.html) if marked else ""
        return Stamper(self.page, self.folders, key, self.cache)

    def page(self, words: Mapping[str, str]) -> Page:
        """The page with other personal words, or none."""
        return _compose(with_words(self.leaflet, words), self.folders)


def _fields_of_a_person() -> tuple[PersonalField, ...]:
    marked = ((name, mark.printed_as, room_of(Order, name)) for name, mark in personal_fields(Order).items())
    return tuple(PersonalField(name, shown, room.length, room.has_lines) for name, shown, room in marked if room)


def _compose(leaflet: Leaflet, folders: Folders) -> Page:
    # Jinja and its like take a while to start; what is kept needs none of them.
    from merkblatt.page.compose import compose

    return compose(leaflet, folders)

"""Finds a leaflet that was built before by the words of the command line alone, without reading the library.

A leaflet is found where nothing has changed that could change it: the words, the content, the program, the practice.
Then what was kept is written again, for a person stamped. Everything else goes the long way. What pydantic, Jinja and
the layout engine need to start is not imported here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from merkblatt.build.kept_pdf import Finished, KeptPlace, recall
from merkblatt.content.fingerprint import key_of, sum_of_all
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.cache import Cache
from merkblatt.core.folders import Folders

#: Fields of a wish that decide which leaflet it is.
_DECIDING = (
    "weeks", "said", "with_", "without", "own_doses", "practice", "named_title", "max_pages", "creep", "grade", "cells",
    "lines",
)  # fmt: skip
#: Fields that say where to, or how loud, or that are told apart leaflet by leaflet; they do not change one.
_BESIDE = frozenset({"out", "quiet", "own", "day", "no_cache", "sheets", "editions", "formats"})
#: Fields that lead the long way, but with these values; what they ask for is not kept.
_LONG: dict[str, object] = {
    "order_file": None, "html": False, "every": False, "variant": "ua1", "up": "1", "house": None, "bleed": 0.0,
    "crop_marks": False,
}  # fmt: skip


@dataclass(frozen=True)
class Recalled:
    """A leaflet that was found and written, as `build.Built` tells it."""

    name: str
    paths: tuple[Path, ...]
    pages: int
    hint: str = ""
    findings: tuple[()] = ()


@dataclass(frozen=True)
class Shortcut:
    """What a wish of the command line comes to, leaflet by leaflet.

    Args:
        cache: where leaflets are kept.
        folders: what the library is read from.
        wish: the options of `build`, as Click reads them.
        today: the day of printing, where the wish names none.
    """

    cache: Cache
    folders: Folders
    wish: Mapping[str, Any]
    today: date

    def keys(self) -> list[str]:
        """The key of each leaflet's trail, in the order in which they are built; none where there is no short way.

        Of a person, a key tells at most which fields are filled.
        """
        wish, person = self.wish, self._person()
        is_usual = all(wish.get(field, usual) == usual for field, usual in _LONG.items())
        if not is_usual or not all(isinstance(words, str) for words in person.values()):
            return []
        made_from = sum_of_all(self.folders), *_sums_of_practice(wish.get("practice"))
        said = [(field, wish.get(field)) for field in _DECIDING]
        return [
            key_of("trail", *made_from, repr(said), sorted(person), sheet, edition, format_)
            for sheet in dict.fromkeys(wish["sheets"])
            for edition in wish["editions"] or (None,)
            for format_ in wish["formats"] or (None,)
        ]

    def recall(self) -> list[Recalled] | None:
        """Writes the leaflets that were wished for; None, and nothing written, where one of them is not kept.

        Raises:
            Faulty: a file cannot be written.
        """
        found = [self._find(key) for key in self.keys()]
        if not found or None in found:
            return None
        return [self._write(*one) for one in found if one]

    def _find(self, key: str) -> tuple[str, Finished] | None:
        with suppress(ValueError, TypeError):
            trail = KeptPlace.from_bytes(self.cache.get(key) or b"")
            if not trail.holds(self.wish["day"].date() if self.wish["day"] else self.today):
                return None
            words = trail.words(self._person())
            if words is None:
                return None
            kept = self._stamp(trail.kept, words) if words else recall(self.cache, trail.kept)
            return (trail.file_name, kept) if kept else None
        return None

    def _person(self) -> dict[str, str]:
        """What is said of a person: what decides about no leaflet. The trail knows how it is printed, if at all."""
        known = {*_DECIDING, *_BESIDE, *_LONG}
        return {field: value for field, value in self.wish.items() if field not in known and value is not None}

    def _stamp(self, key: str, person: Mapping[str, str]) -> Finished | None:
        from merkblatt.stamp import NeedsLayout, Stamper

        def not_kept(_: Mapping[str, str]) -> Any:
            raise NeedsLayout("the master is not kept")

        try:
            stamped = Stamper(not_kept, self.folders, key, self.cache).stamp(person)
        except NeedsLayout:
            return None
        return Finished((stamped.prefix, stamped.tail), stamped.pages)

    def _write(self, name: str, found: Finished) -> Recalled:
        path = self.wish["out"] / f"{name}.pdf"
        write_whole(path, b"".join(found.pieces))
        return Recalled(name, (path,), found.pages)


def keep_text(cache: Cache | None, folders: Folders, name: str, make: Callable[[], str]) -> str:
    """What the library tells under a name, made where it is not kept."""
    key = key_of("text", name, sum_of_all(folders)) if cache else ""
    kept = cache.get(key) if cache else None
    if kept is not None:
        return kept.decode()
    text = make()
    if cache:
        cache.put(key, text.encode())
    return text


def _sums_of_practice(named: str | None) -> Iterator[str]:
    """The sums of a practice file, and of every file beside it that it names."""
    if not named:
        return
    path = Path(named)
    try:
        data = path.read_bytes()
    except OSError:
        yield "not there"
        return
    yield key_of(data)
    text = data.decode("utf-8", "replace")
    with suppress(OSError):
        yield from (key_of(file.name, file.read_bytes()) for file in sorted(path.parent.iterdir()) if file.name in text)
    if re.search(r"logo\W*:[^\n]*[/\\]", text):
        yield os.urandom(8).hex()  # a picture further away: never found

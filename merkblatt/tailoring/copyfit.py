"""Finds what may be left out of a leaflet that has too many pages, and leaves it out. Tries; a person decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from merkblatt.tailoring.imprint import make_imprint
from merkblatt.tailoring.leaflet import Grounds, Leaflet, Part
from merkblatt.tailoring.texts import told_once


def spare_names(leaflet: Leaflet) -> list[str]:
    """The modules and exercises that an order may leave out, those that stand last first."""
    names = [
        name
        for part in leaflet.parts
        if part.section != "red-flags"
        for name in (*(advice.id for advice in part.advice), *(training.id for training in part.trainings))
    ]
    return names[::-1]


def leave_out(leaflet: Leaflet, names: frozenset[str]) -> Leaflet:
    """The leaflet as it were if the order left modules or exercises out: without their sources and reviews, too."""
    grounds = _without_grounds(leaflet.grounds, names)
    parts = tuple(part for one in leaflet.parts if _holds(part := _without(one, names)))
    return replace(leaflet, parts=parts, grounds=grounds, imprint=make_imprint(grounds))


def _without(part: Part, names: frozenset[str]) -> Part:
    advice = tuple(one for one in part.advice if one.id not in names)
    kept = (one for one in part.trainings if one.id not in names)
    trainings, too_much = told_once(tuple(replace(one, too_much=one.too_much or part.too_much) for one in kept))
    return replace(part, advice=advice, trainings=trainings, too_much=too_much)


def _holds(part: Part) -> bool:
    return bool(part.advice or part.trainings or part.contacts or part.lines or part.diary or part.appointments)


def _without_grounds(grounds: Grounds, names: frozenset[str]) -> Grounds:
    cites = tuple((name, source) for name, source in grounds.cites if name not in names)
    reviews = tuple((name, review) for name, review in grounds.reviews if name not in names)
    words = {one.id: one for one in grounds.sources}
    cited = tuple(words[source] for source in dict.fromkeys(source for _, source in cites))
    return replace(grounds, cites=cites, reviews=reviews, sources=cited)


def find_spare(names: Sequence[str], fits: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
    """The names without which a leaflet fits: as many from the end as it takes, less those that may come back.

    Args:
        names: what may be left out, the most dispensable first.
        fits: whether the leaflet fits without some of them; slow, so it is asked seldom.

    Returns:
        The names, or none where nothing helps.
    """
    if not names or not fits(tuple(names)):
        return ()
    count = bisect_left(range(len(names)), True, lo=1, key=lambda k: fits(tuple(names[:k])))
    gone = tuple(names[:count])
    for name in gone[:-1]:
        kept = tuple(other for other in gone if other != name)
        if fits(kept):
            gone = kept
    return gone

"""Finds what may be left out of a leaflet that has too many pages. Tries; a person decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from merkblatt.tailoring.leaflet import Leaflet


def spare_names(leaflet: Leaflet) -> list[str]:
    """The modules and exercises that an order may leave out, those that stand last first."""
    names = [
        name
        for part in leaflet.parts
        if part.section != "red-flags"
        for name in (*(advice.id for advice in part.advice), *(training.id for training in part.trainings))
    ]
    return names[::-1]


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

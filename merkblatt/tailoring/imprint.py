"""Whence and when: sources, issue, review."""

from __future__ import annotations

from merkblatt.tailoring.leaflet import Grounds, Imprint


def make_imprint(grounds: Grounds) -> Imprint:
    """The foot of a leaflet; it counts as reviewed where every part of it is."""
    reviews = [review for _, review in grounds.reviews]
    pending = [review for review in reviews if review.by is None]
    last = max((review for review in reviews if review.on), key=lambda review: str(review.on), default=None)
    due = min(review.next for review in reviews)
    return Imprint(
        issued=grounds.issued,
        next_review=due,
        reviewed_by=None if pending or last is None else last.by,
        reviewed_on=None if pending or last is None else last.on,
        overdue=due < grounds.today,
        sources=grounds.sources,
    )

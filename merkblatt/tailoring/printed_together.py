"""How fields that are printed as one are put together; imports nothing, since what is kept is found without models."""

from __future__ import annotations


def together(before: str | None, words: str) -> str:
    """Words with those before them that are printed in one place: a name with its salutation."""
    return f"{before} {words}" if before else words

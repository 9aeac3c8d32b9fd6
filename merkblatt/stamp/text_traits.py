"""What Unicode says of the characters of a text: their direction, their script, and whether they are to be seen.

Of what is not plain, nobody but the layout engine can be certain how it is set.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from merkblatt.stamp.face import NeedsLayout

_FROM_RIGHT = frozenset({"R", "AL"})
_DIGITS = frozenset({"EN", "AN"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_plain(character: str) -> bool:
    """Whether a character runs from the left, changes nothing around it, and belongs to Latin or to all scripts."""
    way, kind = unicodedata.bidirectional(character), unicodedata.category(character)
    return way not in {*_FROM_RIGHT, "AN", "NSM", "BN"} and kind[0] in "LNPSZ" and _script(character) in {"", "LATIN"}


def require_visible(text: str) -> None:
    """Makes sure that each character of a text is to be seen.

    Raises:
        NeedsLayout: one is not, as a sign that joins or parts letters.
    """
    for character in text:
        if unicodedata.category(character) in _INVISIBLE:
            raise NeedsLayout("an invisible sign changes how the text is set")


def is_from_right(character: str) -> bool:
    """Whether a letter runs from the right (UAX 9)."""
    return unicodedata.bidirectional(character) in _FROM_RIGHT


def stretch_from_right(text: str) -> tuple[int, int]:
    """Where the one stretch that runs from the right begins and ends; both at the end where there is none (UAX 9).

    Raises:
        NeedsLayout: words of both directions are mixed, or digits run from the right.
    """
    if text.isascii():
        return len(text), len(text)
    ways = [unicodedata.bidirectional(character) for character in text]
    marked = [number for number, way in enumerate(ways) if way in _FROM_RIGHT]
    if not marked:
        if "AN" in ways:
            raise NeedsLayout("digits that run from the right")
        return len(text), len(text)
    begin, end = marked[0], marked[-1] + 1
    while end < len(text) and ways[end] == "NSM":
        end += 1
    if set(ways[begin:end]) - _FROM_RIGHT - {"NSM", "WS"} or _DIGITS & set(ways[end:]):
        raise NeedsLayout("words from the left and from the right are mixed")
    return begin, end


def fill_spaces(fonts: Sequence[int | None], otherwise: int) -> list[int]:
    """The font of each character: a space, which has none, takes that beside it; of two, the first in the list."""
    out: list[int] = []
    for number, font in enumerate(fonts):
        if font is not None:
            out.append(font)
            continue
        following = next((after for after in fonts[number:] if after is not None), None)
        beside = [near for near in (out[-1] if out else None, following) if near is not None]
        out.append(min(beside, default=otherwise))
    return out


def scripts_of(text: str) -> list[str]:
    """The script of each character; what all scripts share belongs to the letter before it, or to the first one."""
    if text.isascii():
        return ["LATIN"] * len(text)
    own = [_script(character) for character in text]
    last = next((script for script in own if script), "")
    return [last := script or last for script in own]


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script of a letter by its name ("LATIN"); empty for what all scripts share."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    return unicodedata.name(character, "").partition(" ")[0]

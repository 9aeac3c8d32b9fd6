"""The forms of ids and other short values, each with the words by which a wrong one is mended; one place for all.

Models hold content to them, findings say how they are mended, the command line asks `is_id` of a name.
"""

from __future__ import annotations

import re

#: What a file may be called, and what stands for it elsewhere: `neck-pain`.
ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
CLAIM_ID = r"^[0-9]+(\.[0-9]+)*-[a-z]+$"
EDITION_ID = "^[a-z]{2,3}(-[a-z]+)?$"
LINE = r"^[^\n]*\S[^\n]*$"
COLOUR = "^#[0-9a-fA-F]{6}$"
#: An address that a person can type.
ADDRESS = r"^https://[a-z0-9.-]+(/[A-Za-z0-9._~/-]*)?$"
#: `5`, or a span: `8-10`.
AMOUNT = r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$"

_HINTS = {
    ID: "small letters, digits and single hyphens: neck-pain",
    CLAIM_ID: "the id of a claim: 3.2.2-j",
    EDITION_ID: "the id of an edition: de, de-simple, en",
    LINE: "one line of text",
    COLOUR: "a colour as #0b5563, in quotes",
    ADDRESS: "an address that begins with https://",
    AMOUNT: "a number as 5, or a span as 8-10",
}


def hint_for(pattern: str) -> str:
    """How a value is mended that does not match."""
    return _HINTS.get(pattern, f"it must match {pattern}")


def is_id(name: str) -> bool:
    """Whether a sheet, a module or an exercise can be called so."""
    return re.fullmatch(ID, name) is not None


def is_edition_id(name: str) -> bool:
    """Whether an edition can be called so."""
    return re.fullmatch(EDITION_ID, name) is not None

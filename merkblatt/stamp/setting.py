"""What a master says of its open paragraphs: their width, their runs, how each run is set. Values only.

A paragraph is a row of runs, a run a text of one style: a pattern of fixed words and of a person's fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

#: How a field is named in a page before it is filled: by number, between signs that stand in no text. The letter that
#: may come first tells templates that the field's words run from the right.
MARK = "\u2063"
FIELD = re.compile(f"{MARK}\u05d0?(\\d+){MARK}")


class Type(NamedTuple):
    """How a run is set.

    `size` is in px. `coverage` holds, in order, the first code point of each range of characters and the number of the
    font that has them; -1 where none has.
    """

    size: float
    language: str
    coverage: tuple[tuple[int, int], ...]


class Run(NamedTuple):
    """A text of one style: fixed words (even places of `pattern`) and names of fields (odd places).

    An `unbroken` run stands on one line whatever its words are.
    """

    pattern: tuple[str, ...]
    type: int
    starts_line: bool
    unbroken: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a field stands in it."""
        return len(self.pattern) > 1

    def text(self, fields: Mapping[str, str]) -> str:
        """The run with its fields filled in."""
        return "".join([fields[word] if number % 2 else word for number, word in enumerate(self.pattern)])


class Paragraph(NamedTuple):
    """Runs in a row, and how wide a line is, in px."""

    width: float
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Setting:
    """All open paragraphs of a leaflet; `fonts` are the SHA-256 of font files, which types name by number."""

    fonts: tuple[str, ...]
    types: tuple[Type, ...]
    paragraphs: tuple[Paragraph, ...]

    def to_plain(self) -> list[object]:
        """The setting as lists, texts and numbers; `from_plain` reads them."""
        return [list(self.fonts), [list(type_) for type_ in self.types], [list(own) for own in self.paragraphs]]

    @classmethod
    def from_plain(cls, plain: Any) -> Setting:
        """The setting that `to_plain` made lists of."""
        fonts, types, paragraphs = plain
        return cls(
            tuple(fonts),
            tuple(Type(size, language, tuple(map(tuple, coverage))) for size, language, coverage in types),
            tuple(Paragraph(width, tuple(Run(tuple(p), *rest) for p, *rest in runs)) for width, runs in paragraphs),
        )


class Piece(NamedTuple):
    """A part of a run that stands on one line."""

    run: int
    text: str


#: A paragraph broken into lines.
Lines: TypeAlias = tuple[tuple[Piece, ...], ...]
#: For each paragraph, line and piece: its run, and the fonts it takes. A master is made for one shape.
Shape: TypeAlias = tuple[tuple[tuple[tuple[int, tuple[int, ...]], ...], ...], ...]

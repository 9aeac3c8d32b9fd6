"""The formats: which paper, which type, what stands side by side, what becomes of the laid-out page. Facts only.

The look of a paper stands in its styles. Sizes: ISO 216 for A formats; DL is a third of A4, for long envelopes.
Type: clear print from 12 pt, large from 16, giant from 24 (RNIB, UKAAF; see docs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from merkblatt.content.format_ids import Format, PaperId
from merkblatt.content.model import Section

#: WCAG 2.2: AA for normal type (1.4.3), AAA for the readers of large print (1.4.6).
AA, AAA = 4.5, 7.0


@dataclass(frozen=True)
class Paper:
    """A paper: width and height in mm, its smallest type in pt, and how it is filled.

    `styles` follow base.css, in the order of the cascade. `trainings` and `contacts` are how many stand side by side.
    Sections in `first` and `last` leave their place: the flap and the back of a fold, the side of a poster.
    A paper with `leaves_out` shows no such sections; one that `is_for_everyone` bears no personal words and
    shows the warning signs beside the rest; the pages of one that `is_folded` are panels.
    """

    width: int
    height: int
    type_size: float
    contrast: float
    styles: tuple[str, ...]
    trainings: int = 1
    contacts: int = 1
    has_dose_table: bool = False
    most_pages: int | None = None
    leaves_out: frozenset[Section] = frozenset()
    first: tuple[Section, ...] = ()
    last: tuple[Section, ...] = ()
    is_for_everyone: bool = False
    is_folded: bool = False


PAPERS: dict[PaperId, Paper] = {
    "a4": Paper(210, 297, 12, AA, ("a4.css",), trainings=2, contacts=2, has_dose_table=True),
    "a4-large": Paper(210, 297, 18, AAA, ("large.css", "a4-large.css")),
    "a4-xlarge": Paper(210, 297, 24, AAA, ("large.css", "a4-xlarge.css")),
    "a5": Paper(148, 210, 12, AA, ("narrow.css", "a5.css")),
    "a5-large": Paper(148, 210, 16, AAA, ("large.css", "a5-large.css")),
    "dl": Paper(
        99, 210, 12, AA, ("narrow.css", "dl.css"), most_pages=6, last=("red-flags", "contacts"), is_folded=True
    ),
    "a3-poster": Paper(
        297,
        420,
        14,
        AAA,
        ("a3-poster.css",),
        most_pages=1,
        leaves_out=frozenset({"exercises", "plan", "medicines", "treatment", "longer", "offers", "notes"}),
        first=("red-flags",),
        is_for_everyone=True,
    ),
}

#: What a format makes: pages of a paper, a fold of such pages, or something that is no paper.
Kind = Literal["pages", "fold", "html", "text", "epub", "brf"]
#: The kinds for which the layout engine is needed.
LAID_OUT: frozenset[Kind] = frozenset({"pages", "fold"})


@dataclass(frozen=True)
class Form:
    """A format: the paper that its words are laid out on, and what is made of that."""

    kind: Kind
    paper: PaperId = "a4"
    suffix: str = ".pdf"


FORMS: dict[Format, Form] = {
    **{paper: Form("pages", paper) for paper in PAPERS},
    "a5-booklet": Form("fold", "a5"),
    "dl-fold": Form("fold", "dl"),
    "dl-zigzag": Form("fold", "dl"),
    "html": Form("html", suffix=".html"),
    "text": Form("text", suffix=".txt"),
    "epub": Form("epub", suffix=".epub"),
    "brf": Form("brf", suffix=".brf"),
}


def paper_of(format_: Format) -> Paper:
    """The paper that a format's words are laid out on; what is no paper is laid out as the plainest is."""
    return PAPERS[FORMS[format_].paper]

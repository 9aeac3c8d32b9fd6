"""What a template may call: words, pictures and addresses in the form in which a page shows them."""

from __future__ import annotations

import base64
import re
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import segno
from babel.dates import format_skeleton
from markupsafe import Markup, escape

from merkblatt.content.formats import paper_of
from merkblatt.content.model import Edition, Figure
from merkblatt.content.practice import Logo
from merkblatt.core.findings import Place
from merkblatt.figures import render_figure
from merkblatt.page.inline_markup import prose_parser
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.wording import counted, day_words, dose_pieces


def markdown(text: str) -> Markup:
    """Prose of the small kind: bold, links, and foreign words as `[word]{lang=en}`. No HTML."""
    return Markup(prose_parser().renderInline(text))  # noqa: S704  the parser escapes HTML


class TemplateWords:
    """What templates may call for one leaflet; counts the places of what it prints."""

    def __init__(self, leaflet: Leaflet, *, is_screen: bool = False) -> None:
        self.leaflet, self.is_screen = leaflet, is_screen
        self.places: list[Place] = []

    def for_templates(self) -> dict[str, object]:
        """What may be called, and what is the same for all templates of an edition, by name."""
        locale = self.leaflet.edition.language.replace("-", "_")
        return {
            "mark": self.mark,
            "month": lambda day: format_skeleton("yMMMM", day, locale=locale),
            # A day in words already is one whose words are stamped later.
            "day": lambda day: day if isinstance(day, str) else day_words(day, self.leaflet.edition.language),
            "dose_pieces": lambda dose: dose_pieces(dose, self.leaflet.edition),
            # On a screen stands what no page needs: ways to jump, and landmarks.
            "screen": self.is_screen,
            "paper": paper_of(self.leaflet.format),
            "paragraphs": paragraphs,
            "page_words": lambda label: list(_page_words(label)),
            "qr": qr_code,
            "typed": typed,
            "data_uri": data_uri,
            "drawing": drawing,
            "weeks_words": lambda weeks: weeks_words(weeks, self.leaflet.edition),
            "labels": self.leaflet.labels,
            "marks": self.leaflet.edition.marks,
            "own_way": lambda words: own_way(words, self.leaflet.edition),
        }

    def mark(self, place: Place) -> int:
        """The number under which a place is found again after layout."""
        self.places.append(place)
        return len(self.places) - 1


def own_way(words: str, edition: Edition) -> Markup:
    """What a practice or a person brings along, kept in its own direction where the edition runs the other way."""
    shown = escape(words)
    found = next((way for c in shown.striptags() if (way := _WAYS.get(unicodedata.bidirectional(c)))), "ltr")
    return shown if found == edition.direction else Markup('<bdi dir="{}">{}</bdi>').format(found, shown)


#: Strong characters by their direction (UAX 9); what has none, a telephone number, runs from the left.
_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def paragraphs(text: str) -> list[list[str]]:
    """Lines by paragraph; a blank line parts paragraphs."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [[line.strip() for line in block.split("\n")] for block in blocks]


def typed(url: str) -> str:
    """An address as a person types it: without the scheme and a closing slash."""
    return url.removeprefix("https://").rstrip("/")


def data_uri(logo: Logo) -> str:
    """A logo as an address that holds the picture itself."""
    return f"data:{logo.mime};base64,{base64.b64encode(logo.data).decode()}"


def drawing(figure: Figure, alt: str) -> Markup:
    """An exercise drawn, as a picture with a text for those who do not see it."""
    return Markup('<img class="figure" src="data:image/svg+xml;base64,{}" alt="{}">').format(_drawn(figure), alt)


# An exercise stands on many sheets, on each paper and in each edition of them; so does an address.
@lru_cache(maxsize=100)
def _drawn(figure: Figure) -> str:
    return base64.b64encode(render_figure(figure).encode()).decode()


def qr_code(url: str, alt: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M, quiet zone of 4 modules) with a text for those who do not see it."""
    return Markup('<img class="qr" src="{}" alt="{}">').format(_qr_picture(url), alt)


@lru_cache(maxsize=200)
def _qr_picture(url: str) -> str:
    made = segno.make(url, error="m", micro=False)
    return str(made.svg_data_uri(border=4, xmldecl=False, svgns=True, omitsize=True))


def weeks_words(weeks: int, edition: Edition) -> str:
    """A number of weeks in words: "etwa 1 Woche", "etwa 14 Wochen"."""
    return counted(edition.weeks, edition, weeks).format(n=weeks) if edition.weeks else str(weeks)


def _page_words(label: str) -> Iterator[tuple[str, str]]:
    """The label of the page number as pairs of words and the counter that follows them."""
    for words, counter, _, _ in string.Formatter().parse(label):
        yield words, counter or ""

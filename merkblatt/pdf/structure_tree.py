"""The structure tree of a handout: its types, and what HTML says about the meaning of an element.

A tree holds tags (structure elements), marks (what is painted) and link areas. This room knows HTML and the
names of ISO 32000-1; it must not know boxes (``structure_from_boxes``) nor PDF objects (``structure_elements``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

# WeasyPrint's own channel: whoever watches it for trouble also hears of a picture without a description.
LOGGER = logging.getLogger("weasyprint")

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
SVG = "{http://www.w3.org/2000/svg}"
# ISO 32000-1, 14.8.4: the standard structure types of PDF 1.7. "Div" and "Span" are first guesses, which
# ``structure_rules`` settles once it is known what they hold.
ROLES = {
    "main": "Part", "article": "Art", "section": "Sect", "aside": "Sect", "nav": "Sect",
    "div": "Div", "header": "Div", "footer": "Div", "address": "Div", "figure": "Div", "details": "Div",
    "summary": "P", "pre": "P", "p": "P", "blockquote": "BlockQuote", "q": "Quote", "code": "Code",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "menu": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption",
    "img": "Figure", f"{SVG}svg": "Figure",
}  # fmt: skip

# ISO 32000-1, 14.8.4.4 and 14.8.4.5: what stands within a line of text.
INLINE = {"Span", "Link", "Quote", "Code", "Figure"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence (ISO 32000-1, 14.7.4.2): its page, counted from 0, and its MCID."""

    page: int
    mcid: int


@dataclass(eq=False, slots=True)
class LinkArea:
    """A clickable rectangle on a page, in points; ``annotation`` is WeasyPrint's dictionary for it."""

    page: int
    annotation: Any
    rectangle: tuple[float, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to click, as beside a block that splits an inline link."""
        left, bottom, right, top = _upright(self.rectangle)
        return left == right or bottom == top

    def include(self, rectangle: Sequence[float]) -> None:
        """Widen the area to hold ``rectangle`` too."""
        (a, b, c, d), (e, f, g, h) = _upright(self.rectangle), _upright(rectangle)
        self.rectangle = (min(a, e), min(b, f), max(c, g), max(d, h))


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element (ISO 32000-1, 14.7.2), with its attributes as far as a handout needs them."""

    role: str
    element: Element | None = None
    kids: list[Tag | Mark | LinkArea] = field(default_factory=list)
    is_block: bool = False
    language: str | None = None  # the language it is in, be it its own or inherited
    alt: str | None = None
    expansion: str | None = None
    contents: str | None = None  # a link's description, for its annotations
    bounds: tuple[float, ...] | None = None  # points, origin at the page's bottom left
    marker_style: object = None  # CSS list-style-type
    span: tuple[int, int] = (1, 1)  # columns, rows
    scope: str | None = None
    identifier: str | None = None
    headers: list[str] = field(default_factory=list)
    numbering: str | None = None

    @property
    def html(self) -> str:
        """The HTML element's name, empty for a tag that has none."""
        return "" if self.element is None else str(self.element.tag)

    @property
    def tags(self) -> list[Tag]:
        """The kids that are tags themselves."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def descendants(self) -> Iterator[Tag]:
        """This tag and all below it, parents first."""
        yield self
        for tag in self.tags:
            yield from tag.descendants()


@dataclass(frozen=True, slots=True)
class Artifact:
    """What is painted but not read (ISO 32000-1, 14.8.2.2): its kind and, for page furniture, which."""

    kind: str
    subtype: str | None = None


@dataclass(slots=True)
class StructureTree:
    """The tags of a document, and what its pages need: artifacts, actual texts, annotations to take off."""

    root: Tag
    actual_texts: dict[Mark, str] = field(default_factory=dict)
    artifacts: dict[Mark, Artifact] = field(default_factory=dict)
    superfluous: list[Any] = field(default_factory=list)


def name_tag(tag: Tag, element: Element) -> None:
    """Give a tag its role and the words that HTML attributes hold for it."""
    tag.role = _role(element)
    label = _squeeze(element.get("aria-label"))
    if tag.role == "Figure":
        tag.alt = label or _squeeze(element.get("alt")) or _squeeze(element.findtext(f"{SVG}title"))
        if not tag.alt:
            source = element.get("src", str(element.tag))
            LOGGER.error('Image "%s" has no required alt description', source)
    elif tag.role == "Link":
        tag.contents = _squeeze(element.get("title")) or label or _words(element) or element.get("href")
    elif element.tag == "abbr":
        tag.expansion = _squeeze(element.get("title")) or None


def _role(element: Element) -> str:
    if element.get("role") == "img":
        return "Figure"
    if element.tag == "a":
        return "Link" if element.get("href") else "Span"
    return ROLES.get(element.tag, "Part" if element.tag == "html" else "Span")


def is_picture_for_the_eye(element: Element) -> bool:
    """Whether an element is a picture without meaning (WAI-ARIA 1.2, 5.3.3, presentation)."""
    if ROLES.get(element.tag) != "Figure" or element.get("aria-label"):
        return False
    has_empty_alt = element.tag == "img" and element.get("alt") == ""
    return has_empty_alt or element.get("role") in ("presentation", "none")


def _words(element: Element) -> str:
    """What a reader hears of an element: its text and its pictures' descriptions."""
    return _squeeze("".join(_spoken(element)))


def _spoken(element: Element) -> Iterator[str]:
    is_comment = not isinstance(element.tag, str)
    if is_comment or element.get("aria-hidden") == "true":
        return
    if _role(element) == "Figure":
        yield element.get("aria-label") or element.get("alt") or element.findtext(f"{SVG}title") or ""
        return
    pause = "" if _role(element) in INLINE and element.tag != "br" else " "
    yield pause + (element.text or "")
    for kid in element:
        yield from _spoken(kid)
        yield kid.tail or ""
    yield pause


def _squeeze(text: str | None) -> str:
    """Words as they are said: one space between them, no hyphenation points in them."""
    return re.sub(r"\s+", " ", (text or "").replace(SOFT_HYPHEN, "")).strip()


def _upright(rectangle: Sequence[float]) -> tuple[float, float, float, float]:
    """A rectangle with its smaller coordinates first; WeasyPrint writes the upper left corner first."""
    x1, y1, x2, y2 = rectangle
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

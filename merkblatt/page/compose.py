"""Turns a leaflet into a page of HTML: a template, its words, the styles; no decisions but of form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markupsafe import Markup

from merkblatt.core.findings import Place
from merkblatt.core.folders import Folders
from merkblatt.page.font_subsets import embed_fonts
from merkblatt.page.style_files import inlined, keep_inside, styles_for
from merkblatt.page.style_rules import dark_rules, own_rules
from merkblatt.page.template_engine import render
from merkblatt.page.template_words import TemplateWords
from merkblatt.tailoring.leaflet import Leaflet


@dataclass(frozen=True)
class Page:
    """A page to be laid out.

    `styles` are files in the order of the cascade; `places` are what the attributes `data-place` count.
    """

    leaflet: Leaflet
    html: str
    styles: tuple[Path, ...]
    places: tuple[Place, ...]


def compose(leaflet: Leaflet, folders: Folders, *, bleed: float = 0.0) -> Page:
    """The page of a leaflet; with `bleed`, what reaches the edge of the paper goes so many mm beyond it.

    Raises:
        Faulty: an accent too pale for its text, a template at fault, a style that is missing.
    """
    words = TemplateWords(leaflet)
    rules = own_rules(leaflet) + (f"\n@page {{ bleed: {bleed:g}mm; }}" if bleed else "")
    html = _render(leaflet, folders, words, _style_element(rules))
    return Page(leaflet, html, styles_for(leaflet.format, folders), tuple(words.places))


def compose_html(leaflet: Leaflet, folders: Folders) -> str:
    """The page as one HTML file for a screen: styles and fonts stand in it, nothing is fetched.

    Raises:
        Faulty: as `compose`.
    """
    words = TemplateWords(leaflet, is_screen=True)
    screen = folders.style("screen.css")
    styles = [*styles_for(leaflet.format, folders), *([screen] if screen else [])]
    keep_inside(styles, folders)
    html = re.sub(r' data-place="\d+"', "", _render(leaflet, folders, words, _STYLES_HERE))
    sheet = "\n".join([*(inlined(style, folders) for style in styles), own_rules(leaflet), dark_rules(leaflet)])
    sheet = embed_fonts(sheet, frozenset(unescape(re.sub(r"<[^>]*>", "", html))))
    return html.replace(_STYLES_HERE, _style_element(sheet), 1)


#: Where the styles of a page for a screen come to stand, once it is known which characters their fonts must have.
_STYLES_HERE = Markup("<!-- styles -->")


def _style_element(rules: str) -> Markup:
    """Rules as an element; they are ours or a style file's, never a person's words."""
    return Markup(f"<style>\n{rules}</style>") if rules else Markup()  # noqa: S704


def _render(leaflet: Leaflet, folders: Folders, words: TemplateWords, head_styles: Markup) -> str:
    values = {"leaflet": leaflet, "head_styles": head_styles, **words.for_templates()}
    return render("page.html.j2", folders, values, private=[said.words for said in leaflet.secrets])

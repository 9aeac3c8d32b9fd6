"""Turns a leaflet into a page of HTML: Jinja with autoescape and StrictUndefined, no decisions but of form.

What a template may call stands in `_Words`; a template cannot reach files, the clock or the network.
"""

from __future__ import annotations

import base64
import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePath
from typing import Any

import jinja2
import segno
from babel.dates import format_skeleton
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from merkblatt.content.format_ids import Format
from merkblatt.content.formats import paper_of
from merkblatt.content.model import Edition, Figure
from merkblatt.content.practice import Logo
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders, lies_within
from merkblatt.figures import render_figure
from merkblatt.page.colour import WHITE, contrast
from merkblatt.page.font_subsets import embed_fonts
from merkblatt.page.inline_markup import prose_parser
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.wording import counted, day_words, dose_pieces


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
    words = _Words(leaflet)
    rules = _rules(leaflet) + (f"\n@page {{ bleed: {bleed:g}mm; }}" if bleed else "")
    html = _render(leaflet, folders, words, _style_element(rules))
    return Page(leaflet, html, _styles(leaflet.format, folders), tuple(words.places))


def compose_html(leaflet: Leaflet, folders: Folders) -> str:
    """The page as one HTML file for a screen: styles and fonts stand in it, nothing is fetched.

    Raises:
        Faulty: as `compose`.
    """
    words = _Words(leaflet, is_screen=True)
    screen = folders.style("screen.css")
    styles = [*_styles(leaflet.format, folders), *([screen] if screen else [])]
    _keep_inside(styles, folders)
    html = re.sub(r' data-place="\d+"', "", _render(leaflet, folders, words, _STYLES_HERE))
    sheet = "\n".join([*(_inlined(style, folders) for style in styles), _rules(leaflet), _dark_rules(leaflet)])
    sheet = embed_fonts(sheet, frozenset(unescape(re.sub(r"<[^>]*>", "", html))))
    return html.replace(_STYLES_HERE, _style_element(sheet), 1)


#: Where the styles of a page for a screen come to stand, once it is known which characters their fonts must have.
_STYLES_HERE = Markup("<!-- styles -->")


def _style_element(rules: str) -> Markup:
    """Rules as an element; they are ours or a style file's, never a person's words."""
    return Markup(f"<style>\n{rules}</style>") if rules else Markup()  # noqa: S704


def _render(leaflet: Leaflet, folders: Folders, words: _Words, head_styles: Markup) -> str:
    environment = _environment(folders.templates)
    try:
        template = environment.get_template("page.html.j2")
        return template.render(leaflet=leaflet, head_styles=head_styles, **words.for_templates())
    except jinja2.TemplateSyntaxError as error:
        raise Faulty([_template_fault(error.filename, error.lineno, str(error.message))]) from None
    except jinja2.TemplateNotFound as error:
        message = _discreet(f"has no template {error.name}", error, leaflet)
        filename, line = _where(error, folders)
        place = Place(Path(filename), line, 1) if filename else Place(folders.templates[0])
        raise Faulty([Finding(place, message, "add it")]) from None
    except (
        jinja2.TemplateError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise Faulty([_template_fault(*_where(error, folders), _discreet(str(error), error, leaflet))]) from None


def _discreet(message: str, error: Exception, leaflet: Leaflet) -> str:
    """A template's fault may quote what it was given; a person's own words are not repeated."""
    words = " ".join(said.words for said in leaflet.secrets).split()
    return type(error).__name__ if any(len(word) > 2 and word in message for word in words) else message


def _template_fault(filename: str | None, line: int, message: str) -> Finding:
    return Finding(Place(Path(filename or "page.html.j2"), line, 1), f"template: {message}", code="template")


def _where(error: BaseException, folders: Folders) -> tuple[str | None, int]:
    """The innermost template line of an error."""
    found: tuple[str | None, int] = (None, 0)
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders.templates):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    environment = _Sandbox(
        loader=_InsideLoader([str(folder) for folder in reversed(folders)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Keeps templates to the values they are given: a path opens no file, a model parses none."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute of an object."""
        if isinstance(obj, PurePath):
            return False
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields or attr in {"at", "get"}
        return bool(super().is_safe_attribute(obj, attr, value))


class _InsideLoader(jinja2.FileSystemLoader):
    """Loads templates from the folders, and follows no link out of them."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, object]:  # type: ignore[override]
        source = super().get_source(environment, template)
        if not lies_within(Path(source[1]), tuple(map(Path, self.searchpath))):
            raise Faulty(
                [Finding(Place(Path(source[1])), "leads out of the folder of templates", "put the file there")]
            )
        return source


def markdown(text: str) -> Markup:
    """Prose of the small kind: bold, links, and foreign words as `[word]{lang=en}`. No HTML."""
    return Markup(prose_parser().renderInline(text))  # noqa: S704  the parser escapes HTML


class _Words:
    """What templates may call for one leaflet; counts the places of what it prints."""

    def __init__(self, leaflet: Leaflet, *, is_screen: bool = False) -> None:
        self.leaflet, self.is_screen = leaflet, is_screen
        self.places: list[Place] = []

    def for_templates(self) -> dict[str, object]:
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
    source = base64.b64encode(render_figure(figure).encode()).decode()
    return Markup('<img class="figure" src="data:image/svg+xml;base64,{}" alt="{}">').format(source, alt)


def qr_code(url: str, alt: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M, quiet zone of 4 modules) with a text for those who do not see it."""
    source = segno.make(url, error="m", micro=False).svg_data_uri(border=4, xmldecl=False, svgns=True, omitsize=True)
    return Markup('<img class="qr" src="{}" alt="{}">').format(source, alt)


def weeks_words(weeks: int, edition: Edition) -> str:
    """A number of weeks in words: "etwa 1 Woche", "etwa 14 Wochen"."""
    return counted(edition.weeks, edition, weeks).format(n=weeks) if edition.weeks else str(weeks)


def _page_words(label: str) -> Iterator[tuple[str, str]]:
    """The label of the page number as pairs of words and the counter that follows them."""
    for words, counter, _, _ in string.Formatter().parse(label):
        yield words, counter or ""


def _rules(leaflet: Leaflet) -> str:
    """What the edition and the practice add to the styles."""
    return "\n".join(filter(None, (_type_rule(leaflet.edition), _accent_rules(leaflet))))


def _type_rule(edition: Edition) -> str:
    if not edition.fonts:
        return ""
    families = ", ".join(f'"{family}"' for family in edition.fonts)
    # Other type reaches further up and down than the line at the foot of a page has room for.
    return f"html {{ font-family: {families}; }}\n.running-foot, .running-page {{ line-height: 1.9; }}"


def _accent_rules(leaflet: Leaflet) -> str:
    """The practice's accent as a rule, refused where type in it could not be read."""
    practice = leaflet.sender.practice if leaflet.sender else None
    if practice is None or practice.accent is None:
        return ""
    least = paper_of(leaflet.format).contrast
    found = min(contrast(practice.accent, WHITE), contrast(practice.accent, _tint(practice.accent)))
    if found < least:
        message = f'accent "{practice.accent}" is too pale for type: contrast {_ratio(found)}'
        hint = f"{leaflet.format} needs {_ratio(least)} or more; take a darker colour"
        raise Faulty([Finding(practice.at("accent"), message, hint, code="contrast")])
    return f":root {{ --accent: {practice.accent}; --tint: {_tint(practice.accent)}; }}"


def _dark_rules(leaflet: Leaflet) -> str:
    """The practice's accent on a dark screen: as much lighter as type there needs."""
    practice = leaflet.sender.practice if leaflet.sender else None
    if practice is None or practice.accent is None:
        return ""
    shades = (_lighter(practice.accent, step / 20) for step in range(21))
    accent = next(shade for shade in shades if min(contrast(shade, ground) for ground in DARK_GROUNDS) >= 7)
    return f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {accent}; --tint: {DARK_TINT}; }} }}"


#: What type stands on where the reader's screen is dark, as styles/screen.css has it: the page, and its tint.
DARK_TINT = "#22313a"
DARK_GROUNDS = ("#171e22", DARK_TINT)


def _lighter(colour: str, share: float) -> str:
    """A colour with a share of white in it."""
    return "#" + "".join(f"{v + round((255 - v) * share):02x}" for v in (int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def _ratio(value: float) -> str:
    """Rounded down, so that a ratio that fails never reads as one that passes."""
    return f"{int(value * 100) / 100:.2f}:1"


def _tint(accent: str) -> str:
    """A tenth of the accent on white: saves ink, and stays a pale grey on a grey printer."""
    return "#" + "".join(f"{255 - round((255 - int(accent[i : i + 2], 16)) * 0.1):02x}" for i in (1, 3, 5))


def _styles(format_: Format, folders: Folders) -> tuple[Path, ...]:
    names = ("fonts.css", "base.css", *paper_of(format_).styles)
    found = [(name, folders.style(name)) for name in names]
    missing = [Finding(Place(folders.styles[0]), f"has no style {name}", "add it") for name, path in found if not path]
    if missing:
        raise Faulty(missing)
    extra = [path for folder in folders.styles if (path := folder / "extra.css").is_file()]
    styles = (*(path for _, path in found if path), *extra)
    _keep_inside(styles, folders)
    return styles


def _keep_inside(styles: Iterable[Path], folders: Folders) -> None:
    """Refuses links out of the folders; the engine opens a style by itself, past the fetcher."""
    outside = [style for style in styles if not lies_within(style, folders.styles)]
    if outside:
        raise Faulty(Finding(Place(s), "leads out of the folder of styles", "put the file there") for s in outside)


def _inlined(style: Path, folders: Folders) -> str:
    """A style with its files in it as data, fonts apart."""

    def inline(match: re.Match[str]) -> str:
        name = match[1]
        path = style.parent / name
        if not lies_within(path, folders.styles) or not path.is_file():
            message = f"url({name}) is no file in a folder of styles"
            raise Faulty([Finding(Place(style), message, "put the file beside the style", code="style")])
        if path.suffix.lower() in {".ttf", ".otf", ".woff", ".woff2"}:
            return f"url({path.resolve().as_uri()})"  # `embed_fonts` puts in what the page needs of it
        mime = {".svg": "image/svg+xml", ".png": "image/png"}.get(path.suffix, "text/plain")
        return f"url(data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()})"

    try:
        text = style.read_text(encoding="utf-8").replace("</", "<\\/")
    except UnicodeDecodeError:
        raise Faulty([Finding(Place(style), "is not UTF-8 text", "save the file as UTF-8", code="style")]) from None
    if "@import" in text:
        raise Faulty([Finding(Place(style), "@import is not taken", "put the rules into this file", code="style")])
    return re.sub(r"""url\(["']?(?!["']?data:)([^"')]+)["']?\)""", inline, text)

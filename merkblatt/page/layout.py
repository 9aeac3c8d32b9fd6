"""Lays a page out and writes it as a tagged PDF; the only room that knows WeasyPrint.

What the engine would let pass in silence is a finding here: a warning, a missing glyph, something that sticks out,
a page too many. A page that is pressed is right.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merkblatt.content.formats import paper_of
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders
from merkblatt.page.compose import Page
from merkblatt.page.weasyprint_import import wake_weasyprint

if TYPE_CHECKING:
    from merkblatt.content.format_ids import Variant
    from merkblatt.page.overflow import Fit

_NOTDEF = ".notdef glyph rendered"
#: A picture as an address, which a message would repeat whole.
_DATA = re.compile(r"(data:[^\s,]{0,40},)\S+")


@dataclass(frozen=True)
class Pressed:
    """A finished leaflet: the PDF, its pages, how full each is (0 to 1), and the names that the style gives them."""

    pdf: bytes
    pages: int
    fill: tuple[float, ...]
    names: tuple[str, ...] = ()


def press(
    page: Page, folders: Folders, variant: Variant = "ua1", *, write: Callable[[Any], bytes] | None = None
) -> Pressed:
    """The PDF of a page, in a variant that `structure_writer` knows.

    Args:
        page: what is laid out.
        folders: where styles, templates and fonts lie.
        variant: what the PDF claims.
        write: makes a PDF of what was laid out and fits; `structure_writer.write_tagged_pdf` where it is not given.

    Raises:
        Faulty: with everything that is wrong with the page as it would stand on paper.
    """
    engine = wake_engine()
    with _listening() as ear:
        try:
            document = _lay_out(page, folders, engine, ear)
            fit = engine.fit.measure(document)
            pdf = write(document) if write else engine.tags.write_tagged_pdf(document, variant)
        except engine.offline.Refused as error:
            message = f"{error.url} is not read: {error.why}"
            hint = "styles, templates and pictures use what lies beside them, nothing else"
            raise Faulty([Finding(_named_in(page, folders, error.url), message, hint, code="offline")]) from None
    findings = [*_said(ear, page), *_missing(ear, page, document, engine), *_misfits(fit, page)]
    if findings:
        raise Faulty(dict.fromkeys(findings))
    return Pressed(pdf, fit.pages, fit.fill, fit.names)


def count_pages(page: Page, folders: Folders) -> int:
    """How many pages a leaflet would have; nothing is written, and nothing of it is judged."""
    engine = wake_engine()
    with _listening() as ear:
        return len(_lay_out(page, folders, engine, ear).pages)


@dataclass(frozen=True)
class _Engine:
    """WeasyPrint and what stands on it; imported when the first page is pressed, since that takes a second."""

    weasyprint: Any
    fit: Any
    tags: Any
    offline: Any
    internals: Any


def wake_engine() -> _Engine:
    """WeasyPrint, imported so that it sees no fonts but ours; nobody may import it before."""
    weasyprint = wake_weasyprint()
    from merkblatt.page import overflow as fit
    from merkblatt.page import url_fetcher as offline
    from merkblatt.pdf import engine_internals as internals
    from merkblatt.pdf import structure_writer as tags

    internals.remember_paths()
    return _Engine(weasyprint, fit, tags, offline, internals)


class _Ear(logging.Handler):
    """Collects what WeasyPrint logs, each with the style that was being read."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[tuple[logging.LogRecord, Path | None]] = []
        self.style: Path | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record, self.style))


def _lay_out(page: Page, folders: Folders, engine: _Engine, ear: _Ear) -> Any:
    fetcher = engine.offline.InsideFetcher((*folders.styles, *folders.templates))
    fonts = engine.internals.FontConfiguration()
    base = folders.templates[0].as_uri() + "/"
    html = engine.weasyprint.HTML(string=page.html, base_url=base, url_fetcher=fetcher)
    sheets = []
    for style in page.styles:
        ear.style = style
        sheets.append(engine.weasyprint.CSS(filename=style, url_fetcher=fetcher, font_config=fonts))
    ear.style = None
    return html.render(stylesheets=sheets, font_config=fonts)


@contextmanager
def _listening() -> Iterator[_Ear]:
    """Lets the engine speak into an ear instead of onto the terminal."""
    logger, ear = logging.getLogger("weasyprint"), _Ear()
    kept, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield ear
    finally:
        logger.handlers, logger.propagate = kept, propagate


def _said(ear: _Ear, page: Page) -> Iterator[Finding]:
    """A finding for each warning; those of glyphs are told with their place by `_missing`."""
    for record, style in ear.heard:
        message = _DATA.sub(r"\1…", record.getMessage().strip())
        if message.startswith(_NOTDEF):
            continue
        at = re.search(r" at (\d+):(\d+)", message)
        place = Place(style, int(at[1]), int(at[2])) if style and at else Place(style) if style else None
        yield Finding(place or page.leaflet.place, f"layout: {message}", "mend the style", code="layout")


def _missing(ear: _Ear, page: Page, document: Any, engine: _Engine) -> Iterator[Finding]:
    wanted = frozenset(
        str(record.args[0])
        for record, _ in ear.heard
        if record.msg.startswith(_NOTDEF) and isinstance(record.args, tuple) and record.args
    )
    if not wanted:
        return
    for character, number in sorted(engine.fit.find_characters(document, wanted).items()):
        place = _numbered(number, page)
        message = f"no font has the character U+{ord(character):04X}"
        # A person's own words are not repeated, not even one letter of them.
        personal = any(place == said.place for said in page.leaflet.secrets)
        shown = "" if personal else f' "{character}"'
        yield Finding(place, message + shown, "use another character, or add a font in styles/", code="glyph")


def _misfits(fit: Fit, page: Page) -> Iterator[Finding]:
    for over in fit.overflows:
        message = f"{over.what} stands {over.excess} mm outside its box on page {over.page} ({page.leaflet.format})"
        yield Finding(_numbered(over.place, page), message, "shorten it, or divide the long word", code="overflow")
    most = page.leaflet.most_pages
    if most is not None and fit.pages > most:
        message = f"{page.leaflet.sheet} has {fit.pages} pages at {page.leaflet.format}, {most} are allowed"
        over_by = f"page {fit.pages} is {fit.fill[-1]:.0%} full"
        hint = f"{over_by}; shorten the note, or leave a module out (--without)"
        if not paper_of(page.leaflet.format).is_folded:
            hint += f", or allow it (--max-pages {fit.pages})"
        yield Finding(page.leaflet.pages_place, message, hint, code="pages")


def _numbered(number: int | None, page: Page) -> Place:
    return page.places[number] if number is not None else page.leaflet.place


def _named_in(page: Page, folders: Folders, url: str) -> Place:
    """The style or the template that names an address, as far as that can be told: by all of it, or by its end."""
    templates = [path for folder in reversed(folders.templates) for path in sorted(folder.glob("*.j2"))]
    sources = [(path, path.read_text(encoding="utf-8", errors="replace")) for path in (*page.styles, *templates)]
    for wanted in (url, url.rsplit("/", 1)[-1]):
        for path, text in sources:
            before, found, _ = text.partition(wanted)
            if wanted and found:
                return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Place(folders.templates[-1])

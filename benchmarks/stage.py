"""What every measure works with: the leaflet, and the ways in which it is made for one person after another."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from merkblatt.build.job import make_job
from merkblatt.content.library import load_library
from merkblatt.core.folders import Folders, find_folders
from merkblatt.page.compose import Page, compose
from merkblatt.stamp import NeedsLayout, Stamper
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.person import with_words

SHEET, FORMAT = "neck-pain", "a4"
DAY = date(2026, 11, 23)

#: Makes a leaflet for a person, as pieces of bytes.
Way = Callable[[Mapping[str, str]], Sequence[bytes]]


def the_leaflet() -> tuple[Leaflet, Folders]:
    """The leaflet that all measures make, for everyone."""
    folders = find_folders()
    job = make_job({"sheet": SHEET, "format": FORMAT, "max_pages": 9}, None, DAY)
    return choose(job.order, load_library(folders.leaflets), None, DAY), folders


def page_of(person: Mapping[str, str], leaflet: Leaflet, folders: Folders) -> Page:
    """The page for a person."""
    return compose(with_words(leaflet, person), folders)


def stamping() -> Way:
    """Masters laid out once, stamped for each."""
    leaflet, folders = the_leaflet()
    stamper = Stamper(lambda person: page_of(person, leaflet, folders), folders)

    def make(person: Mapping[str, str]) -> Sequence[bytes]:
        try:
            stamped = stamper.stamp(person)
        except NeedsLayout as reason:  # a benchmark that measures something else than it says is of no use
            raise SystemExit(f"not stamped: {reason}") from None
        return stamped.prefix, stamped.tail

    return make


def laying_out() -> Way:
    """WeasyPrint's API, with fonts and styles kept from one to the next."""
    from merkblatt.page.weasyprint_import import wake_weasyprint

    weasyprint = wake_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    leaflet, folders = the_leaflet()
    fonts = FontConfiguration()
    styles = [weasyprint.CSS(filename=style, font_config=fonts) for style in page_of({}, leaflet, folders).styles]

    def make(person: Mapping[str, str]) -> Sequence[bytes]:
        html = weasyprint.HTML(string=page_of(person, leaflet, folders).html)
        return (html.render(stylesheets=styles, font_config=fonts).write_pdf(pdf_variant="pdf/ua-1"),)

    return make


def typesetting(folder: Path) -> Way:
    """Typst's compiler, kept from one to the next."""
    import typst

    from benchmarks.typst_peer import fonts_of, write_document

    leaflet, folders = the_leaflet()
    source = write_document(leaflet, folder)
    paths = fonts_of(folders)
    compiler = typst.Compiler(str(source), font_paths=paths, ignore_system_fonts=True, sys_inputs={"people": "[]"})

    def make(person: Mapping[str, str]) -> Sequence[bytes]:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"people": json.dumps([person])})
        assert isinstance(pdf, bytes)
        return (pdf,)

    return make


def write_files(made: Iterable[Sequence[bytes]], folder: Path) -> int:
    """Writes each leaflet into a file of a new folder; how many there were."""
    folder.mkdir(parents=True)
    number = 0
    for pieces in made:
        number += 1
        file = os.open(f"{folder}/{number:06}.pdf", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.writev(file, pieces)
        os.close(file)
    return number

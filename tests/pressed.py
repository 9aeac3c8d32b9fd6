"""Presses what tests look at: the real sheets, for everyone and for one person, and small pages with planted faults.

Each PDF of the real content is pressed once, under watch, and kept; a test asks for it by the words of an order.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from merkblatt.build.job import make_job
from merkblatt.content.formats import PAPERS
from merkblatt.content.library import Library, load_library
from merkblatt.core.atomic_write import draft_of
from merkblatt.core.folders import Folders, find_folders
from merkblatt.page.compose import Page, compose
from merkblatt.page.layout import press
from merkblatt.pdf.structure_writer import write_tagged_pdf
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from tests.watch import strays, watched

ROOT = Path(__file__).resolve().parents[1]
SHEETS = tuple(sorted(path.stem for path in (ROOT / "leaflets" / "sheets").glob("*.yaml")))
TODAY = date(2026, 11, 23)
#: Names the folder in which processes that test side by side find what one of them has pressed.
SHARED = "MERKBLATT_TESTS_PRESSED"
#: A practice’s colour, nearly as pale as large print allows.
ACCENT = "#315533"
#: Every field of an order that is about a person or a practice.
PERSON: dict[str, Any] = {
    "name": "Łucja Ångström-Yıldız",
    "note": "Bitte zweimal am Tag üben.\nNächster Termin: Montag, 9 Uhr.\n\nRufen Sie an, wenn etwas unklar ist.",
    "weeks": 3,
}
#: Who a sheet is for: "" is everyone, in German; "svg" and "png" are one person whose practice has such a logo; the
#: others are everyone, in that edition.
READERS = ("", "svg", "png", "en", "de-simple")
EDITIONS = READERS[3:]
#: Papers that are read back sheet by sheet. On the others, whose styles are those of a narrow or a large page, sheets
#: of every kind are; the press itself refuses what sticks out or has no glyph, and in CI veraPDF judges all.
COMMON = ("a4", "a4-large", "dl", "a3-poster")
#: Sheets with drawings, with a table to fill in, with lists alone.
TELLING = ("low-back-exercises", "my-plan", "neck-pain")
#: And with long words, with many sources, with the longest addresses.
KINDS = (*TELLING, "nerve-pain", "specific-back-pain", "contacts")
#: Sheets that six panels do not hold; the tool then says what to leave out.
TOO_LONG = ("low-back-exercises", "low-back-pain", "my-plan", "neck-exercises")


def _is_tried(sheet: str, paper: str, reader: str) -> bool:
    if paper == "dl" and sheet in TOO_LONG:
        return False
    if reader == "":
        return paper in COMMON or sheet in KINDS
    if reader == "svg":
        return paper in {"a4", "a4-large"} or (sheet in TELLING and paper != "a3-poster")
    if reader == "png":
        return (sheet, paper) == ("neck-pain", "a4")
    return paper == "a4" or (paper == "a4-large" and sheet in KINDS)


CASES = [
    case for sheet in SHEETS for paper in PAPERS for reader in READERS if _is_tried(*(case := (sheet, paper, reader)))
]

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
    '<rect width="60" height="20" rx="4" fill="#315533"/><circle cx="10" cy="10" r="6" fill="#ffffff"/></svg>'
)
_PRACTICE = """\
name: Praxis am Wasserturm
address: ["Kirchgasse 12", "01234 Musterstadt"]
phone: 01234 567890
email: praxis@example.org
web: praxis.example.org
hours: ["Montag bis Freitag 8 bis 12 Uhr", "Dienstag 15 bis 18 Uhr"]
logo: logo.{kind}
accent: "{accent}"
text: "Wir beraten Sie **gern**."
"""

_SAMPLE_STYLE = f"""
@font-face {{ font-family: Next; src: url({(ROOT / "styles/fonts").as_uri()}/AtkinsonHyperlegibleNext-Regular.ttf) }}
@page {{ size: 100mm 100mm; margin: 10mm }}
body {{ font: 12pt/1.4 Next; margin: 0 }}
h1 {{ font-size: 1em; font-weight: 400; margin: 0 }}
p {{ margin: 0 }}
"""


@lru_cache(maxsize=1)
def shelf() -> tuple[Folders, Library]:
    """The program's own folders and what stands in them."""
    folders = find_folders()
    return folders, load_library(folders.leaflets)


def leaflet(sheet: str, format_: str, reader: str = "", **wish: Any) -> Leaflet:
    """A leaflet of the real content; `reader` is one of `READERS`, `wish` adds to the order."""
    return _leaflet(sheet, format_, reader, **wish)


# Whoever leaves a reader out and whoever names everyone mean the same leaflet, which a cache alone would not know.
@lru_cache(maxsize=200)
def _leaflet(sheet: str, format_: str, reader: str, **wish: Any) -> Leaflet:
    is_person = reader in {"svg", "png"}
    said = (PERSON if is_person else {}) | {"sheet": sheet, "format": format_, "max_pages": 99} | wish
    if reader in EDITIONS:
        said["edition"] = reader
    with tempfile.TemporaryDirectory() as folder:
        if is_person:
            said["practice"] = str(write_practice(Path(folder), reader))
        job = make_job(said, None, TODAY)
    return choose(job.order, shelf()[1], job.sender, job.today)


def pressed(sheet: str, format_: str, reader: str = "", **wish: Any) -> bytes:
    """The PDF of a leaflet of the real content."""
    return _pressed(sheet, format_, reader, **wish)


#: How the folder begins in which WeasyPrint puts down the fonts that it lays out with.
_FONTS_IN_USE = f"{tempfile.gettempdir()}/weasyprint-"


# A leaflet that another test of the same document looks at, before it is laid out.
@lru_cache(maxsize=8)
def composed(sheet: str, format_: str, reader: str = "", **wish: Any) -> Page:
    """The page of a leaflet of the real content."""
    return compose(leaflet(sheet, format_, reader, **wish), shelf()[0])


@lru_cache(maxsize=200)
def _pressed(sheet: str, format_: str, reader: str, **wish: Any) -> bytes:
    """Pressed under watch, once for all processes that test side by side."""
    kept = _kept_for_all(f"{sheet} {format_} {reader} {sorted(wish.items())}")
    if kept and kept.is_file():
        return kept.read_bytes()
    leaflet(sheet, format_, reader, **wish)  # reads the practice, which lies elsewhere
    with watched() as seen:
        pdf = press(composed(sheet, format_, reader, **wish), shelf()[0]).pdf
    found = [(event, what) for event, what in strays(seen) if not what.startswith(_FONTS_IN_USE)]
    assert not found, found
    if kept:
        with draft_of(kept, is_safe=False) as draft:
            draft.write(pdf)
    return pdf


def _kept_for_all(name: str) -> Path | None:
    """Where a leaflet of this name lies for the others, where there are any."""
    folder = os.environ.get(SHARED)
    return Path(folder, hashlib.sha256(name.encode()).hexdigest()) if folder else None


def write_practice(folder: Path, kind: str = "svg", accent: str = ACCENT) -> Path:
    """A practice file with a logo beside it, SVG or PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"logo.{kind}").write_bytes(_LOGO.encode() if kind == "svg" else png())
    path = folder / "practice.yaml"
    path.write_text(_PRACTICE.format(kind=kind, accent=accent), encoding="utf-8")
    return path


def png() -> bytes:
    """A small picture with an opening to see through."""
    target = io.BytesIO()
    Image.new("RGBA", (90, 30), (49, 85, 51, 128)).save(target, "PNG")
    return target.getvalue()


def sample(body: str, style: str = "") -> bytes:
    """A tagged PDF of a small page, to plant faults in; nothing judges it."""
    import weasyprint

    head = f"<title>Probe</title><style>{_SAMPLE_STYLE}{style}</style>"
    return write_tagged_pdf(weasyprint.HTML(string=f'<html lang="de"><head>{head}</head><body>{body}').render())


def write_own(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder of own content with a sheet `probe` and a module `probe`, and what a test puts beside or over them."""
    for name, text in {**_OWN, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


_OWN: dict[str, str] = {
    "sheets/probe.yaml": """\
title: {de: Probe}
subtitle: {de: Für alle}
message: {text: {de: Bleiben Sie in Bewegung.}, sources: [probe]}
sections:
- {section: self-help, modules: [probe]}
- {section: exercises, exercises: [probe-turn], overview: true}
pages: {a4: 2}
issued: 2026-11-23
reviewed: {next: 2028-11-23}
""",
    "modules/probe.yaml": """\
title: {de: Gehen}
section: self-help
statements:
- kind: do
  text: {de: Gehen Sie jeden Tag.}
  sources: [probe]
reviewed: {next: 2028-11-23}
""",
    "exercises/probe-turn.yaml": """\
name: {de: Kreisen}
area: [neck]
start: {de: Sitzen Sie aufrecht.}
steps: [{de: Kreisen Sie mit den Schultern.}]
dose: {repeat: 5}
caution: {de: Nicht mit Schwung.}
too_much: {de: es schmerzt.}
sources: [probe]
reviewed: {next: 2028-11-23}
""",
    "sources.yaml": "sources:\n- {id: probe, cite: {de: Probe}}\n",
}


def press_own(own: Path, **wish: Any) -> bytes:
    """The PDF of the sheet `probe`, or of the wish, with a folder of own content."""
    folders = find_folders((own,))
    job = make_job({"sheet": "probe"} | wish, None, TODAY)
    chosen = choose(job.order, load_library(folders.leaflets), job.sender, job.today)
    return press(compose(chosen, folders), folders).pdf

"""What tests bind: real sheets, small pages that link to one another, archives; and what they look with."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pikepdf
import weasyprint

from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.structure_writer import write_tagged_pdf
from merkblatt.pdf.xmp import read_about
from tests.pressed import ROOT, pressed, sample
from tests.promises.test_editions import pressed as pressed_in

TITLE = "Mappe für Łucja & Söhne"
#: Other sheets, editions and formats; with a table to fill in, drawings, and a practice’s logo. Arabic comes as well.
SHEETS = (
    ("neck-pain", "a4", ""),
    ("neck-pain", "a4-large", "en"),
    ("my-plan", "a4", "svg"),
    ("low-back-exercises", "a4", ""),
    ("whiplash", "a4", "de-simple"),
)
CONTENTS = """<h1>Inhalt</h1><nav><p><a href="#übung">Zur Übung</a> und <a href="#b">zu B</a></p></nav>
<h2 id="übung" style="break-before: page">Übung</h2><p>Text {0}</p><h2 id="b">B</h2><p>Anderes {0}</p>
<table><thead><tr><th>Tag</th><th>Wert</th></tr></thead><tbody><tr><th>Mo</th><td>eins</td></tr></tbody></table>
<p style="opacity: .5">Blass</p>"""


@lru_cache(maxsize=1)
def real() -> tuple[Part, ...]:
    own = [Part("-".join(case), pressed(*case)) for case in SHEETS]
    return (*own, Part("ar", pressed_in("ar", "a4")))


@lru_cache(maxsize=1)
def whole() -> bytes:
    return bind(real(), TITLE)


@lru_cache(maxsize=8)
def linked(mark: str) -> bytes:
    return sample(CONTENTS.format(mark))


def small(*marks: str) -> list[Part]:
    return [Part(mark, linked(mark)) for mark in marks]


def planted(pdf: bytes, plant: Callable[[Any], object], **how: Any) -> bytes:
    """The file with something put into it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        plant(file)
        target = io.BytesIO()
        file.save(target, **how)
    return target.getvalue()


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


def titles() -> list[str]:
    return [read_about(opened(part.pdf)).title for part in real()]


def archived(body: str = "<h1>Titel</h1><p>Text</p>") -> bytes:
    style = (ROOT / "styles" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf").as_uri()
    head = f"<title>Probe</title><style>@font-face {{ font-family: Next; src: url({style}) }} * {{ font-family: Next }}"
    page = weasyprint.HTML(string=f'<html lang="de"><head>{head}</style></head><body>{body}').render()
    return write_tagged_pdf(page)

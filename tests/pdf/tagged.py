"""Small documents, laid out and written as tagged PDFs, and what tests look up in them."""

from __future__ import annotations

import io
from typing import Any

import page as validator
import pikepdf
import weasyprint

from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.conftest import ROOT
from tests.pdf_facts import reading_order, structure_problems

FONTS = (ROOT / "styles" / "fonts").as_uri()
STYLE = f"""
@font-face {{ font-family: Next; src: url({FONTS}/AtkinsonHyperlegibleNext-Regular.ttf) }}
@font-face {{ font-family: Next; font-weight: bold; src: url({FONTS}/AtkinsonHyperlegibleNext-Bold.ttf) }}
@page {{ size: 100mm 100mm; margin: 15mm }}
body {{ font: 12pt/1.4 Next }}
"""
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='20'%3E"
    "%3Crect width='40' height='20'/%3E%3C/svg%3E"
)
LONG = "Wer sich bewegt, hat weniger Schmerzen. " * 3
TABLE = (
    "<table><caption>Plan</caption><thead><tr><th>Übung<th>Mal</thead>"
    "<tbody><tr><th>Katze<td>10<tr><th>Brücke<td>8</table>"
)
CLAIMS = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")


def lay_out(body: str, style: str = "", lang: str = "de") -> weasyprint.Document:
    head = f"<title>Probe</title><style>{STYLE}{style}</style>"
    html = f'<html lang="{lang}"><head>{head}</head><body><h1>Rücken</h1>{body}</body></html>'
    return weasyprint.HTML(string=html).render()


def press(body: str, style: str = "") -> bytes:
    """A tagged PDF of ``body``, after both judges have found it free of faults."""
    pdf = write_tagged_pdf(lay_out(body, style))
    assert ua1_failures(pdf) == []
    assert structure_problems(pdf) == []
    return pdf


def ua1_failures(pdf: bytes) -> list[str]:
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def read(body: str, style: str = "") -> list[tuple[str, str]]:
    """The reading order of ``body``, without the heading before it."""
    return reading_order(press(body, style))[1:]


def elements(pdf: bytes, role: str) -> list[dict[str, Any]]:
    """The entries of all elements of a role, attributes in with them, in tree order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [_entries(raw) for raw in walk(file.Root.StructTreeRoot) if raw.get("/S") == f"/{role}"]


def walk(raw: Any) -> list[Any]:
    kids = [kid for kid in raw.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [raw, *(inner for kid in kids for inner in walk(kid))]


def _entries(raw: Any) -> dict[str, Any]:
    entries = {**raw, **raw.get("/A", {})}
    plain = ("/Alt", "/E", "/ID", "/Scope", "/ListNumbering")
    texts: dict[str, Any] = {key: str(entries[key]) for key in plain if key in entries}
    for key in ("/BBox", "/Headers"):
        if key in entries:
            texts[key] = [float(item) if key == "/BBox" else str(item) for item in entries[key]]
    return texts


def roles(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(raw.S)[1:] for raw in walk(file.Root.StructTreeRoot)[2:]]


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def claims(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as xmp:
        return {str(key): str(xmp[key]) for key in CLAIMS if key in xmp}

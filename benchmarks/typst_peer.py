"""The same leaflet as a Typst document: the same words, fonts, sizes and boxes, tagged, PDF/UA-1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import segno

from merkblatt.core.folders import Folders
from merkblatt.page.template_words import markdown, typed
from merkblatt.tailoring.leaflet import Advice, Contact, Leaflet, Part, Run

_HEAD = """\
#set document(title: [{title} – {subtitle}], author: "Merkblatt")
#set page("a4", margin: (top: 13mm, x: 17mm, bottom: 17mm), footer: context [
  #set text(12pt)
  {title}, Stand: November 2026 #h(1fr) Seite #counter(page).display() von #counter(page).final().first()
])
#set text(lang: "de", font: ("Atkinson Hyperlegible Next", "Noto Sans", "Vazirmatn"), size: 12pt, hyphenate: false)
#set par(leading: 0.5em, spacing: 0.7em)
#show heading: set text(fill: rgb("#0b5563"))
#show heading.where(level: 1): set text(27pt)
#show heading.where(level: 2): it => block(below: 0.6em, width: 100%, stroke: (bottom: 0.6pt + gray), it)
#let data = json(bytes(sys.inputs.people))
#let leaflet(person) = [
"""
_TAIL = """
]
#for (number, person) in data.enumerate() [
  #if number > 0 { pagebreak(to: "odd") }
  #leaflet(person)
]
"""


def write_document(leaflet: Leaflet, folder: Path) -> Path:
    """Writes the document and its QR codes; it takes people as JSON from the input `people`."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n".join(_body(leaflet, folder))
    head = _HEAD.replace("{title}", _plain(leaflet.title)).replace("{subtitle}", _plain(leaflet.subtitle))
    path = folder / "leaflet.typ"
    path.write_text(head + body + _TAIL, encoding="utf-8")
    return path


def fonts_of(folders: Folders) -> list[str]:
    """Where Typst finds the fonts."""
    return [str(folder / "fonts") for folder in folders.styles]


def _body(leaflet: Leaflet, folder: Path) -> Iterator[str]:
    yield f"= {_plain(leaflet.title)}"
    yield f"#text(1.1em)[{_plain(leaflet.subtitle)}]"
    yield "*Für #person.name*"
    yield '#line(length: 100%, stroke: 1.2pt + rgb("#0b5563"))'
    message = _rich(leaflet.message.text)
    yield (
        '#block(fill: rgb("#e7eef0"), inset: 4mm, width: 100%, stroke: (left: 2mm + rgb("#0b5563")))['
        f"== {_plain(leaflet.labels.message)}\n#text(15pt, weight: 600)[{message}]]"
    )
    yield (
        "#block(inset: 4mm, width: 100%, stroke: 0.8pt + gray)"
        f'[== {_plain(leaflet.labels.note)}\n#person.note.split("\\n").join(linebreak())]'
    )
    for part in leaflet.parts:
        yield from _part(part, leaflet, folder)
    yield f"== {_plain(leaflet.labels.about)}"
    yield "\n".join(f"{_plain(source.cite)}; " for source in leaflet.imprint.sources)


def _part(part: Part, leaflet: Leaflet, folder: Path) -> Iterator[str]:
    yield f"== {_plain(part.heading)}"
    for advice in part.advice:
        yield from _advice(advice, leaflet)
    if part.contacts:
        cells = ",\n".join(_contact(contact, folder) for contact in part.contacts)
        yield f"#grid(columns: (1fr, 1fr), gutter: 7mm, {cells})"
    yield from ("#v(9mm)\n#line(length: 100%, stroke: 0.6pt + gray)" for _ in range(part.lines))


def _advice(advice: Advice, leaflet: Leaflet) -> Iterator[str]:
    runs = "\n".join(
        (f"=== {_plain(group.heading)}\n" if group.heading else "")
        + "\n".join(_run(run, leaflet) for run in group.runs)
        for group in advice.groups
    )
    yield f"#grid(columns: (40mm, 1fr), gutter: 5mm, strong[{_plain(advice.title)}], [{runs}])"


def _run(run: Run, leaflet: Leaflet) -> str:
    heads = {"at-once": leaflet.labels.at_once, "soon": leaflet.labels.soon}
    head = f"*{_plain(heads[run.kind])}*\n" if run.kind in heads else ""
    mark = "" if run.kind == "know" else "- "
    words = ((f"*{_plain(item.condition)}:* " if item.condition else "") + _rich(item.text) for item in run.items)
    return head + "\n\n".join(mark + text for text in words)


def _contact(contact: Contact, folder: Path) -> str:
    name = f"{contact.id}.svg"
    segno.make(contact.url, error="m", micro=False).save(str(folder / name), border=4)
    address = _plain(typed(contact.url))
    words = f'*{_plain(contact.name)}* \\ {_plain(contact.offers)} \\ #link("{contact.url}")[{address}]'
    return f'grid(columns: (20mm, 1fr), gutter: 1mm, image("{name}", alt: "{contact.url}", width: 20mm), [{words}])'


def _plain(text: str) -> str:
    """Text in which no sign means anything to Typst."""
    return "".join(f"\\{c}" if c in "\\#*_`$[]<>@=-+/~'\"" else c for c in text)


def _rich(text: str) -> str:
    """Prose of the small kind, in Typst's marks."""
    html = str(markdown(text)).replace("<strong>", "\0#strong[\0").replace("</strong>", "\0]\0")
    pieces = html.split("\0")
    # Every other piece is a mark; the others are words, in which HTML has escaped what means something to it.
    words = (
        piece if number % 2 else _plain(unescape(re.sub("<[^>]+>", "", piece))) for number, piece in enumerate(pieces)
    )
    return "".join(words)

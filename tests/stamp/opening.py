"""Small pages with fields, laid out and open: what `page.layout` hands to `stamp`, without a leaflet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import pydyf
import weasyprint

from merkblatt.pdf.structure_writer import write_tagged_pdf
from merkblatt.stamp.setting import FIELD, MARK
from tests.pressed import ROOT

T = TypeVar("T")
_STYLE = f"""
@font-face {{ font-family: Next; src: url({(ROOT / "styles/fonts").as_uri()}/AtkinsonHyperlegibleNext-Regular.ttf) }}
@page {{ size: 100mm 100mm; margin: 10mm }}
body {{ font: 12pt/1.4 Next; margin: 0 }}
h1 {{ font-size: 1em; font-weight: 400; margin: 0 }}
"""


class Opening(NamedTuple):
    """A layout with its objects, not yet written, and the page before its fields were filled."""

    document: Any
    pdf: pydyf.PDF
    pages: Any
    source: Any
    words: Mapping[str, str]


def marked(name: object) -> str:
    return f"{MARK}{name}{MARK}"


class _Done(Exception):
    pass


def opened(body: str, look: Callable[[Opening], T], *, title: str = "Probe", style: str = "", **words: str) -> T:
    """What a look at a laid-out page comes to; fields are filled with words by name, as `_0="Anna"`, else with `n`."""
    head = f"<title>{title}</title><style>{_STYLE}{style}</style>"
    html = f'<html lang="de"><head>{head}</head><body><h1>Probe</h1>{body}</body></html>'
    named = {match[1]: words.get(f"_{match[1]}", "n") for match in FIELD.finditer(html)}
    document = weasyprint.HTML(string=FIELD.sub(lambda match: named[match[1]], html)).render()
    source = weasyprint.HTML(string=html).etree_element
    found: list[T] = []

    def then(pdf: pydyf.PDF, pages: Any) -> None:
        found.append(look(Opening(document, pdf, pages, source, named)))
        raise _Done

    with suppress(_Done):
        write_tagged_pdf(document, then=then)
    return found[0]

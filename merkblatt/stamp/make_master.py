"""Has a leaflet with stand-ins laid out by `page.layout`, and opened; imported only where a master is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from merkblatt.core.folders import Folders
from merkblatt.page.compose import Page
from merkblatt.page.layout import press, wake_engine
from merkblatt.stamp.master import Master
from merkblatt.stamp.setting import FIELD


class _Opened(Exception):
    """Carries the master out of the writing of a PDF, which then has no need to end."""

    def __init__(self, master: Master) -> None:
        self.master = master
        super().__init__()


def make_master(page: Page, folders: Folders, words: Mapping[str, str]) -> Master:
    """The master of a page whose fields are marked by number.

    Args:
        page: the page.
        folders: where templates and styles lie.
        words: what stands in for each field; what is not named gets the shortest of stand-ins.

    Raises:
        Faulty: the page with the stand-ins is not right on paper.
        NeedsLayout: the page is not certain to be right when it is stamped.
    """
    engine = wake_engine()
    from merkblatt.stamp.field_layout import open_master

    named = {match[1]: words.get(match[1], "n") for match in FIELD.finditer(page.html)}
    filled = replace(page, html=FIELD.sub(lambda match: named[match[1]], page.html))
    source = engine.weasyprint.HTML(string=page.html).etree_element

    opened: list[Master] = []

    def write(document: Any) -> bytes:
        def take(pdf: Any, pages: Any) -> None:
            raise _Opened(open_master(document, pdf, pages, source, named))

        try:
            pdf: bytes = engine.tags.write_tagged_pdf(document, then=take)
        except _Opened as done:
            opened.append(done.master)
            return b""
        return pdf

    press(filled, folders, write=write)
    return opened[0]

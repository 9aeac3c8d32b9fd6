"""A page as a browser reads it, and how one is refused."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.page.compose import compose
from tests.conftest import told


class Reader(HTMLParser):
    """The elements of a page and its words, as a browser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.hidden += tag in {"style", "script"}

    def handle_endtag(self, tag):
        self.hidden -= tag in {"style", "script"}

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def refusal(leaflet, folders, tmp_path) -> list[str]:
    with pytest.raises(Faulty) as caught:
        compose(leaflet, folders)
    return told(caught.value.findings, tmp_path)

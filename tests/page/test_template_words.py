"""What templates may call: words, addresses and pictures as a page shows them."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from merkblatt.content.practice import Logo
from merkblatt.core.findings import Place
from merkblatt.page.template_words import (
    TemplateWords,
    data_uri,
    markdown,
    own_way,
    paragraphs,
    qr_code,
    typed,
    weeks_words,
)
from tests.pressed import leaflet


def words(**more: Any) -> dict[str, Any]:
    return TemplateWords(leaflet("contacts", "a4"), **more).for_templates()


def test_places_are_counted_in_the_order_of_their_marks() -> None:
    own = TemplateWords(leaflet("contacts", "a4"))
    first, second = Place(Path("a"), 1), Place(Path("b"), 2)
    assert [own.mark(place) for place in (first, second, first)] == [0, 1, 2]
    assert own.places == [first, second, first]


def test_days_and_months_are_in_the_edition_s_words() -> None:
    said = words()
    assert said["month"](date(2026, 11, 23)) == "November 2026"
    assert said["day"](date(2026, 11, 23)) == "23. November 2026"
    assert said["day"]("schon gesagt") == "schon gesagt"
    assert (said["screen"], words(is_screen=True)["screen"]) == (False, True)


def test_the_label_of_the_page_number_is_parted_by_its_counters() -> None:
    assert words()["page_words"]("Seite {page} von {pages}") == [("Seite ", "page"), (" von ", "pages")]
    assert words()["page_words"]("Ende") == [("Ende", "")]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Anna <b>", "Anna &lt;b&gt;"),
        ("030 12", "030 12"),
        ("علي", '<bdi dir="rtl">علي</bdi>'),
        ("(علي) Anna", '<bdi dir="rtl">(علي) Anna</bdi>'),
    ],
)
def test_words_in_another_direction_keep_it(said: str, shown: str) -> None:
    assert own_way(said, leaflet("contacts", "a4").edition) == shown


def test_a_logo_and_a_qr_code_hold_themselves() -> None:
    logo = Logo(b"<svg/>", "image/svg+xml", 1.0)
    assert data_uri(logo) == "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode()
    code = qr_code("https://example.org", '"><b>')
    assert code.startswith('<img class="qr" src="data:image/svg+xml')
    assert 'alt="&#34;&gt;&lt;b&gt;"' in code


def test_weeks_are_counted() -> None:
    edition = leaflet("contacts", "a4").edition
    assert weeks_words(1, edition) != weeks_words(2, edition)
    assert "14" in weeks_words(14, edition)
    assert weeks_words(3, edition.model_copy(update={"weeks": None})) == "3"


@pytest.mark.parametrize(
    ("prose", "html"),
    [
        ("**fett**", "<strong>fett</strong>"),
        ("[Wort](https://example.org)", '<a href="https://example.org">Wort</a>'),
        ("[English]{lang=en}", '<span lang="en">English</span>'),
        ("[English]{lang=en onclick=x style=y}", '<span lang="en">English</span>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVaScRiPt:alert(1))", "[x](JaVaScRiPt:alert(1))"),
        ("[x](vbscript:a)", "[x](vbscript:a)"),
        ("[x](file:///etc/passwd)", "[x](file:///etc/passwd)"),
        ("[x](data:text/html,a)", "[x](data:text/html,a)"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("<https://example.org>", "&lt;https://example.org&gt;"),
        ("![x](a.png)", '!<a href="a.png">x</a>'),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        (r"\*kein\*", "*kein*"),
    ],
)
def test_prose_is_markdown_of_the_small_kind(prose: str, html: str) -> None:
    assert markdown(prose) == html


def test_paragraphs_and_typed_addresses() -> None:
    assert paragraphs("  a\n b\n \n\nc ") == [["a", "b"], ["c"]]
    assert typed("https://www.example.org/") == "www.example.org"
    assert typed("https://example.org/a/b") == "example.org/a/b"

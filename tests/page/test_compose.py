"""From leaflet to page: a person's words stay words, marks lead back to the content, a screen's page holds all."""

from __future__ import annotations

import re

import pytest

from merkblatt.content.model import Dose
from merkblatt.content.practice import read_sender
from merkblatt.page.compose import compose, compose_html
from merkblatt.tailoring.wording import dose_pieces
from tests.conftest import SMALL, Content
from tests.page.reading import Reader

HOSTILE = [
    "<b>fett</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></section><h1>neu</h1>",
    "<!-- weg -->",
    "**fett**",
    "*schief*",
    "[klick](javascript:alert(1))",
    "[klick](https://example.org)",
    "[Wort]{lang=en}",
    "{{ leaflet.note }}",
    "{% raw %}",
    "{# weg #}",
    "{name}",
    "{0}",
    "&amp; &lt; &#60;",
    "\"'><b>",
    "1 < 2 & 3 > 2",
    "`code`",
    "# Titel",
    "\\*",
]


def element(html: str, name: str) -> str:
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', html, re.DOTALL)
    assert found, f"no {name}"
    return found[0]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_note_stays_words(content, words):
    plain, hostile = Reader(content.html(note="Wort")), Reader(content.html(note=words))
    assert hostile.elements == plain.elements
    assert hostile.links == plain.links
    assert " ".join(words.split()) in hostile.text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_name_stays_words(content, words):
    plain, hostile = Reader(content.html(name="Wort")), Reader(content.html(name=words))
    assert hostile.elements == plain.elements
    assert hostile.links == plain.links
    assert f"for_name {words}" in hostile.text


def page_of_practice(content: Content, words: str, *, screen: bool) -> Reader:
    """The page of a practice that says the same words everywhere."""
    quoted = "'" + words.replace("'", "''") + "'"
    fields = "\n".join(f"{field}: {quoted}" for field in ("name", "phone", "email", "web"))
    path = content.write("../praxis.yaml", f"{fields}\naddress: [{quoted}]\nhours: [{quoted}]\n")
    leaflet = content.choose(read_sender(path))
    return Reader(compose_html(leaflet, content.folders) if screen else compose(leaflet, content.folders).html)


@pytest.fixture(scope="module", params=[False, True], ids=["paper", "screen"])
def plain_practice(request, tmp_path_factory):
    """Whether it is a page for a screen, and what stands on one whose practice says nothing of note."""
    content = Content(tmp_path_factory.mktemp("practice") / "leaflets")
    for path, text in SMALL.items():
        content.write(path, text)
    return request.param, page_of_practice(content, "Wort", screen=request.param)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_fields_of_a_practice_stay_words(content, plain_practice, words):
    screen, plain = plain_practice
    hostile = page_of_practice(content, words, screen=screen)
    assert hostile.elements == plain.elements
    assert [link for link in hostile.links if not link.startswith("data:")] == [
        link for link in plain.links if not link.startswith("data:")
    ]
    assert hostile.text.count(words) >= 6


def test_a_note_keeps_its_paragraphs_and_lines(content):
    html = element(content.html(note="Eins.\nZwei.\n\n\nDrei."), "note")
    assert re.findall(r"<p>(.*?)</p>", html) == ["Eins.<br>Zwei.", "Drei."]


def test_without_person_and_sender_nothing_of_either_stands_there(content):
    html = content.html()
    assert 'class="person"' not in html
    assert 'class="note"' not in html
    assert 'class="letterhead"' not in html
    assert 'class="stamp"' in html


def test_a_person_s_words_stand_on_the_page_and_in_no_metadata(content):
    html = content.html(name="Erika Muster", note="Termin am Montag", weeks=13)
    head, body = html.split("<body>")
    assert "Erika" not in head
    assert "Termin" not in head
    assert body.count("Erika Muster") == 1
    assert body.count("Termin am Montag") == 1


def test_a_circumstance_runs_in_before_its_statement(content):
    assert "<strong>Wenn Muskeln verspannt sind:</strong> Wärmen Sie." in content.html()
    assert "verspannt" not in content.html(circumstances={"tension": True})


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ({"repeat": 5}, "dose_repeat 5"),
        ({"repeat": "8-10", "each_side": True}, "dose_repeat amount_span 10 8 dose_each_side"),
        ({"each_side": True}, "dose_each_side"),
        ({"per_day": 1}, "dose_per_day_once"),
        ({"repeat": 5, "per_day": 3}, "dose_repeat 5, dose_per_day 3"),
        (
            {"repeat": 5, "hold": 2, "rest": 3, "minutes": 4, "sets": 6},
            "dose_repeat 5, dose_hold 2, dose_rest 3, dose_minutes 4, dose_sets 6",
        ),
    ],
)
def test_a_dose_in_words(content, dose, words):
    assert ", ".join(dose_pieces(Dose.model_validate(dose), content.load().editions["de"])) == words


def test_marks_lead_back_to_the_places_of_the_content(content):
    page = compose(content.choose(name="Erika"), content.folders)
    marks = {int(number) for number in re.findall(r'data-place="(\d+)"', page.html)}
    assert marks == set(range(len(page.places)))
    at = re.search(r'<li data-place="(\d+)">Gehen Sie', page.html)
    assert at
    place = page.places[int(at[1])]
    assert (place.path.name, place.line) == ("moving.yaml", 4)


def test_the_page_for_a_screen_holds_all_it_needs(content):
    html = compose_html(content.choose(), content.folders)
    assert "data-place" not in html
    assert not [link for link in Reader(html).links if not link.startswith(("data:", "#", "https://example.org"))]
    assert not re.findall(r"""url\(["']?(?!["']?data:)""", html)
    assert "<link" not in html
    assert """content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">""" in html

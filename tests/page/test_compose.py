"""From leaflet to page: a person's words stay words, later folders override, nothing is read from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from merkblatt.content.model import Dose
from merkblatt.content.practice import read_sender
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.page.compose import compose, compose_html
from merkblatt.page.template_words import markdown, paragraphs, typed
from merkblatt.tailoring.wording import dose_pieces
from tests.conftest import ROOT, told

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


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("screen", [False, True])
def test_the_fields_of_a_practice_stay_words(content, tmp_path, words, screen):
    def page(word: str) -> Reader:
        path = tmp_path / "praxis.yaml"
        quoted = "'" + word.replace("'", "''") + "'"
        fields = "\n".join(f"{field}: {quoted}" for field in ("name", "phone", "email", "web"))
        path.write_text(f"{fields}\naddress: [{quoted}]\nhours: [{quoted}]\n", encoding="utf-8")
        leaflet = content.choose(read_sender(path))
        return Reader(compose_html(leaflet, content.folders) if screen else compose(leaflet, content.folders).html)

    plain, hostile = page("Wort"), page(words)
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
def test_prose_is_markdown_of_the_small_kind(prose, html):
    assert markdown(prose) == html


def test_a_circumstance_runs_in_before_its_statement(content):
    assert "<strong>Wenn Muskeln verspannt sind:</strong> Wärmen Sie." in content.html()
    assert "verspannt" not in content.html(circumstances={"tension": True})


def test_paragraphs_and_typed_addresses():
    assert paragraphs("  a\n b\n \n\nc ") == [["a", "b"], ["c"]]
    assert typed("https://www.example.org/") == "www.example.org"
    assert typed("https://example.org/a/b") == "example.org/a/b"


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


# --- folders of one's own ---------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """Writes into a folder of one's own; gives the folders with it."""
    base = tmp_path / "own"

    def write(files: dict[str, str]) -> Folders:
        for name, text in files.items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_text(text, encoding="utf-8")
        templates = tuple(base / part for part in ("templates",) if (base / part).is_dir())
        styles = tuple(base / part for part in ("styles",) if (base / part).is_dir())
        return Folders((), (ROOT / "templates", *templates), (ROOT / "styles", *styles))

    return write


def refusal(leaflet, folders, tmp_path) -> list[str]:
    with pytest.raises(Faulty) as caught:
        compose(leaflet, folders)
    return told(caught.value.findings, tmp_path)


def test_an_own_template_overrides_the_program_s(content, own):
    folders = own({"templates/page.html.j2": "<h1>{{ leaflet.title }}</h1>{{ leaflet.note }}"})
    assert compose(content.choose(note="<b>"), folders).html == "<h1>Schmerz</h1>&lt;b&gt;"


def test_an_own_style_overrides_and_an_extra_one_adds(content, own, tmp_path):
    folders = own({"styles/a4.css": "body { color: #010203 }", "styles/extra.css": "p { color: #040506 }"})
    styles = compose(content.choose(), folders).styles
    assert [style.relative_to(ROOT).as_posix() for style in styles[:2]] == ["styles/fonts.css", "styles/base.css"]
    assert list(styles[2:]) == [tmp_path / "own/styles/a4.css", tmp_path / "own/styles/extra.css"]
    html = compose_html(content.choose(), folders)
    assert html.index("#010203") < html.index("#040506")


@pytest.mark.parametrize("name", ["a4.css", "base.css", "extra.css"])
def test_a_style_that_is_a_link_out_of_the_folder_is_refused(content, own, tmp_path, name):
    (tmp_path / "secret.css").write_text("p { color: red }")
    folders = own({"styles/other.css": ""})
    (tmp_path / "own/styles" / name).symlink_to(tmp_path / "secret.css")
    assert refusal(content.choose(), folders, tmp_path) == [f"own/styles/{name}: leads out of the folder of styles"]
    with pytest.raises(Faulty, match="leads out"):
        compose_html(content.choose(), folders)


def test_the_screen_s_style_is_no_way_out_either(content, own, tmp_path):
    (tmp_path / "secret.css").write_text("p { color: red }")
    folders = own({"styles/other.css": ""})
    (tmp_path / "own/styles/screen.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(Faulty, match="leads out"):
        compose_html(content.choose(), folders)


def test_a_template_that_is_a_link_out_of_the_folder_is_refused(content, own, tmp_path):
    (tmp_path / "secret").write_text("root")
    folders = own({"templates/page.html.j2": '{% include "in.j2" %}'})
    (tmp_path / "own/templates/in.j2").symlink_to(tmp_path / "secret")
    assert refusal(content.choose(), folders, tmp_path) == ["own/templates/in.j2: leads out of the folder of templates"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "../../../../etc/passwd"])
def test_a_template_includes_nothing_from_outside(content, own, tmp_path, name):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/secret").write_text("root")
    folders = own({"templates/page.html.j2": f'{{% include "{name}" %}}'})
    (fault,) = refusal(content.choose(), folders, tmp_path)
    assert fault.endswith(f"has no template {name}")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{{ nothing }}", "own/templates/page.html.j2:2:1: template: 'nothing' is undefined"),
        (
            "\n\n{% if %}",
            "own/templates/page.html.j2:3:1: template: Expected an expression, got 'end of statement block'",
        ),
        ("{{ leaflet.nothing }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ leaflet.title() }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ 1 / 0 }}", "own/templates/page.html.j2:1:1: template: division by zero"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ leaflet.__class__.__mro__ }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ mark.__globals__ }}", "own/templates/page.html.j2:1:1: template: "),
        ('{% extends "page.html.j2" %}', "own/templates/page.html.j2:1:1: template: "),
    ],
)
def test_a_template_at_fault_is_told_by_its_line(content, own, tmp_path, template, message):
    folders = own({"templates/page.html.j2": template})
    (fault,) = refusal(content.choose(), folders, tmp_path)
    assert fault.startswith(message)


@pytest.mark.parametrize(
    "template",
    [
        "{{ leaflet.labels[leaflet.name] }}",
        "{{ leaflet.name.nothing }}",
        "{{ leaflet.note | int(leaflet.nothing) }}",
        "{{ {}[leaflet.note] }}",
        "{% include leaflet.name %}",
        "{{ leaflet.name % 1 }}",
    ],
)
def test_a_template_at_fault_does_not_tell_a_person_s_words(content, own, tmp_path, template):
    folders = own({"templates/page.html.j2": template})
    (fault,) = refusal(content.choose(name="Erika", note="Diabetes"), folders, tmp_path)
    assert "Erika" not in fault
    assert "Diabetes" not in fault


@pytest.mark.parametrize("address", ["../../secret.png", "/etc/passwd", "https://example.org/a.png", "none.png"])
def test_a_style_for_the_screen_takes_nothing_from_outside(content, own, tmp_path, address):
    folders = own({"styles/extra.css": f"p {{ background: url({address}) }}"})
    (tmp_path / "secret.png").write_bytes(b"x")
    with pytest.raises(Faulty) as caught:
        compose_html(content.choose(), folders)
    assert told(caught.value.findings, tmp_path) == [
        f"own/styles/extra.css: url({address}) is no file in a folder of styles"
    ]


def test_a_style_cannot_end_its_element(content, own):
    folders = own({"styles/extra.css": "p::after { content: '</style><script>alert(1)</script>' }"})
    assert "script" not in Reader(compose_html(content.choose(), folders)).elements

"""The gallery shows every leaflet small, leads to its PDF, fetches nothing, and says what is too long."""

from __future__ import annotations

import base64
import io
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from merkblatt.build.gallery import NAMES
from merkblatt.build.page_images import draw_pages
from merkblatt.content.formats import FORMS
from merkblatt.page.colour import contrast
from tests.conftest import SMALL
from tests.pressed import ROOT, sample

#: More than a leaflet of six panels holds.
_SENTENCES = "".join(
    f"- {{kind: know, text: {{de: Satz {number} ist lang{' und länger' * 12}.}}, claims: [1-a]}}\n"
    for number in range(60)
)
LONG = f"title: {{de: Lang}}\nsection: self-help\nstatements:\n{_SENTENCES}reviewed: {{next: 2028-11-23}}\n"


class Read(HTMLParser):
    """What a page holds: its elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def shown(run, small_program):
    """Calls the command and reads the page that it wrote."""

    def call(*words: object) -> tuple[Read, Path]:
        ran = run("gallery", *words, "-o", "seen")
        assert (ran.code, ran.out) == (0, "seen/index.html\n"), ran.err
        return Read(Path("seen/index.html").read_text(encoding="utf-8")), Path("seen")

    return call


def test_every_format_that_has_pages_has_a_name():
    assert set(NAMES) == {format_ for format_, form in FORMS.items() if form.kind in {"pages", "fold"}}


def test_each_sheet_stands_under_each_format_and_leads_to_its_pdf(shown, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"].replace("de: Schmerz", "de: Übung"))
    page, folder = shown("--format", "a4", "--format", "a5-booklet")
    cards = [link["href"] for link in page.all("a") if link.get("class") == "card"]
    assert cards == [f"{sheet}.de.{format_}.pdf" for format_ in ("a4", "a5-booklet") for sheet in ("other", "pain")]
    assert all((folder / unquote(name)).read_bytes().startswith(b"%PDF") for name in cards)
    assert [picture["alt"] for picture in page.all("img")] == [
        f"Erste Seite von „{title}“, {name}"
        for name in ("A4", "A5-Heft, gedruckt auf A4")
        for title in ("Übung", "Schmerz")
    ]
    assert [heading["id"] for heading in page.all("h2")] == ["a4", "a5-booklet"]


def test_pictures_stand_in_the_page_at_one_scale_and_are_small(shown):
    page, _ = shown("pain", "--format", "a4", "--format", "a5")
    sizes = []
    for picture in page.all("img"):
        kind, data = picture["src"].split(",", 1)
        assert kind == "data:image/webp;base64"
        assert len(data) < 40_000
        with Image.open(io.BytesIO(base64.b64decode(data))) as opened:
            sizes.append(opened.size)
        assert (picture["loading"], picture["width"]) == ("lazy", str(round(sizes[-1][0] / 2)))
    # ISO 216, at two dots a mm; a begun dot is a whole one.
    assert sizes == [(420, 595), (296, 420)]


def test_nothing_is_fetched(shown):
    page, _ = shown("pain", "--format", "dl")
    assert not page.all("script") + page.all("link")
    addresses = [
        value for _, attributes in page.elements for name, value in attributes.items() if name in {"src", "href"}
    ]
    assert all(re.match(r"data:image/webp|#|[\w.-]+\.pdf$", address) for address in addresses)
    assert "url(" not in Path("seen/index.html").read_text(encoding="utf-8")


def test_every_page_is_shown_where_that_is_asked_for(shown):
    page, _ = shown("pain", "--format", "a4-xlarge", "--every-page")
    alts = [picture["alt"] for picture in page.all("img")]
    assert len(alts) > 1
    assert alts == [f"Seite {number} von „Schmerz“, A4, sehr großer Druck" for number in range(1, len(alts) + 1)]
    assert f"{len(alts)} Seiten" in page.words


def test_a_sheet_too_long_for_a_fold_is_said_to_be_so(shown, small_program):
    small_program.write("modules/moving.yaml", LONG)
    page, _ = shown("pain", "--format", "dl-fold")
    assert "Zu lang für dieses Format" in page.words
    assert page.all("img") == []


def test_a_sheet_at_fault_keeps_no_other_from_being_shown(run, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"].replace("de: Schmerz", "de: TODO"))
    ran = run("gallery", "--format", "dl", "-o", "seen")
    assert (ran.code, ran.out) == (3, "seen/index.html\n")
    assert "leaflets/sheets/other.yaml:1:13: is not written yet" in ran.err
    assert "TODO" not in Path("seen/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [["pian"], ["--format", "html"], ["--format", "a3"], ["--edition", "fr"], ["--picture", "x.gif"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run, small_program, words):
    ran = run("gallery", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert not Path("out").exists()


def test_without_pypdfium2_it_says_how_to_get_it(run, small_program, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    ran = run("gallery", "pain")
    assert (ran.code, ran.out) == (1, "")
    assert "pypdfium2, which is not installed" in ran.err
    assert "pip install pypdfium2" in ran.err
    assert not Path("out").exists()


@pytest.mark.parametrize("suffix", [".webp", ".png"])
def test_the_picture_shows_a_page_of_each_format(run, small_program, suffix):
    ran = run("gallery", "pain", "--format", "a4", "--format", "dl", "-o", "seen", "--picture", f"looks{suffix}")
    assert (ran.code, ran.out) == (0, f"seen/index.html\nlooks{suffix}\n")
    with Image.open(f"looks{suffix}") as picture:
        assert picture.width == 2000
        # Two pages of white on a ground that is not: along a line near their feet, white begins twice.
        at = picture.height * 3 // 4
        line = picture.convert("L").crop((0, at, picture.width, at + 1)).tobytes()
    whites = [value >= 250 for value in line]
    assert sum(white and not before for before, white in zip([False, *whites], whites, strict=False)) == 2


def test_pages_are_drawn_at_the_scale_that_is_asked_for():
    pdf = sample("<p>a</p><p style='break-before: page'>b</p>")
    assert [page.width for page in draw_pages(pdf, 2)] == pytest.approx([200, 200], abs=1)
    assert [page.width for page in draw_pages(pdf, 1, most=1)] == pytest.approx([100], abs=1)


def test_words_stand_out_from_the_ground_by_day_and_by_night():
    text = (ROOT / "templates" / "gallery.html.j2").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#\w{6})", rules)) for rules in re.findall(r":root \{(.+?)\}", text)]
    assert len(schemes) == 2
    for scheme in schemes:
        assert {role for role in ("ink", "quiet", "accent") if contrast(scheme[role], scheme["ground"]) < 7} == set()

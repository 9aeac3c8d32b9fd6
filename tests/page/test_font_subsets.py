"""Fonts for one page: what it needs is there and looks the same, what it does not need is not."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from merkblatt.core.folders import Folders, find_folders
from merkblatt.page.compose import compose_html
from merkblatt.page.font_subsets import coverage, subset_font
from merkblatt.tailoring.leaflet import Leaflet
from tests.conftest import ROOT
from tests.outputs.epub.test_book import arabic
from tests.pressed import leaflet

FONTS = ROOT / "styles" / "fonts"
ATKINSON = FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"
FACE = re.compile(
    r'@font-face \{ font-family: "([^"]+)"; font-weight: (\d+); src: url\(data:font/woff2;base64,([^)]+)\)'
)


def embedded(made: Leaflet, folders: Folders | None = None) -> dict[tuple[str, str], set[str]]:
    """The families and weights of a page, with the characters that each has."""
    html = compose_html(made, folders or find_folders())
    assert html.count("@font-face") == len(FACE.findall(html))
    return {(family, weight): characters(data) for family, weight, data in FACE.findall(html)}


def characters(data: str) -> set[str]:
    return set(map(chr, TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()))


def test_a_german_page_carries_one_family():
    found = embedded(leaflet("neck-pain", "a4"))
    assert sorted(found) == [("Atkinson Hyperlegible Next", weight) for weight in ("400", "600", "700")]
    assert all(set("äöüßÜ„“–0123456789") <= held for held in found.values())
    assert all(len(held) < 120 for held in found.values())


def test_a_page_is_small():
    assert len(compose_html(leaflet("neck-pain", "a4"), find_folders())) < 80_000


def test_letters_that_the_first_family_lacks_come_from_the_next():
    found = embedded(leaflet("neck-pain", "a4", name="Олена"))
    assert found["Noto Sans", "400"] == set("Олена")
    assert "О" not in found["Atkinson Hyperlegible Next", "400"]


def test_a_script_that_no_rule_names_a_font_for_gets_one():
    html = compose_html(leaflet("neck-pain", "a4", name="سلمى"), find_folders())
    assert 'html { font-family: "Atkinson Hyperlegible Next", "Noto Sans", "Vazirmatn"; }' in html
    assert set("سلمى") <= embedded(leaflet("neck-pain", "a4", name="سلمى"))["Vazirmatn", "700"]


def test_an_edition_s_own_type_is_the_only_one():
    assert {family for family, _ in embedded(arabic())} == {"Vazirmatn"}


def test_an_own_style_brings_its_own_font(content, tmp_path):
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "own.ttf").write_bytes(ATKINSON.read_bytes())
    face = '@font-face { font-family: "Own"; font-weight: 400; src: url(own.ttf) format("truetype"); }'
    (styles / "extra.css").write_text(
        f"{face}\n/* {{ */ html {{ font-family: Own }} h1 {{ font: 700 1em 'Noto Sans' }}"
    )
    folders = Folders((), (ROOT / "templates",), (ROOT / "styles", styles))
    assert sorted(embedded(content.choose(), folders)) == [("Noto Sans", "400"), ("Noto Sans", "700"), ("Own", "400")]


@pytest.mark.parametrize("name", ["AtkinsonHyperlegibleNext-Bold.ttf", "NotoSans-Regular.ttf", "Vazirmatn-Regular.ttf"])
def test_a_subset_has_what_is_asked_for_and_keeps_its_licence(name):
    wanted = frozenset("abc 12") & coverage(FONTS / name)
    font = TTFont(io.BytesIO(subset_font(FONTS / name, wanted)))
    assert set(map(chr, font.getBestCmap())) == wanted
    assert "OFL" in font["name"].getDebugName(13) or "Open Font License" in font["name"].getDebugName(13)
    whole = TTFont(FONTS / name)
    glyph = whole.getBestCmap()[ord("a")]
    assert font["hmtx"][font.getBestCmap()[ord("a")]] == whole["hmtx"][glyph]


def test_the_same_characters_give_the_same_bytes():
    from merkblatt.page.font_subsets import _subset

    first = subset_font(ATKINSON, frozenset("abcäöü"))
    _subset.cache_clear()
    assert subset_font(ATKINSON, frozenset("üöäcba")) == first


def test_letters_that_join_still_do():
    """Arabic letters have forms that no character names; they must come along."""
    font = TTFont(io.BytesIO(subset_font(FONTS / "Vazirmatn-Regular.ttf", frozenset("سلمى"))))
    assert len(font.getGlyphOrder()) > 8
    assert {feature.FeatureTag for feature in font["GSUB"].table.FeatureList.FeatureRecord} >= {"init", "medi", "fina"}

"""What an edition and a practice add to the styles."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.page.colour import contrast
from merkblatt.page.style_rules import DARK_GROUNDS, dark_rules, own_rules
from merkblatt.tailoring.leaflet import Leaflet
from tests.pressed import leaflet, shelf, write_practice


def of_practice(folder: Path, accent: str, format_: str = "a4") -> Leaflet:
    from merkblatt.content.practice import read_sender

    sender = read_sender(write_practice(folder, accent=accent))
    return replace(leaflet("contacts", format_), sender=sender)


def test_without_a_practice_there_is_nothing_to_add() -> None:
    assert own_rules(leaflet("contacts", "a4")) == ""
    assert dark_rules(leaflet("contacts", "a4")) == ""


def test_an_edition_may_have_type_of_its_own() -> None:
    base = leaflet("contacts", "a4")
    edition = base.edition.model_copy(update={"fonts": ("Vazirmatn", "Next")})
    rules = own_rules(replace(base, edition=edition))
    assert 'html { font-family: "Vazirmatn", "Next"; }' in rules


def test_an_accent_is_set_with_its_tint(tmp_path: Path) -> None:
    assert own_rules(of_practice(tmp_path, "#315533")) == ":root { --accent: #315533; --tint: #eaeeeb; }"


def test_an_accent_too_pale_names_its_place_and_both_ratios(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as caught:
        own_rules(of_practice(tmp_path, "#999999"))
    (finding,) = caught.value.findings
    assert finding.code == "contrast"
    assert finding.place.path == tmp_path / "practice.yaml"
    assert re.search(r"contrast 2\.\d\d:1", finding.message)
    assert "a4 needs 4.50:1 or more" in finding.hint


@pytest.mark.parametrize("accent", ["#315533", "#000000", "#7a0000"])
def test_on_a_dark_screen_the_accent_is_as_light_as_type_needs(tmp_path: Path, accent: str) -> None:
    (shade,) = re.findall(r"--accent: (#\w+)", dark_rules(of_practice(tmp_path, accent)))
    assert min(contrast(shade, ground) for ground in DARK_GROUNDS) >= 7
    assert shade != "#ffffff"


def test_the_grounds_of_a_dark_screen_are_those_of_the_style() -> None:
    screen = shelf()[0].style("screen.css")
    assert screen
    assert all(ground in screen.read_text(encoding="utf-8") for ground in DARK_GROUNDS)

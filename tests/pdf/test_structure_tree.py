"""Which tag an HTML element becomes, which words its attributes hold for it, what is a picture for the eye alone."""

from __future__ import annotations

import logging
from xml.etree.ElementTree import Element, fromstring

import pytest

from merkblatt.pdf.structure_tree import SVG, LinkArea, Tag, is_picture_for_the_eye, name_tag


def element(html: str) -> Element:
    return fromstring(html)  # noqa: S314


def named(html: str) -> Tag:
    tag = Tag("")
    name_tag(tag, element(html))
    return tag


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ("<h1/>", "H1"),
        ("<p/>", "P"),
        ("<ul/>", "L"),
        ("<dd/>", "LBody"),
        ("<th/>", "TH"),
        ("<main/>", "Part"),
        ("<html/>", "Part"),
        ("<section/>", "Sect"),
        ("<strong/>", "Span"),
        ("<a/>", "Span"),
        ('<a href="https://x.org">x</a>', "Link"),
        ('<img alt="x"/>', "Figure"),
        ('<div role="img" aria-label="x"/>', "Figure"),
        (f"<svg xmlns='{SVG.strip('{}')}'><title>x</title></svg>", "Figure"),
    ],
)
def test_an_element_becomes_the_tag_that_says_what_it_is(html: str, role: str) -> None:
    assert named(html).role == role


@pytest.mark.parametrize(
    ("html", "alt"),
    [
        ('<img alt="  ein   Knie "/>', "ein Knie"),
        ('<img aria-label="Beschriftung" alt="alt"/>', "Beschriftung"),
        ('<img alt="Rücken\u00adschmerz"/>', "Rückenschmerz"),
        (f"<svg xmlns='{SVG.strip('{}')}'><title>Drehen</title></svg>", "Drehen"),
    ],
)
def test_a_picture_is_told_in_words(html: str, alt: str) -> None:
    assert named(html).alt == alt


def test_a_picture_without_words_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert named('<img src="knie.png"/>').alt == ""
    assert 'Image "knie.png" has no required alt description' in caplog.text
    caplog.clear()
    named('<img src="knie.png" alt="Knie"/>')
    assert not caplog.text


@pytest.mark.parametrize(
    ("html", "contents"),
    [
        ('<a href="https://x.org" title="Hilfe" aria-label="Rat">x</a>', "Hilfe"),
        ('<a href="https://x.org" aria-label="Rat">x</a>', "Rat"),
        ('<a href="https://x.org">zur <b>Schmerz</b>liga</a>', "zur Schmerzliga"),
        ('<a href="https://x.org"><img alt="Bild"/> und Text</a>', "Bild und Text"),
        ('<a href="https://x.org"><span aria-hidden="true">→</span>weiter</a>', "weiter"),
        ('<a href="https://x.org">a<br/>b</a>', "a b"),
        ('<a href="https://x.org"/>', "https://x.org"),
    ],
)
def test_a_link_tells_where_it_leads(html: str, contents: str) -> None:
    assert named(html).contents == contents


def test_an_abbreviation_keeps_what_it_stands_for() -> None:
    assert named('<abbr title="Progressive Muskelrelaxation">PMR</abbr>').expansion == "Progressive Muskelrelaxation"
    assert named("<abbr>PMR</abbr>").expansion is None
    assert named('<span title="nichts">x</span>').expansion is None


@pytest.mark.parametrize(
    ("html", "is_for_the_eye"),
    [
        ('<img alt=""/>', True),
        ("<img/>", False),
        ('<img alt="Knie"/>', False),
        ('<img alt="" aria-label="Knie"/>', False),
        ('<img role="presentation"/>', True),
        (f"<svg xmlns='{SVG.strip('{}')}' role='none'/>", True),
        (f"<svg xmlns='{SVG.strip('{}')}'/>", False),
        ('<p role="none"/>', False),
    ],
)
def test_a_picture_without_meaning_is_known(html: str, is_for_the_eye: bool) -> None:
    assert is_picture_for_the_eye(element(html)) is is_for_the_eye


def test_a_clickable_area_grows_whichever_corner_comes_first() -> None:
    area = LinkArea(0, None, (10, 40, 30, 20))
    area.include((5, 30, 20, 50))
    assert area.rectangle == (5, 20, 30, 50)
    assert not area.is_empty
    assert LinkArea(0, None, (10, 20, 10, 40)).is_empty
    assert LinkArea(0, None, (10, 20, 30, 20)).is_empty


def test_all_tags_below_one_are_walked_parents_first() -> None:
    leaf, other = Tag("Span"), Tag("P")
    root = Tag("Sect", kids=[Tag("P", kids=[leaf]), other])
    assert [tag.role for tag in root.descendants()] == ["Sect", "P", "Span", "P"]
    assert Tag("P", element("<p/>")).html == "p"
    assert leaf.html == ""

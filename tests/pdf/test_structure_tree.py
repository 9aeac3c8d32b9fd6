"""What HTML says about the meaning of an element: its role, its words, whether it is for the eye alone."""

from __future__ import annotations

import logging

import pytest
from defusedxml import ElementTree

from merkblatt.pdf.structure_tree import LinkArea, Mark, Tag, is_picture_for_the_eye, name_tag
from tests.pdf.tagged import PICTURE, elements, press, roles
from tests.pdf_facts import Link, links

SVG = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<aside><p>a</aside>", ["Sect", "P"]),
        ("<nav><p>a</nav>", ["Sect", "P"]),
        ("<header><p>a</header>", ["Div", "P"]),
        ("<footer>a</footer>", ["P"]),
        ("<address>a<br>b</address>", ["P"]),
        ("<article>a</article>", ["Art", "P"]),
        ("<main><section>a<p>b</section></main>", ["Part", "Sect", "P", "P"]),
        ("<blockquote>a</blockquote>", ["BlockQuote", "P"]),
        ("<div>a <b>b</b></div>", ["P", "Span"]),
        ("<div>a<div>b</div>c</div>", ["Div", "P", "P", "P"]),
        ("<p><strong>a</strong> <em>b</em> <q>c</q>", ["P", "Span", "Span", "Quote", "Span", "Span"]),
        ("a <i>b</i><p>c", ["P", "Span", "P"]),
        ("<p>a <span style='display: block'>b</span> c", ["P", "Span"]),
        ("<div></div><p></p><hr><section><p> </p></section>", []),
    ],
)
def test_elements_keep_their_meaning(html: str, expected: list[str]) -> None:
    assert roles(press(html))[1:] == expected


def test_an_abbreviation_is_expanded() -> None:
    pdf = press('<p><abbr title="Lendenwirbelsäule">LWS</abbr>')
    assert elements(pdf, "Span") == [{"/E": "Lendenwirbelsäule"}]


@pytest.mark.parametrize(
    "picture",
    [
        f'<img alt="Katze" src="{PICTURE}">',
        f'<img aria-label="Katze" src="{PICTURE}">',
        '<svg width=40 height=20 aria-label="Katze"><rect width=40 height=20 /></svg>',
        "<svg width=40 height=20><title>Katze</title><rect width=40 height=20 /></svg>",
        '<div role=img aria-label="Katze">=^..^=</div>',
    ],
)
def test_a_picture_is_described(picture: str) -> None:
    assert [entries["/Alt"] for entries in elements(press(picture), "Figure")] == ["Katze"]


def test_a_figure_holds_picture_and_caption() -> None:
    body = f'<figure><img alt="Katze" src="{PICTURE}"><figcaption>Abb. 1</figcaption></figure>'
    assert roles(press(body))[1:] == ["Div", "Figure", "Caption"]


@pytest.mark.parametrize(
    ("html", "contents"),
    [
        ('<a href="https://x.org/">Mehr <strong>Hilfe</strong> hier</a>', "Mehr Hilfe hier"),
        (f'<a href="https://x.org/"><img alt="Katze" src="{PICTURE}"></a>', "Katze"),
        (f'<a href="https://x.org/">zur <span><img alt="Katze" src="{PICTURE}"></span></a>', "zur Katze"),
        (f'<a href="https://x.org/" title="Rat"><img alt="" src="{PICTURE}"></a>', "Rat"),
        ('<a href="https://x.org/" title="Rat">hier</a>', "Rat"),
        ('<a href="https://x.org/">Wirbel&shy;säule<!-- x --> stärken</a>', "Wirbelsäule stärken"),
        ('<a href="https://x.org/" aria-label="Rat">hier</a>', "Rat"),
        ('<a href="https://x.org/" style="display: block">hier</a>', "hier"),
        ('<a href="https://x.org/" style="display: block"><p>eins</p><p>zwei</p></a>', "eins zwei"),
    ],
)
def test_a_link_is_one_annotation_with_a_human_description(html: str, contents: str) -> None:
    pdf = press(html)
    assert links(pdf) == [Link("https://x.org/", contents, 1)]
    assert roles(pdf).count("Link") == 1


def named(html: str) -> Tag:
    tag = Tag("Span")
    name_tag(tag, ElementTree.fromstring(html))
    return tag


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ("<h1/>", "H1"),
        ("<h4/>", "H4"),
        ("<p/>", "P"),
        ("<ul/>", "L"),
        ("<dd/>", "LBody"),
        ("<th/>", "TH"),
        ("<main/>", "Part"),
        ("<section/>", "Sect"),
        ("<header/>", "Div"),
        ("<q/>", "Quote"),
        ("<html/>", "Part"),
        ("<strong/>", "Span"),
        ("<a/>", "Span"),
        ("<a href='#b'/>", "Link"),
        ("<p role='img' aria-label='x'/>", "Figure"),
        (f"<svg xmlns='{SVG}' aria-label='x'/>", "Figure"),
        ("<svg/>", "Span"),
    ],
)
def test_an_element_has_the_role_that_it_means(html: str, role: str) -> None:
    assert named(html).role == role


@pytest.mark.parametrize(
    ("html", "alt"),
    [
        ("<img aria-label='Katze' alt='Hund'/>", "Katze"),
        ("<img alt=' Die\n Kat\xadze '/>", "Die Katze"),
        (f"<svg xmlns='{SVG}'><title>Katze</title></svg>", "Katze"),
    ],
)
def test_a_description_is_the_first_that_there_is_as_it_is_said(html: str, alt: str) -> None:
    assert named(html).alt == alt


@pytest.mark.parametrize(("html", "source"), [("<img src='a.png'/>", "a.png"), ("<p role='img'/>", "p")])
def test_a_picture_without_description_is_told(caplog: pytest.LogCaptureFixture, html: str, source: str) -> None:
    with caplog.at_level(logging.ERROR, "weasyprint"):
        assert not named(html).alt
        named("<img src='b.png' alt='Knie'/>")
    assert caplog.messages == [f'Image "{source}" has no required alt description']


@pytest.mark.parametrize(
    ("html", "contents"),
    [
        ("<a href='x' title='Rat' aria-label='Hilfe'>hier</a>", "Rat"),
        ("<a href='x' aria-label='Hilfe'>hier</a>", "Hilfe"),
        ("<a href='x'>hier <b>und</b> da</a>", "hier und da"),
        ("<a href='x'/>", "x"),
        ("<a href='x'>eins<br/>zwei<p>drei</p>vier</a>", "eins zwei drei vier"),
        ("<a href='x'>ein<b>s</b></a>", "eins"),
        ("<a href='x'>zur <span aria-hidden='true'>»</span>Hilfe</a>", "zur Hilfe"),
        ("<a href='x'>zur <img alt='Katze'/>!</a>", "zur Katze!"),
        (f"<a href='x'>zur <svg xmlns='{SVG}'><title>Katze</title><text>9</text></svg></a>", "zur Katze"),
    ],
)
def test_a_link_is_described_by_what_is_heard_of_it(html: str, contents: str) -> None:
    assert named(html).contents == contents


def test_words_are_kept_on_the_tag_that_has_use_for_them() -> None:
    abbreviation, plain = named("<abbr title='Wirbel'>W</abbr>"), named("<p title='Wirbel' aria-label='x'>W</p>")
    assert (abbreviation.role, abbreviation.expansion) == ("Span", "Wirbel")
    assert named("<abbr title=' '>W</abbr>").expansion is None
    assert named("<abbr>W</abbr>").expansion is None
    assert named("<span title='nichts'>W</span>").expansion is None
    assert (plain.alt, plain.contents, plain.expansion) == (None, None, None)


@pytest.mark.parametrize(
    ("html", "is_for_the_eye"),
    [
        ("<img alt=''/>", True),
        ("<img/>", False),
        ("<img alt='Katze'/>", False),
        ("<img alt='' aria-label='Katze'/>", False),
        ("<img role='presentation'/>", True),
        ("<img alt='Katze' role='presentation'/>", True),
        ("<img alt='Katze' role='none'/>", True),
        (f"<svg xmlns='{SVG}' role='none'/>", True),
        (f"<svg xmlns='{SVG}'/>", False),
        (f"<svg xmlns='{SVG}' alt=''/>", False),
        ("<p role='none'/>", False),
    ],
)
def test_a_picture_is_for_the_eye_where_it_is_said_so(html: str, is_for_the_eye: bool) -> None:
    assert is_picture_for_the_eye(ElementTree.fromstring(html)) is is_for_the_eye


def test_a_link_area_grows_around_what_it_takes_in() -> None:
    area = LinkArea(0, None, (10, 40, 30, 20))  # WeasyPrint writes the upper left corner first
    area.include((5, 30, 20, 10))
    assert area.rectangle == (5, 10, 30, 40)
    area.include((6, 11, 7, 12))
    assert area.rectangle == (5, 10, 30, 40)


@pytest.mark.parametrize(
    ("rectangle", "is_empty"),
    [((1, 2, 3, 4), False), ((3, 4, 1, 2), False), ((1, 2, 1, 4), True), ((1, 4, 3, 4), True)],
)
def test_a_link_area_without_extent_is_empty(rectangle: tuple[float, ...], is_empty: bool) -> None:
    assert LinkArea(0, None, rectangle).is_empty is is_empty


def test_tags_are_read_parents_first() -> None:
    inner, last = Tag("Span", ElementTree.fromstring("<b/>")), Tag("P")
    first = Tag("P", kids=[Mark(0, 0), inner])
    root = Tag("Document", kids=[first, Mark(0, 1), last])
    assert list(root.descendants()) == [root, first, inner, last]
    assert (root.tags, inner.html, root.html) == ([first, last], "b", "")

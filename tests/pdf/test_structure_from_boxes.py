"""What is painted is hung on the tag of its HTML element, in reading order, or is an artifact."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
import weasyprint

from merkblatt.pdf.engine_internals import TextBox, page_box, recorded_marks
from merkblatt.pdf.structure_from_boxes import PaintedPage, grow_tree
from merkblatt.pdf.structure_tree import Artifact, LinkArea, Mark, Tag
from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.pdf.tagged import FONTS, LONG, PICTURE, STYLE, elements, lay_out, page_count, press, read, roles
from tests.pdf_facts import Link, artifacts, languages, links, reading_order


def test_a_list_over_a_page_break_is_one_list() -> None:
    pdf = press("<ul>" + "".join(f"<li><p>{LONG}" for _ in range(6)) + "</ul>")
    assert page_count(pdf) > 1
    assert (roles(pdf).count("L"), roles(pdf).count("LI"), roles(pdf).count("P")) == (1, 6, 6)


def test_a_table_over_a_page_break_is_one_table_and_its_repeated_head_is_silent() -> None:
    rows = "".join(f"<tr><th>Tag {day}<td>{LONG}" for day in range(6))
    body = f"<table><thead><tr><th>Datum<th>Was</thead><tfoot><tr><td>Ende<td></tfoot><tbody>{rows}</table>"
    pdf = press(body)
    assert page_count(pdf) > 1
    assert [roles(pdf).count(role) for role in ("Table", "THead", "TBody", "TFoot", "TR")] == [1, 1, 1, 1, 8]
    order = reading_order(pdf)
    assert order[1:3] == [("TH", "Datum"), ("TH", "Was")]
    assert order[-1] == ("TD", "Ende")
    assert artifacts(pdf)[0] == ""
    assert artifacts(pdf)[1] == "Datum Was Ende"


def test_paragraphs_and_sections_over_a_page_break_stay_whole() -> None:
    body = f"<section><h2>Heute</h2><p>{LONG * 8}</p></section><section><h2>Morgen</h2><p>Ruhe</section>"
    pdf = press(body)
    assert page_count(pdf) > 1
    assert roles(pdf) == ["H1", "Sect", "H2", "P", "Sect", "H2", "P"]
    assert reading_order(pdf)[2] == ("P", (LONG * 8).strip())


def test_another_language_is_told_on_the_element_that_speaks_it() -> None:
    body = (
        '<p>Sagen Sie <span lang="en">Good morning</span>.</p><section lang="tr"><p lang="tr">Sırt</p>'
        '<p lang="de">Rücken</p></section><p lang="de">Ende</p><p><a lang="en" href="https://x.org/">Help</a></p>'
    )
    expected = [("en", "Good morning"), ("tr", "Sırt Rücken"), ("de", "Rücken"), ("en", "Help")]
    assert languages(press(body)) == expected


def test_a_body_in_another_language_than_its_html_is_told() -> None:
    html = f'<html lang="de"><title>P</title><style>{STYLE}</style><body lang="en"><h1>Back</h1>'
    assert languages(write_tagged_pdf(weasyprint.HTML(string=html).render())) == [("en", "Back")]


def test_bounds_are_in_points_from_the_bottom_left_of_the_right_page() -> None:
    style = "@page { margin: 0 } body { margin: 0 } img { display: block; break-before: page; margin: 40px }"
    pdf = press(f'<img alt="Katze" src="{PICTURE}">', style)
    height = 100 / 25.4 * 72
    bounds = elements(pdf, "Figure")[0]["/BBox"]
    assert bounds == pytest.approx([30, height - 45, 60, height - 30], abs=0.01)


@pytest.mark.parametrize(
    "decoration",
    [
        f'<img alt="" src="{PICTURE}">',
        f'<img role=presentation src="{PICTURE}">',
        f'<img aria-hidden=true src="{PICTURE}">',
        "<svg aria-hidden=true width=9 height=9><title>x</title><rect width=9 height=9 /></svg>",
        "<div aria-hidden=true><p>Zier <b>werk</b></div>",
    ],
)
def test_decoration_is_an_artifact(decoration: str) -> None:
    assert read(f"<p>Text</p>{decoration}") == [("P", "Text")]


def test_a_link_over_two_lines_or_pages_is_one_link_with_an_annotation_for_each_piece() -> None:
    text = "Alles über Schmerz und Bewegung auf einer Seite"
    body = f'<p>Lesen Sie: <a href="https://x.org/">{text}</a>.</p>'
    pdf = press(body)
    assert links(pdf) == [Link("https://x.org/", text, 1)] * 2
    assert roles(pdf).count("Link") == 1
    over_pages = press(f'<p><a href="https://x.org/">{LONG * 8}</a>')
    assert page_count(over_pages) > 1
    assert {link.page for link in links(over_pages)} == set(range(1, page_count(over_pages) + 1))
    assert roles(over_pages).count("Link") == 1


def test_an_internal_link_and_one_without_target() -> None:
    pdf = press('<p id=ziel>Ziel <a href="#ziel">nach oben</a> <a>nirgends</a>')
    assert links(pdf) == [Link("#ziel", "nach oben", 1)]
    assert roles(pdf)[1:] == ["P", "Link", "Span"]


def test_a_link_covers_the_picture_in_it() -> None:
    pdf = press(f'<p><a href="https://x.org/">x<img alt="Katze" style="height: 60px" src="{PICTURE}"></a>')
    with pikepdf.open(io.BytesIO(pdf)) as file:
        _, bottom, _, top = (float(value) for value in file.pages[0].Annots[0].Rect)
    assert top - bottom >= 60 * 0.75


def test_a_link_in_page_furniture_is_plain_text() -> None:
    style = "footer { position: fixed; bottom: 0 }"
    pdf = press('<footer><a href="https://x.org/">x.org</a></footer>', style)
    assert links(pdf) == []
    assert artifacts(pdf) == ["x.org"]


def test_margin_boxes_and_fixed_boxes_are_pagination_artifacts() -> None:
    style = (
        "@page { @top-left { content: element(kopf) } @bottom-right { content: 'Seite ' counter(page) } }"
        "#kopf { position: running(kopf) } #rand { position: fixed; top: 0; right: 0 }"
    )
    body = f"<p id=kopf>Praxis <b>Nord</b></p><p id=rand>Rand</p><p>{LONG * 8}</p>"
    pdf = press(body, style)
    assert reading_order(pdf)[1:] == [("P", (LONG * 8).strip())]
    for number, text in enumerate(artifacts(pdf), 1):
        assert sorted(text.split()) == sorted(["Praxis", "Nord", "Rand", "Seite", str(number)])
    content = _content(pdf, 0)
    assert b"/Type /Pagination/Subtype /Header" in content
    assert b"/Type /Pagination/Subtype /Footer" in content


def _content(pdf: bytes, number: int) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return bytes(file.pages[number].Contents.read_bytes())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("''", [("P", "Text")]),
        ("'• '", [("P", "Text")]),
        (f'url("{PICTURE}")', [("P", "Text")]),
        ("'Achtung: '", [("P", "Achtung: Text")]),
        ("'1 · '", [("P", "1 · Text")]),
    ],
)
def test_generated_content_is_read_if_it_has_words(content: str, expected: list[tuple[str, str]]) -> None:
    assert read("<p>Text", f"p::before {{ content: {content} }}") == expected


def test_generated_content_in_a_link_makes_no_second_link() -> None:
    style = "a::after { content: ' (' attr(href) ')' } a::before { content: '» ' }"
    pdf = press('<p><a href="https://x.org/">Hilfe</a>', style)
    assert links(pdf) == [Link("https://x.org/", "Hilfe", 1)]
    assert reading_order(pdf)[1:] == [("Link", "Hilfe (https://x.org/)")]
    assert artifacts(pdf) == ["»"]


def test_a_hyphen_at_the_end_of_a_line_does_not_part_a_word() -> None:
    text = "Wirbelsäulengymnastik Haltungskorrektur"
    font = f"@font-face {{ font-family: Noto; src: url({FONTS}/NotoSans-Regular.ttf) }}"  # it has U+2010
    assert read(f"<p>{text}", font + "p { font-family: Noto; hyphens: auto; width: 25mm }") == [("P", text)]


def test_reading_follows_the_page_where_boxes_float_or_stand_absolute() -> None:
    style = "#zwei { float: right } #drei { position: absolute; top: 0 }"
    body = "<p>eins</p><p id=zwei>zwei</p><p id=drei>drei</p><p>vier</p>"
    assert [text for _, text in read(body, style)] == ["eins", "zwei", "drei", "vier"]


class Grown:
    """The tree of a small document as it grows, before it is set in order; each text box by its words."""

    def __init__(self, body: str, style: str = "") -> None:
        self.texts: dict[Mark, str] = {}
        pages: list[PaintedPage] = []

        def record(box: Any, own: Any) -> None:
            mcids = {piece: mark["mcid"] for piece, mark in own.items()}
            self.texts |= {Mark(len(pages), n): p.text for p, n in mcids.items() if isinstance(p, TextBox)}
            pages.append(PaintedPage(box, box.margin_height(), mcids))

        document = lay_out(body, style)
        with recorded_marks(record):
            document.write_pdf(pdf_variant="pdf/a-2a")
        self.pages, self.tree = len(pages), grow_tree(pages, "de")

    @property
    def shown(self) -> str:
        """The tags below the document, without its heading: roles, their kids in brackets, texts in quotes."""
        return " ".join(self._show(kid) for kid in self.tree.root.kids[1:])

    def _show(self, kid: Tag | Mark | LinkArea) -> str:
        if isinstance(kid, LinkArea):
            return "→"
        if isinstance(kid, Mark):
            return f"'{self.texts[kid].strip()}'" if kid in self.texts else "*"
        return f"{kid.role}[{' '.join(self._show(inner) for inner in kid.kids)}]"

    def artifacts(self) -> Iterator[tuple[str, Artifact]]:
        return ((self.texts[mark], artifact) for mark, artifact in self.tree.artifacts.items() if mark in self.texts)

    def actual_texts(self) -> list[tuple[str, str]]:
        return [(self.texts[mark], text) for mark, text in self.tree.actual_texts.items()]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>a <b>b</b> c", "P['a' Span['b'] 'c']"),
        ("<p>a<br>b", "P['a' Span[] 'b']"),
        ("<section><p>a</p> </section>", "Sect[P['a']]"),
        ("<p class=first>Eins", "P['E' 'ins']"),
        ("<ul><li>a</ul>", "L[LI[Lbl['•'] 'a']]"),
        ("<ul><li></li><li>b</ul>", "L[LI[Lbl['•']] LI[Lbl['•'] 'b']]"),
        ("<p>a <q>b</q>", "P['a' Quote[Span['“'] 'b' Span['”']]]"),
        ("<a href='https://x.org/'>a <b>b</b></a>", "Link[→ 'a' Span['b']]"),
        ("<table><tr><td><td>b</table>", "Table[TBody[TR[TD[] TD['b']]]]"),
        ("<div style='position: absolute'>a</div>", "Div['a']"),
        (f'<p>a <img alt=x style="position: absolute" src="{PICTURE}">', "P['a' Figure[*]]"),
    ],
)
def test_each_element_is_one_tag_around_what_is_painted_of_it(body: str, shown: str) -> None:
    style = ".first::first-letter { color: red } q { quotes: '“' '”' } ul { list-style-type: disc }"
    assert Grown(body, style).shown == shown


def test_pieces_of_an_element_on_two_pages_hang_on_one_tag() -> None:
    grown = Grown(f"<p>{LONG * 8}")
    (_, tag) = grown.tree.root.tags
    assert grown.pages > 1
    assert {kid.page for kid in tag.kids if isinstance(kid, Mark)} == set(range(grown.pages))


def test_what_is_hidden_furniture_or_repeated_is_an_artifact_of_its_kind() -> None:
    style = (
        "@page { @top-left { content: 'Kopf' } @bottom-left { content: 'Fuß' } @left-middle { content: 'Rand' } }"
        "#fest { position: fixed; bottom: 0 } p::before { content: '»' }"
    )
    grown = Grown("<p>a</p><div id=fest>fest</div><div aria-hidden=true>zier <b>werk</b></div>", style)
    assert grown.shown == "P['a']"
    assert sorted(grown.artifacts(), key=lambda found: found[0]) == [
        ("Fuß", Artifact("Pagination", "Footer")),
        ("Kopf", Artifact("Pagination", "Header")),
        ("Rand", Artifact("Pagination")),
        ("fest", Artifact("Pagination")),
        ("werk", Artifact("Layout")),
        ("zier ", Artifact("Layout")),
        ("»", Artifact("Layout")),
    ]


def test_a_head_that_is_repeated_is_read_once() -> None:
    rows = "".join(f"<tr><td>{LONG}" for _ in range(6))
    grown = Grown(f"<table><thead><tr><th>Was</thead><tbody>{rows}</table>")
    assert grown.shown.count("'Was'") == 1
    repeated = list(grown.artifacts())
    assert repeated
    assert set(repeated) == {("Was", Artifact("Pagination"))}


@pytest.mark.parametrize(
    ("body", "areas", "superfluous"),
    [
        ("<p><a href='https://x.org/'>a</a>", 1, 0),
        ("<p><a href='https://x.org/'>a <b>b</b></a>", 1, 1),
        (f"<p><a href='https://x.org/'>a <img alt=x src=\"{PICTURE}\"></a>", 1, 1),
        ("<p style='position: fixed'><a href='https://x.org/'>a</a>", 0, 1),
        ("<p aria-hidden=true><a href='https://x.org/'>a</a>", 0, 1),
    ],
)
def test_a_link_has_one_area_and_none_where_it_is_not_read(body: str, areas: int, superfluous: int) -> None:
    """WeasyPrint makes an annotation for each box within a link, and for those in what is not read."""
    tree = Grown(body).tree
    assert sum(isinstance(kid, LinkArea) for tag in tree.root.descendants() for kid in tag.kids) == areas
    assert len(tree.superfluous) == superfluous


def test_words_are_told_where_they_are_painted_otherwise() -> None:
    hyphens = f"@font-face {{ font-family: Noto; src: url({FONTS}/NotoSans-Regular.ttf) }} p {{ font-family: Noto }}"
    body = "<p style='hyphens: auto; width: 12mm'>Rückenschule</p><p>plain</p>"
    told = Grown(body, hyphens).actual_texts()
    assert told
    assert all(painted == text.replace("\xad", "\u2010") and text.endswith("\xad") for painted, text in told)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>ظهر", ["ظهر"]),
        ("<p dir=rtl style='direction: rtl'>12", ["12"]),
        ("<p>12 abc", []),
        ("<p>R\u00fccken", []),
    ],
)
def test_what_is_painted_from_the_right_says_its_words(body: str, told: list[str]) -> None:
    style = (
        f"@font-face {{ font-family: A; src: url({FONTS}/NotoNaskhArabic-Regular.ttf) }} p {{ font-family: Next, A }}"
    )
    assert [text for _, text in Grown(body, style).actual_texts()] == told


def test_what_only_a_box_knows_is_kept_on_its_tag() -> None:
    body = "<table><tr><td colspan=2>a<td rowspan=2>b<tr><td>c<td>d</table>"
    more = "<ol><li>e</ol><p>f <a href='#x' id=x>g</a></p>"
    root = Grown(body + more, "ol { list-style-type: upper-roman } a { display: block }").tree.root
    tags = {tag.html: tag for tag in root.descendants()}
    assert [tag.span for tag in root.descendants() if tag.role == "TD"] == [(2, 1), (1, 2), (1, 1), (1, 1)]
    assert (tags["li"].marker_style, tags["a"].is_block, tags["p"].is_block) == ("upper-roman", True, True)


def test_a_tag_knows_its_language_and_what_is_inherited() -> None:
    root = Grown("<section lang=tr><p>a</p></section><p>b</p>").tree.root
    assert [(tag.html, tag.language) for tag in root.descendants()][2:] == [
        ("section", "tr"), ("p", "tr"), ("p", "de"),
    ]  # fmt: skip


def test_bounds_follow_what_turns_a_picture() -> None:
    style = (
        "@page { margin: 0 } body { margin: 0 } h1 { display: none } div { transform: translate(40px, 20px) }"
        "img { display: block; transform-origin: 0 0; transform: scale(2) }"
    )
    root = Grown(f'<div><img alt="Katze" src="{PICTURE}"></div>', style).tree.root
    (figure,) = (tag for tag in root.descendants() if tag.role == "Figure")
    height = 100 / 25.4 * 72
    assert figure.bounds == pytest.approx([30, height - 45, 90, height - 15], abs=0.01)


def test_several_documents_are_parts_of_one() -> None:
    first, second = lay_out("<p>eins"), lay_out("<p>two", lang="en")
    pages = [PaintedPage(page_box(page), page.height, {}) for page in (*first.pages, *second.pages)]
    parts = grow_tree(pages, "de").root.tags
    assert [(part.role, part.language) for part in parts] == [("Part", "de"), ("Part", "en")]

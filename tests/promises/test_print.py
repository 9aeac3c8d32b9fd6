"""Proves on every real sheet what a reader sees on paper: size, colour, place of each letter, lines, and the codes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from merkblatt.content.formats import PAPERS
from merkblatt.tailoring.leaflet import Leaflet
from tests.pdf_facts import artifacts, links, reading_order
from tests.pressed import CASES, ROOT, composed, leaflet, pressed, sample
from tests.print_facts import Block, blocks, contrasts, glyphs, ink_outside, page_sizes, qr_codes, spaces

#: WCAG 2.2: 1.4.3 (AA) and 1.4.6 (AAA).
RATIOS = {"a4": 4.5, "a5": 4.5, "dl": 4.5, "a4-large": 7, "a4-xlarge": 7, "a5-large": 7, "a3-poster": 7}
LEAST_SIZE = {"a4": 12, "a5": 12, "dl": 12, "a5-large": 16, "a4-large": 18, "a4-xlarge": 24, "a3-poster": 14}
#: Large print, whose readers lose a long line.
LARGE = ("a5-large", "a4-large", "a4-xlarge")
#: At most so many characters a line: 70 in large print (RNIB), 80 elsewhere (German federal style guide).
CHARACTERS = {paper: 70 if paper in LARGE else 80 for paper in RATIOS}
#: How near to the edge of the paper an office printer prints, in mm.
UNPRINTABLE = 5
MM = 72 / 25.4
#: Kerning with the letters beside it may narrow a space by so many thousandths of the size.
KERNING = 40

every_case = pytest.mark.parametrize(("sheet", "format_", "reader"), CASES)
LONG = "Wer sich jeden Tag ein wenig bewegt, hat nach einiger Zeit weniger Schmerzen im Rücken. " * 3


# Type


def too_small(pdf: bytes, least: float) -> list[tuple[float, str]]:
    return sorted({(glyph.size, glyph.font) for glyph in glyphs(pdf) if glyph.size < least - 0.01})


@every_case
def test_no_letter_is_smaller_than_the_format_promises(sheet: str, format_: str, reader: str) -> None:
    pdf = pressed(sheet, format_, reader)
    assert len(glyphs(pdf)) > 1000
    assert too_small(pdf, LEAST_SIZE[format_]) == []
    assert {name: paper.type_size for name, paper in PAPERS.items()} == LEAST_SIZE


@pytest.mark.parametrize(
    "style",
    [
        "p { font-size: 11.9pt }",
        "p { transform: scale(0.9) }",
        "@page { @bottom-left { content: 'Fuß'; font: 9pt Next } }",
    ],
)
def test_a_letter_that_is_too_small_is_seen(style: str) -> None:
    assert too_small(sample("<h1>Titel</h1><p>Text</p>", style), 12)


def slanted(pdf: bytes) -> str:
    return "".join(glyph.letter for glyph in glyphs(pdf) if not glyph.is_upright)


@every_case
def test_no_letter_is_in_italics(sheet: str, format_: str, reader: str) -> None:
    assert slanted(pressed(sheet, format_, reader)) == ""


def test_type_that_leans_is_seen() -> None:
    lean = "i { display: inline-block; transform: skewX(-12deg) }"
    assert slanted(sample("<h1>Titel</h1><p>Text <i>schief</i></p>", lean)) == "schief"


# Contrast


def pale(pdf: bytes, least: float) -> dict[tuple[str, str], float]:
    return {colours: ratio for colours, ratio in contrasts(pdf).items() if ratio < least}


@every_case
def test_all_type_has_the_contrast_that_the_format_promises(sheet: str, format_: str, reader: str) -> None:
    pdf = pressed(sheet, format_, reader)
    grounds = {ground for _, ground in contrasts(pdf)}
    assert len(grounds) == 2  # paper, and the tint of the message
    assert pale(pdf, RATIOS[format_]) == {}
    assert {name: paper.contrast for name, paper in PAPERS.items()} == RATIOS
    assert {glyph.opacity for glyph in glyphs(pdf)} == {1.0}


def test_pale_type_and_dark_ground_are_seen() -> None:
    assert pale(sample("<h1>Titel</h1><p style='color: #777'>Text</p>"), 4.5) == {
        ("#777777", "#ffffff"): 4.478089453577214
    }
    assert ("#000000", "#555555") in pale(sample("<h1>Titel</h1><p style='background: #555'>Text</p>"), 4.5)


@every_case
def test_a_tint_is_a_tenth_of_a_colour_at_most(sheet: str, format_: str, reader: str) -> None:
    for _, ground in contrasts(pressed(sheet, format_, reader)):
        assert min(int(ground[at : at + 2], 16) for at in (1, 3, 5)) >= 255 * 0.9 - 1


# Lines


def source_words(sheet: str, format_: str, reader: str) -> str:
    """All that the page says, before it was parted into lines."""
    return plain(composed(sheet, format_, reader).html.partition("<body>")[2])


def plain(page: str) -> str:
    text = re.sub(r"</?(strong|em|b|i|a|span)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def divided(found: tuple[Block, ...], source: str) -> list[str]:
    """Where a line ends within a word: at a hyphen or a slash that is not written, or at none."""
    ends = []
    for block in found:
        for line, after in pairwise(block.lines):
            last, first = line.text.split()[-1], after.text.split()[0]
            is_parted_at_a_mark = last[-1] in "-/–" and last + first in source
            if f"{last} {first}" not in source and not is_parted_at_a_mark:
                ends.append(f"{last}|{first}")
    return ends


@every_case
def test_no_word_is_divided_at_the_end_of_a_line(sheet: str, format_: str, reader: str) -> None:
    found = blocks(pressed(sheet, format_, reader))
    assert sum(len(block.lines) > 1 for block in found) > 5
    assert divided(found, source_words(sheet, format_, reader)) == []


@pytest.mark.parametrize("style", ["hyphens: auto", "overflow-wrap: anywhere"])
def test_a_divided_word_is_seen(style: str) -> None:
    body = "<p>Wirbelsäulengymnastik Haltungskorrektur</p>"
    found = blocks(sample(f"<h1>Titel</h1>{body}", f"p {{ {style}; width: 32mm }}"))
    assert len(divided(found, plain(body))) == 2


def test_a_written_hyphen_may_end_a_line() -> None:
    body = "<p>Die Versorgungs-Leitlinie Kreuz-Schmerz</p>"
    found = blocks(sample(f"<h1>Titel</h1>{body}", "p { width: 38mm }"))
    assert any(line.text.endswith("-") for block in found for line in block.lines)
    assert divided(found, plain(body)) == []


def uneven_spaces(pdf: bytes) -> list[str]:
    """Fonts whose spaces differ by more than kerning explains, as they do in justified lines."""
    return [
        f"{font} {size}: {dict(widths)}"
        for (font, size), widths in spaces(pdf).items()
        if max(widths) - min(widths) > KERNING
    ]


@every_case
def test_words_stand_equally_far_apart(sheet: str, format_: str, reader: str) -> None:
    assert uneven_spaces(pressed(sheet, format_, reader)) == []


def test_justified_lines_are_seen() -> None:
    body = f"<h1>Titel</h1><p>{LONG}</p>"
    assert uneven_spaces(sample(body)) == []
    assert uneven_spaces(sample(body, "p { text-align: justify }"))


def not_flush_left(found: tuple[Block, ...]) -> list[str]:
    """Lines that begin elsewhere than the line above them; the first may follow a label."""
    return [
        after.text
        for block in found
        for line, after in pairwise(block.lines[1:])
        if abs(line.start - after.start) > 0.5
    ]


@pytest.mark.parametrize(("sheet", "format_"), [case[:2] for case in CASES if not case[2]])
def test_lines_begin_one_below_the_other(sheet: str, format_: str) -> None:
    assert not_flush_left(blocks(pressed(sheet, format_))) == []


@pytest.mark.parametrize("align", ["center", "right"])
def test_lines_that_are_not_flush_left_are_seen(align: str) -> None:
    body = f"<h1>Titel</h1><p>{LONG}</p>"
    assert not_flush_left(blocks(sample(body))) == []
    assert not_flush_left(blocks(sample(body, f"p {{ text-align: {align} }}")))


def tight(found: tuple[Block, ...], least: float) -> list[tuple[str, str, float]]:
    """Lines that stand too close below another of the same paragraph: the distance by the size of the larger type."""
    steps = [
        (block.role, after.text, round((line.y - after.y) / max(line.size, after.size), 3))
        for block in found
        for line, after in pairwise(block.lines)
    ]
    return [step for step in steps if step[2] < least]


@every_case
def test_lines_of_a_text_stand_at_least_a_quarter_more_than_their_size_apart(
    sheet: str, format_: str, reader: str
) -> None:
    texts = tuple(block for block in blocks(pressed(sheet, format_, reader)) if block.role[0] != "H")
    assert tight(texts, 1.25) == []


every_large_case = pytest.mark.parametrize(("sheet", "format_", "reader"), [case for case in CASES if case[1] in LARGE])


@every_large_case
def test_in_large_print_so_do_lines_of_headings(sheet: str, format_: str, reader: str) -> None:
    assert tight(blocks(pressed(sheet, format_, reader)), 1.25) == []


def test_tight_lines_are_seen() -> None:
    body = f"<h1>Titel</h1><p>{LONG}</p>"
    assert tight(blocks(sample(body)), 1.25) == []
    assert {ratio for _, _, ratio in tight(blocks(sample(body, "p { line-height: 1.2 }")), 1.25)} == {1.2}


@every_case
def test_no_line_has_more_characters_than_an_eye_finds_its_way_back_from(sheet: str, format_: str, reader: str) -> None:
    found, most = blocks(pressed(sheet, format_, reader)), CHARACTERS[format_]
    assert [line.text for block in found for line in block.lines if len(line.text) > most] == []


# Places


@pytest.mark.parametrize(("sheet", "format_", "reader"), [case for case in CASES if case[1] not in {"dl", "a3-poster"}])
def test_the_page_number_stands_in_the_same_place_on_every_page(sheet: str, format_: str, reader: str) -> None:
    pdf, labels = pressed(sheet, format_, reader), leaflet(sheet, format_, reader).labels
    pages = len(page_sizes(pdf))
    found = set()
    for number in range(1, pages + 1):
        foot = [glyph for glyph in glyphs(pdf) if glyph.page == number and glyph.is_furniture]
        label = labels.page.format(page=number, pages=pages)
        painted = "".join(glyph.letter for glyph in foot)
        assert painted.count(label) == 1
        at = painted.index(label)
        last = foot[at + len(label) - 1]
        found.add((round(last.box[2], 1), round(last.y, 1)))
    assert pages > 1
    assert len(found) == 1


def outside(pdf: bytes, format_: str) -> list[tuple[int, tuple[float, ...]]]:
    """Page and bounds in mm of what is painted outside the type area; the foot may stand in the lower margin."""
    left, top, right, bottom = margins((ROOT / "styles" / f"{format_}.css").read_text("utf-8"))
    assert min(left, top, right, bottom) > UNPRINTABLE
    width, height = PAPERS[format_].width, PAPERS[format_].height  # type: ignore[index]
    area = (left * MM, bottom * MM, (width - right) * MM, (height - top) * MM)
    return [(page, tuple(round(v / MM, 1) for v in box)) for page, box in ink_outside(pdf, area, UNPRINTABLE * MM)]


def margins(style: str) -> tuple[float, float, float, float]:
    """The page's margins that a style sets, in mm: left, top, right, bottom."""
    found = re.search(r"@page \{[^@]*?\bmargin: ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm;", style)
    assert found
    top, side, bottom = map(float, found.groups())
    return side, top, side, bottom


@every_case
def test_nothing_stands_outside_the_margins(sheet: str, format_: str, reader: str) -> None:
    assert outside(pressed(sheet, format_, reader), format_) == []


@pytest.mark.parametrize(
    "style",
    [
        "p { margin-left: -2mm }",
        "p { white-space: nowrap }",
        "p { position: absolute; bottom: -14mm }",
        "p { border-top: 1pt solid #1a1a1a; margin-right: -3mm }",
        "@page { @bottom-left { content: 'Fuß'; padding-top: 16mm } }",
    ],
)
def test_what_stands_outside_the_margins_is_seen(style: str) -> None:
    left, top, _, bottom = margins((ROOT / "styles" / "a4.css").read_text("utf-8"))
    a4 = f"@page {{ size: A4; margin: {top}mm {left}mm {bottom}mm; @bottom-right {{ content: '1' }} }}"
    assert outside(sample(f"<h1>Titel</h1><p>{LONG}", a4), "a4") == []
    assert outside(sample(f"<h1>Titel</h1><p>{LONG}", a4 + style), "a4")


# QR codes


def addresses(sheet: str, format_: str, reader: str) -> list[str]:
    parts = leaflet(sheet, format_, reader).parts
    return sorted(contact.url for part in parts for contact in part.contacts)


@pytest.mark.parametrize("grey", [False, True], ids=["colour", "grey"])
@every_case
def test_each_contact_has_a_code_that_a_camera_reads(sheet: str, format_: str, reader: str, grey: bool) -> None:
    pdf = pressed(sheet, format_, reader)
    wanted = addresses(sheet, format_, reader)
    assert wanted
    found = qr_codes(pdf, grey=grey)
    assert sorted(text for _, text in found) == wanted
    assert set(found) <= {(link.page, link.uri) for link in links(pdf)}


@every_case
def test_the_address_stands_in_letters_too_and_whole(sheet: str, format_: str, reader: str) -> None:
    read = [text for role, text in reading_order(pressed(sheet, format_, reader)) if role == "Link"]
    for url in addresses(sheet, format_, reader):
        assert url.removeprefix("https://").rstrip("/") in read


def test_a_page_without_a_code_has_none() -> None:
    assert qr_codes(sample("<h1>https://www.betanet.de</h1>")) == []


# Large print is not small print made bigger


def gaps(pdf: bytes) -> list[tuple[int, str]]:
    """Where two words of a line stand further apart than two lines of type: what begins there is a second column."""
    found = []
    read = [glyph for glyph in glyphs(pdf) if not glyph.is_furniture and glyph.letter.strip()]
    rows = sorted(read, key=lambda glyph: (glyph.page, round(glyph.y), glyph.x))
    for before, after in pairwise(rows):
        is_same_line = (before.page, round(before.y)) == (after.page, round(after.y))
        if is_same_line and after.box[0] - before.box[2] > 2 * before.size:
            found.append((after.page, after.letter))
    return found


@every_large_case
def test_large_print_has_one_column_and_no_table(sheet: str, format_: str, reader: str) -> None:
    """A plan's boxes to tick and lines to write on are a table; nothing that is to be read stands in one."""
    pdf, chosen = pressed(sheet, format_, reader), leaflet(sheet, format_, reader)
    heads = _plan_heads(chosen)
    assert {letter for _, letter in gaps(pdf)} <= {head[0] for head in heads}
    assert {text for role, text in reading_order(pdf) if role in {"TH", "TD"}} <= heads


def _plan_heads(chosen: Leaflet) -> set[str]:
    labels, weeks = chosen.labels, max(part.diary for part in chosen.parts)
    days = (labels.monday, labels.tuesday, labels.wednesday, labels.thursday, labels.friday, labels.saturday)
    diary = {*days, labels.sunday, *(labels.diary_week.format(n=week) for week in range(1, weeks + 1))}
    visits = {labels.appointment_date, labels.appointment_time, labels.appointment_with}
    return (diary if weeks else set()) | (visits if any(part.appointments for part in chosen.parts) else set())


def test_a_second_column_is_seen() -> None:
    columns = "main { display: grid; grid-template-columns: 1fr 1fr }"
    assert gaps(sample("<h1>Titel</h1><main><p>eins</p><p>zwei</p></main>")) == []
    assert gaps(sample("<h1>Titel</h1><main><p>eins</p><p>zwei</p></main>", columns)) == [(1, "z")]


@every_large_case
def test_the_foot_names_title_and_issue_in_type_as_large_as_the_text(sheet: str, format_: str, reader: str) -> None:
    pdf = pressed(sheet, format_, reader)
    assert {glyph.size for glyph in glyphs(pdf) if glyph.is_furniture} == {LEAST_SIZE[format_]}
    assert all(leaflet(sheet, format_, reader).title in foot for foot in artifacts(pdf))


_READERS: tuple[Callable[[bytes], object], ...] = (glyphs, blocks, spaces, contrasts)


@pytest.mark.parametrize("read", _READERS, ids=lambda read: read.__name__)
def test_no_reader_of_facts_comes_back_with_empty_hands(read: Callable[[bytes], object]) -> None:
    assert read(sample("<h1>Titel</h1><p>Ein Text.</p>"))

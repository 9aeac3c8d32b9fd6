"""Proves where each page stands on its sheet, read back from the finished print file, and how sheets are turned."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import Any

import pikepdf
import pytest
import weasyprint
from PIL import Image, ImageChops

from merkblatt.core.findings import Faulty
from merkblatt.pdf.structure_writer import write_tagged_pdf
from merkblatt.prepress.imposition import (
    A4,
    DL_FOLD,
    DL_ZIGZAG,
    FOLDS,
    Fold,
    a5_booklet,
    four_up,
    impose,
    mirrored,
    two_up,
)
from merkblatt.prepress.press_sheets import MM, Pages, read_pages
from tests.pressed import ROOT
from tests.print_facts import Glyph, glyphs, page_sizes, pictures

_FONT = (ROOT / "styles/fonts/AtkinsonHyperlegibleNext-Regular.ttf").as_uri()
_STYLE = """
@font-face {{ font-family: Next; src: url({font}) }}
@page {{ size: {size}; margin: 0; bleed: {bleed} }}
@page :nth(odd) {{ background: #ffff00 }}
@page :nth(even) {{ background: #00ffff }}
h1 {{ font: 40pt/1 Next; margin: 0; break-before: page; padding: 10mm }}
"""
SIZES = {"a5-booklet": "A5", "dl-fold": "99mm 210mm", "dl-zigzag": "99mm 210mm", "2-up": "A4", "4-up": "A4"}


@lru_cache(maxsize=20)
def numbered(count: int, size: str, bleed: str = "0") -> Pages:
    """Pages with nothing but their number, upper left; odd ones are yellow, even ones blue."""
    style = _STYLE.format(font=_FONT, size=size, bleed=bleed)
    body = "".join(f"<h1>{number}</h1>" for number in range(1, count + 1))
    html = f'<html lang="de"><head><title>Zählen</title><style>{style}</style></head><body>{body}'
    return read_pages("numbers.pdf", write_tagged_pdf(weasyprint.HTML(string=html).render()))


def on(fold: Fold, count: int, bleed: str = "0") -> bytes:
    return impose(numbered(count, SIZES[fold.name], bleed), fold, bleed=float(bleed.removesuffix("mm")))


def standing(pdf: bytes) -> list[dict[int, Glyph]]:
    """On each side, the pages that stand there, by the first figure of their number."""
    found: list[dict[int, Glyph]] = [{} for _ in page_sizes(pdf)]
    for (side, _, _), figures in groupby(glyphs(pdf), key=lambda glyph: (glyph.page, glyph.y, round(glyph.x / 60))):
        row = list(figures)
        found[side - 1][int("".join(glyph.letter for glyph in row))] = row[0]
    return found


def drawn(pdf: bytes) -> str:
    """The sides as a picture in letters: "8 1 / 2 7" is 8 beside 1, and on the next side 2 beside 7."""
    return " / ".join(" over ".join(" ".join(map(str, row)) for row in rows_of(side)) for side in standing(pdf))


def rows_of(side: dict[int, Glyph]) -> list[list[int]]:
    in_order = sorted(side, key=lambda number: (-height(side[number]), side[number].x))
    return [list(row) for _, row in groupby(in_order, key=lambda number: height(side[number]))]


def height(glyph: Glyph) -> int:
    """In steps of 80 mm, since the first page's number stands a little lower."""
    return int(glyph.y // (80 * MM))


# By eye


@pytest.mark.parametrize(
    ("count", "picture"),
    [
        (1, "1 / "),
        (2, "1 / 2"),
        (3, "1 / 2 3"),
        (4, "4 1 / 2 3"),
        (5, "1 / 2 / 3 / 4 5"),
        (8, "8 1 / 2 7 / 6 3 / 4 5"),
        (12, "12 1 / 2 11 / 10 3 / 4 9 / 8 5 / 6 7"),
    ],
)
def test_a_booklet(count: int, picture: str) -> None:
    assert drawn(on(a5_booklet(count), count)) == picture


def test_a_booklet_s_single_page_stands_on_the_right() -> None:
    ((first,), second) = (list(side.values()) for side in standing(on(a5_booklet(1), 1)))
    assert first.x > 148.5 * MM
    assert second == []


@pytest.mark.parametrize(
    ("fold", "picture"),
    [
        (DL_FOLD, "5 6 1 / 2 3 4"),
        (DL_ZIGZAG, "5 6 1 / 2 3 4"),
        (mirrored(DL_FOLD), "1 6 5 / 4 3 2"),
        (mirrored(a5_booklet(6)), "1 / 2 / 3 6 / 5 4"),
        (two_up(6), "1 2 / 3 4 / 5 6"),
        (four_up(6), "1 2 over 3 4 / 5 6"),
    ],
    ids=["wickel", "zigzag", "wickel from the right", "booklet from the right", "2-up", "4-up"],
)
def test_a_fold(fold: Fold, picture: str) -> None:
    assert drawn(on(fold, 6)) == picture


# By number


@pytest.mark.parametrize("name", FOLDS)
def test_each_page_stands_exactly_where_its_matrix_says_and_upright(name: str) -> None:
    pages = numbered(6, SIZES[name])
    fold = FOLDS[name](6)
    own = {glyph.page: glyph for glyph in glyphs(pages.pdf)}
    found = standing(impose(pages, fold))
    assert sorted(number for side in found for number in side) == [1, 2, 3, 4, 5, 6]
    for side, told in zip(found, fold.sides, strict=True):
        for placed in told:
            if placed.page <= 6:
                (a, b, c, d, across, up), glyph = placed.matrix, own[placed.page]
                painted = side[placed.page]
                assert painted.x == pytest.approx(a * glyph.x + c * glyph.y + across * MM, abs=0.1)
                assert painted.y == pytest.approx(b * glyph.x + d * glyph.y + up * MM, abs=0.1)
                assert painted.size == pytest.approx(40 * a, abs=0.1)
                assert painted.is_upright


@pytest.mark.parametrize("fold", [a5_booklet(4), a5_booklet(8), DL_FOLD, DL_ZIGZAG], ids=lambda fold: fold.name)
def test_each_page_s_back_is_the_next_page_of_its_leaf(fold: Fold) -> None:
    """Turned over the short edge, a sheet's left is its right: a panel's back lies behind it, as wide as it is."""
    width = fold.sheet_size[0]
    for front, back in zip(fold.sides[::2], fold.sides[1::2], strict=True):
        behind = {placed.window[0]: placed for placed in back}
        for placed in front:
            left, _, right, _ = placed.window
            assert behind[width - right].window[2] == width - left
            if fold.name == "a5-booklet":
                odd, even = sorted((placed.page, behind[width - right].page))
                assert (odd % 2, even) == (1, odd + 1)
            elif placed.page == 1:
                assert behind[width - right].page == 2


@pytest.mark.parametrize("fold", [a5_booklet(8), DL_FOLD, DL_ZIGZAG, two_up(4), four_up(4)], ids=lambda fold: fold.name)
def test_panels_fill_the_sheet_and_do_not_overlap(fold: Fold) -> None:
    for side in fold.sides:
        areas = [(right - left) * (top - bottom) for left, bottom, right, top in (placed.window for placed in side)]
        assert sum(areas) == pytest.approx(fold.sheet_size[0] * fold.sheet_size[1])
        assert len({placed.window for placed in side}) == len(side)


def widths(fold: Fold) -> list[list[float]]:
    return [[placed.window[2] - placed.window[0] for placed in side] for side in fold.sides]


def test_the_flap_is_three_millimetres_shorter_and_the_zigzag_is_even() -> None:
    assert widths(DL_FOLD) == [[97, 100, 100], [100, 100, 97]]
    assert widths(DL_ZIGZAG) == [[99, 99, 99], [99, 99, 99]]


def test_creep_moves_the_pages_of_inner_sheets_to_the_fold() -> None:
    plain, crept = (standing(on(a5_booklet(12, creep=creep), 12)) for creep in (0.0, 0.5))
    moves = {
        number: round((moved[number].x - side[number].x) / MM, 2)
        for side, moved in zip(plain, crept, strict=True)
        for number in side
    }
    assert moves == {
        **dict.fromkeys((12, 1, 2, 11), 0.0),
        **{10: 0.5, 3: -0.5, 4: 0.5, 9: -0.5},
        **{8: 1.0, 5: -1.0, 6: 1.0, 7: -1.0},
    }


def test_sheets_are_a4_and_a_page_that_bleeds_does_so_over_the_sheet_s_edge_only() -> None:
    assert set(page_sizes(on(DL_FOLD, 6))) == {(297.0, 210.0)}
    assert set(page_sizes(on(four_up(5), 5))) == {A4}
    bled = on(DL_FOLD, 6, "3mm")
    assert set(page_sizes(bled)) == {(303.0, 216.0)}
    yellow, blue = (255, 255, 0), (0, 255, 255)
    for picture, colours in zip(pictures(bled, 254), ((yellow, blue, yellow), (blue, yellow, blue)), strict=True):
        folds = (97, 197) if colours[0] == yellow else (100, 200)
        edges = (-2.9, *(fold + side * 0.3 for fold in folds for side in (-1, 1)), 299.9)
        seen = [picture.getpixel((round((x + 3) * 10), 100)) for x in edges]
        assert seen == [colour for colour in colours for _ in (1, 2)]


# What the file says of itself


@pytest.mark.parametrize("name", FOLDS)
def test_a_print_file_has_a_title_and_a_note_but_no_tags_and_no_claims(name: str) -> None:
    with pikepdf.open(io.BytesIO(on(FOLDS[name](2), 2))) as file, file.open_metadata() as xmp:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/OutputIntents"} & set(file.Root)
        assert not any("/StructParents" in page or "/Annots" in page for page in file.pages)
        assert xmp["dc:title"] == str(file.docinfo["/Title"]) == "Zählen"
        assert str(file.docinfo["/Keywords"]).startswith("Druckdatei: ")
        assert xmp["pdf:Keywords"] == str(file.docinfo["/Keywords"])
        assert b"pdfuaid:part" not in file.Root.Metadata.read_bytes()
        assert b"pdfaid:part" not in file.Root.Metadata.read_bytes()
        assert str(file.Root.ViewerPreferences.PrintScaling) == "/None"
        assert str(file.Root.ViewerPreferences.Duplex) == f"/{FOLDS[name](2).duplex}"


def test_a_page_that_is_painted_often_stands_in_the_file_once() -> None:
    with pikepdf.open(io.BytesIO(on(a5_booklet(8), 8))) as file:
        forms = [
            thing for thing in file.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        assert len(forms) == 8


def test_the_same_pages_give_the_same_bytes() -> None:
    assert on(a5_booklet(8), 8) == on(a5_booklet(8), 8)
    assert on(a5_booklet(8), 8) != on(a5_booklet(8, creep=0.5), 8)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_painted_as_it_is_shown(turn: int) -> None:
    with pikepdf.open(io.BytesIO(numbered(1, "A5").pdf)) as file:
        page = file.pages[0]
        if turn != 180:
            page.MediaBox = page.TrimBox = page.BleedBox = [-100, 200, 210 * MM - 100, 148 * MM + 200]
        page.rotate(turn, relative=False)
        target = io.BytesIO()
        file.save(target)
    (shown,) = pictures(target.getvalue(), 50)
    painted = pictures(impose(read_pages("turned.pdf", target.getvalue()), a5_booklet(1)), 50)[0]
    half = painted.crop((painted.width - shown.width - 1, 0, painted.width - 1, shown.height))
    assert number_in(half) == pytest.approx(number_in(shown), abs=2)


def number_in(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where the number stands, in pixels."""
    bounds = picture.convert("L").point(lambda value: 255 if value < 70 else 0).getbbox()
    assert bounds is not None
    return bounds


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The part of two pictures that differs by more than a soft edge does."""
    difference = ImageChops.difference(one, other).convert("L")
    return sum(difference.histogram()[100:]) / (one.width * one.height)


# What is refused


@pytest.mark.parametrize(
    ("pages", "fold", "bleed", "message"),
    [
        (lambda: numbered(1, "A4"), a5_booklet(1), 0, "page 1 is 210 × 297 mm, a5-booklet takes 148 × 210 mm"),
        (lambda: numbered(7, "99mm 210mm"), DL_FOLD, 0, "has 7 pages, dl-fold holds 6"),
        (lambda: numbered(1, "99mm 210mm"), DL_FOLD, 3, "page 1 has 0 mm of bleed, 3 mm are wanted"),
        (lambda: numbered(1, "A5", "3mm"), a5_booklet(1), 3, "page 1 has 3 mm of bleed, 3.5 mm are wanted"),
    ],
    ids=["size", "too many", "bleed", "bleed to the sheet's edge"],
)
def test_pages_that_do_not_fit_are_named(pages: Callable[[], Pages], fold: Fold, bleed: float, message: str) -> None:
    with pytest.raises(Faulty) as caught:
        impose(pages(), fold, bleed=bleed)
    assert [(str(f.place), f.message) for f in caught.value.findings] == [("numbers.pdf", message)]


def hinted(fold: Any) -> str:
    return str(fold.hint)


@pytest.mark.parametrize("name", FOLDS)
def test_each_fold_says_how_it_is_turned(name: str) -> None:
    fold = FOLDS[name](4)
    edge = {"DuplexFlipShortEdge": "kurze Kante", "DuplexFlipLongEdge": "lange Kante"}[fold.duplex]
    assert edge in hinted(fold)

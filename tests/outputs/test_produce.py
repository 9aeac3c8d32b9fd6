"""Proves what each format makes of a leaflet: files by name, panels in their places, a poster for everyone."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pypdfium2
import pytest

from merkblatt.content.format_ids import FORMATS
from merkblatt.content.formats import FORMS, PAPERS
from merkblatt.outputs.produce import Product, Wishes, produce
from merkblatt.pdf.xmp import Claims, read_about
from tests.pressed import SHEETS, leaflet, shelf
from tests.processes import run


def products(sheet: str, format_: str, **wish: str) -> tuple[Product, ...]:
    return produce(leaflet(sheet, format_, **wish), shelf()[0], Wishes())


def words(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_every_format_has_its_form_and_every_paper_is_a_format():
    assert set(FORMS) == set(FORMATS)
    assert set(PAPERS) <= set(FORMS)
    assert {FORMS[paper].paper for paper in PAPERS} == set(PAPERS)


@pytest.mark.parametrize(
    ("format_", "names"),
    [
        ("a5", ["neck-pain.de.a5.pdf"]),
        ("a5-booklet", ["neck-pain.de.a5.pdf", "neck-pain.de.a5-booklet.pdf"]),
        ("dl-fold", ["neck-pain.de.dl.pdf", "neck-pain.de.dl-fold.pdf"]),
        ("dl-zigzag", ["neck-pain.de.dl.pdf", "neck-pain.de.dl-zigzag.pdf"]),
        ("text", ["neck-pain.de.txt"]),
        ("epub", ["neck-pain.de.epub"]),
        ("html", ["neck-pain.de.html"]),
    ],
)
def test_files_are_named_by_sheet_edition_and_format(format_, names):
    made = products("neck-pain", format_)
    assert [product.name for product in made] == names
    assert all(product.data for product in made)


# Folds


@pytest.mark.parametrize("sheet", ["neck-pain", "prevention"])
def test_title_contacts_and_warning_signs_stand_on_their_panels(sheet):
    """Outside from left to right: the flap with (the last of) the warning signs, the back with contacts, the title."""
    pages, folded = products(sheet, "dl-fold")
    chosen = leaflet(sheet, "dl")
    outside, inside = words(folded.data)
    panels = words(pages.data)
    assert chosen.title.split()[0] in panels[0]
    assert outside.split() == [*panels[-2].split(), *panels[-1].split(), *panels[0].split()]
    assert inside.split() == " ".join(panels[1:-2]).split()
    headings = {part.section: part.heading for part in chosen.parts}
    assert headings["contacts"] in panels[-1]
    assert "112" in "".join(panels[-3:-1])
    assert "Klappe" in folded.hint


def test_with_fewer_panels_the_inside_stays_empty_and_not_the_back():
    pages, folded = products("whiplash", "dl-fold")
    assert pages.pages == 5
    with pypdfium2.PdfDocument(folded.data) as file:
        inside = file[1].render(scale=0.5).to_pil().convert("L")
    left, _, right, _ = inside.point(lambda value: 255 if value < 250 else 0).getbbox()
    assert left < inside.width / 3
    assert right < inside.width * 2 / 3


def test_a_sheet_that_does_not_fit_says_so_and_what_to_leave_out(tmp_path):
    done = run("build", "low-back-pain", "--format", "dl-fold", "-o", tmp_path)
    assert done.returncode == 1
    fault = r"low-back-pain has \d+ pages at dl, 6 are allowed\n  hint: it fits (--without [^;]+);"
    (told,) = re.findall(fault, done.stderr)
    assert list(tmp_path.iterdir()) == []
    done = run("build", "low-back-pain", "--format", "dl-fold", *told.split(), "-o", tmp_path)
    assert done.returncode == 0, done.stderr


# A poster


@pytest.mark.parametrize("words", [("--name", "Erika"), ("--note", "Montag"), ("--weeks", "3")])
def test_a_poster_bears_nothing_of_a_person(words, tmp_path):
    done = run("build", "neck-pain", "--format", "a3-poster", *words, "-o", tmp_path)
    assert done.returncode == 1
    assert "hangs where everyone reads it" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_poster_shows_no_treatment_and_always_the_warning_signs():
    for sheet in SHEETS:
        shown = [part.section for part in leaflet(sheet, "a3-poster").parts]
        assert shown[0] == "red-flags"
        assert not set(shown) & {"medicines", "treatment", "longer", "exercises", "plan", "notes"}


# Beside the pages: for an office printer and for a print house


def test_print_files_stand_beside_the_accessible_one_and_claim_nothing(tmp_path):
    done = run("build", "neck-pain", "--up", "2", "--bleed", "3 mm", "--crop-marks", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    names = ["neck-pain.de.a4.pdf", "neck-pain.de.a4.2-up.pdf", "neck-pain.de.a4.print.pdf"]
    assert [path.rsplit("/")[-1] for path in done.stdout.split()] == names
    _, several, sheets = (pypdf.PdfReader(tmp_path / name) for name in names)
    claims = [read_about(pikepdf.open(tmp_path / name)).claims for name in names]
    assert [claimed == Claims() for claimed in claims] == [False, True, True]
    assert len(several.pages) == 1
    trim, media = sheets.pages[0].trimbox, sheets.pages[0].mediabox
    assert (round(trim.width / 72 * 25.4), round(trim.height / 72 * 25.4)) == (210, 297)
    assert round((media.width - trim.width) / 2 / 72 * 25.4) == 10  # bleed and marks


@pytest.mark.parametrize("length", ["3cm", "21", "-1", "3 mm mm", ""])
def test_a_length_that_is_none_is_refused(length, tmp_path):
    done = run("build", "neck-pain", f"--bleed={length}", "-o", tmp_path)
    assert done.returncode == 2
    assert "write a length up to 20 mm" in done.stderr


def test_a_right_to_left_leaflet_is_folded_the_other_way():
    folders = shelf()[0]
    chosen = leaflet("neck-pain", "a5-booklet")
    turned = replace(chosen, edition=chosen.edition.model_copy(update={"direction": "rtl"}))
    (_, left), (_, right) = (produce(one, folders, Wishes()) for one in (chosen, turned))
    assert [_half_of(chosen.title, one.data) for one in (left, right)] == ["right", "left"]


def _half_of(title: str, pdf: bytes) -> str:
    """The half of the first side on which the title page stands."""
    with pypdfium2.PdfDocument(pdf) as file:
        text = file[0].get_textpage()
        halves = {"left": (0, 400, 420, 595), "right": (421, 400, 842, 595)}
        return next(name for name, box in halves.items() if title in text.get_text_bounded(*box))

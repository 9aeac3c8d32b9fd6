"""Proves how pages are read and painted on sheets: their boxes, what they are painted with, what the file says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from merkblatt.core.findings import Faulty
from merkblatt.pdf.objects import open_pdf, saved
from merkblatt.prepress.press_sheets import MM, Note, Pages, Placed, Side, read_pages, write_print_file

UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHOLE = (0.0, 0.0, 100.0, 50.0)
NOTE = Note("Druckdatei: Probe", "DuplexFlipLongEdge")


def made(change: Callable[[pikepdf.Pdf], object] = bool, count: int = 1) -> bytes:
    """A file of pages of 100 × 50 mm, each with its number as content, in German."""
    file = pikepdf.new()
    for number in range(1, count + 1):
        page = file.add_blank_page(page_size=(100 * MM, 50 * MM)).obj
        page.Contents = file.make_stream(b"%d w" % number)
        page.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(a=pikepdf.Dictionary(ca=1)))
    file.Root.Lang = "de"
    change(file)
    return saved(file, least="1.7")


def read(change: Callable[[pikepdf.Pdf], object] = bool, count: int = 1) -> Pages:
    return read_pages("pages.pdf", made(change, count))


def side(*placed: Placed, **more: Any) -> Side:
    return Side(100.0, 50.0, placed or (Placed(1, UNMOVED, WHOLE),), **more)


def painted(pages: Pages, *sides: Side) -> pikepdf.Pdf:
    return open_pdf(write_print_file(pages, sides or (side(),), NOTE))


def form_on(sheet: Any, number: int = 1) -> Any:
    return sheet.Resources.XObject[f"/Page{number}"]


# Reading


def test_size_and_bleed_are_told_in_mm() -> None:
    def bleed(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.TrimBox = pikepdf.Array([3 * MM, 2 * MM, 90 * MM, 46 * MM])

    pages = read(bleed, count=2)
    assert (len(pages), pages.name) == (2, "pages.pdf")
    assert pages.sizes == ((87.0, 44.0), (100.0, 50.0))
    assert pages.bleeds == (2.0, 0.0)


@pytest.mark.parametrize(("turn", "size"), [(90, (50.0, 100.0)), (180, (100.0, 50.0)), (270, (50.0, 100.0))])
def test_a_page_that_is_shown_turned_is_as_wide_as_it_is_shown(turn: int, size: tuple[float, float]) -> None:
    assert read(lambda file: file.pages[0].rotate(turn, relative=False)).sizes == (size,)


def test_a_size_may_be_inherited() -> None:
    def inherit(file: pikepdf.Pdf) -> None:
        file.Root.Pages.MediaBox = file.pages[0].obj.MediaBox
        del file.pages[0].obj.MediaBox

    assert read(inherit).sizes == ((100.0, 50.0),)


def test_a_file_that_is_damaged_is_named() -> None:
    for data in (b"", b"no PDF", b"%PDF-1.7\n", made()[:-40]):
        with pytest.raises(Faulty, match=r"is no readable PDF \((Pdf|Empty)\w+Error\)") as caught:
            read_pages("x.pdf", data)
        assert [str(finding.place) for finding in caught.value.findings] == ["x.pdf"]


# Painting


def test_a_sheet_has_its_boxes_and_nothing_of_its_pages_tags() -> None:
    file = painted(read(), side(bleed=3.0, margin=7.0))
    (sheet,) = file.pages
    shown: Any = sheet.obj
    boxes = {name: [round(float(value) / MM, 2) for value in shown[name]] for name in shown if "Box" in name}
    assert boxes == {
        "/TrimBox": [0, 0, 100, 50],
        "/BleedBox": [-3, -3, 103, 53],
        "/MediaBox": [-10, -10, 110, 60],
    }
    assert set(sheet.obj) - set(boxes) == {"/Type", "/Parent", "/Contents", "/Resources"}


def test_a_page_is_painted_within_its_window_by_its_matrix() -> None:
    placed = Placed(1, (0.5, 0, 0, 0.5, 10, 20), (5, 6, 55, 46))
    file = painted(read(), side(placed))
    (sheet,) = file.pages
    told = [(str(one.operator), [str(part) for part in one.operands]) for one in pikepdf.parse_content_stream(sheet)]
    assert [name for name, _ in told] == ["q", "re", "W", "n", "cm", "Do", "Q"]
    assert [float(part) for part in told[1][1]] == pytest.approx([5 * MM, 6 * MM, 50 * MM, 40 * MM], abs=1e-4)
    assert [float(part) for part in told[4][1]] == pytest.approx([0.5, 0, 0, 0.5, 10 * MM, 20 * MM], abs=1e-4)
    assert told[5][1] == ["/Page1"]


def test_a_page_is_a_form_with_its_content_its_resources_and_its_group() -> None:
    def divide(file: pikepdf.Pdf) -> None:
        page = file.pages[0].obj
        page.Contents = pikepdf.Array([file.make_stream(b"1 w q"), file.make_stream(b"Q 2 w")])
        page.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)

    file = painted(read(divide))
    (sheet,) = file.pages
    form = form_on(sheet.obj)
    assert form.read_bytes().split() == [b"1", b"w", b"q", b"Q", b"2", b"w"]
    assert int(form.Resources.ExtGState.a.ca) == 1
    assert (str(form.Subtype), str(form.Group.S)) == ("/Form", "/Transparency")


def test_a_form_goes_as_far_as_the_page_does_and_begins_at_its_trimmed_corner() -> None:
    def bleed(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.TrimBox = pikepdf.Array([10, 20, 200, 100])

    file = painted(read(bleed))
    form = form_on(file.pages[0].obj)
    assert [float(value) for value in form.BBox] == pytest.approx([0, 0, 100 * MM, 50 * MM], abs=1e-3)
    assert [float(value) for value in form.Matrix] == [1, 0, 0, 1, -10, -20]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, [0, -1, 1, 0, -20, 200]), (180, [-1, 0, 0, -1, 200, 100]), (270, [0, 1, -1, 0, 100, -10])],
)
def test_a_page_that_is_shown_turned_is_turned_by_its_form(turn: int, matrix: list[int]) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.TrimBox = pikepdf.Array([10, 20, 200, 100])
        file.pages[0].rotate(turn, relative=False)

    file = painted(read(change))
    assert [float(value) for value in form_on(file.pages[0].obj).Matrix] == matrix


def test_a_page_on_two_sides_is_one_form_and_what_is_not_there_is_blank() -> None:
    both = side(Placed(2, UNMOVED, WHOLE), Placed(3, UNMOVED, WHOLE))
    file = painted(read(count=2), both, side(), both)
    first, second, third = (sheet.obj for sheet in file.pages)
    assert set(first.Resources.XObject) == {"/Page2"}
    assert form_on(first, 2).objgen == form_on(third, 2).objgen != form_on(second).objgen
    assert b"Page3" not in first.Contents.read_bytes()


def test_marks_are_lines_in_the_colour_of_all_inks() -> None:
    file = painted(read(), side(marks=((0, -1, 0, -6), (100, 51, 100, 56))))
    (marked,) = file.pages
    told = [str(one.operator) for one in pikepdf.parse_content_stream(marked)]
    assert told[-9:] == ["CS", "SCN", "w", "m", "l", "S", "m", "l", "S"]
    kind, name, other, tint = marked.obj.Resources.ColorSpace.All
    assert [str(kind), str(name), str(other)] == ["/Separation", "/All", "/DeviceCMYK"]
    assert [list(tint[key]) for key in ("/Domain", "/C0", "/C1")] == [[0, 1], [0] * 4, [1] * 4]
    bare = painted(read())
    (plain,) = bare.pages
    assert "/ColorSpace" not in plain.obj.Resources


# What the file says


def test_the_file_says_how_it_is_printed() -> None:
    file = painted(read())
    root = file.Root
    preferences = {key: str(value) for key, value in root.ViewerPreferences.items()}
    assert preferences == {"/DisplayDocTitle": "True", "/PrintScaling": "/None", "/Duplex": "/DuplexFlipLongEdge"}
    assert str(root.Lang) == "de"


def test_without_language_and_turning_nothing_is_said_of_them() -> None:
    mute = read(lambda file: file.Root.__delitem__("/Lang"))
    file = open_pdf(write_print_file(mute, [side()], Note("Druckdatei")))
    root = file.Root
    assert "/Lang" not in root
    assert "/Duplex" not in root.ViewerPreferences


def test_title_author_and_day_are_kept_and_claims_are_not() -> None:
    def tell(file: pikepdf.Pdf) -> None:
        with file.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:title"], xmp["dc:creator"], xmp["pdfuaid:part"] = "Titel", ["Praxis"], "1"
        file.docinfo["/CreationDate"] = "D:20261123"

    file = painted(read(tell))
    info, xmp = {key: str(value) for key, value in file.docinfo.items()}, file.open_metadata()
    assert (info["/Title"], info["/Author"], info["/CreationDate"]) == ("Titel", "Praxis", "D:20261123")
    assert info["/Keywords"] == xmp["pdf:Keywords"] == "Druckdatei: Probe"
    assert "pdfuaid:part" not in xmp


def test_the_version_is_that_of_the_pages() -> None:
    assert write_print_file(read(), [side()], NOTE).startswith(b"%PDF-1.7")


def test_the_same_pages_give_the_same_bytes_and_another_note_others() -> None:
    one, again, other = (write_print_file(read(), [side()], note) for note in (NOTE, NOTE, Note("Anders")))
    assert one == again != other


def test_a_page_that_cannot_be_unpacked_is_named() -> None:
    def spoil(file: pikepdf.Pdf) -> None:
        page = file.pages[0].obj
        page.Contents = file.make_stream(b"1 w")
        page.Contents.write(b"no flate", filter=pikepdf.Name.FlateDecode)

    with pytest.raises(Faulty) as caught:
        write_print_file(read(spoil), [side()], NOTE)
    assert [str(finding.place) for finding in caught.value.findings] == ["pages.pdf"]


def test_a_page_whose_content_is_none_is_named() -> None:
    pages = read(lambda file: file.pages[0].obj.__setitem__("/Contents", pikepdf.Name.Nothing))
    with pytest.raises(Faulty) as caught:
        write_print_file(pages, [side()], NOTE)
    assert [str(finding.place) for finding in caught.value.findings] == ["pages.pdf"]

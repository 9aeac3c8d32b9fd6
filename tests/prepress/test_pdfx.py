"""Proves what a print house gets: inks instead of screen colours, and all that PDF/X-4 asks of a file like ours.

No free validator knows PDF/X; each check cites the clause of ISO 15930-7 that it stands for.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from merkblatt.core.findings import Faulty
from merkblatt.prepress.colour_conversion import NoProfileError, read_profile
from merkblatt.prepress.pdfx import Press, prepare, read_press
from merkblatt.prepress.press_sheets import MM, Pages, read_pages
from tests.icc import press_profile
from tests.prepress.test_imposition import numbered
from tests.pressed import ROOT, pressed, sample
from tests.print_facts import glyphs

HOUSE = (
    "name: Druckerei\nvariant: pdf-x-4\nprofile: press.icc\ncondition: FOGRA51\nbleed: {bleed}\ncrop_marks: {marks}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "press.icc").write_bytes(press_profile())
    return tmp_path


def house(folder: Path, text: str = HOUSE, *, bleed: int = 0, marks: str = "true") -> Press:
    path = folder / "house.yaml"
    path.write_text(text.format(bleed=bleed, marks=marks), encoding="utf-8")
    return read_press(path)


@lru_cache(maxsize=4)
def pages(*case: str) -> Pages:
    return read_pages("sheet.pdf", pressed(*case))


COLOURS = """<h1 style="color: #000">Schwarz</h1><p style="color: #808080">Grau</p><p style="color: #ff0000">Rot</p>
<p style="color: #fff; background: #0b5563">Weiß</p>"""


def coloured(body: str = COLOURS) -> Pages:
    with pikepdf.open(io.BytesIO(sample(body))) as file:
        file.docinfo["/CreationDate"] = "D:20261123"
        target = io.BytesIO()
        file.save(target)
    return read_pages("colours.pdf", target.getvalue())


# Inks


def test_greys_are_black_ink_alone_and_colours_are_what_the_profile_says() -> None:
    press = read_profile(press_profile())
    assert press.inks(0, 0, 0) == (0, 0, 0, 1)
    assert press.inks(1, 1, 1) == (0, 0, 0, 0)
    cyan, magenta, yellow, black = press.inks(0.5, 0.5, 0.5)
    assert (cyan, magenta, yellow) == (0, 0, 0)
    # The ideal press mixes evenly in L*, of which a middle grey of sRGB has 53.4.
    assert black == pytest.approx(1 - 0.534, abs=0.01)
    cyan, magenta, yellow, black = press.inks(1, 0, 0)
    assert cyan + black < 0.1
    assert min(magenta, yellow) > 0.8


def operators(pdf: bytes) -> Counter[str]:
    """How often each operator of colour stands in the file's contents."""
    found: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        contents = [page.Contents for page in file.pages]
        contents += [thing for thing in file.objects if isinstance(thing, pikepdf.Stream) and "/BBox" in thing]
        for content in contents:
            found.update(str(instruction.operator) for instruction in pikepdf.parse_content_stream(content))
    return Counter({name: found[name] for name in ("rg", "RG", "k", "K", "g", "G", "cs", "CS") if found[name]})


@pytest.mark.parametrize("case", [("neck-pain", "a4-large", "svg"), ("neck-pain", "a4", "png")])
def test_no_colour_of_a_screen_is_left(folder: Path, case: tuple[str, ...]) -> None:
    assert operators(pages(*case).pdf)["rg"] > 20
    pdf = prepare(pages(*case), house(folder))
    assert not {"rg", "RG", "cs"} & set(operators(pdf))
    assert operators(pdf)["k"] == operators(pages(*case).pdf)["rg"]
    with pikepdf.open(io.BytesIO(pdf)) as file:
        spaces = {str(thing.ColorSpace) for thing in file.objects if "/ColorSpace" in dict_of(thing)}
        groups = {
            str(thing.CS) for thing in file.objects if dict_of(thing).get("/S") == "/Transparency" and "/CS" in thing
        }
        assert "/DeviceRGB" not in spaces | groups
        assert b"DeviceRGB" not in file.Root.unparse(resolved=True)


def dict_of(thing: Any) -> Any:
    return thing if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else {}


def test_type_stays_where_it_was_and_black_is_one_plate(folder: Path) -> None:
    own = coloured()
    pdf = prepare(own, house(folder, marks="false"))
    before, after = glyphs(own.pdf), glyphs(pdf)
    assert [glyph.letter for glyph in after] == [glyph.letter for glyph in before]
    assert [at for g in after for at in (g.x, g.y)] == pytest.approx(
        [at for g in before for at in (g.x, g.y)], abs=0.01
    )
    with pikepdf.open(io.BytesIO(pdf)) as file:
        (form,) = [thing for thing in file.objects if "/BBox" in dict_of(thing)]
        told = [one for one in pikepdf.parse_content_stream(form) if str(one.operator) == "k"]
        inks = [[float(ink) for ink in one.operands] for one in told]
    assert [0.0, 0.0, 0.0, 1.0] in inks
    assert [0.0, 0.0, 0.0, 0.0] in inks


def test_full_black_is_printed_over_what_lies_below_and_nothing_else_is(folder: Path) -> None:
    with pikepdf.open(io.BytesIO(prepare(coloured(), house(folder)))) as file:
        (form,) = [thing for thing in file.objects if "/BBox" in dict_of(thing)]
        states = form.Resources.ExtGState
        inks, over = None, {}
        for one in pikepdf.parse_content_stream(form):
            name = str(one.operator)
            if name == "k":
                inks = tuple(float(ink) for ink in one.operands)
            elif name == "gs" and "/op" in states[str(one.operands[0])]:
                state = states[str(one.operands[0])]
                over[inks] = (bool(state.op), int(state.get("/OPM", 0)))
    assert over.pop((0.0, 0.0, 0.0, 1.0)) == (True, 1)
    assert len(over) >= 3
    assert set(over.values()) == {(False, 0)}


def test_a_logo_is_turned_into_inks_and_keeps_its_opening(folder: Path) -> None:
    with pikepdf.open(io.BytesIO(prepare(pages("neck-pain", "a4", "png"), house(folder)))) as file:
        (logo,) = [thing for thing in file.objects if dict_of(thing).get("/Subtype") == "/Image" and "/SMask" in thing]
        assert str(logo.ColorSpace) == "/DeviceCMYK"
        assert len(logo.read_bytes()) == 4 * int(logo.Width) * int(logo.Height)
        assert str(logo.SMask.ColorSpace) == "/DeviceGray"


# PDF/X-4


def test_the_file_is_what_pdf_x_4_asks_for(folder: Path) -> None:
    pdf = prepare(numbered_dated(), house(folder, bleed=3))
    assert pdf.startswith(b"%PDF-1.6")  # 6.1
    with pikepdf.open(io.BytesIO(pdf)) as file:
        (intent,) = file.Root.OutputIntents  # 6.2.2
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA51")
        assert intent.DestOutputProfile.read_bytes() == press_profile()
        assert int(intent.DestOutputProfile.N) == 4
        assert len(file.trailer.ID) == 2  # 6.1
        assert str(file.docinfo["/Trapped"]) == "/False"  # 6.12
        for page in file.pages:  # 6.10
            trim, bleed, media = (list(map(float, page[name])) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert media[0] < bleed[0] < trim[0] < trim[2] < bleed[2] < media[2]
            assert [round(value / MM) for value in bleed] == [-3, -3, 151, 213]
            assert "/Annots" not in page
        assert not {"/AcroForm", "/OpenAction", "/AA", "/Names", "/StructTreeRoot"} & set(file.Root)


def numbered_dated() -> Pages:
    with pikepdf.open(io.BytesIO(numbered(2, "A5", "3mm").pdf)) as file:
        file.docinfo["/CreationDate"] = "D:20261123"
        target = io.BytesIO()
        file.save(target)
    return read_pages("numbers.pdf", target.getvalue())


def test_xmp_tells_version_dates_and_identity(folder: Path) -> None:
    pdf = prepare(numbered_dated(), house(folder, bleed=3))
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as xmp:  # 6.16
        assert "/Filter" not in file.Root.Metadata
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["pdf:Trapped"] == "False"
        assert {xmp[f"xmp:{name}Date"] for name in ("Create", "Modify", "Metadata")} == {"2026-11-23"}
        assert re.fullmatch(r"uuid:[0-9a-f-]{36}", str(xmp["xmpMM:DocumentID"]))
        assert (xmp["xmpMM:VersionID"], xmp["xmpMM:RenditionClass"]) == ("1", "default")
        assert xmp["dc:title"] == str(file.docinfo["/Title"])
        metadata = [thing for thing in file.objects if dict_of(thing).get("/Type") == "/Metadata"]
        assert len(metadata) == 1


def test_the_same_pages_and_house_give_the_same_bytes(folder: Path) -> None:
    assert prepare(coloured(), house(folder)) == prepare(coloured(), house(folder))


def test_a_house_that_takes_a_plain_file_gets_one(folder: Path) -> None:
    plain = house(folder, "name: Druckerei\nbleed: 3\ncrop_marks: false\n")
    with pikepdf.open(io.BytesIO(prepare(numbered(1, "A5", "3mm"), plain))) as file:
        assert "/OutputIntents" not in file.Root
        assert "pdfxid" not in file.Root.Metadata.read_bytes().decode().partition("xmlns")[0]
    assert operators(prepare(coloured(), house(folder, "name: Druckerei\nbleed: 0\n")))["rg"] > 1


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: D\nvariant: pdf-x-4\n", "PDF/X-4 needs profile and condition"),
        (HOUSE.replace("press.icc", "none.icc"), 'profile "none.icc" cannot be read: No such file or directory'),
        (HOUSE.replace("press.icc", "../press.icc"), 'profile "../press.icc" leads out of the folder of this file'),
        (HOUSE.replace("press.icc", "house.yaml"), 'profile "house.yaml" is no ICC profile of a press in CMYK'),
    ],
    ids=["needs", "absent", "outside", "no profile"],
)
def test_a_house_that_cannot_be_is_named_with_its_place(folder: Path, text: str, message: str) -> None:
    with pytest.raises(Faulty) as caught:
        house(folder, text)
    (finding,) = caught.value.findings
    assert finding.message == message
    assert str(finding.place).endswith((":2:1", ":2:10", ":3:1", ":3:10"))


def test_a_profile_of_a_screen_is_refused() -> None:
    with pytest.raises(NoProfileError):
        read_profile(press_profile(b"mntr"))


def test_what_has_no_inks_is_named(folder: Path) -> None:
    gradient = '<h1>Titel</h1><p style="background: linear-gradient(#f00, #00f)">Verlauf</p>'
    with pytest.raises(Faulty) as caught:
        prepare(coloured(gradient), house(folder))
    assert [finding.message for finding in caught.value.findings] == ["holds a gradient, which has no inks"]
    special = '<h1>Titel</h1><p style="color: lab(50 20 20)">Lab</p>'
    with pytest.raises(Faulty) as caught:
        prepare(coloured(special), house(folder))
    assert "which has no inks" in caught.value.findings[0].message


def test_a_page_without_date_is_named(folder: Path) -> None:
    with pytest.raises(Faulty) as caught:
        prepare(numbered(1, "A5", "3mm"), house(folder, bleed=3))
    assert [finding.message for finding in caught.value.findings] == ["has no title or no date"]


def test_the_example_is_a_house() -> None:
    press = read_press(ROOT / "styles" / "houses" / "beispiel.yaml")
    assert (press.house.variant, press.house.bleed, press.profile) == ("plain", 3, None)

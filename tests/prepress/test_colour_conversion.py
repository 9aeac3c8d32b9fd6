"""Proves which inks a colour becomes, in text, in pictures and in groups, and that what has none is refused."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from PIL import Image

from merkblatt.prepress.colour_conversion import NoInkError, NoProfileError, Profile, read_profile, separate
from tests.icc import press_profile


def press() -> Profile:
    return read_profile(press_profile())


def page_with(content: bytes = b"", **resources: Any) -> tuple[pikepdf.Pdf, Any]:
    """A file whose page paints one form with this content; and the form."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(100, 100)).obj
    form = file.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 100])
    form.Resources = pikepdf.Dictionary(**resources)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page1=form))
    page.Contents = file.make_stream(b"/Page1 Do")
    return file, form


def operations(stream: Any) -> list[tuple[list[Any], str]]:
    def plain(part: Any) -> Any:
        return str(part) if isinstance(part, pikepdf.Object) else float(part)

    found = pikepdf.parse_content_stream(stream)
    return [([plain(part) for part in one.operands], str(one.operator)) for one in found]


# Inks


def test_a_press_is_told_by_its_profile() -> None:
    assert press().data == press_profile()
    assert press().name
    assert press() is press()


@pytest.mark.parametrize("data", [b"", b"no profile", press_profile(b"mntr"), press_profile()[:200]])
def test_what_is_no_press_is_refused(data: bytes) -> None:
    with pytest.raises(NoProfileError):
        read_profile(data)


def test_greys_are_black_alone_and_the_lighter_the_less() -> None:
    amounts = []
    for grey in (0.0, 0.25, 0.5, 0.75, 1.0):
        cyan, magenta, yellow, black = press().inks(grey, grey, grey)
        assert (cyan, magenta, yellow) == (0, 0, 0)
        amounts.append(black)
    assert amounts[0] == 1
    assert amounts[-1] == 0
    assert amounts == sorted(set(amounts), reverse=True)


def test_a_colour_one_step_off_grey_is_grey_and_two_steps_off_is_not() -> None:
    def inks(steps: int) -> tuple[float, ...]:
        return press().inks(0.5, 0.5, 0.5 + steps / 255)

    assert inks(1)[:3] == (0, 0, 0)
    assert inks(2)[:3] != (0, 0, 0)


def test_a_picture_has_four_inks_for_each_point() -> None:
    inks = press().picture(Image.new("RGBA", (2, 1), (255, 0, 0, 255)))
    assert (inks.mode, inks.size) == ("CMYK", (2, 1))
    assert [round(part / 255, 4) for part in inks.tobytes()[:4]] == pytest.approx(press().inks(1, 0, 0), abs=0.005)


# Content


def test_colours_of_fills_and_lines_become_inks_and_fills_tell_how_black_is_printed() -> None:
    file, form = page_with(b"0 0 0 rg 1 0 0 rg 0 0 0 RG 0 0 9 9 re f")
    separate(file, press())
    red = [pytest.approx(part, abs=1e-4) for part in press().inks(1, 0, 0)]
    assert operations(form) == [
        ([0, 0, 0, 1], "k"),
        (["/MerkblattOver"], "gs"),
        (red, "k"),
        (["/MerkblattOut"], "gs"),
        ([0, 0, 0, 1], "K"),
        ([0, 0, 9, 9], "re"),
        ([], "f"),
    ]
    states = form.Resources.ExtGState
    assert {key: {name: int(value) for name, value in states[key].items()} for key in states} == {
        "/MerkblattOver": {"/op": 1, "/OPM": 1},
        "/MerkblattOut": {"/op": 0},
    }


def test_states_that_a_form_has_are_kept() -> None:
    file, form = page_with(b"/a gs", ExtGState=pikepdf.Dictionary(a=pikepdf.Dictionary(ca=1)))
    separate(file, press())
    assert set(form.Resources.ExtGState) == {"/a", "/MerkblattOver", "/MerkblattOut"}


def test_what_is_no_colour_stays_as_it_is() -> None:
    content = b"q\n1 0 0 1 5.123456789 0 cm\nBT\n/F 9 Tf\n[(a) -5.111111111111111 (b)] TJ\nET\n/All CS\n1 SCN\nQ"
    file, form = page_with(content)
    before = operations(form)
    separate(file, press())
    assert operations(form) == before


def test_groups_are_blended_in_inks() -> None:
    file, form = page_with()
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB)
    separate(file, press())
    assert str(form.Group.CS) == "/DeviceCMYK"


def test_a_pattern_s_tiles_are_painted_in_inks() -> None:
    file, form = page_with(b"/Pattern cs /P scn")
    tile = file.make_stream(b"1 0 0 rg", PatternType=1, Resources=pikepdf.Dictionary())
    form.Resources.Pattern = pikepdf.Dictionary(P=tile)
    separate(file, press())
    assert [name for _, name in operations(tile)] == ["k", "gs"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"/Lab1 cs", "the colour space Lab1"),
        (b"/Lab1 CS", "the colour space Lab1"),
        (b"/Sh sh", "a gradient"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "a picture within the content"),
    ],
)
def test_content_that_has_no_inks_is_refused(content: bytes, message: str) -> None:
    file, _ = page_with(content)
    with pytest.raises(NoInkError) as caught:
        separate(file, press())
    assert str(caught.value) == message


def test_a_gradient_and_a_form_without_resources_are_refused() -> None:
    file, form = page_with(Shading=pikepdf.Dictionary(Sh=pikepdf.Dictionary(ShadingType=2)))
    with pytest.raises(NoInkError, match="a gradient"):
        separate(file, press())
    file, form = page_with()
    del form.Resources
    with pytest.raises(NoInkError, match="a group without resources of its own"):
        separate(file, press())


# Pictures


def pictured(data: bytes, space: Any = pikepdf.Name.DeviceRGB, **entries: Any) -> tuple[pikepdf.Pdf, Any]:
    file, form = page_with(b"/I Do")
    image = file.make_stream(data, Subtype=pikepdf.Name.Image, Width=2, Height=1, BitsPerComponent=8, **entries)
    if space is not None:
        image.ColorSpace = space
    form.Resources.XObject = pikepdf.Dictionary(I=image)
    return file, image


def test_a_picture_s_points_become_inks() -> None:
    file, image = pictured(bytes([255, 0, 0, 0, 0, 255]))
    separate(file, press())
    assert str(image.ColorSpace) == "/DeviceCMYK"
    wanted = press().picture(Image.frombytes("RGB", (2, 1), bytes([255, 0, 0, 0, 0, 255]))).tobytes()
    assert image.read_bytes() == wanted


def test_a_photograph_is_unpacked_and_becomes_inks() -> None:
    target = io.BytesIO()
    Image.new("RGB", (2, 1), (255, 0, 0)).save(target, "JPEG", quality=100)
    file, image = pictured(b"")
    image.write(target.getvalue(), filter=pikepdf.Name.DCTDecode)
    separate(file, press())
    assert image.get("/Filter") != "/DCTDecode"
    assert len(image.read_bytes()) == 8
    assert list(image.read_bytes()[:4]) == pytest.approx([part * 255 for part in press().inks(1, 0, 0)], abs=3)


@pytest.mark.parametrize(
    ("space", "entries"),
    [(pikepdf.Name.DeviceGray, {}), (pikepdf.Name.DeviceCMYK, {}), (None, {"ImageMask": True})],
    ids=["grey", "inks", "stencil"],
)
def test_a_picture_in_inks_or_without_colour_stays_as_it_is(space: Any, entries: Any) -> None:
    file, image = pictured(b"ab", space, **entries)
    separate(file, press())
    assert image.read_bytes() == b"ab"
    assert image.get("/ColorSpace") == space


@pytest.mark.parametrize(
    ("space", "message"),
    [
        (pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, b"abcdef"]), "a picture in Indexed"),
        (pikepdf.Name.CalRGB, "a picture in CalRGB"),
    ],
)
def test_a_picture_in_another_space_is_refused(space: Any, message: str) -> None:
    file, _ = pictured(b"ab", space)
    with pytest.raises(NoInkError) as caught:
        separate(file, press())
    assert str(caught.value) == message

"""A practice file and its logo: what is taken, and that a picture which is none, or wants more, is refused."""

from __future__ import annotations

import io
import struct
import time
import zlib

import pytest
from PIL import Image, ImageFile

from merkblatt.content.practice import MOST_LOGO_BYTES, read_sender
from merkblatt.core.findings import Faulty, Finding
from merkblatt.page.colour import contrast
from merkblatt.page.compose import compose

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">{}</svg>'


def png(width: int = 30, height: int = 10) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def practice(tmp_path):
    """Writes a practice file with a logo beside it; gives its path."""

    def write(logo: bytes | str | None = None, name: str = "logo.svg", text: str = "name: Praxis am Markt\n"):
        path = tmp_path / "practices" / "markt.yaml"
        path.parent.mkdir(exist_ok=True)
        if logo is not None:
            (path.parent / name).write_bytes(logo if isinstance(logo, bytes) else logo.encode())
            text += f"logo: {name}\n"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(path) -> Finding:
    with pytest.raises(Faulty) as caught:
        read_sender(path)
    (finding,) = caught.value.findings
    assert finding.place.path == path
    assert finding.place.line == 2
    assert finding.place.column == 7
    return finding


def test_a_practice_has_a_name_and_may_have_more(practice):
    path = practice(
        text="name: Praxis am Markt\naddress: [Markt 1, 12345 Ort]\nphone: '01234 567'\nhours: ['Mo 8:30']\n"
    )
    sender = read_sender(path)
    assert sender.practice.address == ("Markt 1", "12345 Ort")
    assert sender.practice.hours == ("Mo 8:30",)
    assert (sender.logo, sender.path) == (None, path)


def test_a_telephone_number_that_yaml_reads_as_a_number_is_told_with_its_mend(practice):
    with pytest.raises(Faulty, match='phone must be text, found "491234567"\n  hint: write it in quotes: "491234567"'):
        read_sender(practice(text="name: Praxis\nphone: 491234567\n"))


def test_a_png_is_taken_as_it_is(practice):
    data = png(30, 10)
    logo = read_sender(practice(data, "logo.png")).logo
    assert logo is not None
    assert (logo.data, logo.mime, logo.ratio) == (data, "image/png", 3.0)


@pytest.mark.parametrize(
    ("head", "ratio"),
    [
        ('viewBox="0 0 60 20"', 3.0),
        ('viewBox="0,0,60,20"', 3.0),
        ('viewBox="0 0 60.5 20"', 3.025),
        ('viewBox="-5 -5 60 20" width="1" height="1"', 3.0),
        ('width="60" height="20"', 3.0),
        ('width="60mm" height="20mm"', 3.0),
    ],
)
def test_an_svg_tells_its_shape(practice, head, ratio):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {head}><rect width="9" height="9"/></svg>'
    logo = read_sender(practice(svg)).logo
    assert logo is not None
    assert (logo.mime, logo.ratio) == ("image/svg+xml", ratio)


def test_an_svg_may_refer_to_itself(practice):
    svg = SVG.format(
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/><use xlink:href="#g"/>'
    )
    assert read_sender(practice(svg)).logo is not None


@pytest.mark.parametrize(
    "head",
    [
        "",
        'viewBox="0 0 0 20"',
        'viewBox="0 0 60"',
        'viewBox="none"',
        'width="60"',
        'width="100%" height="100%"',
        'width="60" height="0"',
        'width="-60" height="20"',
    ],
)
def test_an_svg_without_a_size_is_refused(practice, head):
    found = refusal(practice(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'))
    assert found.message == 'logo "logo.svg" tells no size'
    assert "viewBox" in found.hint


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<script>alert(1)</script>", "holds <script>"),
        ('<g><g><script href="#a"/></g></g>', "holds <script>"),
        ("<style>@import url(https://example.org/a.css)</style>", "holds <style>"),
        ("<foreignObject><p/></foreignObject>", "holds <foreignObject>"),
        ('<image href="https://example.org/a.png"/>', "holds <image>"),
        ('<image xlink:href="data:image/png;base64,xx"/>', "holds <image>"),
        ('<a href="https://example.org"><rect/></a>', "holds <a>"),
        ('<set attributeName="href" to="https://example.org"/>', "holds <set>"),
        ('<use href="other.svg#a"/>', "points outside itself: href="),
        ('<use xlink:href="file:///etc/passwd"/>', "points outside itself: href="),
        ('<use href="https://example.org/a.svg#b"/>', "points outside itself: href="),
        ('<use href="data:image/svg+xml,x"/>', "points outside itself: href="),
        ('<rect fill="url(https://example.org/a.svg#b)"/>', "points outside itself: fill="),
        ("<rect fill=\"url( '../a.svg#b' )\"/>", "points outside itself: fill="),
        ('<rect style="fill: URL(file:///etc/passwd)"/>', "points outside itself: style="),
        ("<rect style=\"@import 'x'\"/>", "points outside itself: style="),
        ('<rect onclick="alert(1)"/>', "points outside itself: onclick="),
        ('<rect onload="x"/>', "points outside itself: onload="),
    ],
)
def test_an_svg_that_acts_or_points_outside_is_refused(practice, inner, message):
    assert refusal(practice(SVG.format(inner))).message.startswith(f'logo "logo.svg" {message}')


def test_handlers_on_the_root_are_seen_too(practice):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x"/>'
    assert "onload" in refusal(practice(svg)).message


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE svg>",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>',
        f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>',
    ],
)
def test_an_svg_that_declares_anything_is_refused_at_once(practice, doctype):
    began = time.monotonic()
    found = refusal(practice(doctype + SVG.format("<text>&l11;</text>" if "l11" in doctype else "<rect/>")))
    assert time.monotonic() - began < 2
    assert found.message == 'logo "logo.svg" declares a DTD or entities'
    assert found.hint == "save it as plain SVG"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"<svg",
        b"<svg></g>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>&unknown;</svg>",
        b"\xff\xfe\x00",
        png(),
        b"<?xml version='1.0' encoding='klingon'?><svg/>",
        b"<?xml version='1.0' encoding='utf-7'?><svg/>",
    ],
)
def test_what_is_no_svg_is_refused(practice, data):
    assert refusal(practice(data)).message.startswith('logo "logo.svg" is no SVG picture')


def test_html_is_no_svg(practice):
    assert refusal(practice("<html/>")).message == 'logo "logo.svg" is no SVG picture but <html>'


@pytest.mark.parametrize("depth", [64, 2_000, 200_000])
def test_an_svg_of_endless_depth_is_refused(practice, depth):
    found = refusal(practice(SVG.format("<g>" * depth + "</g>" * depth)))
    assert found.message == 'logo "logo.svg" is nested more than 64 deep'


def test_an_svg_of_usual_depth_is_taken(practice):
    assert read_sender(practice(SVG.format("<g>" * 63 + "</g>" * 63))).logo is not None


COPIES = "".join(f'<g id="a{i}"><use href="#a{i + 1}"/><use href="#a{i + 1}"/></g>' for i in range(40))


@pytest.mark.parametrize(
    "inner",
    [
        COPIES + '<rect id="a40"/>',
        '<g id="a"><use href="#a"/></g>',
        '<use id="a" xlink:href="#a"/>',
        '<use id="a" href="#b"/><use id="b" href="#a"/>',
    ],
    ids=["a trillion copies", "of its own group", "of itself", "of each other"],
)
def test_an_svg_that_copies_copies_is_refused(practice, inner):
    began = time.monotonic()
    found = refusal(practice(SVG.format(inner)))
    assert time.monotonic() - began < 2
    assert found.message == 'logo "logo.svg" holds a <use> of what holds a <use> itself'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height"), [(6_000, 6_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1), (25_000_001, 1)]
)
def test_a_png_bomb_is_refused_before_it_is_unpacked(practice, width, height):
    began = time.monotonic()
    finding = refusal(practice(bomb(width, height), "logo.png"))
    assert time.monotonic() - began < 2
    assert finding.message.startswith('logo "logo.png" ')
    assert finding.hint in {"make it smaller", "save it as PNG or SVG"}


def text_bomb() -> bytes:
    """A picture with a compressed text that unpacks to 100 MB (Pillow's own bound is 1 MB)."""
    text = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"x" * 100_000_000))
    whole = png()
    return whole[:33] + text + whole[33:]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        png()[:40],
        bomb(300, 300)[:-900],
        SVG.encode(),
        b"GIF89a" + b"\0" * 50,
        text_bomb(),
    ],
    ids=["empty", "text", "signature", "head", "cut", "svg", "gif", "text bomb"],
)
@pytest.mark.parametrize("lenient", [False, True], ids=["", "after the layout engine was imported"])
def test_what_is_no_png_is_refused(practice, data, lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    assert refusal(practice(data, "logo.png")).message == 'logo "logo.png" is no PNG picture'


def test_a_jpeg_is_told_what_is_taken(practice):
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "JPEG")
    assert refusal(practice(buffer.getvalue(), "logo.jpg")).hint == "save it as PNG or SVG"


def test_a_logo_that_is_too_large_is_refused(practice):
    data = SVG.format("<!--" + "x" * MOST_LOGO_BYTES + "-->")
    assert refusal(practice(data)).message.startswith('logo "logo.svg" is too large: 2,000,')


def test_a_logo_that_is_not_there_is_told(practice):
    path = practice(text="name: Praxis\nlogo: none.svg\n")
    assert refusal(path).message == 'logo "none.svg" cannot be read: No such file or directory'


def test_a_folder_is_no_logo(practice):
    path = practice(text="name: Praxis\nlogo: folder.svg\n")
    (path.parent / "folder.svg").mkdir()
    assert refusal(path).message == 'logo "folder.svg" cannot be read: Is a directory'


@pytest.mark.parametrize("name", ["../secret.svg", "/etc/passwd", "sub/../../secret.svg", "https://example.org/a.svg"])
def test_a_logo_outside_the_folder_is_refused(practice, tmp_path, name):
    (tmp_path / "secret.svg").write_text(SVG.format(""))
    found = refusal(practice(text=f"name: Praxis\nlogo: {name}\n"))
    assert "leads out of the folder" in found.message or "cannot be read" in found.message


def test_a_logo_that_is_a_link_out_of_the_folder_is_refused(practice, tmp_path):
    (tmp_path / "secret.svg").write_text(SVG.format(""))
    path = practice(text="name: Praxis\nlogo: logo.svg\n")
    (path.parent / "logo.svg").symlink_to(tmp_path / "secret.svg")
    assert refusal(path).message == 'logo "logo.svg" leads out of the folder of this file'


# --- the accent -------------------------------------------------------------------------------------------


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(3.998, abs=0.001)


@pytest.mark.parametrize(
    ("accent", "format_", "refused"),
    [
        ("#0b5563", "a4", False),
        ("#0b5563", "a4-large", False),
        ("#767676", "a4", True),  # 4.54:1 on white, less on its own tint
        ("#ffe600", "a4", True),
        ("#4a6b70", "a4", False),
        ("#4a6b70", "a4-large", True),
        ("#ffffff", "a4", True),
        ("#000000", "a4-large", False),
    ],
)
def test_an_accent_too_pale_for_its_type_is_refused(content, practice, accent, format_, refused):
    sender = read_sender(practice(text=f"name: Praxis\naccent: '{accent}'\n"))
    leaflet = content.choose(sender, format=format_)
    if not refused:
        assert f"--accent: {accent};" in compose(leaflet, content.folders).html
        return
    with pytest.raises(Faulty) as caught:
        compose(leaflet, content.folders)
    (finding,) = caught.value.findings
    assert (finding.place.path, finding.place.line) == (sender.path, 2)
    assert finding.message.startswith(f'accent "{accent}" is too pale for type: contrast ')
    assert f"{format_} needs {'4.50' if format_ == 'a4' else '7.00'}:1 or more" in finding.hint


def test_the_ratio_that_fails_never_reads_as_one_that_passes(content, practice):
    sender = read_sender(practice(text="name: Praxis\naccent: '#767676'\n"))
    with pytest.raises(Faulty, match=r"contrast [0-4]\.\d\d:1") as caught:
        compose(content.choose(sender), content.folders)
    assert "4.50:1 is" not in str(caught.value)

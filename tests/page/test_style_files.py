"""The files of styles: in the order of the cascade, a user's own behind the program's, and never from outside."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.page.compose import compose, compose_html
from merkblatt.page.style_files import inlined, keep_inside, styles_for
from tests.conftest import ROOT, told
from tests.page.reading import Reader, refusal


def test_an_own_style_overrides_and_an_extra_one_adds(content, own, tmp_path):
    folders = own({"styles/a4.css": "body { color: #010203 }", "styles/extra.css": "p { color: #040506 }"})
    styles = compose(content.choose(), folders).styles
    assert [style.relative_to(ROOT).as_posix() for style in styles[:2]] == ["styles/fonts.css", "styles/base.css"]
    assert list(styles[2:]) == [tmp_path / "own/styles/a4.css", tmp_path / "own/styles/extra.css"]
    html = compose_html(content.choose(), folders)
    assert html.index("#010203") < html.index("#040506")


@pytest.mark.parametrize("name", ["a4.css", "base.css", "extra.css"])
def test_a_style_that_is_a_link_out_of_the_folder_is_refused(content, own, tmp_path, name):
    (tmp_path / "secret.css").write_text("p { color: red }")
    folders = own({"styles/other.css": ""})
    (tmp_path / "own/styles" / name).symlink_to(tmp_path / "secret.css")
    assert refusal(content.choose(), folders, tmp_path) == [f"own/styles/{name}: leads out of the folder of styles"]
    with pytest.raises(Faulty, match="leads out"):
        compose_html(content.choose(), folders)


def test_the_screen_s_style_is_no_way_out_either(content, own, tmp_path):
    (tmp_path / "secret.css").write_text("p { color: red }")
    folders = own({"styles/other.css": ""})
    (tmp_path / "own/styles/screen.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(Faulty, match="leads out"):
        compose_html(content.choose(), folders)


@pytest.mark.parametrize("address", ["../../secret.png", "/etc/passwd", "https://example.org/a.png", "none.png"])
def test_a_style_for_the_screen_takes_nothing_from_outside(content, own, tmp_path, address):
    folders = own({"styles/extra.css": f"p {{ background: url({address}) }}"})
    (tmp_path / "secret.png").write_bytes(b"x")
    with pytest.raises(Faulty) as caught:
        compose_html(content.choose(), folders)
    assert told(caught.value.findings, tmp_path) == [
        f"own/styles/extra.css: url({address}) is no file in a folder of styles"
    ]


def test_a_style_cannot_end_its_element(content, own):
    folders = own({"styles/extra.css": "p::after { content: '</style><script>alert(1)</script>' }"})
    assert "script" not in Reader(compose_html(content.choose(), folders)).elements


def only(folder: Path) -> Folders:
    """Styles from one folder alone."""
    return Folders((), (), (folder,))


def names(format_: str, folders: Folders) -> list[str]:
    return [style.name for style in styles_for(format_, folders)]  # type: ignore[arg-type]


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    """What is told of a style when it is put into a page."""
    style = tmp_path / "probe.css"
    style.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Faulty) as caught:
        inlined(style, only(tmp_path))
    return told(caught.value.findings, tmp_path)


def in_page(tmp_path: Path, text: str) -> str:
    style = tmp_path / "probe.css"
    style.write_text(text, encoding="utf-8")
    return inlined(style, only(tmp_path))


def test_what_is_the_same_for_all_papers_stands_before_what_is_a_paper_s_own():
    folders = only(ROOT / "styles")
    assert names("a4", folders) == ["fonts.css", "base.css", "a4.css"]
    assert names("a4-large", folders) == ["fonts.css", "base.css", "large.css", "a4-large.css"]
    assert names("dl", folders)[:2] == ["fonts.css", "base.css"]


def test_extra_styles_of_all_folders_stand_last_in_their_order(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "extra.css").write_text("")
    (tmp_path / "two" / "a4.css").write_text("")
    folders = Folders((), (), (ROOT / "styles", tmp_path / "one", tmp_path / "two"))
    assert styles_for("a4", folders)[2:] == (
        tmp_path / "two/a4.css",
        tmp_path / "one/extra.css",
        tmp_path / "two/extra.css",
    )


def test_all_styles_that_are_missing_are_told(tmp_path):
    (tmp_path / "base.css").write_text("")
    with pytest.raises(Faulty) as caught:
        styles_for("a4", only(tmp_path))
    assert told(caught.value.findings, tmp_path) == [".: has no style fonts.css", ".: has no style a4.css"]


def test_all_styles_that_lead_out_are_told_and_links_within_are_taken(tmp_path):
    folder = tmp_path / "styles"
    folder.mkdir()
    (tmp_path / "secret.css").write_text("")
    (folder / "in.css").write_text("")
    (folder / "link.css").symlink_to(folder / "in.css")
    keep_inside([folder / "in.css", folder / "link.css"], only(folder))
    for name in ("a.css", "b.css"):
        (folder / name).symlink_to(tmp_path / "secret.css")
    with pytest.raises(Faulty) as caught:
        keep_inside([folder / "a.css", folder / "in.css", folder / "b.css"], only(folder))
    assert told(caught.value.findings, folder) == [
        f"{name}: leads out of the folder of styles" for name in ("a.css", "b.css")
    ]


def test_a_style_that_is_no_text_or_imports_another_is_refused(tmp_path):
    assert faults(tmp_path, b"p { color: \xff }") == ["probe.css: is not UTF-8 text"]
    assert faults(tmp_path, '@import "other.css";') == ["probe.css: @import is not taken"]


@pytest.mark.parametrize(
    ("name", "mime"), [("a.svg", "image/svg+xml"), ("a.png", "image/png"), ("a.gif", "text/plain")]
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_file_that_a_style_names_stands_in_the_page_as_data(tmp_path, name, mime, quote):
    (tmp_path / name).write_bytes(b"\x00bild")
    data = base64.b64encode(b"\x00bild").decode()
    assert in_page(tmp_path, f"p {{ background: url({quote}{name}{quote}) }}") == (
        f"p {{ background: url(data:{mime};base64,{data}) }}"
    )


def test_data_stay_as_they_are(tmp_path):
    text = "a { b: url(data:image/png;base64,AA) } c { d: url('data:image/png;base64,AA') }"
    assert in_page(tmp_path, text) == text


@pytest.mark.parametrize("name", ["a.ttf", "a.OTF", "a.woff", "a.woff2"])
def test_a_font_is_named_by_its_file_until_it_is_known_what_is_needed_of_it(tmp_path, name):
    (tmp_path / name).write_bytes(b"font")
    assert in_page(tmp_path, f"p {{ src: url({name}) }}") == f"p {{ src: url({(tmp_path / name).as_uri()}) }}"


def test_a_file_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    folder = tmp_path / "styles"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (folder / "a.png").symlink_to(tmp_path / "secret.png")
    assert faults(folder, "p { background: url(a.png) }") == ["probe.css: url(a.png) is no file in a folder of styles"]
    (folder / "sub").mkdir()
    assert faults(folder, "p { background: url(sub) }") == ["probe.css: url(sub) is no file in a folder of styles"]


def test_a_style_holds_no_end_of_an_element(tmp_path):
    assert in_page(tmp_path, "p::after { content: '</style>' }") == "p::after { content: '<\\/style>' }"

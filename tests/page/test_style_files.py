"""Styles: one's own stand behind the program's, and none is read from outside of the folders."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.page.compose import compose, compose_html
from tests.conftest import ROOT, told
from tests.page.conftest import refusal
from tests.page.reader import Reader


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

"""The style of books is one file that takes nothing from outside."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.outputs.epub.style import read_style


def folders(*styles) -> Folders:
    return Folders((), (), styles)


def test_the_last_folder_decides(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "epub.css").write_text(f"/* {name} */")
    assert read_style(folders(tmp_path / "a", tmp_path / "b")) == b"/* b */"


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        (b"p {}\np { background: URL(x) }", "epub.css:2:17: url\\( is not taken in a book"),
        (b"@import 'x';", "epub.css:1:1: @import is not taken in a book"),
        (b"\xff", "epub.css: is not UTF-8 text"),
        (None, "has no style epub.css"),
    ],
)
def test_any_other_is_refused_at_its_place(tmp_path, style, fault):
    if style is not None:
        (tmp_path / "epub.css").write_bytes(style)
    with pytest.raises(Faulty, match=fault):
        read_style(folders(tmp_path))

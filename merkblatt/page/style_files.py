"""The files of styles that a page stands on: which ones, in which order, and never from outside of their folders."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path

from merkblatt.content.format_ids import Format
from merkblatt.content.formats import paper_of
from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders, lies_within

#: An address in a style that is not data already.
_URL = re.compile(r"""url\(["']?(?!["']?data:)([^"')]+)["']?\)""")


def styles_for(format_: Format, folders: Folders) -> tuple[Path, ...]:
    """The styles of a format in the order of the cascade, a user's own behind the program's.

    Raises:
        Faulty: one is missing, or is a link out of its folder.
    """
    names = ("fonts.css", "base.css", *paper_of(format_).styles)
    found = [(name, folders.style(name)) for name in names]
    missing = [Finding(Place(folders.styles[0]), f"has no style {name}", "add it") for name, path in found if not path]
    if missing:
        raise Faulty(missing)
    extra = [path for folder in folders.styles if (path := folder / "extra.css").is_file()]
    styles = (*(path for _, path in found if path), *extra)
    keep_inside(styles, folders)
    return styles


def keep_inside(styles: Iterable[Path], folders: Folders) -> None:
    """Refuses links out of the folders; the engine opens a style by itself, past the fetcher.

    Raises:
        Faulty: a style is such a link.
    """
    outside = [style for style in styles if not lies_within(style, folders.styles)]
    if outside:
        raise Faulty(Finding(Place(s), "leads out of the folder of styles", "put the file there") for s in outside)


def inlined(style: Path, folders: Folders) -> str:
    """A style with its files in it as data, fonts apart.

    Raises:
        Faulty: it names a file that is not there, imports another style, or is no text.
    """
    try:
        text = style.read_text(encoding="utf-8").replace("</", "<\\/")
    except UnicodeDecodeError:
        raise Faulty([Finding(Place(style), "is not UTF-8 text", "save the file as UTF-8", code="style")]) from None
    if "@import" in text:
        raise Faulty([Finding(Place(style), "@import is not taken", "put the rules into this file", code="style")])
    return _URL.sub(lambda match: _as_data(match[1], style, folders), text)


def _as_data(name: str, style: Path, folders: Folders) -> str:
    """What stands for a file that a style names."""
    path = style.parent / name
    if not lies_within(path, folders.styles) or not path.is_file():
        message = f"url({name}) is no file in a folder of styles"
        raise Faulty([Finding(Place(style), message, "put the file beside the style", code="style")])
    if path.suffix.lower() in {".ttf", ".otf", ".woff", ".woff2"}:
        return f"url({path.resolve().as_uri()})"  # `embed_fonts` puts in what the page needs of it
    mime = {".svg": "image/svg+xml", ".png": "image/png"}.get(path.suffix, "text/plain")
    return f"url(data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()})"

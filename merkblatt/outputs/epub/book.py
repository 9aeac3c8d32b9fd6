"""Leaflet -> EPUB.

One XHTML file, since a leaflet is short; its type is the reader's own, so no font is in it. Written by hand and with
`zipfile`, because libraries for EPUB put times and names of their own into the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from merkblatt.core.folders import Folders
from merkblatt.outputs.blocks import Chapter, for_reading
from merkblatt.outputs.epub.container import BookFile, zipped
from merkblatt.outputs.epub.navigation import navigation
from merkblatt.outputs.epub.package import package_of
from merkblatt.outputs.epub.pictures import LOGO_NAMES, pictures
from merkblatt.outputs.epub.style import read_style
from merkblatt.outputs.epub.xhtml import BlockWriter, one_a_line
from merkblatt.outputs.telling import tell
from merkblatt.tailoring.leaflet import Leaflet

_PAGE = Markup("""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
""")


def write_epub(leaflet: Leaflet, folders: Folders) -> bytes:
    """The leaflet as an EPUB file.

    Args:
        leaflet: what stands on paper, personal fields and practice included; lines to write on are left out.
        folders: where `epub.css` lies.

    Raises:
        Faulty: the style is missing, leads out of its folder or names another file; a drawing that no body could do.
    """
    chapters = for_reading(tell(leaflet))
    drawn = list(pictures(leaflet, chapters))
    files = [
        _page(leaflet, "nav.xhtml", navigation(leaflet, chapters), "nav"),
        _page(leaflet, "leaflet.xhtml", _body(leaflet, chapters)),
        BookFile("style.css", "text/css", read_style(folders)),
        *drawn,
    ]
    return zipped([BookFile("package.opf", "", package_of(leaflet, chapters, files).encode()), *files])


def _page(leaflet: Leaflet, name: str, body: Markup, properties: str = "") -> BookFile:
    edition = leaflet.edition
    page = _PAGE.format(title=leaflet.title, language=edition.language, direction=edition.direction, body=body)
    return BookFile(name, "application/xhtml+xml", page.encode(), properties)


def _body(leaflet: Leaflet, chapters: Iterable[Chapter]) -> Markup:
    head, *others = chapters
    writer = BlockWriter()
    title = Markup("<header>\n{}{}\n</header>").format(writer.blocks(head.blocks), _logo(leaflet))
    return Markup("{}\n<main>\n{}\n</main>").format(title, one_a_line(map(writer.chapter, others)))


def _logo(leaflet: Leaflet) -> Markup:
    sender = leaflet.sender
    if sender is None or sender.logo is None:
        return Markup()
    image = Markup('\n<p><img class="logo" src="{}" alt="{}"/></p>')
    return image.format(LOGO_NAMES[sender.logo.mime], leaflet.labels.logo.format(name=sender.practice.name))

"""The leaflet as a book for reading systems: EPUB 3.3, accessible by EPUB Accessibility 1.1, the same bytes each time.

One XHTML file, since a leaflet is short; its type is the reader's own, so no font is in it. Written by hand and with
`zipfile`, because libraries for EPUB put times and names of their own into the file.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders, lies_within
from merkblatt.figures import render_figure
from merkblatt.outputs.blocks import (
    Block,
    Chapter,
    Drawing,
    Grid,
    Heading,
    Listing,
    Paragraph,
    WritingLines,
    for_reading,
    tell,
)
from merkblatt.page.inline_markup import Piece, Words
from merkblatt.tailoring.leaflet import Leaflet

#: Chapters by their meaning: EPUB 3 Structural Semantics Vocabulary 1.1, and the role that DPUB-ARIA 1.1 gives it.
_MEANINGS = {
    "message": ("abstract", "doc-abstract"),
    "red-flags": ("notice", "doc-notice"),
    "imprint": ("colophon", "doc-colophon"),
}
_LOGO_NAMES = {"image/svg+xml": "logo.svg", "image/png": "logo.png"}
_CHAPTER = ("chapter", "doc-chapter")

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
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
_NAVIGATION = Markup("""\
<main>
<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents">{title}</h1>
<ol>
{contents}
</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="bodymatter" href="leaflet.xhtml">{title}</a></li>
<li>{imprint}</li>
</ol>
</nav>
</main>""")
#: What XML 1.0 has no way to write (production 2), as far as a text may hold it.
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
_HEADING = Markup('<h{0} id="h{1}">{2}</h{0}>')
_LINK = Markup('<a {}href="leaflet.xhtml#h{}">{}</a>')
_PACKAGE = Markup("""\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}" \
dir="{direction}" prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:publisher>{publisher}</dc:publisher>
<dc:description>{subtitle}</dc:description>
<dc:date>{issued}</dc:date>
<meta property="dcterms:modified">{issued}T00:00:00Z</meta>
{accessibility}
</metadata>
<manifest>
{manifest}
</manifest>
<spine{progression}>
<itemref idref="leaflet"/>
</spine>
</package>
""")
#: What is true of every leaflet, as schema.org and the EPUB Accessibility 1.1 vocabulary say it.
_ALWAYS = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "displayTransformability"),
    ("schema:accessibilityHazard", "none"),
)
_DRAWN = (("schema:accessMode", "visual"), ("schema:accessibilityFeature", "alternativeText"))
_SUMMARY = "All text can be reflowed and read aloud; headings, lists, tables are marked; every picture is described."
_CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True)
class _File:
    """A file of the book: its name, its media type, what is in it."""

    name: str
    media_type: str
    data: bytes
    properties: str = ""


def write_epub(leaflet: Leaflet, folders: Folders) -> bytes:
    """The leaflet as an EPUB file.

    Args:
        leaflet: what stands on paper, personal fields and practice included; lines to write on are left out.
        folders: where `epub.css` lies.

    Raises:
        Faulty: the style is missing, leads out of its folder or names another file; a drawing that no body could do.
    """
    chapters = for_reading(tell(leaflet))
    pictures = list(_pictures(leaflet, chapters))
    files = [
        _page(leaflet, "nav.xhtml", _navigation(leaflet, chapters), "nav"),
        _page(leaflet, "leaflet.xhtml", _body(leaflet, chapters)),
        _File("style.css", "text/css", _style(folders)),
        *pictures,
    ]
    return _zip([_File("package.opf", "", _package(leaflet, chapters, files).encode()), *files])


# --- the words --------------------------------------------------------------------------------------------


def _page(leaflet: Leaflet, name: str, body: Markup, properties: str = "") -> _File:
    edition = leaflet.edition
    page = _PAGE.format(title=leaflet.title, language=edition.language, direction=edition.direction, body=body)
    return _File(name, "application/xhtml+xml", page.encode(), properties)


def _body(leaflet: Leaflet, chapters: Iterable[Chapter]) -> Markup:
    head, *others = chapters
    writer = _Writer()
    title = Markup("<header>\n{}{}\n</header>").format(writer.blocks(head.blocks), _logo(leaflet))
    return Markup("{}\n<main>\n{}\n</main>").format(title, _lines(map(writer.chapter, others)))


def _logo(leaflet: Leaflet) -> Markup:
    sender = leaflet.sender
    if sender is None or sender.logo is None:
        return Markup()
    image = Markup('\n<p><img class="logo" src="{}" alt="{}"/></p>')
    return image.format(_LOGO_NAMES[sender.logo.mime], leaflet.labels.logo.format(name=sender.practice.name))


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)


class _Writer:
    """Writes block after block; numbers headings and drawings as `_navigation` and `_pictures` do."""

    def __init__(self) -> None:
        self.headings, self.drawings = 0, 0

    def chapter(self, chapter: Chapter) -> Markup:
        meaning, role = _MEANINGS.get(chapter.role, _CHAPTER)
        section = Markup('<section class="{}" epub:type="{}" role="{}" aria-labelledby="h{}">\n{}\n</section>')
        return section.format(chapter.role, meaning, role, self.headings + 1, self.blocks(chapter.blocks))

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        return _lines(map(self.block, blocks))

    def block(self, block: Block) -> Markup:
        match block:
            case Heading():
                self.headings += 1
                return _HEADING.format(block.level, self.headings, _words(block.words))
            case Paragraph():
                return Markup("<p{}>{}</p>").format(_class(block.role), _words(block.words))
            case Listing():
                items = _lines(Markup("<li>{}</li>").format(_words(item)) for item in block.items)
                kind = "ol" if block.kind == "steps" else "ul"
                return Markup("<{0}{1}>\n{2}\n</{0}>").format(kind, _class(block.kind), items)
            case Drawing():
                self.drawings += 1
                image = Markup('<p><img class="figure" src="drawing-{}.svg" alt="{}"/></p>')
                return image.format(self.drawings, block.alt)
            case Grid():
                return _table(block)
            case WritingLines():
                return Markup()


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup()


def _table(grid: Grid) -> Markup:
    head = Markup().join(
        Markup('<th scope="col">{}</th>').format(words) if words else Markup("<td></td>") for words in grid.heads
    )
    rows = _lines(Markup("<tr>{}</tr>").format(_row(row)) for row in grid.rows)
    table = Markup("<table{}>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>")
    return table.format(_class(grid.role), head, rows)


def _row(row: tuple[str, ...]) -> Markup:
    first = Markup('<th scope="row">{}</th>').format(row[0]) if row[0] else Markup("<td></td>")
    return first + Markup().join(Markup("<td>{}</td>").format(box) for box in row[1:])


def _words(words: Words) -> Markup:
    return Markup().join(map(_piece, words))


def _piece(piece: Piece) -> Markup:
    text = Markup("<br/>").join(map(escape, piece.text.translate(_NO_XML).split("\n")))
    if piece.is_strong:
        text = Markup("<strong>{}</strong>").format(text)
    if piece.language:
        text = Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(piece.language, text)
    if piece.is_given:
        text = Markup("<bdi>{}</bdi>").format(text)
    return Markup('<a href="{}">{}</a>').format(piece.href, text) if piece.href else text


# --- the book ---------------------------------------------------------------------------------------------


def _navigation(leaflet: Leaflet, chapters: tuple[Chapter, ...]) -> Markup:
    """The table of contents, by chapter and what stands in it, and the landmarks; the last chapter is the imprint."""
    headings = [block for chapter in chapters for block in chapter.blocks if isinstance(block, Heading)]
    numbered = [(heading, number) for number, heading in enumerate(headings, 1) if heading.level in {2, 3}]
    entries: list[tuple[Markup, list[Markup]]] = []
    for heading, number in numbered:
        link = _LINK.format("", number, _unlinked(heading.words))
        if heading.level == 2:
            entries.append((link, []))
        elif entries:
            entries[-1][1].append(Markup("<li>{}</li>").format(link))
    last, number = [pair for pair in numbered if pair[0].level == 2][-1]
    imprint = _LINK.format(Markup('epub:type="colophon" '), number, _unlinked(last.words))
    contents = _lines(Markup("<li>{}{}</li>").format(link, _nested(below)) for link, below in entries)
    return _NAVIGATION.format(title=leaflet.title, contents=contents, imprint=imprint)


def _unlinked(words: Words) -> Markup:
    return _words(tuple(replace(piece, href="") for piece in words))


def _nested(entries: list[Markup]) -> Markup:
    return Markup("\n<ol>\n{}\n</ol>\n").format(_lines(entries)) if entries else Markup()


def _drawings(chapters: Iterable[Chapter]) -> list[Drawing]:
    return [block for chapter in chapters for block in chapter.blocks if isinstance(block, Drawing)]


def _pictures(leaflet: Leaflet, chapters: Iterable[Chapter]) -> Iterator[_File]:
    for number, drawing in enumerate(_drawings(chapters), 1):
        yield _File(f"drawing-{number}.svg", "image/svg+xml", render_figure(drawing.figure).encode())
    if leaflet.sender and leaflet.sender.logo:
        logo = leaflet.sender.logo
        yield _File(_LOGO_NAMES[logo.mime], logo.mime, logo.data)


def _style(folders: Folders) -> bytes:
    path = folders.style("epub.css")
    if path is None:
        raise Faulty([Finding(Place(folders.styles[0]), "has no style epub.css", "add it")])
    if not lies_within(path, folders.styles):
        raise Faulty([Finding(Place(path), "leads out of the folder of styles", "put the file there")])
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Faulty([Finding(Place(path), "is not UTF-8 text", "save the file as UTF-8", code="style")]) from None
    for number, line in enumerate(text.splitlines(), 1):
        for word in ("url(", "@import"):
            if word in line.lower():
                place = Place(path, number, line.lower().index(word) + 1)
                raise Faulty([Finding(place, f"{word} is not taken in a book", "leave it out", code="style")])
    return text.encode()


def _package(leaflet: Leaflet, chapters: Iterable[Chapter], files: Iterable[_File]) -> str:
    files = list(files)
    edition, sender = leaflet.edition, leaflet.sender
    content = b"".join(file.data for file in files)
    return str(
        _PACKAGE.format(
            language=edition.language,
            direction=edition.direction,
            # A name for what stands in it: the same leaflet has the same.
            identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(content).hexdigest())}",
            title=f"{leaflet.title} – {leaflet.subtitle}",
            subtitle=leaflet.subtitle,
            publisher=sender.practice.name if sender else "Merkblatt",
            issued=leaflet.imprint.issued.isoformat(),
            accessibility=_accessibility(_drawings(chapters), has_logo=bool(sender and sender.logo)),
            manifest=_lines(map(_item, files)),
            progression=Markup(' page-progression-direction="rtl"') if edition.direction == "rtl" else "",
        )
    )


def _accessibility(drawings: list[Drawing], *, has_logo: bool) -> Markup:
    """What a reader can count on; the standard is claimed where every picture has its words."""
    said = [*_ALWAYS, *(_DRAWN if drawings or has_logo else ())]
    lines = [Markup('<meta property="{}">{}</meta>').format(name, value) for name, value in said]
    lines.append(Markup('<meta property="schema:accessibilitySummary" xml:lang="en">{}</meta>').format(_SUMMARY))
    if all(drawing.alt for drawing in drawings):
        lines.append(Markup('<meta property="dcterms:conformsTo" id="claim">{}</meta>').format(_CLAIM))
        lines.append(Markup('<meta property="a11y:certifiedBy" refines="#claim">Merkblatt</meta>'))
    return _lines(lines)


def _item(file: _File) -> Markup:
    properties = Markup(' properties="{}"').format(file.properties) if file.properties else ""
    item = Markup('<item id="{}" href="{}" media-type="{}"{}/>')
    return item.format(file.name.rpartition(".")[0], file.name, file.media_type, properties)


def _zip(files: Iterable[_File]) -> bytes:
    """The files as a container of the Open Container Format: `mimetype` first and not deflated; no clock is asked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        _put(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER.encode(), zipfile.ZIP_DEFLATED)
        for file in files:
            _put(book, f"EPUB/{file.name}", file.data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _put(book: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    # The first day that a ZIP file can name, and the same kind of system everywhere.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, method
    book.writestr(info, data)

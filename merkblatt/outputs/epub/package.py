"""The package document of a book: what it is called, what is in it, what its readers can count on."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from markupsafe import Markup

from merkblatt.outputs.blocks import Chapter, Drawing
from merkblatt.outputs.epub.container import BookFile
from merkblatt.outputs.epub.pictures import drawings_in
from merkblatt.outputs.epub.xhtml import one_a_line
from merkblatt.tailoring.leaflet import Leaflet

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


def package_of(leaflet: Leaflet, chapters: Iterable[Chapter], files: Iterable[BookFile]) -> str:
    """The package document of a leaflet's book, with the files that are in it."""
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
            accessibility=_accessibility(drawings_in(chapters), has_logo=bool(sender and sender.logo)),
            manifest=one_a_line(map(_item, files)),
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
    return one_a_line(lines)


def _item(file: BookFile) -> Markup:
    properties = Markup(' properties="{}"').format(file.properties) if file.properties else ""
    item = Markup('<item id="{}" href="{}" media-type="{}"{}/>')
    return item.format(file.name.rpartition(".")[0], file.name, file.media_type, properties)

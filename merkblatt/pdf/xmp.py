"""What a PDF says of itself: its title, who made it, and which standards it claims, as XMP and Info in step.

Reads the claims of a finished file and writes those of a new one. Whether a claim is true, this room does not know.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject

from merkblatt.pdf.objects import dictionary
from merkblatt.pdf.xmp_extension import EXTENSION

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


@dataclass(frozen=True)
class Claims:
    """The standards that a file says it conforms to: part, year or letter, as XMP has them; "" for none.

    `exchange` is the version of PDF/X; such a file has an `identity`, by which it is told from all others.
    """

    ua_part: str = ""
    ua_year: str = ""
    archive_part: str = ""
    archive_level: str = ""
    exchange: str = ""
    identity: str = ""


@dataclass(frozen=True)
class About:
    """What a file says of itself. A date is as Info has it: `D:20261123`."""

    title: str
    authors: tuple[str, ...] = ()
    keywords: str = ""
    program: str = "Merkblatt"
    created: str = ""
    claims: Claims = Claims()


def read_about(reader: PdfReader) -> About:
    """What a finished file says of itself; what it does not say, or not readably, is empty."""
    xmp = _parsed(reader.root_object.get("/Metadata"))
    info: Any = reader.metadata or {}
    title = _first(xmp, "dc:title/rdf:Alt/rdf:li") or str(info.get("/Title", ""))
    authors = [str(item.text) for item in xmp.iterfind(".//dc:creator/rdf:Seq/rdf:li", _NAMESPACES) if item.text]
    claims = Claims(
        ua_part=_value(xmp, "pdfuaid", "part"),
        ua_year=_value(xmp, "pdfuaid", "rev"),
        archive_part=_value(xmp, "pdfaid", "part"),
        archive_level=_value(xmp, "pdfaid", "conformance"),
    )
    keywords, created = str(info.get("/Keywords", "")), str(info.get("/CreationDate", ""))
    return About(title.strip(), tuple(authors), keywords, str(info.get("/Creator", "")), created, claims)


def common_claims(all_claims: Sequence[Claims]) -> Claims:
    """What all of some files claim. Of the levels of PDF/A the lowest holds: `a` also is `u`, `u` also is `b`."""
    ua = {(claims.ua_part, claims.ua_year) for claims in all_claims}
    archive = {claims.archive_part for claims in all_claims}
    part, year = ua.pop() if len(ua) == 1 else ("", "")
    level = max((claims.archive_level for claims in all_claims), key="AUB".find) if len(archive) == 1 else ""
    return Claims(part, year, archive.pop() if level else "", level)


def write_about(writer: PdfWriter, about: About) -> None:
    """Puts it into XMP and Info, alike (ISO 19005-1, 6.7.3); XMP is not compressed, as archives ask."""
    writer.xmp_metadata = _xmp(about).encode("utf-8")
    stream: Any = writer.root_object["/Metadata"]
    stream.update(dictionary(Type="/Metadata", Subtype="/XML"))
    writer.metadata = {
        key: value
        for key, value in {
            "/Title": about.title,
            "/Author": ", ".join(about.authors),
            "/Keywords": about.keywords,
            "/Creator": about.program,
            "/Producer": "pypdf",
            "/CreationDate": about.created,
            "/ModDate": about.created,
        }.items()
        if value
    }
    if about.claims.exchange and writer._info is not None:
        writer._info.update(dictionary(Trapped="/False"))


def set_identifier(writer: PdfWriter, sources: Iterable[bytes]) -> None:
    """The file's identifier (ISO 32000-1, 14.4), the same for the same sources; pypdf's own is random."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(hashlib.sha256(source).digest())
    identifier = ByteStringObject(digest.digest()[:16])
    writer._ID = ArrayObject([identifier, identifier])


def _parsed(stream: Any) -> Element:
    try:
        found: Element = fromstring(stream.get_object().get_data()) if stream is not None else Element("none")
    except (ParseError, DefusedXmlException, ValueError):
        return Element("none")
    return found


def _value(xmp: Element, prefix: str, name: str) -> str:
    """A simple property, which XMP may write as an attribute or as an element (ISO 16684-1, 7.4)."""
    key = f"{{{_NAMESPACES[prefix]}}}{name}"
    for description in xmp.iterfind(".//rdf:Description", _NAMESPACES):
        value = description.get(key) or description.findtext(key)
        if value:
            return value.strip()
    return ""


def _first(xmp: Element, path: str) -> str:
    return xmp.findtext(f".//rdf:Description/{path}", "", _NAMESPACES)


def _xmp(about: About) -> str:
    author = ", ".join(about.authors)
    date = _iso_date(about.created)
    claims = about.claims
    simple = {
        "pdfuaid:part": claims.ua_part,
        "pdfuaid:rev": claims.ua_year,
        "pdfaid:part": claims.archive_part,
        "pdfaid:conformance": claims.archive_level,
        "pdf:Keywords": about.keywords,
        "pdf:Producer": "pypdf",
        "xmp:CreatorTool": about.program,
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
    }
    if claims.exchange:
        simple |= _exchange(claims, date)
    lines = [f"<{name}>{escape(value)}</{name}>" for name, value in simple.items() if value]
    lines.append(f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>')
    if author:
        lines.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>")
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items() if prefix != "rdf")
    described = f'<rdf:Description rdf:about="" {spaces}>\n' + "\n".join(lines) + "\n</rdf:Description>\n"
    extension = EXTENSION if claims.ua_part and claims.archive_part else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{_NAMESPACES["rdf"]}">\n{described}{extension}</rdf:RDF>\n</x:xmpmeta>\n'
        '<?xpacket end="r"?>'
    )


def _exchange(claims: Claims, date: str) -> dict[str, str]:
    """What PDF/X-4 asks of XMP (ISO 15930-7, 6.16): its version, and which rendition of which document this is."""
    return {
        "pdfxid:GTS_PDFXVersion": claims.exchange,
        "pdf:Trapped": "False",
        "xmp:MetadataDate": date,
        "xmpMM:DocumentID": f"uuid:{uuid5(NAMESPACE_OID, claims.identity)}",
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
    }


def _iso_date(date: str) -> str:
    """A date of Info (ISO 32000-1, 7.9.4) as XMP has it: year, month, day, and time with its zone where both stand."""
    found = re.match(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d'?\d\d)?)?", date)
    if found is None:
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    iso = "-".join(filter(None, (year, month, day)))
    if hour is None:
        return iso
    zone = re.sub(r"([+-]\d\d)'?(\d\d)", r"\1:\2", zone or "")
    return f"{iso}T{hour}:{minute}" + (f":{second}" if second else "") + zone

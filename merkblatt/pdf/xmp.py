"""What a PDF says of itself: its title, who made it, and which standards it claims, as XMP and Info in step.

Reads the claims of a finished file and writes those of a new one. Whether a claim is true, this room does not know.
XMP is read and written by pikepdf; what it cannot say, the description of PDF/UA's properties, stands there before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pikepdf

from merkblatt.pdf.xmp_extension import EXTENSION

#: What makes the file, as XMP and Info name it; without a version, since the same input gives the same bytes.
_PRODUCER = "pikepdf"
#: An empty packet (ISO 16684-1, 7.3.2) around the description of properties that XMP itself does not know.
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{extension}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


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


def read_about(file: pikepdf.Pdf) -> About:
    """What a finished file says of itself; what it does not say, or not readably, is empty."""
    # Outside of a with statement it is read and stays as it is.
    xmp = file.open_metadata()
    info: Any = file.trailer.get("/Info", {})
    claims = Claims(
        ua_part=_value(xmp, "pdfuaid:part"),
        ua_year=_value(xmp, "pdfuaid:rev"),
        archive_part=_value(xmp, "pdfaid:part"),
        archive_level=_value(xmp, "pdfaid:conformance"),
    )
    return About(
        title=_value(xmp, "dc:title") or str(info.get("/Title", "")).strip(),
        authors=tuple(_items(xmp.get("dc:creator"))),
        keywords=str(info.get("/Keywords", "")),
        program=str(info.get("/Creator", "")),
        created=str(info.get("/CreationDate", "")),
        claims=claims,
    )


def common_claims(all_claims: Sequence[Claims]) -> Claims:
    """What all of some files claim. Of the levels of PDF/A the lowest holds: `a` also is `u`, `u` also is `b`."""
    ua = {(claims.ua_part, claims.ua_year) for claims in all_claims}
    archive = {claims.archive_part for claims in all_claims}
    part, year = ua.pop() if len(ua) == 1 else ("", "")
    level = max((claims.archive_level for claims in all_claims), key="AUB".find) if len(archive) == 1 else ""
    return Claims(part, year, archive.pop() if level else "", level)


def write_about(file: pikepdf.Pdf, about: About) -> None:
    """Puts it into XMP and Info, alike (ISO 19005-1, 6.7.3)."""
    extension = EXTENSION if about.claims.ua_part and about.claims.archive_part else ""
    # XMP is not compressed, as archives ask; qpdf sees to that for what is called /Metadata.
    kind = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
    file.Root.Metadata = file.make_stream(_PACKET.format(extension=extension).encode(), **kind)
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name, value in _properties(about).items():
            if value:
                xmp[name] = value
    file.trailer.Info = file.make_indirect(pikepdf.Dictionary(_info(about)))


def _properties(about: About) -> dict[str, str | list[str]]:
    claims, date = about.claims, _iso_date(about.created)
    author = ", ".join(about.authors)
    properties: dict[str, str | list[str]] = {
        "pdfuaid:part": claims.ua_part,
        "pdfuaid:rev": claims.ua_year,
        "pdfaid:part": claims.archive_part,
        "pdfaid:conformance": claims.archive_level,
        "pdf:Keywords": about.keywords,
        "pdf:Producer": _PRODUCER,
        "xmp:CreatorTool": about.program,
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "dc:title": about.title,
        "dc:creator": [author] if author else [],
    }
    return properties | (_exchange(claims, date) if claims.exchange else {})


def _info(about: About) -> dict[str, Any]:
    """The information dictionary (ISO 32000-1, table 317)."""
    info = {
        "/Title": about.title,
        "/Author": ", ".join(about.authors),
        "/Keywords": about.keywords,
        "/Creator": about.program,
        "/Producer": _PRODUCER,
        "/CreationDate": about.created,
        "/ModDate": about.created,
    }
    trapped = {"/Trapped": pikepdf.Name("/False")} if about.claims.exchange else {}
    return {key: value for key, value in info.items() if value} | trapped


def _value(xmp: Any, name: str) -> str:
    """A simple property, or a text in its default language."""
    return "".join(_items(xmp.get(name))[:1]).strip()


def _items(value: Any) -> list[str]:
    """What XMP has as one value, or several, as a list of those that are not empty."""
    found = [value] if isinstance(value, str) else value or []
    return [str(item) for item in found if item]


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

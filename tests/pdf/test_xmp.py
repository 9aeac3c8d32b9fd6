"""Proves what a PDF says of itself: read, written, and held in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from merkblatt.pdf.objects import open_pdf, saved
from merkblatt.pdf.xmp import About, Claims, common_claims, read_about, write_about

ACCESSIBLE_ARCHIVE = Claims("1", "2014", "2", "A")
ABOUT = About(
    title="Übungen <für> Łucja & Söhne",
    authors=("Praxis am Wasserturm",),
    keywords="Druckdatei & mehr",
    created="D:20261123",
    claims=ACCESSIBLE_ARCHIVE,
)


def written(about: About) -> pikepdf.Pdf:
    file = pikepdf.new()
    file.add_blank_page()
    write_about(file, about)
    return open_pdf(saved(file, least="1.7"))


def with_packet(packet: bytes, **info: str) -> pikepdf.Pdf:
    file = pikepdf.new()
    file.Root.Metadata = file.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    for key, value in info.items():
        file.docinfo[f"/{key}"] = value
    return file


# Written


def test_what_is_written_is_read_again() -> None:
    assert read_about(written(ABOUT)) == ABOUT


def test_info_and_xmp_say_the_same() -> None:
    file = written(ABOUT)
    xmp: Any = file.open_metadata()
    told = {key: str(value) for key, value in file.docinfo.items()}
    assert told == {
        "/Title": xmp["dc:title"],
        "/Author": xmp["dc:creator"][0],
        "/Keywords": xmp["pdf:Keywords"],
        "/Creator": xmp["xmp:CreatorTool"],
        "/Producer": xmp["pdf:Producer"],
        "/CreationDate": "D:20261123",
        "/ModDate": "D:20261123",
    }
    assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-11-23"


def test_several_authors_are_one_string_in_both() -> None:
    file = written(replace(ABOUT, authors=("Eine", "Andere")))
    assert str(file.docinfo["/Author"]) == "Eine, Andere"
    assert read_about(file).authors == ("Eine, Andere",)


def test_what_is_not_known_is_not_said() -> None:
    file = written(About("Titel"))
    assert set(file.docinfo) == {"/Title", "/Creator", "/Producer"}
    assert set(file.open_metadata()) == {
        "{http://purl.org/dc/elements/1.1/}title",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
        "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    }


def test_xmp_is_a_packet_that_is_not_compressed() -> None:
    file = written(ABOUT)
    metadata = file.Root.Metadata
    assert "/Filter" not in metadata
    assert (str(metadata.Type), str(metadata.Subtype)) == ("/Metadata", "/XML")
    packet = metadata.read_raw_bytes().strip()
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    assert packet.endswith(b'<?xpacket end="w"?>')


@pytest.mark.parametrize(
    ("claims", "is_described"),
    [
        (ACCESSIBLE_ARCHIVE, True),
        (Claims(ua_part="1"), False),
        (Claims(archive_part="2", archive_level="A"), False),
        (Claims(), False),
    ],
    ids=["both", "accessible", "archive", "none"],
)
def test_properties_are_described_where_an_archive_is_accessible_too(claims: Claims, is_described: bool) -> None:
    file = written(replace(ABOUT, claims=claims))
    assert (b"pdfaExtension:schemas" in file.Root.Metadata.read_bytes()) == is_described
    assert read_about(file).claims == claims


def test_a_file_for_exchange_has_an_identity_of_its_own() -> None:
    def identity(of: str) -> str:
        file = written(replace(ABOUT, claims=Claims(exchange="PDF/X-4", identity=of)))
        assert str(file.docinfo["/Trapped"]) == "/False"
        return str(file.open_metadata()["xmpMM:DocumentID"])

    assert identity("one") == identity("one") != identity("other")
    assert "/Trapped" not in written(ABOUT).docinfo


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("D:2026", "2026"),
        ("D:202611", "2026-11"),
        ("D:20261123", "2026-11-23"),
        ("D:202611231430", "2026-11-23T14:30"),
        ("D:20261123143015", "2026-11-23T14:30:15"),
        ("D:20261123143015Z", "2026-11-23T14:30:15Z"),
        ("D:20261123143015+01'00", "2026-11-23T14:30:15+01:00"),
        ("D:20261123143015-0130", "2026-11-23T14:30:15-01:30"),
    ],
)
def test_a_date_is_told_in_xmp_s_own_way(date: str, iso: str) -> None:
    file = written(replace(ABOUT, created=date))
    assert file.open_metadata()["xmp:CreateDate"] == iso
    assert str(file.docinfo["/CreationDate"]) == date


def test_what_is_no_date_is_left_out_of_xmp() -> None:
    assert "xmp:CreateDate" not in written(replace(ABOUT, created="gestern")).open_metadata()


# Read

_DESCRIPTION = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" %s</rdf:RDF></x:xmpmeta>'
)
_UA = b'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'


@pytest.mark.parametrize(
    "said",
    [b"%s><pdfuaid:part>2</pdfuaid:part></rdf:Description>" % _UA, b'%s pdfuaid:part="2"/>' % _UA],
    ids=["element", "attribute"],
)
def test_a_claim_is_read_as_an_element_and_as_an_attribute(said: bytes) -> None:
    assert read_about(with_packet(_DESCRIPTION % said)).claims == Claims("2")


@pytest.mark.parametrize("packet", [b"", b"no XML", b"<x>&none;</x>", b"<x:xmpmeta>"], ids=["empty", "text", "", "cut"])
def test_where_xmp_cannot_be_read_info_tells(packet: bytes) -> None:
    about = read_about(with_packet(packet, Title=" Titel ", Creator="Anderes", CreationDate="D:2026"))
    assert about == About("Titel", program="Anderes", created="D:2026")


def test_a_file_that_says_nothing_has_nothing_to_say() -> None:
    assert read_about(pikepdf.new()) == About("", program="")


def test_reading_changes_nothing() -> None:
    file = written(ABOUT)
    before = saved(file)
    read_about(file)
    assert saved(file) == before


# In common


def test_the_lowest_claim_of_all_holds() -> None:
    full = Claims("1", "", "2", "A")
    assert common_claims([full, full]) == full
    assert common_claims([full, replace(full, archive_level="U")]) == replace(full, archive_level="U")
    assert common_claims([replace(full, archive_level="B"), full]) == replace(full, archive_level="B")
    assert common_claims([full, replace(full, archive_part="3")]) == Claims("1")
    assert common_claims([full, Claims()]) == Claims()

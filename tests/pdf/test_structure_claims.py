"""What a tagged PDF says of itself, and the name space of its tags."""

from __future__ import annotations

import page as validator
import pydyf
from defusedxml import ElementTree

from merkblatt.pdf.engine_internals import object_at
from merkblatt.pdf.structure_claims import claim_ua, name_roles
from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.pdf.tagged import TABLE, claims, lay_out, ua1_failures

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PACKET = f'<x><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="erste"/></rdf:RDF></x><!-- </rdf:RDF> -->'


def test_one_file_is_right_for_readers_and_for_archives() -> None:
    pdf = write_tagged_pdf(lay_out(TABLE))
    assert ua1_failures(pdf) == []
    failures = validator.validate_pdf_bytes(pdf, profile="2a").failures
    # A stream whose last byte is a line end is counted short; veraPDF, the judge in CI, counts it right.
    assert [f.message for f in failures if f.rule_id != "PDFA2A-STREAM-LENGTH-001"] == []
    assert claims(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def described() -> tuple[pydyf.PDF, pydyf.Stream]:
    """A document with metadata in pieces, as WeasyPrint leaves them."""
    pdf, metadata = pydyf.PDF(), pydyf.Stream([PACKET[:40].encode(), PACKET[40:]], {}, compress=True)
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    claim_ua(pdf)
    return pdf, metadata


def test_the_claim_is_put_behind_what_the_metadata_say_already() -> None:
    _, metadata = described()
    (packet,) = metadata.stream
    root = ElementTree.fromstring(packet)
    first, claim, *rest = root[0]
    assert first.get(f"{{{RDF}}}about") == "erste"
    assert claim.attrib == {f"{{{RDF}}}about": "", "{http://www.aiim.org/pdfua/ns/id/}part": "1"}
    assert rest, "PDF/A takes no property that is not declared"
    assert packet.count(b"pdfuaid:part=") == 1


def test_metadata_can_be_read_as_they_stand_and_the_title_is_shown() -> None:
    pdf, metadata = described()
    assert metadata.compress is False
    assert pdf.catalog["ViewerPreferences"] == {"DisplayDocTitle": "true"}


def test_tags_alone_are_put_into_the_name_space_that_the_tree_names() -> None:
    pdf = pydyf.PDF()
    root, tags = pydyf.Dictionary({}), [pydyf.Dictionary({"Type": "/StructElem"}) for _ in range(2)]
    other, stream = pydyf.Dictionary({"Type": "/Annot"}), pydyf.Stream([])
    for item in (root, *tags, other, stream):
        pdf.add_object(item)
    pdf.catalog["StructTreeRoot"] = root.reference
    name_roles(pdf)
    (space,) = root["Namespaces"]
    assert object_at(pdf, space)["Type"] == "/Namespace"
    assert object_at(pdf, space)["NS"].string == "http://iso.org/pdf2/ssn"
    assert [tag["NS"] for tag in tags] == [space, space]
    assert other == {"Type": "/Annot"}

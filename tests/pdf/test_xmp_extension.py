"""Proves that the description of PDF/UA's properties is what an archive asks for (ISO 19005-2, 6.6.2.3.3)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from merkblatt.pdf.xmp_extension import EXTENSION

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"


def described() -> Element:
    packet = f'<rdf:RDF xmlns:rdf="{RDF[1:-1]}">{EXTENSION}</rdf:RDF>'
    schemas: Element | None = fromstring(packet).find(f"{RDF}Description/*/{RDF}Bag/{RDF}li")
    assert schemas is not None
    return schemas


def test_the_schema_is_that_of_pdf_ua() -> None:
    assert described().findtext(f"{SCHEMA}namespaceURI") == "http://www.aiim.org/pdfua/ns/id/"
    assert described().findtext(f"{SCHEMA}prefix") == "pdfuaid"
    assert described().findtext(f"{SCHEMA}schema")


def test_part_and_year_are_described_with_all_that_is_asked() -> None:
    properties = described().findall(f"{SCHEMA}property/{RDF}Seq/{RDF}li")
    assert [item.findtext(f"{PROPERTY}name") for item in properties] == ["part", "rev"]
    for item in properties:
        assert item.findtext(f"{PROPERTY}valueType") == "Integer"
        assert item.findtext(f"{PROPERTY}category") == "internal"
        assert item.findtext(f"{PROPERTY}description")

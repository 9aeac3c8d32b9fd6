"""What a tagged PDF says of itself: that it is PDF/UA, and which name space its tags are from.

WeasyPrint claims PDF/A, or PDF/UA-2; that the first is PDF/UA-1 too is added here.
"""

from __future__ import annotations

import pydyf

from merkblatt.pdf.engine_internals import object_at, to_bytes
from merkblatt.pdf.xmp_extension import EXTENSION

_UA_CLAIM = '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>\n'


def claim_ua(pdf: pydyf.PDF) -> None:
    """Say in the metadata of a PDF/A that it is PDF/UA-1 too."""
    metadata = object_at(pdf, pdf.catalog["Metadata"])
    packet = b"".join(map(to_bytes, metadata.stream))
    claim = (_UA_CLAIM + EXTENSION).encode()
    metadata.stream = [packet.replace(b"</rdf:RDF>", claim + b"</rdf:RDF>", 1)]
    # Validators and archives look for the packet as it stands.
    metadata.compress = False
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def name_roles(pdf: pydyf.PDF) -> None:
    """Put every tag into the name space of PDF 2.0 (ISO 32000-2, 14.7.4)."""
    space = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String("http://iso.org/pdf2/ssn")})
    pdf.add_object(space)
    object_at(pdf, pdf.catalog["StructTreeRoot"])["Namespaces"] = pydyf.Array([space.reference])
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            item["NS"] = space.reference

"""Tags as structure elements, and the trees that lead back to them, without pages or boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf
import pytest

from merkblatt.pdf.engine_internals import object_at, to_bytes
from merkblatt.pdf.structure_elements import Written, remove_annotations, write_elements
from merkblatt.pdf.structure_marks import MarkedStream
from merkblatt.pdf.structure_tree import LinkArea, Mark, Tag
from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.pdf.tagged import TABLE, lay_out, roles, ua1_failures
from tests.pdf_facts import languages, structure_problems


def test_two_documents_in_one_file_share_one_tree() -> None:
    first, second = lay_out("<p>eins</p>" + TABLE), lay_out("<p>two</p>" + TABLE, lang="en")
    pdf = write_tagged_pdf(first.copy([*first.pages, *second.pages]))
    assert ua1_failures(pdf) == []
    assert structure_problems(pdf) == []
    assert [lang for lang, _ in languages(pdf)] == ["en"]
    assert roles(pdf).count("Part") == 2


class Document:
    """Two blank pages with a tree that holds nothing yet, as WeasyPrint leaves one behind."""

    def __init__(self) -> None:
        self.pdf = pydyf.PDF()
        self.streams = [self.stream(0), self.stream(1)]
        for stream in self.streams:
            self.pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Contents": stream.stream.reference}))
        self.first, self.second = self.pdf.page_references
        self.document = self.added(pydyf.Dictionary({"Type": "/StructElem", "S": "/Document"}))
        self.parents = self.added(pydyf.Dictionary({}))
        self.root = self.added(pydyf.Dictionary({"ParentTree": self.parents.reference}))
        self.root["K"] = pydyf.Array([self.document.reference])
        self.pdf.catalog["StructTreeRoot"] = self.root.reference

    def added(self, item: Any) -> Any:
        self.pdf.add_object(item)
        return item

    def stream(self, page: int, *mcids: int, is_group: bool = False) -> MarkedStream:
        return MarkedStream(page, self.added(pydyf.Stream([])), is_group, list(mcids))

    def link(self, page: int) -> LinkArea:
        return LinkArea(page, self.added(pydyf.Dictionary({"Subtype": "/Link"})), (1, 2, 3, 4))

    def write(self, *kids: Tag | Mark, groups: Sequence[MarkedStream] = (), language: str | None = "de") -> Written:
        return write_elements(self.pdf, Tag("Document", kids=list(kids), language=language), [*self.streams, *groups])

    def at(self, *path: int) -> Any:
        """The element to which the places among kids lead, from the document's on."""
        element = self.document
        for place in path:
            element = object_at(self.pdf, element["K"][place])
        return element

    def numbers(self) -> dict[int, Any]:
        """The parent tree by its keys."""
        found = self.parents["Nums"]
        return dict(zip(found[::2], found[1::2], strict=True))


def words(text: Any) -> str:
    return str(text.string)


def test_an_element_names_its_role_its_parent_and_the_page_of_its_first_mark() -> None:
    own = Document()
    own.write(Tag("Sect", kids=[Tag("P", kids=[Mark(1, 0)])]))
    section, paragraph = own.at(0), own.at(0, 0)
    assert (section["S"], section["P"], paragraph["S"], paragraph["P"]) == (
        "/Sect", own.document.reference, "/P", section.reference,
    )  # fmt: skip
    assert paragraph["Pg"] == own.second
    assert "Pg" not in section


def test_a_mark_is_a_number_on_the_element_s_page_and_else_names_page_and_stream() -> None:
    own = Document()
    group = own.stream(0, 7, is_group=True)
    own.write(Tag("P", kids=[Mark(0, 3), Mark(1, 4), Mark(0, 7)]), groups=[group])
    assert own.at(0)["K"] == [
        3,
        {"Type": "/MCR", "Pg": own.second, "MCID": 4},
        {"Type": "/MCR", "Pg": own.first, "MCID": 7, "Stm": group.stream.reference},
    ]


def test_a_mark_directly_in_the_document_names_its_page() -> None:
    own = Document()
    own.write(Mark(0, 3))
    assert own.document["K"] == [{"Type": "/MCR", "Pg": own.first, "MCID": 3}]


def test_a_language_is_told_where_it_changes() -> None:
    own = Document()
    inner = [Tag("P", language="tr"), Tag("P", language="de"), Tag("P")]
    own.write(Tag("P", language="de"), Tag("Sect", kids=list(inner), language="tr"), Tag("P"))
    assert words(own.document["Lang"]) == "de"
    told = [own.at(*path).get("Lang") for path in ((0,), (1,), (1, 0), (1, 1), (1, 2), (2,))]
    assert [text and words(text) for text in told] == [None, "tr", None, "de", None, None]


def test_a_document_of_no_one_language_tells_none() -> None:
    own = Document()
    own.write(Tag("Part", language="de"), language=None)
    assert "Lang" not in own.document
    assert words(own.at(0)["Lang"]) == "de"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        (Tag("L", numbering="Decimal"), {"O": "/List", "ListNumbering": "/Decimal"}),
        (Tag("Figure", bounds=(1, 2, 3, 4)), {"O": "/Layout", "BBox": [1, 2, 3, 4]}),
        (Tag("Figure"), None),
        (Tag("TH", scope="Row"), {"O": "/Table", "Scope": "/Row"}),
        (Tag("TD", span=(2, 1)), {"O": "/Table", "ColSpan": 2}),
        (Tag("TD", span=(1, 3)), {"O": "/Table", "RowSpan": 3}),
        (Tag("TD"), None),
        (Tag("P", bounds=(1, 2, 3, 4), scope="Row"), None),
    ],
)
def test_attributes_are_those_of_the_role(tag: Tag, attributes: dict[str, Any] | None) -> None:
    own = Document()
    own.write(tag)
    assert own.at(0).get("A") == attributes


def test_a_cell_names_its_header_cells() -> None:
    own = Document()
    own.write(Tag("TD", headers=["t0-r0-c0", "t0-r0-c1"]))
    assert [words(text) for text in own.at(0)["A"]["Headers"]] == ["t0-r0-c0", "t0-r0-c1"]


def test_descriptions_stand_on_the_element() -> None:
    own = Document()
    own.write(Tag("Figure", alt="Katze"), Tag("Span", expansion="Lendenwirbelsäule"), Tag("P", alt=""))
    assert (words(own.at(0)["Alt"]), words(own.at(1)["E"])) == ("Katze", "Lendenwirbelsäule")
    assert set(own.at(2)) == {"Type", "S", "P", "K"}


def test_names_are_found_sorted() -> None:
    own = Document()
    own.write(*(Tag("TH", identifier=name) for name in ("t0-r2", "t0-r1")))
    names = object_at(own.pdf, own.root["IDTree"])["Names"]
    assert [words(text) for text in names[::2]] == ["t0-r1", "t0-r2"]
    assert list(names[1::2]) == [own.at(1).reference, own.at(0).reference]
    assert words(own.at(0)["ID"]) == "t0-r2"


def test_without_names_there_is_no_tree_of_them() -> None:
    own = Document()
    own.write(Tag("P"))
    assert "IDTree" not in own.root


def test_the_parent_tree_leads_from_pages_groups_and_annotations_to_their_elements() -> None:
    own = Document()
    own.streams[0].mcids[:], own.streams[1].mcids[:] = [0, 2], [0]
    group, bare = own.stream(0, 3, is_group=True), own.stream(1, is_group=True)
    area = own.link(1)
    link = Tag("Link", kids=[Mark(1, 0), area], contents="Hilfe")
    own.write(Tag("P", kids=[Mark(0, 2), Mark(0, 3)]), link, groups=[group, bare])
    paragraph, linked = own.at(0).reference, own.at(1).reference
    assert own.numbers() == {
        0: [b"null", b"null", paragraph],
        1: [linked],
        2: [b"null", b"null", b"null", paragraph],
        3: linked,
    }
    assert own.root["ParentTreeNextKey"] == 4
    assert (group.stream.extra["StructParents"], area.annotation["StructParent"]) == (2, 3)
    assert "StructParents" not in bare.stream.extra


def test_an_annotation_lies_where_the_link_is_says_where_it_leads_and_is_printed() -> None:
    own = Document()
    area, quiet = own.link(1), own.link(0)
    own.write(Tag("Link", kids=[area], contents="Hilfe"), Tag("Link", kids=[quiet]))
    assert own.at(0)["K"] == [{"Type": "/OBJR", "Obj": area.annotation.reference, "Pg": own.second}]
    assert (area.annotation["Rect"], area.annotation["F"]) == ([1, 2, 3, 4], 4)
    assert (words(area.annotation["Contents"]), words(quiet.annotation["Contents"])) == ("Hilfe", "")


def test_what_was_written_is_handed_back() -> None:
    own = Document()
    written = own.write(Tag("H1", kids=[Mark(0, 0)]), Tag("Sect", kids=[Tag("H2"), Tag("P")]), Tag("H6"))
    assert written.headings == [own.at(0).reference, own.at(1, 0).reference, own.at(2).reference]
    assert written.owners == {Mark(0, 0): own.at(0).reference}


def test_annotations_are_taken_off_their_pages_and_others_stay() -> None:
    own = Document()
    gone, kept, alone = (own.link(0).annotation for _ in range(3))
    first, second = object_at(own.pdf, own.first), object_at(own.pdf, own.second)
    first["Annots"] = pydyf.Array([gone.reference, kept.reference])
    second["Annots"] = pydyf.Array([alone.reference])
    remove_annotations(own.pdf, [gone, alone])
    assert first["Annots"] == [kept.reference]
    assert "Annots" not in second
    assert [to_bytes(item) for item in (gone, alone)] == [b"<<>>", b"<<>>"]
    assert kept == {"Subtype": "/Link"}

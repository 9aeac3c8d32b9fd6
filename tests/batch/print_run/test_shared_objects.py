"""Proves what is copied into a print file, that equal things are copied once, and what stamped leaflets share."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from merkblatt.batch.print_run.pdf_writer import Writer
from merkblatt.batch.print_run.shared_objects import Copier, copy_pages, share
from tests.batch.print_run.test_joining import PEOPLE, stamped
from tests.pressed import sample


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "a.pdf")
    yield made
    made.give_up()


def read_back(writer: Writer, numbers: list[int]) -> pikepdf.Pdf:
    """The finished file, which names the objects with these numbers in its catalog, as /Kept."""
    pages = writer.put(b"<</Type/Pages/Count 0/Kids[]>>")
    kept = b" ".join(b"%d 0 R" % number for number in numbers)
    writer.close(b"<</Type/Catalog/Pages %d 0 R/Kept[%s]>>" % (pages, kept))
    file = pikepdf.open(writer.path, attempt_recovery=False)
    assert file.check_pdf_syntax() == []
    return file


# Values


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (7, b"7"),
        (Decimal("0.0000001"), b"0.0000001"),
        (True, b"true"),
        (False, b"false"),
        (None, b"null"),
        (pikepdf.Name("/A B"), b"/A#20B"),
        (pikepdf.String("a)b"), b"(a\\)b)"),
        (pikepdf.Array([1, pikepdf.Name.A, pikepdf.Array([True])]), b"[1 /A [true]]"),
        (pikepdf.Dictionary(B=2, A=1), b"<</A 1/B 2>>"),
    ],
    ids=["whole", "small", "true", "false", "null", "name", "string", "array", "dictionary"],
)
def test_a_value_stands_as_pdf_writes_it(writer: Writer, value: Any, told: bytes) -> None:
    assert Copier(writer, {}).value(value) == told


def test_entries_that_lead_back_or_serve_no_paper_are_left_out(writer: Writer) -> None:
    page = pikepdf.Dictionary(
        Parent=1, StructParents=1, StructParent=1, Tabs=1, Annots=1, Contents=1, Metadata=1, Own=1, Kept=2
    )
    assert Copier(writer, {}).entries(page, {"/Own"}) == b"/Kept 2"


def test_what_is_equal_is_written_once_whatever_file_it_comes_from(writer: Writer) -> None:
    known: dict[bytes, int] = {}
    told = []
    for _ in range(2):
        file = pikepdf.new()
        font = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, File=file.make_stream(b"glyphs")))
        copier = Copier(writer, known)
        told.append([copier.value(font), copier.value(font)])
    assert told[0] == told[1]
    assert len(known) == 2  # the font, and its file
    other = pikepdf.new()
    assert Copier(writer, known).value(other.make_indirect(pikepdf.Dictionary(N=1))) not in told[0]


def test_streams_with_the_same_bytes_and_other_entries_are_two(writer: Writer) -> None:
    copier = Copier(writer, {})
    one, again, other = (copier.stream(b"data", entries) for entries in (b"/N 1", b"/N 1", b"/N 2"))
    assert one == again != other
    file = read_back(writer, [one, other])
    assert [(int(item.N), item.read_bytes()) for item in file.Root.Kept] == [(1, b"data"), (2, b"data")]


# Pages


def test_pages_of_a_leaflet_that_stands_alone_are_copied_as_they_are(writer: Writer) -> None:
    body = '<h1>Eins</h1><p style="break-before: page"><a href="https://example.org">Zwei</a></p>'
    first, second = copy_pages(sample(body), writer, {})
    assert b"/MediaBox" in first.entries
    assert b"/Resources" in first.entries
    assert b"/Annots" not in second.entries
    with pikepdf.open(io.BytesIO(sample(body))) as file:
        wanted = [page.Contents.read_bytes() for page in file.pages]
    made = read_back(writer, [*first.contents, *second.contents])
    assert [stream.read_bytes() for stream in made.Root.Kept] == wanted


def test_the_same_leaflet_twice_is_copied_once(writer: Writer) -> None:
    known: dict[bytes, int] = {}
    one = copy_pages(sample("<h1>Titel</h1>"), writer, known)
    at = writer.at
    assert copy_pages(sample("<h1>Titel</h1>"), writer, known) == one
    assert writer.at == at


# Stamped leaflets


def test_leaflets_of_one_master_share_all_but_their_words(writer: Writer) -> None:
    (prefix, one), (_, other) = stamped(PEOPLE[0]), stamped(PEOPLE[4])
    shared = share(prefix, one, writer, {})
    first, second = shared.pages(one), shared.pages(other)
    assert [page.entries for page in first] == [page.entries for page in second]
    assert [len(page.contents) for page in first] == [1] * len(first)
    assert first[0].contents != second[0].contents
    made = read_back(writer, [first[0].contents[0], second[0].contents[0]])
    words = [stream.read_bytes() for stream in made.Root.Kept]
    assert all(word.startswith(b"/Body Do\n") for word in words)
    assert words[0] != words[1]


def test_a_common_name_brings_nothing_and_a_rare_one_its_own_font(writer: Writer) -> None:
    def fonts(*names: str) -> list[set[bytes]]:
        tails = [stamped({**PEOPLE[0], "name": name}) for name in names]
        shared = share(*tails[0], writer, {})
        assert {prefix for prefix, _ in tails} == {shared.prefix}
        return [set(re.findall(rb"/X1 \d+ 0 R", shared.pages(tail)[0].entries)) for _, tail in tails]

    assert fonts("Anna Beispiel", "Łucja Beispiel") == [set(), set()]
    cyrillic, vietnamese = fonts("Нина Иванова", "Ánh Nguyễn")
    assert len(cyrillic) == len(vietnamese) == 1
    assert cyrillic != vietnamese
    numbers = [int(font.split()[1]) for font in (*cyrillic, *vietnamese)]
    file = read_back(writer, numbers)
    assert [str(font.Subtype) for font in file.Root.Kept] == ["/Type0", "/Type0"]
    assert all(len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) > 500 for font in file.Root.Kept)


def test_a_body_sets_what_its_words_are_painted_with(writer: Writer) -> None:
    prefix, tail = stamped(PEOPLE[0])
    shared = share(prefix, tail, writer, {})
    holes = [hole for body in shared.bodies for hole in body.holes]
    assert holes
    assert all(hole.state.split()[-1] in {b"cm", b"gs", b"rg", b"RG"} for hole in holes if hole.state)
    assert any(b" cm\n" in hole.state for hole in holes)

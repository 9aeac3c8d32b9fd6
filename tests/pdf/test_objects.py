"""Proves how PDFs are opened, walked, copied and saved: nothing mended in silence, each object once, the same bytes."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from merkblatt.pdf.objects import copied, dictionaries, listed, open_pdf, refuse_mended, saved, siblings
from tests.pressed import sample


def small() -> pikepdf.Pdf:
    file = pikepdf.new()
    file.add_blank_page(page_size=(100, 50))
    return file


# Opening


def test_a_finished_file_is_opened() -> None:
    with open_pdf(sample("<h1>Titel</h1>")) as file:
        assert len(file.pages) == 1


@pytest.mark.parametrize("cut", [0, 20, -200, -9], ids=["empty", "head", "no table", "no end"])
def test_a_file_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(pikepdf.PdfError):
        open_pdf(sample("<h1>Titel</h1>")[:cut])


def test_a_file_that_asks_for_a_password_says_so() -> None:
    target = io.BytesIO()
    small().save(target, encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(pikepdf.PasswordError):
        open_pdf(target.getvalue())


def test_what_qpdf_mends_while_it_reads_is_refused() -> None:
    file = small()
    del file.pages[0].obj["/MediaBox"]
    with pytest.raises(pikepdf.PdfError, match="MediaBox"):
        open_pdf(saved(file))


def test_what_is_mended_later_is_refused_later() -> None:
    file = small()
    file.Root.Own = file.make_indirect(pikepdf.Dictionary(Kind=pikepdf.Name.Damaged))
    with open_pdf(saved(file).replace(b"/Kind /Damaged >>", b"/Kind /Damaged ))")) as read:
        refuse_mended(read)
        assert read.Root.get("/Own") is None  # only now the object is read
        with pytest.raises(pikepdf.PdfError):
            refuse_mended(read)
        refuse_mended(read)  # what was told is not told again


# Saving


def test_the_same_objects_give_the_same_bytes_and_others_another_identifier() -> None:
    def named(name: str) -> bytes:
        file = small()
        file.Root.Lang = name
        return saved(file)

    assert named("de") == named("de")
    with open_pdf(named("de")) as one, open_pdf(named("en")) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_a_version_is_the_least_or_the_one() -> None:
    assert saved(small(), least="1.7").startswith(b"%PDF-1.7\n")
    assert saved(open_pdf(saved(small(), least="1.7")), least="1.4").startswith(b"%PDF-1.7\n")
    assert saved(open_pdf(saved(small(), least="1.7")), exactly="1.6").startswith(b"%PDF-1.6\n")


def test_objects_can_be_read_without_unpacking() -> None:
    assert b"/Type /Catalog" in saved(small(), least="1.7")


# Copying


def test_an_object_is_copied_once_with_all_that_it_leads_to() -> None:
    source, target = small(), small()
    below = source.make_indirect(pikepdf.Dictionary(Kind=pikepdf.Name.Below))
    above = source.make_indirect(pikepdf.Dictionary(First=below, Last=below))
    copy = copied(target, above, source)
    assert copy.is_owned_by(target)
    assert copy.First.objgen == copy.Last.objgen == copied(target, below, source).objgen
    assert copy.First.Kind == "/Below"


def test_what_is_no_object_of_its_own_is_copied_too() -> None:
    source, target = small(), small()
    source.Root.Own = pikepdf.Dictionary(Page=source.pages[0].obj, Names=pikepdf.Array([pikepdf.Name.A]))
    target.pages.append(source.pages[0])
    copy = copied(target, source.Root.Own, source)
    assert copy.is_owned_by(target)
    assert copy.Page.objgen == target.pages[1].objgen
    assert copied(target, source.Root.Own.Names, source) == pikepdf.Array([pikepdf.Name.A])
    for plain in (None, 3, pikepdf.Name.A):
        assert copied(target, plain, source) == plain


# Walking


def test_one_thing_or_several_are_a_list() -> None:
    assert listed(None) == []
    assert listed(pikepdf.Name.A) == [pikepdf.Name.A]
    assert listed(pikepdf.Array([1, 2])) == [1, 2]


def test_siblings_follow_one_another() -> None:
    file = small()
    third = file.make_indirect(pikepdf.Dictionary(N=3))
    second = file.make_indirect(pikepdf.Dictionary(N=2, Next=third))
    first: Any = pikepdf.Dictionary(N=1, Next=second)
    assert [int(item.N) for item in siblings(first)] == [1, 2, 3]
    assert list(siblings(None)) == []


def test_each_dictionary_is_met_once_though_they_lead_in_a_circle() -> None:
    file = small()
    shared = file.make_indirect(pikepdf.Dictionary(N=1))
    stream = file.make_stream(b"data", N=2, Inner=pikepdf.Dictionary(N=3), Shared=shared)
    shared.Back = stream
    found = list(dictionaries([pikepdf.Array([shared, stream, shared, 7, None]), stream]))
    assert sorted(int(thing.N) for thing in found) == [1, 2, 3]
    assert sum(isinstance(thing, pikepdf.Stream) for thing in found) == 1

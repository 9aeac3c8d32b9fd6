"""Proves which files are bound, and that each that is not is named with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from merkblatt.core.findings import Faulty
from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.merge_sources import open_all
from merkblatt.pdf.xmp import read_about
from tests.pdf.bound import TITLE, linked, opened, planted, small

# What is refused


def without(entry: str) -> Callable[[Any], None]:
    return lambda file: file.Root.__delitem__(entry)


def empty(file: Any) -> None:
    file.Root.AcroForm = pikepdf.Dictionary(Fields=[])
    file.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[]))


@pytest.mark.parametrize(
    ("pdf", "message"),
    [
        (lambda: b"no PDF", "is no readable PDF (PdfError)"),
        (lambda: linked("x")[:2000], "is no readable PDF (PdfError)"),
        (lambda: planted(linked("x"), without("/StructTreeRoot")), "has no tags"),
        (lambda: planted(linked("x"), without("/MarkInfo")), "has no tags"),
        (lambda: planted(linked("x"), without("/Lang")), "names no language"),
        (lambda: planted(linked("x"), bool, encryption=pikepdf.Encryption(owner="x", user="")), "is encrypted"),
    ],
    ids=["text", "cut", "no tree", "not marked", "no language", "encrypted"],
)
def test_what_is_no_finished_file_is_named(pdf: Callable[[], bytes], message: str) -> None:
    with pytest.raises(Faulty) as caught:
        bind([*small("x"), Part("out/other.pdf", pdf())], TITLE)
    assert [(str(f.place), f.message) for f in caught.value.findings] == [("out/other.pdf", message)]


def test_a_part_that_breaks_while_it_is_copied_is_named() -> None:
    def spoil(file: Any) -> None:
        file.pages[0].obj["/MediaBox"] = pikepdf.Name.Nothing

    with pytest.raises(Faulty) as caught:
        bind([*small("x"), Part("y.pdf", planted(linked("y"), spoil))], TITLE)
    assert [str(finding.place) for finding in caught.value.findings] == ["y.pdf"]


def test_what_cannot_be_joined_is_not_dropped() -> None:
    with pytest.raises(Faulty) as caught:
        bind([Part("form.pdf", planted(linked("x"), empty))], TITLE)
    messages = [finding.message for finding in caught.value.findings]
    assert messages == ["holds AcroForm, which cannot be joined", "holds Names/EmbeddedFiles, which cannot be joined"]


def test_a_part_is_read_with_all_that_binding_asks_of_it() -> None:
    (source, other) = open_all(small("x", "y"))
    assert (source.number, other.number, str(other.place)) == (1, 2, "y")
    assert (source.language, source.version, source.about.title) == ("de", "1.7", titles_of("x"))


def titles_of(mark: str) -> str:
    return read_about(opened(linked(mark))).title


def test_the_language_is_that_of_the_document_and_the_version_the_later_one() -> None:
    def plant(file: Any) -> None:
        file.Root.StructTreeRoot.K[0].Lang = "en"
        file.Root.Version = pikepdf.Name("/2.0")

    (source,) = open_all([Part("x", planted(linked("x"), plant, fix_metadata_version=False))])
    assert (source.language, source.version) == ("en", "2.0")


def test_a_file_that_asks_for_a_password_is_called_encrypted() -> None:
    locked = planted(linked("x"), bool, encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(Faulty) as caught:
        open_all([Part("locked.pdf", locked)])
    assert [finding.message for finding in caught.value.findings] == ["is encrypted"]


def test_all_that_is_at_fault_is_told_at_once() -> None:
    def plant(file: Any) -> None:
        del file.Root.Lang, file.Root.StructTreeRoot, file.Root.Metadata, file.docinfo["/Title"]

    with pytest.raises(Faulty) as caught:
        open_all([Part("x", planted(linked("x"), plant)), Part("y", b""), *small("z")])
    told = [(str(finding.place), finding.message) for finding in caught.value.findings]
    assert told == [
        ("x", "has no tags"),
        ("x", "names no language"),
        ("x", "has no title"),
        ("y", "is no readable PDF (PdfError)"),
    ]

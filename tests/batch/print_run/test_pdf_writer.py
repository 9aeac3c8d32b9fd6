"""Proves that a PDF written object by object is one that every reader reads, and appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from merkblatt.batch.print_run.pdf_writer import Writer
from merkblatt.core.findings import Faulty


def begun(path: Path) -> tuple[Writer, bytes]:
    """A file with one blank page, and the entries of its catalog."""
    writer = Writer(path)
    pages = writer.reserve()
    page = writer.put(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>>>" % pages)
    writer.put(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, pages)
    return writer, b"/Type/Catalog/Pages %d 0 R" % pages


def test_what_is_put_is_read_again(tmp_path: Path) -> None:
    writer, catalog = begun(tmp_path / "a.pdf")
    numbers = [writer.put(b"<</N %d>>" % number) for number in range(450)]  # more than two bundles
    kept = b" ".join(b"%d 0 R" % number for number in numbers)
    writer.close(b"<<%s/Kept[%s]>>" % (catalog, kept))
    with pikepdf.open(tmp_path / "a.pdf", attempt_recovery=False) as file:
        assert file.check_pdf_syntax() == []
        assert [int(thing.N) for thing in file.Root.Kept] == list(range(450))
        assert [thing.objgen[0] for thing in file.Root.Kept] == numbers
        assert len(file.pages) == 1
        assert str(file.docinfo["/Producer"]) == "Merkblatt"
        assert file.pdf_version == "1.7"


def test_bundles_are_written_while_there_is_more_to_come(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "a.pdf")
    before = writer.at
    for _ in range(199):
        writer.put(b"<<>>")
    assert writer.at == before
    writer.put(b"<<>>")
    assert writer.at > before
    writer.give_up()


@pytest.mark.parametrize(("size", "is_packed"), [(0, False), (199, False), (200, True)])
def test_a_stream_is_packed_where_that_pays(tmp_path: Path, size: int, is_packed: bool) -> None:
    writer, catalog = begun(tmp_path / "a.pdf")
    number = writer.put_stream(b"x" * size, b"/Own 7")
    writer.close(b"<<%s/Kept %d 0 R>>" % (catalog, number))
    with pikepdf.open(tmp_path / "a.pdf", attempt_recovery=False) as file:
        stream = file.Root.Kept
        assert stream.read_bytes() == b"x" * size
        assert ("/Filter" in stream, int(stream.Own)) == (is_packed, 7)


def test_a_stream_can_be_put_as_it_is_and_under_a_reserved_number(tmp_path: Path) -> None:
    writer, catalog = begun(tmp_path / "a.pdf")
    later = writer.reserve()
    raw = writer.put_raw(b"abc", b"/N 1")
    writer.put_whole(b"<</N 2/Length 4>>\nstream\ndefg\nendstream", later)
    writer.close(b"<<%s/Kept[%d 0 R %d 0 R]>>" % (catalog, raw, later))
    with pikepdf.open(tmp_path / "a.pdf", attempt_recovery=False) as file:
        assert [(int(one.N), one.read_bytes()) for one in file.Root.Kept] == [(1, b"abc"), (2, b"defg")]


def test_numbers_are_given_one_after_the_other(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "a.pdf")
    assert [writer.reserve(), writer.put(b"<<>>"), writer.put_raw(b"", b""), writer.reserve()] == [1, 2, 3, 4]
    writer.give_up()


def test_the_identifier_is_the_sum_of_what_was_written(tmp_path: Path) -> None:
    for name, note in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        writer, catalog = begun(tmp_path / f"{name}.pdf")
        writer.close(b"<<%s/Note %s>>" % (catalog, note))
    one, same, other = ((tmp_path / f"{name}.pdf").read_bytes() for name in "abc")
    assert one == same
    marks = {bytes(pikepdf.open(tmp_path / f"{name}.pdf").trailer.ID[0]) for name in "abc"}
    assert (len(marks), all(len(mark) == 16 for mark in marks)) == (2, True)
    assert one != other


def test_it_appears_when_it_is_closed_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.pdf"
    writer, catalog = begun(path)
    assert not path.exists()
    writer.close(b"<<%s>>" % catalog)
    assert [file.name for file in path.parent.iterdir()] == ["a.pdf"]
    assert writer.at == path.stat().st_size


def test_what_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    writer, _ = begun(tmp_path / "a.pdf")
    writer.give_up()
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.pdf", b"before")]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Faulty) as caught:
        Writer(tmp_path / "file" / "a.pdf")
    assert [finding.message for finding in caught.value.findings] == ["cannot be written: File exists"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    class Full:
        def write(self, data: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    writer, _ = begun(tmp_path / "a.pdf")
    writer._draft.file.close()
    writer._draft.file = Full()  # type: ignore[assignment]
    with pytest.raises(Faulty, match="No space left on device"):
        writer.put_raw(b"x", b"")
    assert list(tmp_path.iterdir()) == []

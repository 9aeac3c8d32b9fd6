"""Proves that a print file shows each leaflet as it is, holds what they share once, and is fit for a print room."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops
from PIL.Image import Image

from merkblatt.batch.print_run import PrintFile
from merkblatt.core.findings import Faulty
from merkblatt.stamp.master import divide
from tests.pressed import press_own, pressed, write_own
from tests.stamp.test_stamper import LONG, difference, pictures, stamper

PEOPLE = (
    {"name": "Anna Beispiel", "note": "Bitte üben."},
    {"name": "Łucja Ångström-Yıldız", "note": LONG},
    {"name": "Nguyễn Thị Ánh"},
    {"name": "محمد علي", "note": "Наступна зустріч: понеділок."},
    {"name": "Berta Beispiel", "note": "Bitte wieder üben."},
)


def stamped(person: Mapping[str, str], sheet: str = "whiplash") -> tuple[bytes, bytes]:
    made = stamper(sheet).stamp(person)
    return made.prefix, made.tail


def joined(path: Path, leaflets: Sequence[Sequence[bytes]], **limits: int) -> Path:
    with PrintFile(path, **limits) as file:
        for row, pieces in enumerate(leaflets, 1):
            file.add(row, pieces)
    return path


def index(path: Path) -> list[list[str]]:
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def same(one: Sequence[Image], other: Sequence[Image]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(ImageChops.difference(a, b).getextrema()[1] == 0 for a, b in pairs)


def test_every_leaflet_looks_as_it_does_alone(tmp_path: Path) -> None:
    leaflets = [*map(stamped, PEOPLE), (pressed("whiplash", "a4", "svg"),), (pressed("my-plan", "a4-large"),)]
    path = joined(tmp_path / "all.pdf", leaflets)
    pages = pictures(path.read_bytes())
    for (row, name, first, count), pieces in zip(index(path), leaflets, strict=True):
        assert (name, int(first) % 2) == ("all.pdf", 1), row
        assert same(pages[int(first) - 1 : int(first) - 1 + int(count)], pictures(b"".join(pieces))), row


def test_leaflets_read_from_their_files_are_joined_to_the_same(tmp_path: Path) -> None:
    pieces = list(map(stamped, PEOPLE))
    assert all(divide(b"".join(each)) == each for each in pieces)
    one = joined(tmp_path / "1" / "all.pdf", pieces)
    other = joined(tmp_path / "2" / "all.pdf", [(b"".join(each),) for each in pieces])
    assert one.read_bytes() == other.read_bytes()


def test_a_pdf_of_another_kind_is_one_piece() -> None:
    whole = pressed("whiplash", "a4")
    assert divide(whole) == (whole,)


def test_what_leaflets_share_stands_there_once(tmp_path: Path) -> None:
    few = joined(tmp_path / "few.pdf", list(map(stamped, PEOPLE[:2])) * 2).stat().st_size
    path = joined(tmp_path / "many.pdf", list(map(stamped, PEOPLE[:2])) * 102)
    assert (path.stat().st_size - few) / 200 < 1500
    with pikepdf.open(path) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Stream) and "/Length1" in item]
        assert len(fonts) <= 6
    alone = joined(tmp_path / "alone.pdf", [(pressed("whiplash", "a4"),)] * 50)
    assert alone.stat().st_size < 2 * len(pressed("whiplash", "a4"))


def test_each_begins_on_a_front_with_a_blank_back_where_it_is_needed(tmp_path: Path) -> None:
    odd = (press_own(write_own(tmp_path / "own", {})),)
    count = len(pictures(odd[0]))
    assert count == 1
    path = joined(tmp_path / "all.pdf", [odd, odd])
    assert [row[2:] for row in index(path)] == [["1", str(count)], [str(count + 2), str(count)]]
    with pikepdf.open(path) as file:
        assert len(file.pages) == 2 * count + 2
        assert "/Contents" not in file.pages[count]
        assert file.pages[count].MediaBox == file.pages[0].MediaBox


def test_bookmarks_and_labels_name_the_row_and_nobody(tmp_path: Path) -> None:
    path = joined(tmp_path / "all.pdf", list(map(stamped, PEOPLE)))
    document = pypdfium2.PdfDocument(path)
    try:
        found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        assert found == [(str(row), 2 * row - 2) for row in range(1, 6)]
        assert [document.get_page_label(number) for number in range(4)] == ["1-1", "1-2", "2-1", "2-2"]
    finally:
        document.close()
    told = path.with_suffix(".csv").read_text() + str(pikepdf.open(path).docinfo)
    assert "Anna" not in told
    assert "Beispiel" not in told


def test_it_is_split_by_count_and_by_size(tmp_path: Path) -> None:
    leaflets = [stamped(PEOPLE[0])] * 5
    path = joined(tmp_path / "count" / "all.pdf", leaflets, most_leaflets=2)
    assert [row[:3] for row in index(path)] == [
        ["1", "all.pdf", "1"], ["2", "all.pdf", "3"], ["3", "all-2.pdf", "1"], ["4", "all-2.pdf", "3"],
        ["5", "all-3.pdf", "1"],
    ]  # fmt: skip
    assert sorted(file.name for file in path.parent.glob("*.pdf")) == ["all-2.pdf", "all-3.pdf", "all.pdf"]
    path = joined(tmp_path / "size" / "all.pdf", leaflets, most_bytes=1)
    assert len(list(path.parent.glob("*.pdf"))) == 5
    assert difference(path.read_bytes(), b"".join(leaflets[0])) == 0


def test_qpdf_finds_nothing_and_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    leaflets = [*map(stamped, PEOPLE), (pressed("whiplash", "a4"),)] * 40
    one, other = (joined(tmp_path / name / "all.pdf", leaflets) for name in "ab")
    assert one.read_bytes() == other.read_bytes()
    with pikepdf.open(one) as file:
        assert file.check_pdf_syntax() == []
        assert len(file.pages) == 2 * len(leaflets)


def test_it_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(pikepdf.PdfError):
        joined(tmp_path / "all.pdf", [stamped(PEOPLE[0]), (b"no PDF",)])
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Faulty, match="cannot be written"), PrintFile(Path("/dev/null/all.pdf")) as file:
        file.add(1, stamped(PEOPLE[0]))


def test_memory_does_not_grow_with_leaflets(tmp_path: Path) -> None:
    pieces = stamped(PEOPLE[0])
    with PrintFile(tmp_path / "all.pdf") as file:
        for row in range(1, 101):
            file.add(row, pieces)
        tracemalloc.start()
        for row in range(101, 601):
            file.add(row, pieces)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # Places, labels and the index: some hundred bytes a leaflet.
    assert held / 500 < 600

"""A batch as the command line runs it: stamped, and the same bytes whoever does the work and whatever was kept."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.pdf_facts import reading_order, structure_problems
from tests.processes import run

LIST = """\
Blatt;Anrede;Name;Wochen;Termin;Notiz
neck-pain;Frau;Erika Muster;14;Montag, 9 Uhr;Bitte täglich üben.
neck-pain;Herr;Łukasz Żółć;14;Dienstag, 10 Uhr;Bitte täglich üben.
whiplash;;Ali Yılmaz;1;;
neck-pain;;محمد علي;14;;
neck-pain;Frau;Nguyễn Thị Ánh;14;Mittwoch, 8 Uhr;Bitte täglich üben.
"""
NAMES = ["Erika Muster", "Łukasz Żółć", "Ali Yılmaz", "محمد علي", "Nguyễn Thị Ánh"]


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The files of the list, made in three ways."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "list.csv").write_text(LIST, encoding="utf-8-sig")
    kept = str(folder / "kept")
    ways = {"one": ("1", ""), "two": ("2", kept), "again": ("1", kept)}
    return {way: batch(folder / way, folder / "list.csv", *how) for way, how in ways.items()}


def batch(out: Path, orders: Path, jobs: str, cache: str) -> dict[str, bytes]:
    print_file = out.parent / f"{out.name} printed" / "all.pdf"
    print_file.parent.mkdir()
    words = ("--jobs", jobs, "--print-file", print_file, "-o", out)
    done = run("batch", orders, *words, MERKBLATT_CACHE=cache)
    assert done.returncode == 0, done.stderr
    files = {path.name: path.read_bytes() for path in sorted(out.glob("*.pdf"))}
    return files | {"print": print_file.read_bytes(), "index": print_file.with_suffix(".csv").read_bytes()}


def test_workers_and_what_is_kept_change_no_byte(made):
    assert made["one"] == made["two"] == made["again"]


def test_each_is_for_one_person_and_right(made):
    files = [data for name, data in made["one"].items() if name[0] == "0"]
    assert len(files) == len(NAMES)
    for data, own in zip(files, NAMES, strict=True):
        assert structure_problems(data) == []
        told = " ".join(text for _, text in reading_order(data))
        assert [name for name in NAMES if name in told] == [own]
        assert not [name for name in NAMES if name != own and name.encode("utf-16-be") in data]


def test_the_print_file_begins_each_leaflet_on_a_front(made, tmp_path):
    (tmp_path / "all.pdf").write_bytes(made["one"]["print"])
    rows = made["one"]["index"].decode("ascii").splitlines()[1:]
    firsts = [int(row.split(";")[2]) for row in rows]
    assert len(firsts) == len(NAMES)
    assert all(first % 2 for first in firsts)
    pages = pypdf.PdfReader(tmp_path / "all.pdf").pages
    # Of other scripts pypdf gives the letters one by one.
    assert all(name in pages[first - 1].extract_text() for name, first in list(zip(NAMES, firsts, strict=True))[:3])

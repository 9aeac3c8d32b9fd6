"""The way that is always right: each row laid out as `build` lays the same order out."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path

import pikepdf
import pytest

from merkblatt.batch.lists.rows import open_list
from merkblatt.batch.lists.source import open_source
from merkblatt.batch.run import Contents, Means
from merkblatt.batch.work import LayOut, Setting, told
from merkblatt.build.build import build
from merkblatt.build.job import Job
from merkblatt.content.fingerprint import sum_of_all
from merkblatt.content.model import Order
from merkblatt.core.findings import Faulty
from tests.batch_works import TODAY, InHouse, contents, files, run
from tests.conftest import ROOT, Content
from tests.pdf_facts import reading_order

LIST = """\
Blatt;Wochen;Anrede;Name;Datum;Termin;Beratung;Notiz
pain;14;Frau;Ayşe Yılmaz;23.11.2026;Mo, 9 Uhr;S. Keller;Weiter so.
pain;;;;;;;
pain;;;Łucja \u4e00;;;;
"""


@pytest.fixture
def made_from(content: Content) -> Contents:
    return contents(content.root, ROOT)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def setting(made_from: Contents, orders: Path) -> Setting:
    listing = open_list(open_source(str(orders)))
    return Setting(made_from.folders, sum_of_all(made_from.folders), None, TODAY, listing)


def test_a_row_becomes_the_bytes_that_its_order_becomes(made_from, orders, tmp_path):
    ended = run(made_from, orders, tmp_path / "out", Means(InHouse))
    order = Order.model_validate({"sheet": "pain"})
    (built,) = build([Job(order, None, TODAY)], made_from.library, made_from.folders, tmp_path / "one")
    assert built.paths
    assert files(tmp_path / "out")["0002-pain.pdf"] == built.paths[0].read_bytes()
    read = [text for _, text in reading_order(files(tmp_path / "out")["0001-pain.pdf"])]
    assert any("Frau Ayşe Yılmaz" in text for text in read)
    assert any("Mo, 9 Uhr" in text and "S. Keller" in text and "23. November 2026" in text for text in read)
    # What only the layout can see leaves one row out, and says no letter of it.
    (left_out,) = ended.told("left-out")
    (finding,) = left_out["findings"]
    assert finding.message == "row 3, Name: no font has the character U+4E00"
    assert (finding.place.path, finding.place.line, finding.place.column) == (orders, 4, 4)


def title_of(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return str(file.docinfo["/Title"])


def test_a_batch_may_name_each_person_in_the_title_but_whom_a_row_excepts(made_from, orders, tmp_path):
    orders.write_text("Blatt;Name;Titel mit Namen\npain;Anna;\npain;Berta;nein\npain;;\n", encoding="utf-8")
    run(made_from, orders, tmp_path / "out", Means(InHouse), named_title=True)
    titles = [title_of(pdf) for pdf in files(tmp_path / "out").values()]
    assert [title.endswith(" – Anna") for title in titles] == [True, False, False]
    assert not any("Berta" in title for title in titles)
    with pytest.raises(Faulty, match="the list of orders"):
        run(made_from, orders, tmp_path / "out", Means(InHouse), resume=True)


def test_a_broken_sheet_is_told_with_its_row_and_its_place(content, orders, tmp_path):
    content.change("sheets/pain.yaml", "pages: {a4: 2}", "pages: {a4: 1}")
    orders.write_text("Blatt;Notiz\npain;" + "lang " * 380 + "\n", encoding="utf-8")
    ended = run(contents(content.root, ROOT), orders, tmp_path / "out", Means(InHouse))
    (finding,) = ended.told("left-out")[0]["findings"]
    assert re.search(r"row 1: pain has \d pages at a4, 1 are allowed \(.*pain\.yaml:\d+:\d+\)", finding.message)
    assert "shorten the note" in finding.hint


def test_what_travels_to_a_worker_holds_nothing_of_the_list(setting, monkeypatch):
    travelling = pickle.dumps(LayOut(setting))
    assert b"Keller" not in travelling
    assert pickle.loads(travelling) == LayOut(setting)  # noqa: S301  our own bytes


def test_a_fault_of_the_program_costs_one_row_and_repeats_nothing(setting):
    def make(row):
        raise KeyError(row.wish["name"])

    row = next(iter(setting.listing.rows()))
    (finding,) = told(row, setting, make).findings
    assert re.fullmatch(r"row 1: a fault of the program: KeyError in test_work\.py:\d+", finding.message)

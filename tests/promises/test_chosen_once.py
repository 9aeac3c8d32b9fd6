"""An order is chosen once, whatever becomes of it: kept, stamped, laid out, or refused with what could be left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from merkblatt.batch.run import Means
from merkblatt.batch.stamp_work import stamp_rows
from merkblatt.batch.work import lay_out
from merkblatt.build.build import build
from merkblatt.build.gallery import make_cards
from merkblatt.build.job import Job
from merkblatt.content.model import Order
from merkblatt.core.cache import Cache
from merkblatt.outputs.produce import Wishes
from merkblatt.tailoring import resolve
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from tests.batch_works import InHouse, contents, run
from tests.conftest import ROOT, TODAY, Content


@pytest.fixture(name="calls")
def _calls(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """The orders for which a leaflet is chosen from now on."""
    calls: list[Order] = []

    def choose_and_count(order: Order, *given: Any) -> Leaflet:
        calls.append(order)
        return choose(order, *given)

    monkeypatch.setattr(resolve, "choose", choose_and_count)
    return calls


def job(**wanted: Any) -> Job:
    return Job(Order.model_validate({"sheet": "pain", **wanted}), None, TODAY, trail="0" * 64)


@pytest.mark.parametrize(
    ("wanted", "is_built"),
    [
        ({}, True),
        ({"name": "Łucja"}, True),
        ({"note": "Ein Bild: \U0001f642"}, False),
        ({"note": "lang " * 200}, False),
        ({"format": "dl-fold"}, True),
        ({"format": "text", "name": "Łucja"}, True),
    ],
    ids=["everyone", "stamped", "laid out", "too many pages", "fold", "text"],
)
def test_build_chooses_once(
    content: Content, calls: list[Order], tmp_path: Path, wanted: dict[str, Any], *, is_built: bool
):
    if "note" in wanted:
        content.change("sheets/pain.yaml", "pages: {a4: 2}", "pages: {a4: 1}")
    (built,) = build([job(**wanted)], content.load(), content.folders, tmp_path / "out", cache=Cache(tmp_path / "c"))
    assert bool(built.paths) == is_built, built.findings
    assert len(calls) == 1
    if wanted.get("note", "").startswith("lang"):
        assert "it fits --without" in built.findings[0].hint


def test_for_a_print_house_too(content: Content, calls: list[Order], tmp_path: Path):
    (built,) = build([job()], content.load(), content.folders, tmp_path, Wishes(up=2, crop_marks=True))
    assert len(built.paths) == 3
    assert len(calls) == 1


def test_a_gallery_chooses_each_once(content: Content, calls: list[Order], tmp_path: Path):
    jobs = [job(), job(format="a5"), job()]
    assert len(list(make_cards(jobs, content.load(), content.folders, tmp_path))) == 3
    assert len(calls) == 2


@pytest.mark.parametrize(("work", "times"), [(stamp_rows, 2), (lay_out, 2)])
def test_a_batch_chooses_each_leaflet_once_for_all_rows(
    content: Content, calls: list[Order], tmp_path: Path, work: Any, times: int
):
    rows = "".join(f"pain;{number % 2 * 14};Person {number}\n" for number in range(4))
    (tmp_path / "list.csv").write_text(f"Blatt;Wochen;Name\n{rows}", encoding="utf-8")
    run(contents(content.root, ROOT), tmp_path / "list.csv", tmp_path / "out", Means(InHouse, work))
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 4
    assert len(calls) == times


def files_of(folder: str) -> list[Path]:
    return sorted((ROOT / "merkblatt" / folder).rglob("*.py"))


def test_nobody_after_tailoring_chooses_by_himself():
    asking = re.compile(r"tailoring\.choose import|tailoring import .*\bchoose\b")
    later = [path for name in ("page", "outputs", "stamp", "build", "batch", "cli") for path in files_of(name)]
    assert len(later) > 50
    assert [path for path in later if asking.search(path.read_text(encoding="utf-8"))] == []
    assert asking.search("from merkblatt.tailoring.choose import choose")

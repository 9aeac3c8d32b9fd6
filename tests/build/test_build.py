"""Orders through the stages: files, what is told of an order at fault, and what could be left out of one too long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from merkblatt.build.build import Built, build
from merkblatt.build.job import Job, make_job
from merkblatt.build.kept_pdf import KeptPlace, recall
from merkblatt.content.fingerprint import key_of
from merkblatt.content.library import load_library
from merkblatt.core.cache import Cache
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import find_folders
from merkblatt.outputs.produce import Wishes
from tests.conftest import TODAY, Content
from tests.pressed import write_own
from tests.print_facts import page_sizes


def jobs(*wanted: dict[str, Any]) -> list[Job]:
    return [make_job({"sheet": "pain", **one}, None, TODAY) for one in wanted]


def built(content: Content, out: Path, *wanted: dict[str, Any], **how: Any) -> list[Built]:
    return list(build(jobs(*wanted), content.load(), content.folders, out, **how))


def test_each_order_becomes_its_file(content, tmp_path):
    text, html, pages = built(content, tmp_path / "out", *({"format": name} for name in ("text", "html", "a4")))
    assert [one.name for one in (text, html, pages)] == ["pain.de.text", "pain.de.html", "pain.de.a4"]
    assert [path.name for one in (text, html, pages) for path in one.paths] == [
        "pain.de.txt", "pain.de.html", "pain.de.a4.pdf"
    ]  # fmt: skip
    assert (text.pages, html.pages, text.findings) == (0, 0, ())
    assert "Gehen Sie." in text.paths[0].read_text(encoding="utf-8")
    assert pages.pages == len(page_sizes(pages.paths[0].read_bytes()))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "pain.de.a4.pdf", "pain.de.html", "pain.de.txt"
    ]  # fmt: skip


def test_an_order_at_fault_stops_no_other_and_leaves_no_file(content, tmp_path):
    wanted = ({"format": "text", "without": ("cold",)}, {"format": "text"}, {"format": "a3-poster", "name": "Erika"})
    bad, good, poster = built(content, tmp_path / "out", *wanted)
    assert ([finding.code for finding in bad.findings], bad.paths, bad.name) == (["unknown-name"], (), "pain.de.text")
    assert (good.findings, len(good.paths)) == ((), 1)
    assert ([finding.code for finding in poster.findings], poster.name) == (["format"], "pain.de.a3-poster")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["pain.de.txt"]


def test_each_is_told_as_soon_as_it_is_done(content, tmp_path):
    turns = build(jobs({"format": "text"}, {"format": "html"}), content.load(), content.folders, tmp_path / "out")
    next(turns)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["pain.de.txt"]


def test_a_wish_for_the_file_itself_is_met_and_all_of_its_files_are_told(content, tmp_path):
    (one,) = built(content, tmp_path / "out", {}, wishes=Wishes(up=2))
    assert {path.name for path in one.paths} == {path.name for path in (tmp_path / "out").iterdir()}
    assert one.name == "pain.de.a4"
    last = page_sizes(one.paths[-1].read_bytes())
    assert (last[0], len(last)) == ((297.0, 210.0), one.pages)
    assert one.hint


def test_a_leaflet_is_kept_for_the_next_time_under_its_trail(content, tmp_path):
    cache = Cache(tmp_path / "cache")
    (job,) = jobs({})
    key = key_of("a trail")
    (one,) = build([replace(job, trail=key)], content.load(), content.folders, tmp_path / "out", Wishes(), cache)
    trail = KeptPlace.from_bytes(cache.get(key) or b"")
    kept = recall(cache, trail.kept)
    assert (trail.file_name, trail.holds(TODAY)) == ("pain.de.a4", True)
    assert kept is not None
    assert (b"".join(kept.pieces), kept.pages) == (one.paths[0].read_bytes(), one.pages)


def long_module(lines: int) -> str:
    """A module of so many sentences; twenty of them fill a page."""
    words = " und länger" * 12
    said = "".join(
        f"- {{kind: know, text: {{de: Satz {number} ist lang{words}.}}, sources: [probe]}}\n" for number in range(lines)
    )
    return f"title: {{de: Lang}}\nsection: self-help\nstatements:\n{said}reviewed: {{next: 2028-11-23}}\n"


@pytest.fixture
def too_long(tmp_path: Path) -> list[Built]:
    """What becomes of an order with a page too many."""
    own = write_own(
        tmp_path / "own",
        {"modules/short.yaml": long_module(4), "modules/long.yaml": long_module(30)},
    )
    sheet = own / "sheets" / "probe.yaml"
    text = sheet.read_text(encoding="utf-8").replace("modules: [probe]", "modules: [short, long, probe]")
    sheet.write_text(text.replace("{a4: 2}", "{a4: 1}"), encoding="utf-8")
    folders = find_folders((own,))
    job = make_job({"sheet": "probe"}, None, TODAY)
    return list(build([job], load_library(folders.leaflets), folders, tmp_path / "out"))


def test_a_page_too_many_is_told_with_what_could_be_left_out(too_long, tmp_path):
    (one,) = too_long
    (finding,) = one.findings
    assert finding.code == "pages"
    assert finding.hint.startswith("it fits --without long; or ")
    assert (one.paths, (tmp_path / "out").exists()) == ((), False)


def test_another_layout_engine_is_told_before_anything_is_built(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merkblatt.pdf.engine_versions.installed", lambda package: "71.0")
    library = content.load()
    with pytest.raises(Faulty, match=r"weasyprint is 71\.0, 70\.0 is needed"):
        list(build(jobs({}, {"format": "text"}), library, content.folders, tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    (built,) = build(jobs({"format": "text"}), library, content.folders, tmp_path / "out")
    assert built.paths, "what is not laid out needs no engine"

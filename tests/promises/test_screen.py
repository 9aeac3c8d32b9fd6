"""The page in a browser: axe-core finds nothing, all type is told from its ground, nothing is scrolled sideways.

Runs where Node, Chromium and tests/axe are there; CI installs all three.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from merkblatt.core.folders import Folders, find_folders
from merkblatt.outputs.epub import write_epub
from merkblatt.page.compose import compose_html
from merkblatt.page.weasyprint_import import system_fonts
from merkblatt.tailoring.leaflet import Leaflet
from tests.conftest import ROOT
from tests.outputs.epub.test_book import arabic
from tests.pressed import leaflet
from tests.promises.test_editions import HERE

AXE = ROOT / "tests" / "axe"
NODE = shutil.which("node")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)

pytestmark = [
    pytest.mark.skipif(
        not (NODE and BROWSER and (AXE / "node_modules" / "axe-core").is_dir()),
        reason="a browser is judged with node, chromium and axe-core (npm ci --prefix tests/axe)",
    ),
]

PAGES = ("neck-exercises svg", "my-plan", "whiplash en", "ar")
VIEWS: dict[str, dict[str, Any]] = {
    "wide": {"width": 1280, "scheme": "light"},
    # 1280 px enlarged to 400 % (WCAG 2.2, 1.4.10).
    "enlarged and dark": {"width": 320, "scheme": "dark"},
}
CASES = [(page, view) for page in PAGES for view in VIEWS]
MORE: dict[str, dict[str, Any]] = {
    "own colours": {"width": 1280, "scheme": "dark", "forced": "active"},
    "more contrast": {"width": 700, "contrast": "more"},
    "printed from a dark screen": {"width": 800, "scheme": "dark", "media": "print"},
    "keyboard": {"width": 1280, "steps": 4},
}
ALL_VIEWS = VIEWS | MORE
#: Books open in a browser too, as far as their words and their style go.
BOOKS = ("neck-exercises svg", "ar")
FAULTY = """\
<!DOCTYPE html><html lang="de"><title>Probe</title><body style="background: #fff"><main><h1>Probe</h1>
<p style="color: #767676">blass</p><img src="data:,"><div style="width: 500px">breit</div></main></body></html>
"""
#: A text of its own turns pale for each medium.
PALE_WHERE = {
    "dark": "(prefers-color-scheme: dark)",
    "narrow": "(max-width: 320px)",
    "forced": "(forced-colors: active)",
    "contrast": "(prefers-contrast: more)",
    "print": "print",
}
PALER = f"""\
<!DOCTYPE html><html lang="de"><title>Probe</title><style>p {{ color: #000; forced-color-adjust: none }}
{"".join(f"@media {where} {{ #{name} {{ color: #767676 }} }}" for name, where in PALE_WHERE.items())}
</style><body style="background: #fff"><main><h1>Probe</h1>
{"".join(f'<p id="{name}">Wort</p>' for name in PALE_WHERE)}</main></body></html>
"""


def made(page: str) -> tuple[Leaflet, Folders]:
    sheet, _, reader = page.partition(" ")
    return (arabic(), find_folders((HERE / "ar",))) if page == "ar" else (leaflet(sheet, "a4", reader), find_folders())


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """What the browser says of each page in each view; it is started once."""
    folder = tmp_path_factory.mktemp("pages")
    wishes: dict[tuple[str, str], dict[str, Any]] = {}
    texts = {page: compose_html(*made(page)) for page in PAGES} | {"faulty": FAULTY, "paler": PALER}
    for page, text in texts.items():
        path = folder / f"{page}.html"
        path.write_text(text, encoding="utf-8")
        # What is in many views comes in one go, and is opened once for all.
        for view in ALL_VIEWS if page in {PAGES[0], "paler"} else VIEWS:
            wishes[page, view] = {"file": str(path), **ALL_VIEWS[view]}
    for page in BOOKS:
        zipfile.ZipFile(io.BytesIO(write_epub(*made(page)))).extractall(folder / page)
        for name in ("leaflet", "nav"):
            wishes[page, name] = {"file": str(folder / page / "EPUB" / f"{name}.xhtml"), "width": 320}
    said = judge(list(wishes.values()))
    return dict(zip(wishes, said, strict=True))


def judge(wishes: list[dict[str, Any]], pictures: Path | None = None) -> list[dict[str, Any]]:
    command = [str(NODE), str(AXE / "judge.mjs"), str(BROWSER), *map(str, [pictures] if pictures else [])]
    with system_fonts():
        ran = subprocess.run(
            command, input=json.dumps(wishes), capture_output=True, text=True, timeout=600, check=False
        )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize(("page", "view"), [*CASES, *((PAGES[0], view) for view in MORE)])
def test_axe_finds_nothing(judged, page, view):
    assert judged[page, view]["violations"] == []
    # Of text beside a mark axe cannot say on what it stands; `ratios` says so.
    undecided = {line.partition(":")[0] for line in judged[page, view]["incomplete"]}
    assert undecided <= {"color-contrast", "color-contrast-enhanced"}


@pytest.mark.parametrize(("page", "view"), [*CASES, *((PAGES[0], view) for view in MORE)])
def test_all_type_has_the_contrast_that_few_eyes_need(judged, page, view):
    """7:1, also where the screen is dark (WCAG 2.2, 1.4.6)."""
    ratios = judged[page, view]["ratios"]
    assert ratios
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 7} == {}


@pytest.mark.parametrize(("page", "view"), CASES)
def test_nothing_is_scrolled_sideways_and_nothing_is_fetched(judged, page, view):
    assert judged[page, view]["scroll"] == 0
    assert judged[page, view]["asked"] == []


@pytest.mark.parametrize("page", PAGES)
def test_its_fonts_are_used(judged, page):
    families = {font.rpartition(" ")[0].strip('"') for font in judged[page, "wide"]["fonts"]}
    assert families == {"Vazirmatn" if page == "ar" else "Atkinson Hyperlegible Next"}


def test_the_keyboard_sees_where_it_is_and_can_skip_what_comes_before(judged):
    steps = judged[PAGES[0], "keyboard"]["focus"]
    assert [step["href"] for step in steps] == ["#message", "#part-1", "#part-2", "#part-3"]
    assert all(step["seen"] and step["outline"] >= 2 for step in steps)


def test_on_paper_stands_what_paper_needs(judged):
    printed, shown = judged[PAGES[0], "printed from a dark screen"], judged[PAGES[0], "wide"]
    assert printed["shown"] == [".qr", "h1"]
    assert shown["shown"] == [".skip", ".contents", ".qr", "h1"]
    assert {pair.partition(" on ")[2] for pair in printed["ratios"]} == {"255,255,255", "234,238,235"}


def test_a_dark_screen_is_dark(judged):
    grounds = {pair.partition(" on ")[2] for pair in judged[PAGES[1], "enlarged and dark"]["ratios"]}
    assert "23,30,34" in grounds
    assert "255,255,255" not in grounds


@pytest.mark.parametrize("name", ["leaflet", "nav"])
@pytest.mark.parametrize("page", BOOKS)
def test_a_book_keeps_what_it_claims(judged, page, name):
    found = judged[page, name]
    assert (found["violations"], found["incomplete"], found["scroll"]) == ([], [], 0)


def test_the_judge_sees_planted_faults(judged):
    found = judged["faulty", "enlarged and dark"]
    assert {line.partition(":")[0] for line in found["violations"]} >= {"image-alt", "color-contrast-enhanced"}
    assert min(found["ratios"].values()) < 7
    assert found["scroll"] > 100


@pytest.mark.parametrize(
    ("view", "pale"),
    [
        ("wide", set()),
        ("enlarged and dark", {"dark", "narrow"}),
        ("own colours", {"dark", "forced"}),
        ("more contrast", {"contrast"}),
        ("printed from a dark screen", {"dark", "print"}),
        ("keyboard", set()),
    ],
)
def test_each_view_is_judged_by_its_own_media(judged, view, pale):
    found = judged["paler", view]
    violations = dict(line.split(": ") for line in found["violations"])
    assert set(violations.get("color-contrast-enhanced", "").replace(",", "").split()) == {f"#{name}" for name in pale}
    assert (min(found["ratios"].values()) < 7) == bool(pale)

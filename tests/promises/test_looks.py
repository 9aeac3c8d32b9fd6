"""Pages look as they did when somebody last judged them; what is printed is of the tests' own, not of the library's.

MERKBLATT_UPDATE_LOOKS=1 writes the references in tests/looks/ anew; then look at each.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

import pytest
from PIL import Image, ImageOps

from merkblatt.build.job import make_job
from merkblatt.build.page_images import draw_pages
from merkblatt.content.library import load_library
from merkblatt.core.folders import Folders, find_folders
from merkblatt.outputs.produce import Wishes, produce
from merkblatt.tailoring.choose import choose
from tests import look_facts
from tests.conftest import SMALL, Content
from tests.look_facts import LOOKS, PER_MM, compare_pages, judge, small_png
from tests.pressed import ROOT, TODAY, sample, write_practice

#: What stands on the pages: each kind of statement, a drawing, a table, warning signs, a code, lines to write on.
CONTENT = {
    # A day's name has the width of a box to tick.
    "editions/de.yaml": re.sub(r'(\w+day): "(\w\w)\w*"', r"\1: \2", SMALL["editions/de.yaml"]),
    "modules/look-do.yaml": """\
title: {de: Gehen und liegen}
section: self-help
statements:
- kind: know
  text: {de: "Ein Absatz, der **so lang** ist, dass er auf jedem Papier in eine zweite Zeile läuft."}
  claims: [1-a]
- {kind: do, text: {de: Gehen Sie jeden Tag eine Runde.}, claims: [1-a]}
- kind: do
  text: {de: Wärmen Sie den Nacken mit einer Wärmflasche oder einem Kissen.}
  claims: [1-b]
  when: {circumstance: tension}
- {kind: avoid, text: {de: Liegen Sie nicht den ganzen Tag.}, claims: [1-a]}
reviewed: {next: 2028-11-23}
""",
    "modules/look-later.yaml": """\
title: {de: Später}
section: longer
statements:
- {kind: do, text: {de: Besuchen Sie einen Kurs.}, claims: [1-c], when: {weeks: {over: 12}}}
reviewed: {next: 2028-11-23}
""",
    "modules/look-flags.yaml": """\
title: {de: Zeichen}
section: red-flags
statements:
- {kind: at-once, text: {de: Lähmung in beiden Beinen}, sources: [leaf]}
- {kind: soon, text: {de: Fieber oder Schüttelfrost}, sources: [leaf]}
- {kind: soon, text: {de: Schmerz nach einem Sturz}, sources: [leaf]}
reviewed: {next: 2028-11-23}
""",
    "exercises/look-lift.yaml": """\
name: {de: Heben}
area: [low-back]
start: {de: Legen Sie sich auf den Rücken.}
steps: [{de: Heben Sie das Becken.}, {de: Senken Sie es langsam.}]
dose: {hold: 2-4, repeat: 5, per_day: 3}
caution: {de: Nicht mit Schwung.}
too_much: {de: es schmerzt.}
figure: {posture: lying, end: {tilt: -27}, arrows: [{joint: belly, from: [0, 6], to: [0, 22]}]}
alt: {de: Eine Person hebt das Becken.}
sources: [leaf]
reviewed: {next: 2028-11-23}
""",
    "sheets/look.yaml": """\
title: {de: Anblick}
subtitle: {de: Für alle und jeden}
message: {text: {de: Bewegen Sie sich. Es hilft.}, claims: [1-a]}
sections:
- {section: self-help, modules: [look-do]}
- {section: exercises, exercises: [look-lift], overview: true}
- {section: longer, modules: [look-later]}
- {section: red-flags, modules: [look-flags]}
- {section: contacts, links: [help]}
pages: {a4: 2}
issued: 2026-11-23
reviewed: {next: 2028-11-23}
""",
    "sheets/look-plan.yaml": """\
title: {de: Ein Plan}
subtitle: {de: Zum Ausfüllen}
message: {text: {de: Bewegen Sie sich.}, claims: [1-a]}
sections:
- {section: plan, diary: 2}
- {section: red-flags, modules: [look-flags]}
- {section: notes, lines: 2}
pages: {a4: 2}
issued: 2026-11-23
reviewed: {next: 2028-11-23}
""",
}
PERSON = {"name": "Erika Muster", "note": "Bitte täglich.\n\nMontag, 9 Uhr", "weeks": 14}
#: The name of a look, and the order that makes it; "person" adds who it is for and who hands it out.
ORDERS: dict[str, dict[str, Any]] = {
    "person-a4": {"sheet": "look", "format": "a4"},
    "a4-large": {"sheet": "look-plan", "format": "a4-large"},
    "a5": {"sheet": "look", "format": "a5"},
    "dl-fold": {"sheet": "look", "format": "dl-fold"},
    "a3-poster": {"sheet": "look", "format": "a3-poster"},
    "arabic-a4": {"sheet": "test-neck", "format": "a4", "edition": "ar"},
}


@pytest.fixture(scope="module", name="make")
def _make(tmp_path_factory: pytest.TempPathFactory):
    """Makes the last file of an order, with a further style where one is given."""
    folder = tmp_path_factory.mktemp("looks")
    own = Content(folder / "leaflets")
    for path, text in {**SMALL, **CONTENT}.items():
        own.write(path, text)
    practice = write_practice(folder / "practice")

    @lru_cache
    def make(name: str, style: str = "") -> bytes:
        said = ORDERS[name] | ({**PERSON, "practice": str(practice)} if name.startswith("person") else {})
        folders = find_folders((ROOT / "tests/editions/ar",)) if "edition" in said else own.folders
        if style:
            (folder / "styles").mkdir(exist_ok=True)
            (folder / "styles/extra.css").write_text(style, encoding="utf-8")
            folders = Folders(folders.leaflets, folders.templates, (*folders.styles, folder / "styles"))
        job = make_job(said, None, TODAY)
        leaflet = choose(job.order, load_library(folders.leaflets), job.sender, job.today)
        return produce(leaflet, folders, Wishes())[-1].data

    return make


@pytest.mark.parametrize("name", ORDERS)
def test_it_looks_as_it_did(name, make):
    assert judge(name, make(name)) == []


def test_references_are_few_small_and_all_compared():
    paths = sorted(LOOKS.glob("*"))
    assert {path.stem.rpartition("-")[0] for path in paths} == set(ORDERS)
    assert sum(path.stat().st_size for path in paths) < 250_000


# --- what the measure sees --------------------------------------------------------------------------------

TEXT = "<p>Eine Zeile.</p><p id='moved'>Noch eine Zeile.</p><hr><p>Die letzte Zeile.</p>"
RULE = "hr { border: 0; border-top: 1.2pt solid #0b5563; margin: 3mm 0 } .gone { display: none } p { color: #1a1a1a }"


def drawn(style: str = "", body: str = TEXT) -> Image.Image:
    (page,) = draw_pages(sample(body, RULE + style), PER_MM)
    return page


@pytest.mark.parametrize(
    "planted",
    [
        "#moved { position: relative; top: 1mm }",
        "#moved { position: relative; left: 1mm }",
        "#moved { color: #0b5563 }",
        "hr { position: relative; top: 1mm }",
        "hr { visibility: hidden }",
        "#moved { font-size: 12.5pt }",
        "body { background: #e7eef0 }",
    ],
)
def test_a_planted_change_is_seen(planted):
    assert compare_pages(drawn(planted), drawn()).box


def test_a_word_too_many_or_too_few_is_seen():
    more = drawn(body=TEXT.replace("letzte", "aller letzte"))
    assert compare_pages(more, drawn()).box
    assert compare_pages(drawn(), more).box


@pytest.mark.parametrize("path", sorted(LOOKS.glob("*.png")), ids=lambda path: path.stem)
def test_on_each_reference_a_strip_that_moved_down_by_1_mm_is_seen(path):
    with Image.open(path) as opened:
        page = opened.convert("RGB")
    # As high as two lines, where ink begins.
    ink = ImageOps.invert(page.convert("L")).point([0] * 60 + [255] * 196).getbbox()
    assert ink
    top = ink[1]
    strip = page.crop((0, top, page.width, top + 24))
    moved = page.copy()
    moved.paste(strip, (0, top + round(PER_MM)))
    assert compare_pages(moved, page).box


@pytest.mark.parametrize("shift", ["0.05mm", "0.1mm"])
def test_type_that_is_rounded_differently_is_no_change(shift):
    moved = drawn(f"body {{ position: relative; top: {shift}; left: {shift} }}")
    assert compare_pages(moved, drawn()).box is None


def test_the_colours_of_a_reference_are_near_enough():
    with Image.open(io.BytesIO(small_png(drawn()))) as reference:
        assert compare_pages(drawn(), reference.convert("RGB")).worst < 5


@pytest.mark.parametrize("planted", ["h2 { position: relative; top: 1mm }", ":root { --accent: #3b2a78 }"])
def test_a_planted_change_is_named_and_shown(planted, make, tmp_path, monkeypatch):
    monkeypatch.setattr(look_facts, "OUT", tmp_path)
    monkeypatch.delenv("MERKBLATT_UPDATE_LOOKS", raising=False)
    (told, *_) = judge("a5", make("a5", planted))
    assert told.startswith("a5-1: ")
    for what in ("actual", "expected", "difference"):
        path = tmp_path / f"a5-1.{what}.png"
        assert str(path) in told
        with Image.open(path) as picture:
            assert picture.size == draw_pages(make("a5"), PER_MM, 1)[0].size


def test_a_page_too_many_or_too_few_is_named(make, tmp_path, monkeypatch):
    monkeypatch.delenv("MERKBLATT_UPDATE_LOOKS", raising=False)
    monkeypatch.setattr(look_facts, "OUT", tmp_path / "out")
    monkeypatch.setattr(look_facts, "LOOKS", tmp_path)
    pages = draw_pages(make("a5"), PER_MM)
    for number, page in enumerate([*pages[1:], *pages, pages[0]], 2):
        (tmp_path / f"a5-{number}.png").write_bytes(small_png(page))
    (tmp_path / "a5-2.png").write_bytes(small_png(pages[1]))
    told = judge("a5", make("a5"))
    assert "a5-1: has no reference" in told[0]
    assert "was there, and is no more" in told[-1]

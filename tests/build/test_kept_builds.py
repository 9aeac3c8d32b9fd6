"""Proves that a leaflet built before is found by the words alone, is the same file, and holds nobody's words."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from merkblatt.build.kept_builds import Shortcut, keep_text
from merkblatt.build.kept_pdf import Finished, KeptPlace, keep
from merkblatt.content.fingerprint import key_of
from merkblatt.core.cache import Cache
from merkblatt.core.folders import Folders, find_folders
from tests.pdf_facts import reading_order
from tests.pressed import PERSON, ROOT, TODAY, pressed, shelf, write_own, write_practice
from tests.processes import run, run_command

#: Ends by naming the slow packages that were imported on the way.
_SPY = """
import sys
sys.path.insert(0, {root!r})
sys.argv = ["merkblatt", *{arguments!r}]
from merkblatt.cli.main import main
try:
    main()
finally:
    print("imported:", *[name for name in ("weasyprint", "jinja2", "pydantic", "uharfbuzz") if name in sys.modules])
"""


def spied(cache: Path, out: Path, *arguments: str) -> tuple[set[str], bytes]:
    """The slow packages that a build imported in a process of its own, and the file that it wrote."""
    code = _SPY.format(root=str(ROOT), arguments=["build", *arguments, "-o", str(out)])
    done = run_command([sys.executable, "-c", code], ROOT, {"MERKBLATT_CACHE": str(cache)})
    assert done.returncode == 0, done.stderr
    (file,) = out.glob("*.pdf")
    return set(done.stdout.rpartition("imported:")[2].split()), file.read_bytes()


def built(cache: Path, out: Path, *arguments: str) -> bytes:
    """The file that a build wrote, whatever it imported."""
    done = run("build", *arguments, "-o", out, MERKBLATT_CACHE=str(cache))
    assert done.returncode == 0, done.stderr
    (file,) = out.glob("*.pdf")
    return file.read_bytes()


@pytest.fixture(scope="module", name="first")
def _first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str], bytes]:
    """A cache that one leaflet has been built with, what that imported, and what it gave."""
    folder = tmp_path_factory.mktemp("first")
    return folder / "cache", *spied(folder / "cache", folder / "out", "neck-pain")


@pytest.fixture(name="cache")
def _cache(first: tuple[Path, set[str], bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(first[0], tmp_path / "cache"))


def test_the_second_build_of_a_leaflet_lays_nothing_out(
    first: tuple[Path, set[str], bytes], cache: Path, tmp_path: Path
) -> None:
    second, kept = spied(cache, tmp_path / "2", "neck-pain")
    assert "weasyprint" in first[1]
    assert second == set()
    assert kept == first[2] == pressed("neck-pain", "a4", max_pages=2)


def test_nor_does_that_for_another_person(tmp_path: Path) -> None:
    cache, practice = tmp_path / "cache", str(write_practice(tmp_path / "practice"))
    common = ("neck-pain", "--max-pages", "9", "--practice", practice)
    built(cache, tmp_path / "1", *common, "--name", "Anna Beispiel", "--note", "Bitte üben.")
    imported, kept = spied(cache, tmp_path / "2", *common, "--name", "Łucja Muster", "--note", "Morgen um 9.")
    assert imported == {"uharfbuzz"}
    made = built(tmp_path / "other", tmp_path / "3", *common, "--name", "Łucja Muster", "--note", "Morgen um 9.")
    assert kept == made


def test_a_visit_is_stamped_as_an_order_file_has_it(tmp_path: Path) -> None:
    visit = (
        "--salutation",
        "Frau",
        "--name",
        "Łucja Muster",
        "--appointment",
        "Mo, 9 Uhr",
        "--counsellor",
        "S. Keller",
    )
    common = ("neck-pain", "--max-pages", "9")
    built(tmp_path / "cache", tmp_path / "1", *common, *visit[:-1], "J. Nowak")
    imported, kept = spied(tmp_path / "cache", tmp_path / "2", *common, *visit)
    assert imported == {"uharfbuzz"}
    fields = "".join(f"{key[2:]}: {value}\n" for key, value in zip(visit[::2], visit[1::2], strict=True))
    (tmp_path / "order.yaml").write_text(f"sheet: neck-pain\nmax_pages: 9\n{fields}", encoding="utf-8")
    ordered = built(tmp_path / "other", tmp_path / "3", "--order", str(tmp_path / "order.yaml"))
    assert kept == ordered
    said = " ".join(text for _, text in reading_order(kept))
    assert [words in said for words in ("Frau Łucja Muster", "Mo, 9 Uhr", "S. Keller")] == [True] * 3


def keys(folders: Folders, **wish: object) -> list[str]:
    """Under which the trails of a wish are kept."""
    said = {"sheets": ("probe",), "editions": (), "formats": (), "day": None, "out": Path(), "weeks": None} | wish
    return Shortcut(Cache(Path()), folders, said, TODAY).keys()


def test_another_wish_is_another_leaflet_but_another_person_is_not() -> None:
    folders, _ = shelf()
    wishes: list[dict[str, object]] = [
        {}, {"weeks": 3}, {"max_pages": 8}, {"editions": ("en",)}, {"formats": ("a4-large",)}, {"with_": ("warmth",)},
        {"practice": str(ROOT / "leaflets/practices/beispiel.yaml")}, {"name": "Anna"}, {"name": "Anna", "note": "x"},
    ]  # fmt: skip
    found = [key for wish in wishes for key in keys(folders, **wish)]
    assert len(set(found)) == len(wishes)
    assert keys(folders, name="Berta") == keys(folders, name="Anna")
    assert keys(folders, quiet=True, out=Path("elsewhere"), day=TODAY) == keys(folders)
    assert len(keys(folders, sheets=("a", "b"), editions=("de", "en"), formats=("a4",))) == 4


@pytest.mark.parametrize(
    "wish",
    [{"every": True}, {"html": True}, {"order_file": Path("order.yaml")}, {"handed_out": datetime(2026, 11, 20)}],
)
def test_what_cannot_be_known_goes_the_long_way(wish: dict[str, object]) -> None:
    assert keys(shelf()[0], **wish) == []


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    own = write_own(tmp_path / "own", {"styles/extra.css": "", "templates/x.j2": ""})
    practice = write_practice(tmp_path / "practice")
    files = [own / "modules" / "probe.yaml", own / "styles" / "extra.css", practice, practice.parent / "logo.svg"]
    before = keys(find_folders((own,)), practice=str(practice))
    assert before == keys(find_folders((own,)), practice=str(practice))
    for file in files:
        file.write_bytes(file.read_bytes() + b"\n")
        after = keys(find_folders((own,)), practice=str(practice))
        assert after != before
        before = after


def test_a_picture_further_away_goes_the_long_way(tmp_path: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    practice.write_text(practice.read_text("utf-8").replace("logo.svg", "pictures/logo.svg"), "utf-8")
    folders, _ = shelf()
    assert keys(folders, practice=str(practice)) != keys(folders, practice=str(practice))


def test_a_damaged_cache_is_made_good(first: tuple[Path, set[str], bytes], cache: Path, tmp_path: Path) -> None:
    for file in (path for path in cache.rglob("*") if path.is_file()):
        file.write_bytes(file.read_bytes()[:-7])
    imported, second = spied(cache, tmp_path / "2", "neck-pain")
    assert "weasyprint" in imported
    assert second == first[2]
    assert spied(cache, tmp_path / "3", "neck-pain")[0] == set()


def test_a_name_that_no_order_takes_is_refused_though_the_leaflet_is_kept(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    for name, code in (("Anna", 0), ("\u202eannA", 1), ("", 1), (" \n", 1), ("A" * 301, 1)):
        done = run("build", "neck-pain", f"--name={name}", "-o", tmp_path / "out", MERKBLATT_CACHE=cache)
        assert (done.returncode != 0) == bool(code), done.stderr


def test_nothing_of_a_person_is_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    words = [f"--{field}={value}" for field, value in PERSON.items() if field != "weeks"]
    done = run("build", "neck-pain", "--max-pages", "9", *words, "-o", tmp_path / "out", MERKBLATT_CACHE=str(cache))
    assert done.returncode == 0, done.stderr
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert kept
    for word in re.findall(r"\w{5,}", PERSON["name"] + PERSON["note"]):
        for encoding in ("utf-8", "utf-16-be"):
            assert not any(word.encode(encoding) in path.read_bytes() for path in kept)
            assert not any(word in str(path) for path in kept)


def test_help_and_what_was_listed_before_start_nothing_slow(tmp_path: Path) -> None:
    told = []
    for arguments in (["--help"], ["list"], ["list"], ["list", "--json"]):
        code = _SPY.format(root=str(ROOT), arguments=arguments)
        done = run_command([sys.executable, "-c", code], ROOT, {"MERKBLATT_CACHE": str(tmp_path)}, check=True)
        told.append(done.stdout.rpartition("imported:"))
    assert [bool(imported.split()) for _, _, imported in told] == [False, True, False, True]
    assert told[1][0] == told[2][0] != told[3][0]


def shortcut(cache: Cache, **wish: object) -> Shortcut:
    said = {"sheets": ("probe",), "editions": (), "formats": (), "day": None, "out": Path(), "weeks": None} | wish
    return Shortcut(cache, shelf()[0], said, TODAY)


def keep_leaflets(cache: Cache, **wish: object) -> None:
    """As a build would: each leaflet of the wish, and the trail to it."""
    for number, key in enumerate(shortcut(cache, **wish).keys(), start=1):
        keep(cache, key_of(number), Finished((b"%%PDF %d" % number,), number))
        cache.put(key, KeptPlace(key_of(number), f"probe-{number}.de.a4", TODAY, overdue=False).to_bytes())


def test_leaflets_that_are_kept_are_written_without_the_library(tmp_path: Path) -> None:
    cache, out = Cache(tmp_path / "cache"), tmp_path / "out"
    keep_leaflets(cache, editions=("de", "en"))
    found = shortcut(cache, editions=("de", "en"), out=out).recall()
    assert found is not None
    assert [(one.name, one.pages, one.paths) for one in found] == [
        (f"probe-{number}.de.a4", number, (out / f"probe-{number}.de.a4.pdf",)) for number in (1, 2)
    ]
    assert [one.paths[0].read_bytes() for one in found] == [b"%PDF 1", b"%PDF 2"]


def test_where_one_is_not_kept_none_is_written(tmp_path: Path) -> None:
    cache, out = Cache(tmp_path / "cache"), tmp_path / "out"
    keep_leaflets(cache, editions=("de",))
    assert shortcut(cache, editions=("de", "en"), out=out).recall() is None
    assert shortcut(cache, editions=("de",), html=True, out=out).recall() is None
    assert not out.exists()


def test_a_leaflet_whose_review_is_due_meanwhile_goes_the_long_way(tmp_path: Path) -> None:
    cache, out = Cache(tmp_path / "cache"), tmp_path / "out"
    keep_leaflets(cache)
    for days, is_found in ((0, True), (1, False)):
        day = datetime(TODAY.year, TODAY.month, TODAY.day) + timedelta(days=days)
        assert (shortcut(cache, day=day, out=out).recall() is not None) is is_found
    later = replace(shortcut(cache, out=out), today=TODAY + timedelta(days=1))
    assert later.recall() is None


def test_a_person_whose_master_is_not_kept_goes_the_long_way(tmp_path: Path) -> None:
    cache, out = Cache(tmp_path / "cache"), tmp_path / "out"
    keep_leaflets(cache, name="Anna")
    assert shortcut(cache, name="Anna", out=out).recall() is None
    assert not out.exists()


@pytest.mark.parametrize(
    ("wish", "is_short"),
    [
        ({"variant": "ua1", "up": "1", "bleed": 0.0}, True),
        ({"up": "2"}, False),
        ({"bleed": 3.0}, False),
        ({"crop_marks": True}, False),
        ({"handed_out": TODAY}, False),
        ({"house": Path("house.yaml")}, False),
    ],
)
def test_what_is_not_kept_has_no_short_way(wish: dict[str, object], is_short: bool) -> None:
    assert bool(keys(shelf()[0], **wish)) is is_short


def test_what_is_told_of_the_library_is_made_once(tmp_path: Path) -> None:
    cache, made = Cache(tmp_path / "cache"), []

    def make() -> str:
        made.append(1)
        return "Blätter"

    own = find_folders((write_own(tmp_path / "own", {}),))
    for folders, name in ((shelf()[0], "list"), (shelf()[0], "list"), (shelf()[0], "list json"), (own, "list")):
        assert keep_text(cache, folders, name, make) == "Blätter"
    assert len(made) == 3
    assert keep_text(None, own, "list", make) == keep_text(None, own, "list", make) == "Blätter"
    assert len(made) == 5


def test_a_practice_that_is_not_there_is_another_than_one_that_is(tmp_path: Path) -> None:
    practice = str(tmp_path / "practice.yaml")
    none, there = keys(shelf()[0]), keys(shelf()[0], practice=practice)
    write_practice(tmp_path)
    assert len({*none, *there, *keys(shelf()[0], practice=practice)}) == 3

"""Proves that what is kept gives the same file as what is made, that it is quick, and that it holds nobody's words."""

from __future__ import annotations

import io
import re
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from merkblatt.build.finisher import Finisher
from merkblatt.build.job import make_job
from merkblatt.build.kept_builds import Shortcut
from merkblatt.build.kept_pdf import Finished, PersonalField, Trail
from merkblatt.content.fingerprint import key_of
from merkblatt.content.library import Library, load_library
from merkblatt.content.model import Order
from merkblatt.core.cache import Cache
from merkblatt.core.folders import Folders, find_folders
from merkblatt.page.compose import compose
from merkblatt.page.layout import press
from merkblatt.stamp.stamper import Keeper
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.person import person_of
from merkblatt.tailoring.resolve import Resolver
from tests.pdf_facts import reading_order
from tests.pressed import PERSON, ROOT, TODAY, pressed, run, run_command, shelf, write_own, write_practice
from tests.stamp.test_stamper import difference


class Finishing:
    """A finisher with what resolves its orders; the day of printing is TODAY."""

    def __init__(
        self, library: Library, folders: Folders, cache: Keeper | None = None, *, opens_doses: bool = False
    ) -> None:
        self.library, self.folders = library, folders
        self.finisher, self._resolver = Finisher(folders, cache), Resolver(library, opens_doses=opens_doses)

    def finish(self, order: Order) -> Finished:
        return self.finisher.finish(self._resolver.resolve(order, None, TODAY))


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
    spied(cache, tmp_path / "1", *common, "--name", "Anna Beispiel", "--note", "Bitte üben.")
    imported, kept = spied(cache, tmp_path / "2", *common, "--name", "Łucja Muster", "--note", "Morgen um 9.")
    assert imported == {"uharfbuzz"}
    _, made = spied(tmp_path / "other", tmp_path / "3", *common, "--name", "Łucja Muster", "--note", "Morgen um 9.")
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
    spied(tmp_path / "cache", tmp_path / "1", *common, *visit[:-1], "J. Nowak")
    imported, kept = spied(tmp_path / "cache", tmp_path / "2", *common, *visit)
    assert imported == {"uharfbuzz"}
    fields = "".join(f"{key[2:]}: {value}\n" for key, value in zip(visit[::2], visit[1::2], strict=True))
    (tmp_path / "order.yaml").write_text(f"sheet: neck-pain\nmax_pages: 9\n{fields}", encoding="utf-8")
    _, ordered = spied(tmp_path / "other", tmp_path / "3", "--order", str(tmp_path / "order.yaml"))
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


def test_what_cannot_be_stamped_is_laid_out_and_told(tmp_path: Path) -> None:
    """What a layout finds wrong is told with its place, though the leaflet would have been stamped."""
    folders, library = shelf()
    finisher = Finishing(library, folders, Cache(tmp_path))
    job = make_job({"sheet": "neck-pain", "name": "José \U0001f642"}, None, TODAY)
    with pytest.raises(Exception, match=r"no font has the character U\+1F642"):
        finisher.finish(job.order)


#: Doses of one piece and of five, that need one line and two, beside exercises with the dose that they have anyway.
OWN_DOSES: tuple[tuple[str, str, str, dict[str, dict[str, object]]], ...] = (
    ("neck-exercises", "a4", "de", {"chin-tuck": {"repeat": "5", "per_day": "4"}}),
    ("neck-exercises", "a4", "de", {"chin-tuck": {"repeat": "12", "hold": "30", "rest": "20", "sets": "3"}}),
    (
        "my-plan",
        "a4",
        "de",
        {"chin-tuck": {"repeat": "5"}, "bridge": {"hold": "8-10", "each_side": True}, "bird-dog": {}},
    ),
    ("my-plan", "a4-large", "en", {"chin-tuck": {"repeat": "5", "per_day": "4"}, "bridge": {"hold": "8-10"}}),
)


@pytest.mark.parametrize(("sheet", "format_", "edition", "exercises"), OWN_DOSES)
def test_own_doses_are_stamped_as_they_are_laid_out(
    sheet: str, format_: str, edition: str, exercises: dict[str, dict[str, object]]
) -> None:
    folders, library = shelf()
    finisher = Finishing(library, folders, opens_doses=True)
    said = {"sheet": sheet, "format": format_, "edition": edition, "max_pages": 40, "exercises": exercises}
    job = make_job({**said, "name": "Łucja Muster"}, None, TODAY)
    finished = finisher.finish(job.order)
    assert len(finished.pieces) == 2, "it was laid out, not stamped"
    whole = press(compose(choose(job.order, library, None, TODAY), folders), folders).pdf
    assert difference(b"".join(finished.pieces), whole) == 0
    assert reading_order(b"".join(finished.pieces)) == reading_order(whole)


def test_another_dose_is_no_leaflet_of_its_own_where_many_are_stamped(monkeypatch: pytest.MonkeyPatch) -> None:
    folders, library = shelf()
    finisher = Finishing(library, folders, opens_doses=True)

    def stamp(repeat: str, **sides: bool) -> str:
        doses = {"neck-turn": {"repeat": repeat, **sides}}
        job = make_job({"sheet": "my-plan", "max_pages": 9, "exercises": doses}, None, TODAY)
        finished = finisher.finish(job.order)
        return " ".join(text for _, text in reading_order(b"".join(finished.pieces)))

    assert "41-mal auf jeder Seite" in stamp("41")
    monkeypatch.setattr("merkblatt.stamp.make_master.make_master", None)
    assert "43-mal auf jeder Seite" in (said := stamp("43"))
    assert "41-mal" not in said
    assert len(finisher.finisher._kinds) == 1
    monkeypatch.undo()
    # Only what a dose says is another than the exercise's own.
    assert "41-mal auf jeder Seite" not in stamp("41", each_side=False)


def test_a_dose_that_says_no_to_both_sides_is_another_leaflet_for_one_person() -> None:
    folders, library = shelf()
    finisher = Finishing(library, folders)
    read = []
    for dose in ({}, {"each_side": False}):
        job = make_job({"sheet": "my-plan", "max_pages": 9, "exercises": {"neck-turn": dose}}, None, TODAY)
        finished = finisher.finish(job.order)
        read.append(" ".join(text for _, text in reading_order(b"".join(finished.pieces))))
    assert len({said.count("auf jeder Seite") for said in read}) == 2


def test_a_title_names_the_person_where_it_is_asked_for() -> None:
    folders, library = shelf()
    finisher = Finishing(library, folders)
    plain = f"{library.sheets['whiplash'].title.root['de']} – "
    for name, wanted in (("Łucja Muster", True), ("Söhne & Co", True), ("Anna", False), (None, True)):
        said = {"sheet": "whiplash", "max_pages": 9, "note": "Üben.", "named_title": wanted} | (
            {"name": name} if name else {}
        )
        job = make_job(said, None, TODAY)
        finished = finisher.finish(job.order)
        assert len(finished.pieces) == 2, "it was laid out, not stamped"
        whole = press(compose(choose(job.order, library, None, TODAY), folders), folders).pdf
        for pdf in (b"".join(finished.pieces), whole):
            with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata(update_docinfo=False) as metadata:
                assert metadata["dc:title"] == str(file.docinfo["/Title"])
                assert str(file.docinfo["/Title"]).startswith(plain)
                assert str(file.docinfo["/Title"]).endswith(f" – {name}") == bool(wanted and name)


def test_a_person_is_what_the_order_says_of_one() -> None:
    said = {"salutation": "Frau", "name": "Anna", "date": "2026-11-23", "weeks": 3}
    job = make_job({"sheet": "neck-pain", **said}, None, TODAY)
    assert [(said.printed_as, said.words) for said in person_of(job.order, "de")] == [
        ("name", "Frau Anna"),
        ("handed_out", "23. November 2026"),
    ]
    assert person_of(job.order, "en-GB")[1].words == "23 November 2026"


def test_all_that_a_clinic_says_of_a_person_is_stamped_as_it_is_laid_out() -> None:
    folders, library = shelf()
    finisher = Finishing(library, folders)
    for edition, number in (("de", 1), ("en", 2)):
        said = {
            "salutation": "Frau Dr.", "name": f"Łucja Muster {number}", "date": f"2026-11-0{number}", "note": "Üben.",
            "appointment": f"Montag, 30. November, {number} Uhr", "counsellor": "Schwester Ananda", "weeks": 3,
        }  # fmt: skip
        job = make_job({"sheet": "neck-pain", "edition": edition, "max_pages": 9, **said}, None, TODAY)
        finished = finisher.finish(job.order)
        assert len(finished.pieces) == 2, "it was laid out, not stamped"
        whole = press(compose(choose(job.order, library, None, TODAY), folders), folders).pdf
        assert difference(b"".join(finished.pieces), whole) == 0
        assert reading_order(b"".join(finished.pieces)) == reading_order(whole)
    another = make_job(
        {"sheet": "neck-pain", "max_pages": 9, "name": "A", "date": "2026-12-24", "weeks": 3}, None, TODAY
    )
    finisher.finish(another.order)
    assert len(finisher.finisher._kinds) == 2, "a day is a person's, no leaflet of its own"


def person_in(edition: str, name: str) -> tuple[Finishing, Order]:
    """What finishes the test sheet of an edition, and an order for somebody."""
    folders = find_folders((ROOT / "tests" / "editions" / edition,))
    said = {"sheet": "test-neck", "edition": edition, "name": name, "note": "Montag, 9 Uhr."}
    return Finishing(load_library(folders.leaflets), folders), make_job(said, None, TODAY).order


@pytest.mark.parametrize(
    ("edition", "names"), [("uk", ["Олена Їжакевич", "Łucja Ångström"]), ("ar", ["محمد", "Łucja"])]
)
def test_in_another_edition_a_person_s_leaflet_looks_as_it_is_laid_out(edition: str, names: list[str]) -> None:
    for name in names:
        finisher, order = person_in(edition, name)
        finished = finisher.finish(order)
        whole = press(compose(choose(order, finisher.library, None, TODAY), finisher.folders), finisher.folders).pdf
        assert len(finished.pieces) == (2 if edition == "uk" else 1), "what runs from the right is laid out"
        assert difference(b"".join(finished.pieces), whole) == 0


def test_a_trail_holds_until_the_review_is_due() -> None:
    fields = (PersonalField("name", "name", 300, False),)
    trail = Trail(key_of(1), "neck-pain.de.a4", TODAY, overdue=False, person=fields)
    assert Trail.from_bytes(trail.to_bytes()) == trail
    assert trail.holds(TODAY)
    assert not trail.holds(TODAY.replace(year=2027))


def test_help_and_what_was_listed_before_start_nothing_slow(tmp_path: Path) -> None:
    told = []
    for arguments in (["--help"], ["list"], ["list"], ["list", "--json"]):
        code = _SPY.format(root=str(ROOT), arguments=arguments)
        done = run_command([sys.executable, "-c", code], ROOT, {"MERKBLATT_CACHE": str(tmp_path)}, check=True)
        told.append(done.stdout.rpartition("imported:"))
    assert [bool(imported.split()) for _, _, imported in told] == [False, True, False, True]
    assert told[1][0] == told[2][0] != told[3][0]

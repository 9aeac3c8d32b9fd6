"""Proves that what is stamped for a person looks, reads and is titled as what is laid out, and when it is laid out."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest

from merkblatt.build.finisher import Finisher
from merkblatt.build.job import make_job
from merkblatt.build.kept_pdf import Finished
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
from tests.pressed import ROOT, TODAY, shelf
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


@lru_cache(maxsize=1)
def opening_doses() -> Finishing:
    """One for all doses, as a batch has it: what a dose before has left behind must not show."""
    folders, library = shelf()
    return Finishing(library, folders, opens_doses=True)


@pytest.mark.parametrize(("sheet", "format_", "edition", "exercises"), OWN_DOSES)
def test_own_doses_are_stamped_as_they_are_laid_out(
    sheet: str, format_: str, edition: str, exercises: dict[str, dict[str, object]]
) -> None:
    folders, library = shelf()
    finisher = opening_doses()
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


@lru_cache(maxsize=2)
def finishing_in(edition: str) -> Finishing:
    """What finishes the test sheet of an edition."""
    folders = find_folders((ROOT / "tests" / "editions" / edition,))
    return Finishing(load_library(folders.leaflets), folders)


def person_in(edition: str, name: str) -> Order:
    """An order of the test sheet of an edition for somebody."""
    said = {"sheet": "test-neck", "edition": edition, "name": name, "note": "Montag, 9 Uhr."}
    return make_job(said, None, TODAY).order


@pytest.mark.parametrize(
    ("edition", "names"), [("uk", ["Олена Їжакевич", "Łucja Ångström"]), ("ar", ["محمد", "Łucja"])]
)
def test_in_another_edition_a_person_s_leaflet_looks_as_it_is_laid_out(edition: str, names: list[str]) -> None:
    finisher = finishing_in(edition)
    for name in names:
        order = person_in(edition, name)
        finished = finisher.finish(order)
        whole = press(compose(choose(order, finisher.library, None, TODAY), finisher.folders), finisher.folders).pdf
        assert len(finished.pieces) == (2 if edition == "uk" else 1), "what runs from the right is laid out"
        assert difference(b"".join(finished.pieces), whole) == 0

"""Proves that a stamped leaflet is the leaflet that a layout of the same order gives, and holds nobody else's data."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops
from PIL.Image import Image

from merkblatt.page.compose import Page, compose
from merkblatt.page.layout import press
from merkblatt.stamp import NeedsLayout, Stamper
from merkblatt.stamp.master import Master
from merkblatt.stamp.master_file import read_master
from merkblatt.tailoring.person import with_words
from tests.pdf_facts import artifacts, languages, links, reading_order, structure_problems
from tests.pressed import leaflet, shelf

NAMES = (
    "Anna Beispiel", "Łucja Ångström-Yıldız", "Zoë D’Amico", "Ştefan Țîrlea", "Jürgen Groß", "Ðorđe Šašić",
    "İbrahim Çelik", "AVATAR Tofu Wally", "Œuvre fi ffl Straße", "Ngô Bảo Châu", "Иван Петров", "Олена Їжакевич",
    "Γιώργος Παπαδόπουλος", "محمد علي", "Frau Prof. Dr. Ana-María Núñez (Mutter von José)",
    "Dr. phil. habil. Maximilian Alexander von und zu Hohenlohe-Waldenburg-Schillingsfürst von Beispielhausen",
)  # fmt: skip
LONG = (
    "Diese Notiz geht über mehrere Zeilen, damit man sieht, wo sie umbrochen werden: Gehen Sie jeden Tag 30 Minuten, "
    "am besten an der frischen Luft, und steigern Sie sich langsam (um etwa 10 % in der Woche). Bringen Sie bitte beim "
    "nächsten Mal Ihre Röntgen-Bilder und den Arzt-Brief mit, und rufen Sie an, wenn „etwas“ unklar ist."
)
NOTES = (
    "Bitte üben.",
    "Bitte zweimal am Tag üben.\nNächster Termin: Montag, 9 Uhr.\n\nRufen Sie an, wenn etwas unklar ist.",
    LONG,
    f"{LONG}\n{LONG[:200]}\n\nUnd:\n{LONG[40:]}",
    "Наступна зустріч: понеділок, 9 година.",
    "موعدك القادم يوم الاثنين",
)
PEOPLE = [{"name": name} for name in NAMES] + [{"name": "Anna Beispiel", "note": note} for note in NOTES]


def make_page(sheet: str, format_: str, weeks: int | None, person: Mapping[str, str]) -> Page:
    folders, _ = shelf()
    base = leaflet(sheet, format_, weeks=weeks) if weeks else leaflet(sheet, format_)
    return compose(with_words(base, person), folders)


@lru_cache
def stamper(sheet: str = "whiplash", format_: str = "a4", weeks: int | None = None) -> Stamper:
    return Stamper(lambda words: make_page(sheet, format_, weeks, words), shelf()[0])


def laid_out(
    person: Mapping[str, str], sheet: str = "whiplash", format_: str = "a4", weeks: int | None = None
) -> bytes:
    return press(make_page(sheet, format_, weeks, person), shelf()[0]).pdf


def pictures(pdf: bytes) -> list[Image]:
    """The pages at 100 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [each.render(scale=100 / 72).to_pil().convert("L") for each in document]
    finally:
        document.close()


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [each.get_textpage().get_text_range() for each in document]
    finally:
        document.close()


def difference(one: bytes, other: bytes) -> int:
    """The most by which a pixel of two files differs, of 255; 256 where the number of pages does."""
    first, second = pictures(one), pictures(other)
    if len(first) != len(second):
        return 256
    return max(int(ImageChops.difference(a, b).getextrema()[1]) for a, b in zip(first, second, strict=True))  # type: ignore[arg-type]


def conforms(pdf: bytes, folder: Path) -> bool:
    """Whether a file is PDF/UA-1 and PDF/A-2a."""
    path = folder / "stamped.pdf"
    path.write_bytes(pdf)
    return all(page.validate_pdf(str(path), profile=profile).is_compliant for profile in ("ua1", "2a"))


def everything(pdf: bytes) -> bytes:
    """All that a file holds: the file itself, and each of its streams laid open."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        streams = [item.read_bytes() for item in file.objects if isinstance(item, pikepdf.Stream)]
        return b"\n".join([pdf, *streams, *(str(item).encode() for item in map(repr, file.objects))])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: list(person.values())[-1][:24])
def test_a_stamped_leaflet_is_the_one_that_is_laid_out(person: dict[str, str], tmp_path: Path) -> None:
    stamped, whole = stamper().stamp(person).pdf, laid_out(person)
    assert difference(stamped, whole) == 0
    assert words(stamped) == words(whole)
    assert reading_order(stamped) == reading_order(whole)
    assert (languages(stamped), artifacts(stamped), links(stamped)) == (
        languages(whole),
        artifacts(whole),
        links(whole),
    )
    assert structure_problems(stamped) == []
    assert conforms(stamped, tmp_path)


@pytest.mark.parametrize(
    ("sheet", "format_", "weeks", "person"),
    [
        ("neck-pain", "a4", 3, {"name": "Łucja Ångström-Yıldız"}),
        ("neck-pain", "a4", 3, {"name": "Anna Maria Magdalena von Beispielhausen und Musterstadt"}),
        ("neck-pain", "a4", 14, {"name": "Иван Петров", "note": LONG}),
        ("my-plan", "a4-large", None, {"name": NAMES[-1], "note": LONG}),
        ("low-back-exercises", "a4-large", 3, {"name": "محمد علي", "note": NOTES[1]}),
    ],
)
def test_so_it_is_with_words_behind_the_name_and_in_large_print(
    sheet: str, format_: str, weeks: int | None, person: dict[str, str]
) -> None:
    stamped, whole = stamper(sheet, format_, weeks).stamp(person).pdf, laid_out(person, sheet, format_, weeks)
    assert difference(stamped, whole) == 0
    assert words(stamped) == words(whole)
    assert reading_order(stamped) == reading_order(whole)


def test_a_difference_is_seen() -> None:
    one, other = (stamper().stamp({"name": name}).pdf for name in ("Anna Beispiel", "Anna Beispie1"))
    assert difference(one, other) > 64


def test_letters_with_marks_of_their_own_stand_where_they_do_when_laid_out() -> None:
    person = {"name": "Nguyễn Thị Hằng, Đặng Mỹ Lệ", "note": "Võ Quốc Bảo: ị ị, ạ Ạ."}
    stamped, whole = stamper().stamp(person).pdf, laid_out(person)
    assert difference(stamped, whole) == 0
    assert "ThL" not in "".join(words(whole))


def test_what_the_everyday_fonts_lack_is_brought_and_can_be_read(tmp_path: Path) -> None:
    """These are read back better than from a layout, which loses what a letter and its mark say together."""
    for name in ("Nguyễn Thị Ánh", "देवनागरी", "q̇̃ x̌"):
        stamped = stamper().stamp({"name": name}).pdf
        assert any(name in text for _, text in reading_order(stamped))
        assert conforms(stamped, tmp_path)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"name": "José \U0001f642"}, "no font"),
        ({"name": "田中"}, "no font"),
        ({"name": "Anna محمد Beispiel علي"}, "mixed"),
        ({"name": "محمد 5"}, "mixed"),
        ({"name": "An\u200bna"}, "invisible"),
        ({"note": "W" * 300}, "wider"),
        ({"note": LONG.replace(" ", "/")}, "wider"),
        ({"note": "عليكم " * 60}, "from the right"),
        ({"note": ("wort/wort " * 40)}, "more than one way"),
        ({"note": "Zeile.\n" * 60}, "over a page"),
    ],
)
def test_what_is_not_certain_is_left_to_a_layout(person: dict[str, str], why: str) -> None:
    with pytest.raises(NeedsLayout, match=why) as caught:
        stamper().stamp(person)
    assert not any(word in str(caught.value) for text in person.values() for word in text.split() if len(word) > 2)


def test_a_note_that_takes_a_page_too_many_is_left_to_a_layout_which_says_so() -> None:
    folders, _ = shelf()
    base = replace(leaflet("neck-pain", "a4"), most_pages=2)
    own = Stamper(lambda words: compose(with_words(base, words), folders), folders)
    with pytest.raises(NeedsLayout, match="not right on paper"):
        own.stamp({"note": "Zeile.\n" * 40})


def titled(person: Mapping[str, str]) -> Page:
    """The page with the person's name in its title too."""
    made = make_page("whiplash", "a4", None, person)
    html = made.html.replace("<title>", f"<title>{person['name'].replace('&', '&amp;')}: ", 1)
    return replace(made, html=html)


def test_a_title_that_names_the_person_is_stamped_too(tmp_path: Path) -> None:
    folders, _ = shelf()
    own = Stamper(titled, folders, "key", kept := Kept())
    for name in ("Łucja Muster", "Müller & Söhne", "Иван Петров"):
        stamped = own.stamp({"name": name}).pdf
        whole = press(titled({"name": name}), folders).pdf
        for pdf in (stamped, whole):
            with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata(update_docinfo=False) as metadata:
                assert (
                    metadata["dc:title"]
                    == file.docinfo["/Title"]
                    == f"{name}: {leaflet('whiplash', 'a4').title} – " + (leaflet("whiplash", "a4").subtitle)
                )
        assert Stamper(titled, folders, "key", kept).stamp({"name": name}).pdf == stamped
        assert conforms(stamped, tmp_path)


def test_a_name_in_an_attribute_is_left_to_a_layout() -> None:
    def labelled(person: Mapping[str, str]) -> Page:
        made = make_page("whiplash", "a4", None, person)
        return replace(made, html=made.html.replace("<main>", f'<main aria-label="{person["name"]}">'))

    with pytest.raises(NeedsLayout, match="no paragraph"):
        Stamper(labelled, shelf()[0]).stamp({"name": "Anna"})


def test_no_more_is_kept_open_than_memory_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    folders, _ = shelf()
    persons = [{"name": "Anna"}, {"name": "Anna", "note": "Üben."}, {"note": "Üben. " * 40}, {"name": "Berta"}]
    kept = Kept()

    def make(person: Mapping[str, str]) -> Page:
        return make_page("whiplash", "a4", None, person)

    plenty = [Stamper(make, folders, "key", kept).stamp(person).pdf for person in persons]
    monkeypatch.setattr("merkblatt.stamp.stamper.MOST_OPEN", 2)
    monkeypatch.setattr("merkblatt.stamp.stamper.MOST_FORMS", 1)
    own = Stamper(make, folders, "key", kept)
    assert [own.stamp(person).pdf for person in persons * 2] == plenty * 2
    assert (len(own._masters), len(own._hands)) == (2, 1)


@pytest.mark.parametrize(("layout", "is_stamped"), [("auto", False), ("fixed", True)])
def test_a_name_in_a_table_is_stamped_where_its_columns_do_not_follow_it(layout: str, is_stamped: bool) -> None:
    def tabled(person: Mapping[str, str]) -> Page:
        made = make_page("whiplash", "a4", None, person)
        cells = f'<tr><th scope="row">Name</th><td>{person["name"]}</td></tr>'
        table = f'<table style="table-layout: {layout}; width: 100%">{cells}</table>'
        return replace(made, html=made.html.replace("</main>", f"{table}</main>"))

    own = Stamper(tabled, shelf()[0])
    if is_stamped:
        assert difference(own.stamp({"name": "Łucja"}).pdf, press(tabled({"name": "Łucja"}), shelf()[0]).pdf) == 0
    else:
        with pytest.raises(NeedsLayout, match="columns"):
            own.stamp({"name": "Łucja"})


def test_words_that_may_not_part_stand_on_one_line() -> None:
    def held(person: Mapping[str, str]) -> Page:
        made = make_page("whiplash", "a4", None, {})
        spans = " ".join([f'<span style="white-space: nowrap">{person["note"]},</span>'] * 7)
        return replace(made, html=made.html.replace("</main>", f"<p>{spans}</p></main>"))

    own = Stamper(held, shelf()[0])
    for note in ("5-mal auf jeder Seite", "10-mal am Tag und in der Nacht", "1-mal"):
        assert difference(own.stamp({"note": note}).pdf, press(held({"note": note}), shelf()[0]).pdf) == 0


def test_nothing_of_anybody_else_stands_in_a_file() -> None:
    own = stamper("neck-pain")
    before = own.stamp({"name": "Qqjxvonne Zzyxworth", "note": "Geheime Sache Qqjx."}).pdf
    after = own.stamp({"name": "Anna Beispiel", "note": "Bitte üben."}).pdf
    fresh = Stamper(lambda words: make_page("neck-pain", "a4", None, words), shelf()[0])
    assert fresh.stamp({"name": "Anna Beispiel", "note": "Bitte üben."}).pdf == after
    assert "Qqjx" in "".join(words(before))
    assert "Qqjx" not in "".join(words(after))
    for encoding in ("utf-8", "utf-16-be"):
        assert "Qqjx".encode(encoding) not in everything(after)
    assert after.count(b"startxref") == 1
    assert after.count(b"%%EOF") == 1


def test_the_constant_part_is_the_same_for_everyone() -> None:
    one, other = (stamper().stamp({"name": name}) for name in ("Anna Beispiel", "Иван Петров"))
    again = stamper().stamp({"name": "Anna Beispiel"})
    assert one.prefix is again.prefix
    assert len(one.tail) < 6000
    assert one.tail == again.tail
    assert other.pdf != one.pdf


def test_a_master_is_read_back_from_bytes() -> None:
    own = Kept()
    made = Stamper(lambda words: make_page("neck-pain", "a4", None, words), shelf()[0], "key", own)
    person = {"name": "Anna Beispiel", "note": LONG}
    first = made.stamp(person).pdf

    def nothing(_: object) -> Page:
        raise AssertionError("laid out again")

    again = Stamper(nothing, shelf()[0], "key", own)
    assert again.stamp(person).pdf == first
    assert len(own.kept) == 2
    assert all("Anna".encode(e) not in data for data in own.kept.values() for e in ("utf-8", "utf-16-be"))


class Kept:
    """Keeps masters in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


def test_damaged_bytes_are_no_master() -> None:
    own = Kept()
    Stamper(lambda words: make_page("neck-pain", "a4", None, words), shelf()[0], "key", own).stamp({"name": "Anna"})
    (data,) = own.kept.values()
    assert isinstance(read_master(data), Master)
    for damaged in (b"", data[:-1], data[1:], b"pickle"):
        with pytest.raises(ValueError):  # noqa: PT011
            read_master(damaged)


def test_qpdf_finds_nothing() -> None:
    for person in ({"name": "Anna Beispiel", "note": LONG}, {"name": "Nguyễn Thị Ánh"}, {"name": "محمد علي"}):
        with pikepdf.open(io.BytesIO(stamper().stamp(person).pdf)) as file:
            assert file.check_pdf_syntax() == []

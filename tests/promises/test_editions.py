"""Another language needs words, not code: Arabic and Ukrainian print right, out of a folder of content alone."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest

from merkblatt.authoring.scaffold import new_edition
from merkblatt.authoring.translated_texts import translations
from merkblatt.authoring.translations import find_stale
from merkblatt.build.job import make_job
from merkblatt.content.library import Library, load_library
from merkblatt.content.model import Dose, Edition, Order
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import find_folders
from merkblatt.page.compose import compose
from merkblatt.page.layout import press
from merkblatt.page.template_words import weeks_words
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.wording import dose_pieces, say
from tests.pdf_facts import languages, reading_order, structure_problems
from tests.pressed import ROOT, TODAY
from tests.pressed import shelf as pressed_shelf
from tests.print_facts import blocks, fonts, glyphs, page_sizes, qr_codes

HERE = Path(__file__).parents[1] / "editions"
CASES = [(edition, format_) for edition in ("ar", "uk") for format_ in ("a4", "a4-large")]
PERSON: dict[str, Any] = {"name": "Łucja Ångström", "note": "Montag, 9 Uhr.", "weeks": 14}
PRACTICE = """\
name: Praxis am Wasserturm
address: ["Kirchgasse 12", "01234 Musterstadt"]
phone: 01234 567890
hours: ["Montag 8 bis 12 Uhr"]
"""


@lru_cache(maxsize=4)
def shelf(edition: str) -> Library:
    return load_library(find_folders((HERE / edition,)).leaflets)


def words_of(edition: str) -> Edition:
    return shelf(edition).editions[edition]


@lru_cache(maxsize=8)
def pressed(edition: str, format_: str, practice: Path | None = None) -> bytes:
    """The test sheet of an edition, for a person where there is a practice; `press` refuses glyphs that no font has."""
    folders = find_folders((HERE / edition,))
    said = {"sheet": "test-neck", "edition": edition, "format": format_}
    said |= {**PERSON, "practice": str(practice)} if practice else {}
    job = make_job(said, None, TODAY)
    leaflet = choose(job.order, shelf(edition), job.sender, job.today)
    return press(compose(leaflet, folders), folders).pdf


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.yaml"
    path.write_text(PRACTICE, encoding="utf-8")
    return path


def read(pdf: bytes) -> list[tuple[str, str]]:
    """What is read out, without the gaps that stand before a full stop set on its own."""
    return [(role, re.sub(r" (?=[.،])", "", text)) for role, text in reading_order(pdf)]


# --- tags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "format_"), CASES)
def test_it_is_tagged_as_pdf_ua_asks(edition, format_, practice, tmp_path):
    pdf = pressed(edition, format_, practice)
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pdf)
    report = validator.validate_pdf(path, profile="ua1")
    assert (report.is_compliant, list(report.failures)) == (True, [])
    assert structure_problems(pdf) == []
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == edition


def test_arabic_is_read_as_it_is_written(practice):
    told = read(pressed("ar", "a4", practice))
    assert ("H1", "ورقة اختبار") in told
    assert ("P", "تحرّك، ولا تلزم الراحة.") in told
    assert ("H4", "الآن، بعد أكثر من 12 أسبوعًا") in told
    assert ("LBody", "امشِ كل يوم 30 دقيقة.") in told
    long = "لا تبقَ في السرير وقتًا طويلًا، فالراحة الطويلة تضعف العضلات وتجعل الحركة أصعب عليك في الأيام التالية."
    assert ("LBody", long) in told
    assert ("P", "إلى Łucja Ångström · أُعدّت لألم مستمر منذ 14 أسبوعًا تقريبًا") in told
    assert ("P", "كم مرة: 5 مرات لكل جانب، مع الثبات ثانيتين، 3 مرات في اليوم") in told


def test_the_parts_are_read_in_their_order():
    """Columns are placed from the right by their style, not by another order of reading."""
    texts = [text for _, text in read(pressed("ar", "a4"))]
    wanted = ["ورقة اختبار", "الحركة", "تدوير الرأس", "رفع الكتفين", "علامات التحذير", "مثال", "مثال ثانٍ"]
    places = [texts.index(text) for text in wanted]
    assert places == sorted(places)


def test_ukrainian_is_read_as_it_is_written():
    told = read(pressed("uk", "a4"))
    assert ("H1", "Пробний листок") in told
    assert ("LBody", "Не лежіть довго в ліжку: ґрунтовний відпочинок теж має межу.") in told
    assert any("Видано: листопад 2026" in text for _, text in told)


# --- on paper ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "format_"), CASES)
def test_it_is_set_in_type_that_it_brings_along(edition, format_):
    names = {font.name for font in fonts(pressed(edition, format_))}
    assert all(font.is_embedded for font in fonts(pressed(edition, format_)))
    assert {name.split("-")[0] for name in names} == {"Vazirmatn" if edition == "ar" else "Noto"}
    assert page_sizes(pressed(edition, format_))[0] == (210.0, 297.0)


@pytest.mark.parametrize(("format_", "margin"), [("a4", 17), ("a4-large", 20)])
def test_arabic_stands_on_the_right(format_, margin):
    right = (210 - margin) / 25.4 * 72
    found = blocks(pressed("ar", format_))
    title = next(block for block in found if block.role == "H1")
    assert title.lines[0].end == pytest.approx(right, abs=2)
    heads = [line.end for block in found if block.role == "H2" and block.lines for line in block.lines[:1]]
    # The heading of the warning signs stands in their box.
    assert sum(end == pytest.approx(right, abs=2) for end in heads) >= len(heads) - 2


def test_arabic_is_ragged_on_the_left():
    """Lines of list items begin at one edge, on the right, and end where their words do."""
    lines = [line for block in blocks(pressed("ar", "a4")) if block.role == "LBody" for line in block.lines]
    course, second = (next(x for x in lines if text in x.text) for text in ("شارك", "الأيام التالية"))
    assert course.end == pytest.approx(second.end, abs=1)
    assert course.start - second.start > 20


def test_columns_begin_on_the_right():
    ends: dict[str, float] = {}
    for block in blocks(pressed("ar", "a4")):
        for line in block.lines:
            ends.setdefault(line.text, line.end)
    assert ends["تدوير الرأس"] > ends["رفع الكتفين"] + 100
    assert ends["مثال"] > ends["مثال ثانٍ"] + 100
    assert ends["اطلب المساعدة"] > ends["شلل جديد"] + 50


def test_the_codes_lead_where_the_sheet_says():
    assert {text for _, text in qr_codes(pressed("ar", "a4"))} == {"https://example.org/rat", "https://example.org"}


def test_what_comes_from_the_practice_keeps_its_own_direction(practice):
    """Digits in groups would change places: those of the telephone number, the postal code with its town."""
    lines: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for glyph in glyphs(pressed("ar", "a4", practice)):
        if glyph.letter.isascii() and glyph.letter.strip():
            lines.setdefault((glyph.page, round(glyph.y)), []).append((glyph.x, glyph.letter))
    painted = ["".join(letter for _, letter in sorted(line)) for line in lines.values()]
    assert any("01234567890" in line for line in painted)
    assert any("01234Musterstadt" in line for line in painted)
    assert any("Montag,9Uhr." in line for line in painted)


def test_a_name_in_another_script_is_right_in_a_german_leaflet():
    folders = find_folders()
    job = make_job({"sheet": "neck-pain", "name": "سلمى الخطيب", "weeks": 3}, None, TODAY)
    leaflet = choose(job.order, load_library(folders.leaflets), None, TODAY)
    pdf = press(compose(leaflet, folders), folders).pdf
    assert any(text.startswith("Für سلمى الخطيب · ") for _, text in read(pdf))
    assert structure_problems(pdf) == []


# --- the editions that come along -------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["en", "de-simple"])
@pytest.mark.parametrize("sheet", ["neck-pain", "whiplash"])
@pytest.mark.parametrize("format_", ["a4", "a4-large"])
def test_a_translated_sheet_prints_within_its_pages(sheet, edition, format_, tmp_path):
    folders, library = pressed_shelf()
    leaflet = choose(Order(sheet=sheet, edition=edition, format=format_), library, None, TODAY)
    pdf = press(compose(leaflet, folders), folders).pdf
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pdf)
    assert validator.validate_pdf(path, profile="ua1").is_compliant
    assert structure_problems(pdf) == []
    foreign = {text for language, text in languages(pdf) if language == "de"}
    assert ("Deutsche Schmerzliga" in foreign) == (edition == "en")


def test_no_edition_claims_to_be_the_tested_kind_of_plain_german():
    """An edition that no reader has tested is not called Leichte Sprache (DIN SPEC 33429)."""
    _, library = pressed_shelf()
    assert library.editions["de-simple"].name == "Deutsch in Einfacher Sprache"
    assert "Leichte Sprache" not in (ROOT / "leaflets/editions/de-simple.yaml").read_text(encoding="utf-8")


def test_translations_that_are_written_are_in_step():
    _, library = pressed_shelf()
    sheets = ("neck-pain", "whiplash")
    names = {name for sheet in sheets for section in library.sheets[sheet].sections for name in section.modules}
    files = {f"modules/{name}.yaml" for name in names} | {f"sheets/{sheet}.yaml" for sheet in sheets}
    root = library.roots[0]
    assert [str(one) for one in find_stale(library) if one.place.path.relative_to(root).as_posix() in files] == []
    assert [one for one in translations(library) if one.file in files and one.words is None] == []


# --- numbers and dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "weeks", "words"),
    [
        ("uk", 0, "менше тижня"),
        ("uk", 1, "приблизно 1 тиждень"),
        ("uk", 3, "приблизно 3 тижні"),
        ("uk", 5, "приблизно 5 тижнів"),
        ("uk", 12, "приблизно 12 тижнів"),
        ("uk", 22, "приблизно 22 тижні"),
        ("ar", 0, "أقل من أسبوع"),
        ("ar", 1, "أسبوع واحد تقريبًا"),
        ("ar", 2, "أسبوعين تقريبًا"),
        ("ar", 6, "6 أسابيع تقريبًا"),
        ("ar", 12, "12 أسبوعًا تقريبًا"),
        ("ar", 100, "100 أسبوع تقريبًا"),
    ],
)
def test_weeks_are_counted_as_the_language_does(edition, weeks, words):
    assert weeks_words(weeks, words_of(edition)) == words


@pytest.mark.parametrize(
    ("edition", "dose", "words"),
    [
        ("uk", {"repeat": 2, "per_day": 5}, ["2 рази", "5 разів на день"]),
        ("uk", {"repeat": "8-12", "hold": 21}, ["8–12 разів", "тримати 21 секунду"]),
        ("ar", {"repeat": 2, "hold": 5, "per_day": 1}, ["مرتان", "مع الثبات 5 ثوانٍ", "مرة واحدة في اليوم"]),
        ("ar", {"repeat": "8-12", "minutes": 2}, ["8 إلى 12 مرة", "دقيقتان"]),
    ],
)
def test_doses_are_counted_as_the_language_does(edition, dose, words):
    assert dose_pieces(Dose.model_validate(dose), words_of(edition)) == words


def test_conditions_are_counted_as_the_language_does():
    said = [say(words_of("uk"), "weeks_over", weeks=weeks) for weeks in (1, 3, 12)]
    assert [words.removeprefix("Якщо біль триває понад ") for words in said] == ["1 тиждень", "3 тижні", "12 тижнів"]
    assert say(words_of("ar"), "weeks_upto_now", weeks=2) == "الآن، في أول أسبوعين"
    assert say(words_of("uk"), "weeks_between", over=3, upto=12) == "Від 3 до 12 тижнів"


@pytest.mark.parametrize(("edition", "month"), [("ar", "نوفمبر 2026"), ("uk", "листопад 2026")])
def test_a_month_has_its_name_in_the_language(edition, month):
    leaflet = choose(Order(sheet="test-neck", edition=edition), shelf(edition), None, TODAY)
    assert month in compose(leaflet, find_folders((HERE / edition,))).html


# --- what an edition may say of itself --------------------------------------------------------------------


def test_an_edition_may_have_pages_of_its_own(content):
    content.change("sheets/pain.yaml", "pages: {a4: 2}", "pages: {a4: 2}\npages_in: {de: {a4: 3}, en: {a4: 9}}")
    assert content.choose().most_pages == 3
    assert content.choose(max_pages=7).most_pages == 7
    assert content.choose(format="a4-large").most_pages is None
    assert content.choose().pages_place.line == content.load().sheets["pain"].at("pages_in").line


def test_a_base_that_is_no_edition_is_told(content):
    content.change("editions/de.yaml", "language: de\n", "language: de\nbase: fr\n")
    assert content.faults() == ['editions/de.yaml:3:7: unknown edition "fr"']


@pytest.mark.parametrize("fonts", ['["}; @import url(x"]', "[a/b]", "['x\"y']"])
def test_a_family_of_type_is_a_name_and_nothing_else(content, fonts):
    content.change("editions/de.yaml", "language: de\n", f"language: de\nfonts: {fonts}\n")
    assert [fault.split(" ")[1] for fault in content.faults()] == ["fonts[1]"]


def test_its_type_and_marks_are_used(content):
    content.change("editions/de.yaml", "language: de\n", "language: de\nfonts: [Noto Sans]\nmarks: {comma: ;}\n")
    html = content.html()
    assert 'html { font-family: "Noto Sans"; }' in html
    assert "Schmerz; issued November 2026" in html


def test_what_runs_the_way_of_the_edition_is_left_alone(content):
    assert "<bdi" not in content.html(note="Bitte 3-mal.", name="Łucja")
    assert '<bdi dir="rtl">كل يوم</bdi>' in content.html(note="كل يوم")


# --- a new edition ----------------------------------------------------------------------------------------


def test_a_new_edition_loads_and_every_word_is_to_be_written(content):
    path = new_edition("tr", content.root, content.load())
    edition = content.load().editions["tr"]
    assert path == content.root / "editions/tr.yaml"
    assert (edition.name, edition.language, edition.direction, edition.base) == ("Türkçe", "tr", "ltr", "de")
    assert set(edition.sections.values()) == {"TODO"}
    assert all(str(words).startswith(("TODO", "none=None")) for _, words in edition.labels)
    assert '  page: "TODO {page} {pages}"  # page {page} {pages}\n' in path.read_text(encoding="utf-8")


def test_a_new_edition_knows_its_script_and_its_plurals(content):
    new_edition("ar", content.root, content.load())
    new_edition("uk", content.root, content.load())
    editions = content.load().editions
    assert (editions["ar"].direction, editions["ar"].fonts, editions["ar"].marks.comma) == ("rtl", ("Vazirmatn",), "،")
    assert editions["uk"].fonts == ("Noto Sans",)
    assert editions["uk"].labels.dose_repeat.few == editions["uk"].labels.dose_repeat.many == "TODO {n}"
    assert editions["uk"].labels.dose_repeat.two is None


def test_an_unwritten_edition_is_refused_and_the_others_are_not(content):
    new_edition("tr", content.root, content.load())
    with pytest.raises(Faulty) as caught:
        content.choose(edition="tr")
    assert {finding.code for finding in caught.value.findings} == {"unwritten"}
    assert len(caught.value.findings) == 2  # sections, labels
    assert content.choose().title == "Schmerz"


@pytest.mark.parametrize(("name", "message"), [("xq", 'unknown language "xq"'), ("de", "exists already")])
def test_an_edition_that_cannot_be_is_told(content, name, message):
    with pytest.raises(Faulty, match=message):
        new_edition(name, content.root, content.load())


def test_new_edition_on_the_command_line(run, small_program):
    ran = run("new", "edition", "tr")
    assert (ran.code, ran.out.strip()) == (0, str(small_program.root / "editions/tr.yaml"))
    assert run("new", "edition", "TR").code == 2
    assert run("build", "pain", "--edition", "tr", "--html").code == 1
    assert run("build", "pain", "--html").code == 0

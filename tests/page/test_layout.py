"""Proves on every real sheet that the PDF is tagged as a screen reader and an archive need it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import page as validator
import pikepdf
import pytest

from merkblatt.content.formats import PAPERS
from tests.pdf_facts import HEADINGS, artifacts, languages, links, reading_order, structure_problems
from tests.pressed import CASES, KINDS, PERSON, ROOT, SHEETS, TOO_LONG, leaflet, pressed, sample, shelf, write_own
from tests.print_facts import Font, fonts, page_sizes
from tests.processes import run, run_anew

#: What issue 2 promises: a topic is one sheet of paper, the longer ones two.
BUDGET = {"neck-pain": 2, "whiplash": 2, "low-back-pain": 4, "low-back-exercises": 4}
OURS = {
    "Atkinson-Hyperlegible-Next",
    "Atkinson-Hyperlegible-Next-Semi-Bold",
    "Atkinson-Hyperlegible-Next-Bold",
    "Noto-Sans",
    "Noto-Sans-Bold",
}

#: ISO 216; DL is a third of A4.
SIZES: dict[str, tuple[float, float]] = {
    "a4": (210, 297),
    "a4-large": (210, 297),
    "a4-xlarge": (210, 297),
    "a5": (148, 210),
    "a5-large": (148, 210),
    "dl": (99, 210),
    "a3-poster": (297, 420),
}
#: Panels are found by eye, a poster is one page: neither has a foot with numbers.
FOOTLESS = {"dl", "a3-poster"}

every_case = pytest.mark.parametrize(("sheet", "format_", "reader"), CASES)


def test_the_four_sheets_are_there_and_each_is_tried_for_everyone_and_for_a_person() -> None:
    assert set(BUDGET) <= set(SHEETS)
    assert {case[:2] for case in CASES} >= {(sheet, paper) for sheet in SHEETS for paper in ("a4", "a4-large")}
    assert {case[:2] for case in CASES} >= {(sheet, "dl") for sheet in SHEETS if sheet not in TOO_LONG}
    assert {case[:2] for case in CASES} >= {(sheet, paper) for sheet in KINDS for paper in PAPERS if paper != "dl"}
    assert {case[::2] for case in CASES if case[1] == "a4"} >= {
        (s, r) for s in SHEETS for r in ("svg", "en", "de-simple")
    }


# Conformance


@every_case
def test_no_fault_of_pdf_ua_is_found(sheet: str, format_: str, reader: str) -> None:
    report = validator.validate_pdf_bytes(pressed(sheet, format_, reader), profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_the_validator_sees_a_planted_fault() -> None:
    with pikepdf.open(io.BytesIO(sample("<h1>Titel</h1><p>Text</p>"))) as file:
        del file.Root["/MarkInfo"]
        target = io.BytesIO()
        file.save(target)
    assert validator.validate_pdf_bytes(target.getvalue(), profile="ua1").failures


@every_case
def test_no_fault_of_the_structure_is_found(sheet: str, format_: str, reader: str) -> None:
    assert structure_problems(pressed(sheet, format_, reader)) == []


# Reading order


@every_case
def test_reading_begins_with_the_title_and_the_first_part_is_the_message(sheet: str, format_: str, reader: str) -> None:
    read, chosen = reading_order(pressed(sheet, format_, reader)), leaflet(sheet, format_, reader)
    assert read[:2] == [("H1", chosen.title), ("P", chosen.subtitle)]
    headings = [text for role, text in read if role in HEADINGS]
    assert headings[:2] == [chosen.title, chosen.labels.message]
    at = read.index(("H2", chosen.labels.message))
    assert read[at + 1] == ("P", re.sub(r"\*\*|\[|\]\{lang=[a-z-]+\}", "", chosen.message.text))


@every_case
def test_headings_leave_out_no_level_and_the_title_is_the_only_first_one(sheet: str, format_: str, reader: str) -> None:
    levels = [int(role[1]) for role, _ in reading_order(pressed(sheet, format_, reader)) if role in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []


@every_case
def test_each_part_is_read_in_the_order_of_the_leaflet(sheet: str, format_: str, reader: str) -> None:
    chosen = leaflet(sheet, format_, reader)
    read = [text for role, text in reading_order(pressed(sheet, format_, reader)) if role == "H2"]
    note = [chosen.labels.note] if reader in {"svg", "png"} else []
    parts = [part.heading for part in chosen.parts]
    assert read == [chosen.labels.message, *note, *parts, chosen.labels.about]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_person_s_words_are_read_as_they_were_written(sheet: str) -> None:
    read = [text for _, text in reading_order(pressed(sheet, "a4", "svg"))]
    told = " ".join(read)
    assert f"Für {PERSON['name']}" in told
    first, second = PERSON["note"].split("\n\n")
    assert first.replace("\n", " ") in read
    assert second in read
    assert ("Figure", "Logo: Praxis am Wasserturm") in reading_order(pressed(sheet, "a4", "svg"))
    assert PERSON["name"] not in " ".join(text for _, text in reading_order(pressed(sheet, "a4")))


@every_case
def test_the_foot_is_no_part_of_what_is_read(sheet: str, format_: str, reader: str) -> None:
    pdf, chosen = pressed(sheet, format_, reader), leaflet(sheet, format_, reader)
    feet, pages = artifacts(pdf) if format_ not in FOOTLESS else [], len(page_sizes(pdf))
    for number, foot in enumerate(feet, 1):
        assert chosen.title in foot
        assert chosen.labels.page.format(page=number, pages=pages) in foot
    told = " ".join(text for _, text in reading_order(pdf))
    assert not re.search(chosen.labels.page.format(page=r"\d+", pages=r"\d+"), told)


# Languages, links


@every_case
def test_foreign_words_carry_their_language(sheet: str, format_: str, reader: str) -> None:
    written = {
        (lang, word)
        for part in leaflet(sheet, format_, reader).parts
        for contact in part.contacts
        for word, lang in re.findall(r"\[([^]]+)\]\{lang=([a-z-]+)\}", contact.offers)
        if format_ != "a3-poster"  # which names contacts alone
    }
    assert written <= set(languages(pressed(sheet, format_, reader)))


def test_some_sheet_names_foreign_languages() -> None:
    assert {lang for lang, _ in languages(pressed("neck-pain", "a4"))} >= {"en", "es", "fr"}


@every_case
def test_a_link_is_described_in_words_and_leads_to_each_contact(sheet: str, format_: str, reader: str) -> None:
    contacts = [contact for part in leaflet(sheet, format_, reader).parts for contact in part.contacts]
    assert contacts
    found = {link.uri: link.contents for link in links(pressed(sheet, format_, reader))}
    for contact in contacts:
        name = re.sub(r"\[([^]]+)\]\{lang=[a-z-]+\}", r"\1", contact.name)
        assert found[contact.url].startswith(f"{name}: ")
    assert [uri for uri, words in found.items() if not re.match(r"[^\W\d_]{3,}[: -]", words)] == []


# The document


@every_case
def test_the_document_tells_title_and_language_and_shows_its_title(sheet: str, format_: str, reader: str) -> None:
    chosen = leaflet(sheet, format_, reader)
    with pikepdf.open(io.BytesIO(pressed(sheet, format_, reader))) as file:
        assert str(file.Root.Lang) == chosen.edition.language
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{chosen.title} – {chosen.subtitle}"
            assert metadata["pdfuaid:part"] == "1"


@every_case
def test_each_page_has_the_size_of_its_paper(sheet: str, format_: str, reader: str) -> None:
    assert set(page_sizes(pressed(sheet, format_, reader))) == {SIZES[format_]}


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_sheet_keeps_its_pages_at_a4(sheet: str) -> None:
    allowed = shelf()[1].sheets[sheet].pages["a4"]
    assert allowed == BUDGET.get(sheet, allowed)
    assert len(page_sizes(pressed(sheet, "a4"))) <= allowed


# Fonts


@every_case
def test_only_our_fonts_are_used_and_all_are_embedded(sheet: str, format_: str, reader: str) -> None:
    found = fonts(pressed(sheet, format_, reader))
    assert {font.name for font in found} <= OURS
    assert [font for font in found if not font.is_embedded] == []


def test_a_font_that_is_not_embedded_is_seen() -> None:
    with pikepdf.open(io.BytesIO(sample("<h1>Titel</h1>"))) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                del thing["/FontFile2"]
        target = io.BytesIO()
        file.save(target)
    assert fonts(target.getvalue()) == (Font("Next", False),)


@pytest.mark.parametrize("words", ["Привіт, Наталю", "Καλημέρα", "Chào bạn Nguyễn", "ЖҐЄЇ"])
def test_words_in_other_letters_are_set_in_noto(words: str) -> None:
    pdf = pressed(SHEETS[0], "a4", note=words)
    assert {font.name for font in fonts(pdf)} & {"Noto-Sans"}
    assert {font.name for font in fonts(pdf)} <= OURS
    assert ("P", words) in reading_order(pdf)


_LEAK = """
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
glyph = font.getBestCmap()[ord("A")]
for table in font["cmap"].tables:
    table.cmap.clear()
    if table.isUnicode():
        table.cmap[0x6B69] = glyph
for record in font["name"].names:
    record.string = "Leak Sans" if record.nameID in (1, 4, 16) else "LeakSans" if record.nameID == 6 else "Regular"
font.save(sys.argv[2])
"""
_PLAIN = """
import sys, weasyprint
sys.stdout.buffer.write(weasyprint.HTML(string="<p>\\u6b69").write_pdf(pdf_variant="pdf/ua-1"))
"""


def test_a_font_of_the_system_never_leaks_in(tmp_path: Path) -> None:
    """A planted font is all that has a Chinese letter: WeasyPrint alone takes it, the press does not."""
    ours = ROOT / "styles" / "fonts" / "NotoSans-Regular.ttf"
    (tmp_path / "fonts").mkdir()
    command = [sys.executable, "-W", "ignore", "-c", _LEAK, str(ours), str(tmp_path / "fonts" / "leak.ttf")]
    subprocess.run(command, check=True, capture_output=True)
    config = tmp_path / "fonts.conf"
    dtd = '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    config.write_text(f"{dtd}<fontconfig><dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    environment = {"FONTCONFIG_FILE": str(config), "PATH": "/usr/bin:/bin"}
    plain = subprocess.run([sys.executable, "-c", _PLAIN], env=environment, capture_output=True, check=True)
    assert [font.name for font in fonts(plain.stdout)] == ["Leak-Sans"]

    done = run_anew(
        "build", SHEETS[0], "--max-pages", "99", "--name", "\u6b69", "-o", tmp_path / "out", FONTCONFIG_FILE=str(config)
    )
    assert done.returncode == 1
    assert "U+6B69" in done.stderr
    assert not (tmp_path / "out").exists()


def test_no_font_of_the_system_is_known_where_nothing_is_set(tmp_path: Path) -> None:
    done = run_anew("build", SHEETS[0], "--max-pages", "99", "-o", tmp_path, HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    pdf = (tmp_path / f"{SHEETS[0]}.de.a4.pdf").read_bytes()
    assert {font.name for font in fonts(pdf)} <= OURS


@pytest.mark.parametrize(("option", "words"), [("--name", "李明"), ("--note", "Gut gemacht \U0001f600")])
def test_a_letter_without_a_font_names_the_option_and_repeats_no_letter(
    option: str, words: str, tmp_path: Path
) -> None:
    done = run("build", SHEETS[0], "--max-pages", "99", option, words, "-o", tmp_path / "out")
    assert done.returncode == 1
    missing = [line for line in done.stderr.splitlines() if "no font has the character" in line]
    letters = {letter for letter in words if ord(letter) > 0x2000 or 0x600 <= ord(letter) < 0x700}
    assert sorted(missing) == sorted(
        f"command line: no font has the character U+{ord(letter):04X}" for letter in letters
    )
    assert not letters & set(done.stderr + done.stdout)
    assert not (tmp_path / "out").exists()


def test_a_letter_without_a_font_in_a_module_names_its_line(tmp_path: Path) -> None:
    own = write_own(tmp_path / "own", {})
    module = own / "modules" / "probe.yaml"
    module.write_text(module.read_text("utf-8").replace("Gehen Sie jeden Tag.", "Gehen Sie jeden \u6b69 Tag."), "utf-8")
    done = run("build", "probe", "--leaflets", own, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert f'{module}:5:9: no font has the character U+6B69 "\u6b69"' in done.stderr

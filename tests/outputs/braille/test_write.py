"""The file for an embosser: pages that fit, words that are whole, grades and languages by their tables."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache

import pytest

from merkblatt.content.format_ids import Grade
from merkblatt.core.findings import Faulty
from merkblatt.outputs import liblouis
from merkblatt.outputs.braille import BraillePage, write_braille
from merkblatt.outputs.plain_text import write_text
from merkblatt.tailoring.leaflet import Leaflet
from tests.conftest import label_text, told
from tests.outputs.epub.test_book import arabic
from tests.outputs.test_plain_text import CASES, said
from tests.pressed import SHEETS, leaflet

needs_liblouis = pytest.mark.skipif(
    shutil.which("lou_translate") is None,
    reason="lou_translate is not installed (Debian: apt-get install liblouis-bin)",
)

#: The letters of German that have a cell of their own, in braille ASCII.
_LETTERS = str.maketrans({"Ä": ">", "Ö": "[", "Ü": "\\"})
WORD = re.compile(r"(?<![^\W\d_])[A-Za-zÄÖÜäöü]{2,}(?![^\W\d_])")


@pytest.fixture(autouse=True)
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A leaflet on pages of another size has the same words: liblouis is asked for them once."""
    monkeypatch.setattr(liblouis, "_run", lambda lines, table: list(_translated(tuple(lines), table)))


_run = liblouis._run


@cache
def _translated(lines: tuple[str, ...], table: str) -> tuple[str, ...]:
    return tuple(_run(lines, table))


def pages(made: Leaflet, cells: int = 40, lines: int = 25, grade: Grade = "full") -> list[list[str]]:
    """The lines of each page, that of its number included."""
    text = write_braille(made, BraillePage(cells, lines, grade)).decode("ascii")
    assert text.endswith("\r\n\f")
    return [page.removesuffix("\r\n").split("\r\n") for page in text.split("\f")[:-1]]


def words(made: Leaflet, grade: Grade = "full") -> str:
    """All that stands on the pages, in one line, without their numbers."""
    return " ".join(" ".join(" ".join(page[:-1]) for page in pages(made, grade=grade)).split())


@needs_liblouis
@pytest.mark.parametrize(("cells", "lines", "grade"), [(40, 25, "full"), (32, 28, "contracted"), (20, 10, "basic")])
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_page_fits_the_embosser(sheet, cells, lines, grade):
    made = pages(leaflet(sheet, "a4", "svg"), cells, lines, grade)
    assert {len(page) for page in made} == {lines}
    assert max(len(line) for page in made for line in page) <= cells
    assert {character for page in made for line in page for character in line} <= set(map(chr, range(32, 96)))
    digits = str.maketrans("1234567890", "ABCDEFGHIJ")
    numbers = [f"#{str(number).translate(digits)}".rjust(cells) for number in range(1, len(made) + 1)]
    assert [page[-1] for page in made] == numbers


@needs_liblouis
@pytest.mark.parametrize("sheet", SHEETS)
def test_no_page_begins_blank_or_ends_with_a_heading(sheet):
    for cells, lines in ((40, 25), (28, 14)):
        for page in pages(leaflet(sheet, "a4"), cells, lines):
            text = [line for line in page[:-1] if line]
            assert page[0]
            assert not re.fullmatch(r" *(-{3,}|3{3,})", text[-1])
            assert not re.match(r" {4}", text[-1])


@needs_liblouis
@pytest.mark.parametrize(("sheet", "reader"), [case for case in CASES if case[1] != "en"])
def test_nothing_of_a_leaflet_is_lost(sheet, reader):
    """Letter by letter, German braille in ASCII reads as German does."""
    made = leaflet(sheet, "a4", reader)
    embossed = words(made, "basic")
    left_out = {made.edition.sections["notes"]}
    wanted = {
        word.upper().translate(_LETTERS) for text in said(made) if text not in left_out for word in WORD.findall(text)
    }
    assert len(wanted) > 60
    assert [word for word in wanted if word not in embossed] == []


@needs_liblouis
def test_a_page_as_it_is_felt(content):
    content.change("sheets/pain.yaml", "de: Für Erwachsene", "de: Für alle Erwachsenen mit Schmerzen am Rücken")
    first, *_ = pages(content.choose(note="Eins.\nZwei."), 30, 23, "basic")
    assert first == [
        "           SCHMERZ",
        "           3333333",
        "  F\\R ALLE ERWACHSENEN MIT",
        "SCHMERZEN AM R\\CKEN",
        "",
        "MESSAGE",
        "-------",
        "  BEWEGEN SIE SICH'",
        "",
        "NOTE",
        "----",
        "  EINS'",
        "  ZWEI'",
        "",
        "PART SELF-HELP",
        "--------------",
        "",
        "    BEWEGUNG",
        "- GEHEN SIE'",
        "",
        # A heading and two lines under it have no room any more.
        "",
        "",
        "                            #A",
    ]


@needs_liblouis
def test_grades_contract_more_and_more():
    """Of German: `nicht` is spelled out, has signs for its sounds, or is one letter."""
    made = leaflet("neck-exercises", "a4")
    basic, full, contracted = (words(made, grade) for grade in ("basic", "full", "contracted"))
    assert len(basic) > len(full) > len(contracted)
    assert " NICHT " in basic
    assert " NI?T " in full
    assert " N " in contracted


@needs_liblouis
def test_english_is_unified_english_braille_and_foreign_words_are_not_contracted():
    made = leaflet("neck-pain", "a4", "en")
    assert " & " in words(made, "contracted")
    assert " AND " in words(made, "full")
    assert '"<,KRANKENGYMNASTIK">' in words(made, "contracted")
    assert '8,NACKENSCHMERZEN0 "<AF ,,DEGAM">' in words(made, "contracted")


@needs_liblouis
@pytest.mark.parametrize("grade", ["basic", "contracted"])
def test_arabic_has_its_table(grade):
    assert len(pages(arabic(), grade=grade)) > 1


@needs_liblouis
def test_it_is_the_braille_ascii_of_liblouis():
    text = "Über 38,5 °C: Größe (zehn) „Ja“ – 5-mal; 2 % & §!"
    command = ["lou_translate", "--forward", "en-us-brf.dis,de-g1.ctb"]
    cells = subprocess.run(command, input=text + "\n", capture_output=True, text=True, check=True).stdout
    made = leaflet("neck-pain", "a4", note=text)
    assert " ".join(cells.split()) in words(made)


@needs_liblouis
def test_what_no_table_knows_is_told_and_a_person_s_letters_are_not():
    made = leaflet("neck-pain", "a4", name="سلمى")
    with pytest.raises(Faulty) as caught:
        write_braille(made)
    assert {finding.place for finding in caught.value.findings} == {made.name_place}
    assert all("the table de-g1.ctb has no braille for U+06" in finding.message for finding in caught.value.findings)
    assert not re.search("[سلمى]", str(caught.value))


@needs_liblouis
def test_an_unknown_character_of_the_content_is_shown(content):
    content.change("modules/moving.yaml", "Gehen Sie.", "Gehen ✓ Sie.")
    with pytest.raises(Faulty, match='has no braille for U\\+2713 "✓"'):
        write_braille(content.choose())


@needs_liblouis
def test_a_long_note_and_its_backslashes_stay_whole(content):
    note = r"C:\x0041 " + "Wort " * 390
    assert len(note) <= 2000
    embossed = words(content.choose(note=note.strip()), "basic")
    assert embossed.count("WORT") == 390
    assert "X#JJDA" in embossed


@needs_liblouis
def test_what_is_no_word_is_not_lost(content):
    assert words(content.choose(note="ä" * 1999), "basic").count(">") == 1999 + words(content.choose(), "basic").count(
        ">"
    )


@needs_liblouis
def test_a_drawing_without_words_is_left_out(content):
    figure = "figure: {posture: seated, end: {head: {turn: 40}}}\n"
    content.write("exercises/turn.yaml", (content.root / "exercises/turn.yaml").read_text("utf-8") + figure)
    assert "77" not in words(content.choose(), "basic")
    assert "[]" not in write_text(content.choose())
    assert "\n\n\n\n" not in write_text(content.choose())


@needs_liblouis
def test_only_what_is_longer_than_a_line_is_cut(content):
    lines = [line for page in pages(content.choose(note="Wort " + "x" * 50), 20, 12, "basic") for line in page]
    at = lines.index("  WORT")
    assert lines[at + 1 : at + 4] == ["X" * 20, "X" * 20, "X" * 10]


@pytest.mark.parametrize(
    ("page", "message"),
    [(BraillePage(cells=19), "19 cells are too few"), (BraillePage(lines=9), "9 lines are too few")],
)
def test_too_small_a_page_is_told(content, page, message):
    with pytest.raises(Faulty, match=message):
        write_braille(content.choose(), page)


@pytest.mark.parametrize(
    ("language", "grade", "message"),
    [("fi", "full", 'no full braille is known for language "fi"'), ("uk", "contracted", 'for language "uk"')],
)
def test_a_language_without_a_table_is_told_by_its_edition(content, language, grade, message):
    content.change("editions/de.yaml", "language: de", f"language: {language}")
    with pytest.raises(Faulty, match=message) as caught:
        write_braille(content.choose(), BraillePage(grade=grade))
    assert told(caught.value.findings, content.root)[0].startswith("editions/de.yaml:2:11: ")


def test_where_liblouis_is_missing_the_way_to_it_is_told(content, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Faulty) as caught:
        write_braille(content.choose())
    (finding,) = caught.value.findings
    assert finding.message == "braille needs lou_translate of liblouis, which is not on this machine"
    assert "apt-get install liblouis-bin" in finding.hint
    assert label_text("message") not in str(finding)

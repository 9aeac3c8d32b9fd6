"""Names of files: by template, safe on every system, each given once, of a person only where asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.batch.file_names import DEFAULT, read_template, target
from merkblatt.core.findings import Faulty

WISH = {"sheet": "neck-pain", "name": "Ayşe Yılmaz", "weeks": 6}


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (DEFAULT, "0007-neck-pain.pdf"),
        ("{row}", "7.pdf"),
        ("{sheet}.{edition}.{format}", "neck-pain.de.a4.pdf"),
        ("{name}-{weeks}", "Ayşe-Yılmaz-6.pdf"),
        ("{thousand:03}/{row:06}", "000/000007.pdf"),
    ],
)
def test_a_template_names_files(template, name):
    assert read_template(template)(7, WISH) == name


def test_folders_hold_a_thousand_each():
    name = read_template("{thousand}/{row}")
    assert [name(row, WISH) for row in (1000, 1001, 2001)] == ["0/1000.pdf", "1/1001.pdf", "2/2001.pdf"]


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("../../etc/passwd", "-..-etc-passwd.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j.pdf"),
        ("CON", "CON_.pdf"),
        ("nul", "nul_.pdf"),
        ("Zoë ", "Zoë.pdf"),
        ("J\u0075\u0308rgen", "Jürgen.pdf"),
        ("Ende...", "Ende.pdf"),
        ("a\nb\tc\x00", "a-b-c.pdf"),
        ("", "-.pdf"),
    ],
)
def test_a_person_s_name_is_made_safe_on_every_system(person, name):
    found = read_template("{name}")(1, {**WISH, "name": person})
    assert found.replace("c-.pdf", "c.pdf") == name


def test_a_long_name_is_cut_between_characters():
    name = read_template("{row}-{name}")(1, {**WISH, "name": "ü" * 300})
    assert len(name.encode()) <= 180


def test_names_that_are_alike_on_some_system_are_told_apart():
    name = read_template("{name}")
    given = [name(row, {**WISH, "name": person}) for row, person in enumerate(["Ann", "ANN", "ann-2", "Ann", "Bo"], 1)]
    assert given == ["Ann.pdf", "ANN-2.pdf", "ann-2-2.pdf", "Ann-3.pdf", "Bo.pdf"]
    assert len({one.casefold() for one in given}) == len(given)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{nmae}", 'unknown field "nmae"'),
        ("{row.__class__}", "unknown field"),
        ("{row[0]}", "unknown field"),
        ("{row!r}", "! is not taken"),
        ("{row", "expected '}'"),
        ("{}", "unknown field"),
        ("{sheet:d}", "Unknown format code 'd'"),
        ("/srv/{row}", "below the folder"),
        ("../{row}", "below the folder"),
        ("a\\{row}", "below the folder"),
        ("", "below the folder"),
    ],
)
def test_a_template_at_fault_is_told(template, told):
    with pytest.raises(Faulty) as caught:
        read_template(template)
    assert told in str(caught.value)
    assert "--names" in str(caught.value)


@pytest.mark.parametrize(("row", "folder"), [(1, "000"), (1000, "000"), (1001, "001"), (2000, "001"), (999_999, "999")])
def test_rows_are_counted_from_one_into_folders(row, folder):
    assert read_template("{thousand:03}/{row}")(row, WISH) == f"{folder}/{row}.pdf"


@pytest.mark.parametrize(
    ("template", "wish", "name"),
    [
        ("{row}-{weeks}", {}, "1-.pdf"),
        ("{row}-{name}", {"name": "a/b"}, "1-a-b.pdf"),
        ("{row}-{name}", {"name": ".."}, "1-.pdf"),
        ("{name}/{row}", {"name": "."}, "1.pdf"),
        ("{name}//{row}", {"name": "Bo"}, "Bo/1.pdf"),
        ("{edition}-{format}-{row}", {"edition": "en", "format": "a5"}, "en-a5-1.pdf"),
        ("Blatt {row}", {}, "Blatt-1.pdf"),
        ("{{{row}}}", {}, "{1}.pdf"),
        ("{name}", {"name": "Łucja Żółć"}, "Łucja-Żółć.pdf"),
        ("{name}.{row}", {"name": "LPT1"}, "LPT1_.1.pdf"),
        ("{row}.{sheet}", {"sheet": "COM1"}, "1.COM1_.pdf"),
    ],
)
def test_what_a_wish_says_becomes_parts_of_a_path(template, wish, name):
    assert read_template(template)(1, {"sheet": "x", **wish}) == name


def test_no_name_leads_out_of_the_folder():
    for person in ("..", "../x", "/etc", "a/../../b", "..\\..\\x", "C:\\x"):
        name = read_template("{name}/{row}")(1, {"sheet": "x", "name": person})
        assert not [part for part in name.split("/") if part in ("", ".", "..")]
        assert not set("\\:") & set(name)


def test_a_name_is_given_once_for_each_way_of_writing_it():
    name = read_template("{name}")
    given = [
        name(row, {"name": person}) for row, person in enumerate(["J\u00fcrgen", "Ju\u0308rgen", "J\u00dcRGEN"], 1)
    ]
    assert given == ["J\u00fcrgen.pdf", "J\u00fcrgen-2.pdf", "J\u00dcRGEN-3.pdf"]


def test_rows_without_a_name_are_told_apart():
    name = read_template("{name}")
    assert [name(row, {}) for row in (1, 2, 3)] == ["-.pdf", "-2.pdf", "-3.pdf"]


def test_two_templates_know_nothing_of_each_other():
    assert [read_template("{name}")(1, {"name": "Bo"}) for _ in range(2)] == ["Bo.pdf"] * 2


@pytest.mark.parametrize(("letter", "most"), [("a", 160), ("\u00fc", 160), ("\u4e00", 160)])
def test_a_part_of_a_path_is_at_most_so_long(letter, most):
    name = read_template("{name}")(1, {"name": letter * 300}).removesuffix(".pdf")
    assert most - 3 <= len(name.encode()) <= most
    assert set(name) == {letter}


@pytest.mark.parametrize("template", ["{row}/", "a/../{row}", "   "])
def test_a_template_that_leads_nowhere_is_told(template):
    with pytest.raises(Faulty):
        read_template(template)


def test_a_field_that_is_misspelled_is_told_with_the_nearest():
    with pytest.raises(Faulty) as caught:
        read_template("{row}-{shet}")
    (finding,) = caught.value.findings
    assert (finding.message, finding.hint) == (
        '--names "{row}-{shet}": unknown field "shet"', 'did you mean "sheet"?'
    )  # fmt: skip


def test_a_named_file_lies_below_the_folder():
    assert target(Path("out"), "001/1001.pdf") == Path("out/001/1001.pdf")

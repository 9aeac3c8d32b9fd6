"""Names of files: by template, safe on every system, each given once, of a person only where asked for."""

from __future__ import annotations

import pytest

from merkblatt.batch.file_names import DEFAULT, read_template
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

"""YAML as content takes it: plain data that knows its places; whatever else stands there is a finding."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from merkblatt.content.library import FOLDERS
from merkblatt.content.validation import read_model
from merkblatt.core.findings import Faulty, Finding
from merkblatt.core.yaml_reader import DEEPEST, LONGEST_LINE, MOST_BYTES, parse_yaml, place_of, read_yaml
from tests.conftest import ROOT

HERE = Path("file.yaml")


def findings(text: str) -> tuple[Finding, ...]:
    with pytest.raises(Faulty) as caught:
        parse_yaml(text, HERE)
    return caught.value.findings


def only(text: str) -> tuple[int, int, str, str]:
    """The one finding of a text: line, column, message, hint."""
    (finding,) = findings(text)
    return finding.place.line, finding.place.column, finding.message, finding.hint


def of_file(path: Path) -> Finding:
    with pytest.raises(Faulty) as caught:
        read_yaml(path)
    (finding,) = caught.value.findings
    assert finding.place.path == path
    return finding


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8", 8),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'8'", "8"),
        ('"true"', "true"),
        # What other readers of YAML turn into something that nobody wrote.
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("8:30", "8:30"),
        ("0821", "0821"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("2026-11-23", "2026-11-23"),
        ("9" * 30, "9" * 30),
    ],
)
def test_a_scalar_is_what_its_writer_means(written, value):
    found = parse_yaml(f"key: {written}", HERE)["key"]
    assert found == value
    assert type(found) is type(value)


def test_every_value_and_every_name_knows_its_place():
    data = parse_yaml("title: {de: Text}\nlist:\n- one\n- two: 2\n", HERE)
    at = {
        steps: (place_of(data, steps).line, place_of(data, steps).column)
        for steps in [(), ("title",), ("title", "de"), ("list", 0), ("list", 1, "two"), ("list", 9), ("none",)]
    }
    assert at == {
        (): (1, 1),
        ("title",): (1, 8),
        ("title", "de"): (1, 13),
        ("list", 0): (3, 3),
        ("list", 1, "two"): (4, 8),
        ("list", 9): (3, 1),  # as near as it leads
        ("none",): (1, 1),
    }
    name = place_of(data, ("list", 1, "two"), key=True)
    assert (name.line, name.column) == (4, 3)


def test_columns_count_characters_not_bytes():
    data = parse_yaml("{ä: 1, öü: 2}", HERE)
    assert place_of(data, ("öü",)).column == 12


def test_a_byte_order_mark_is_no_content(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfkey: 1\r\nother: 2\r\n")
    assert read_yaml(path) == {"key": 1, "other": 2}


def test_bytes_that_are_not_utf8_are_found_at_their_place(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("key: gut\nwort: ä und W".encode() + b"\xe4rme\n")
    finding = of_file(path)
    assert (finding.place.line, finding.place.column) == (2, 14)
    assert finding.message == "is not UTF-8 text: byte 0xe4"
    assert finding.hint == "save the file as UTF-8"


def test_a_file_that_is_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"x" * (MOST_BYTES + 1))
    assert of_file(path).message == "is too large: 1,000,001 bytes"


def test_what_never_ends_is_not_read_to_its_end():
    assert of_file(Path("/dev/zero")).message == "is too large: 1,000,001 bytes"


def test_a_line_of_a_megabyte_is_found_at_once(tmp_path):
    path = tmp_path / "long.yaml"
    path.write_text("short: 1\nlong: " + "x" * (MOST_BYTES - 100))
    began = time.monotonic()
    finding = of_file(path)
    assert time.monotonic() - began < 2
    assert (finding.place.line, finding.place.column) == (2, LONGEST_LINE)
    assert finding.message == "line is too long: 999,906 characters"
    assert len(str(finding)) < 300


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_what_is_no_file_is_a_finding(tmp_path, what):
    path = tmp_path / "x.yaml"
    if what == "folder":
        path.mkdir()
    assert of_file(path).message.startswith("cannot be read: ")


def test_a_tab_is_told_as_a_tab():
    line, column, message, hint = only("title:\n\tde: Text\n")
    assert (line, column) == (2, 1)
    assert message.startswith("is not valid YAML")
    assert hint == "indent by spaces, not by tabs"


def test_a_control_character_is_told_by_its_number():
    line, column, message, _ = only("a: 1\nb: x\x07y\n")
    assert (line, column, message) == (2, 5, "character U+0007 is not allowed in text")


def test_a_colon_in_a_text_is_told_with_its_mend():
    line, _, message, hint = only("a: 1\nb: Achtung: heiß\n")
    assert line == 2
    assert message.startswith("is not valid YAML: mapping values are not allowed")
    assert hint == 'a text that holds ": " stands in quotes'


def test_a_key_that_stands_twice_is_found_with_the_first():
    assert only("a: 1\nb: 2\na: 3\n") == (3, 1, '"a" stands here a second time', "the first is in line 1")


def test_a_key_that_is_no_word_is_found():
    assert only("? [a, b]\n: 1\n")[2] == "a key must be a plain word"


def test_a_second_document_is_found():
    assert only("a: 1\n---\nb: 2\n")[2] == "has a second document"


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!binary", "!Erika"])
def test_a_tag_is_refused(tag):
    line, column, message, hint = only(f"a: {tag} x")
    assert (line, column) == (1, 4)
    assert "tag" in message
    assert "remove it" in hint


def test_what_refers_to_itself_is_refused():
    found = findings("a: &a\n  b: *a\n")
    assert [(f.place.line, f.place.column) for f in found] == [(1, 4), (2, 6)]
    assert all("anchors and aliases are not used here" in f.message for f in found)


def test_a_billion_laughs_are_refused_at_once():
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    began = time.monotonic()
    found = findings("\n".join(lines))
    assert time.monotonic() - began < 2
    assert len(found) == 40 + 2 * 39


def test_an_anchor_in_a_person_s_words_is_not_repeated():
    # Markdown's habit of *emphasis* is YAML's alias.
    for text in ("note: *Erika hat Fieber", "note: &Erika hat Fieber", "note: !Erika hat Fieber"):
        assert "Erika" not in "".join(map(str, findings(text)))


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_the_deepest_nesting_is_bounded(opening):
    closing = "]" if opening == "[" else "}"
    assert parse_yaml(opening * DEEPEST + closing * DEEPEST, HERE) is not None
    (finding,) = findings(opening * (DEEPEST + 2) + closing * (DEEPEST + 2))
    assert finding.message == "is nested more than 24 deep"
    assert finding.place.column == len(opening) * (DEEPEST + 1) + 1


def test_nesting_without_end_is_found_at_once():
    began = time.monotonic()
    assert findings("\n".join(["[" * 5000] * 100))[-1].message == "is nested more than 24 deep"
    assert time.monotonic() - began < 2


def test_all_findings_of_a_text_come_at_once():
    found = findings("a: &x 1\nb: !!int 2\na: 3\n? [k]\n: 4\n")
    assert [finding.place.line for finding in found] == [1, 2, 3, 4]


NASTY = [
    b"\x00",
    b"\xff",
    b"\t",
    b"\n",
    b": ",
    b"&a ",
    b"*a",
    b"!!x ",
    b"'",
    b'"',
    b"[",
    b"}",
    b"#",
    b"|",
    b"- ",
    b"%",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xef\xbf\xbe",
    b"\xf0\x9f\x98\x80",
    b"? ",
    b"---\n",
    b"@",
    b"`",
]


@pytest.mark.parametrize("kind", sorted(FOLDERS))
def test_a_file_damaged_anywhere_is_read_or_refused(kind, tmp_path):
    """Whatever is done to a real file, it is read or told of by line; nothing else ever leaves the reader."""
    dice = random.Random(kind)  # noqa: S311
    whole = sorted((ROOT / "leaflets" / kind).glob("*.yaml"))[0].read_bytes()
    path = tmp_path / "damaged.yaml"
    refused = 0
    found: list[Finding] = []
    for _ in range(200):
        raw = bytearray(whole)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.choice([0, 0, 1, 5])] = dice.choice(NASTY)
        path.write_bytes(raw)
        try:
            read_model(path, FOLDERS[kind])
        except Faulty as error:
            refused += 1
            found += error.findings
    assert refused > 100
    assert {finding.place.path for finding in found} == {path}
    assert [finding for finding in found if not (finding.message and finding.place.line)] == []

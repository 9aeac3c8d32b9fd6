"""The wording of faults: the place, the value found and the mend, in an author's words and not in pydantic's."""

from __future__ import annotations

import pytest

from merkblatt.content.model import Module, Order
from merkblatt.content.validation import to_model
from merkblatt.core.findings import Faulty
from merkblatt.core.yaml_reader import parse_yaml
from tests.content.faults import HERE, MODULE, changed, lines


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("section:", "sektion:", '2:1 unknown key "sektion" | did you mean "section"?'),
        ("kind: do", "kynd: do", '4:4 unknown key "kynd" | did you mean "kind"?'),
        ("{next:", "{nekst:", '5:12 unknown key "nekst" | did you mean "next"?'),
        (
            "section: self-help",
            "section: selfhelp",
            '2:10 section cannot be "selfhelp" | did you mean "self-help"?',
        ),
        ("de: Bewegung", "DE: Bewegung", '1:9 title.DE cannot be "DE" | the id of an edition: de, de-simple, en'),
        ("de: Bewegung", "de: 8", '1:13 title.de must be text, found "8" | write it in quotes: "8"'),
        ("de: Bewegung", "de: true", '1:13 title.de must be text, found "true" | write it in quotes: "true"'),
        ("de: Bewegung", "de: ", "1:13 title.de must be text, found nothing | "),
        ("{de: Bewegung}", "Bewegung", '1:8 title must be a mapping (key: value), found "Bewegung" | '),
        ("[1-a]", "1-a", '4:46 statements[1].claims must be a list, found "1-a" | write it in brackets: [1-a]'),
        ("[1-a]", "[1a]", '4:47 statements[1].claims[1] cannot be "1a" | the id of a claim: 3.2.2-j'),
        ("2028-11-23", "23.11.2028", '5:18 reviewed.next must be a date as 2026-11-23, found "23.11.2028" | '),
        ("2028-11-23", "2028-13-45", '5:18 reviewed.next must be a date as 2026-11-23, found "2028-13-45" | '),
    ],
)
def test_a_fault_names_its_place_the_value_and_the_mend(findings, old, new, line):
    assert line in lines(findings(changed(MODULE, old, new), Module))


def test_a_faulty_entry_is_not_also_told_as_a_missing_one(findings):
    found = lines(findings(changed(MODULE, "kind: do", "kind: dont"), Module))
    assert found == ['4:10 statements[1].kind cannot be "dont" | did you mean "do"?']


def test_an_empty_list_is_told(findings):
    text = changed(MODULE, "- {kind: do, text: {de: Gehen Sie.}, claims: [1-a]}\n", "  []\n")
    assert lines(findings(text, Module)) == ["4:3 statements must have at least 1 entry, found 0 | "]


def test_all_faults_of_a_file_come_at_once_in_the_order_of_their_places(findings):
    text = "titel: {de: x}\nsection: x\nstatements:\n- {kind: y, text: 8}\nreviewed: {}\n"
    assert [line.split(" | ")[0] for line in lines(findings(text, Module))] == [
        '1:1 "title" is missing',
        '1:1 unknown key "titel"',
        '2:10 section cannot be "x"',
        '4:10 statements[1].kind cannot be "y"',
        '4:19 statements[1].text must be a mapping (key: value), found "8"',
        '5:11 "next" is missing',
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "null\n"])
def test_an_empty_file_tells_what_it_needs(findings, text):
    (finding,) = findings(text, Module)
    assert (finding.message, finding.hint) == ("is empty", "needed: title, section, statements, reviewed")


@pytest.mark.parametrize("text", ["word", "8", "- a\n- b"])
def test_what_is_no_mapping_is_told_in_its_file(findings, text):
    (finding,) = findings(text, Module)
    assert finding.message == "must be a mapping (key: value)"


# --- a person's own words ---------------------------------------------------------------------------------

DIAGNOSIS = "Erika Muster, HIV"


@pytest.mark.parametrize(
    "text",
    [
        f"name: [{DIAGNOSIS}]",
        f"name: {{{DIAGNOSIS}: 1}}",
        f"note: [[{DIAGNOSIS}]]",
        f'name: "{DIAGNOSIS}\\n{DIAGNOSIS}"',
        f'name: "{DIAGNOSIS}\\u202e"',
        f'note: "{DIAGNOSIS}\\e[31m"',
        f"note: {DIAGNOSIS * 200}",
        f"name: {DIAGNOSIS * 30}",
        f"note: *{DIAGNOSIS}",
        f"note: &{DIAGNOSIS}",
        f"note: !{DIAGNOSIS}",
        f"note: Termin: {DIAGNOSIS}: morgen",
        f'note: "{DIAGNOSIS}',
        f"note: @{DIAGNOSIS}",
        f"note: %{DIAGNOSIS}",
        f"note: `{DIAGNOSIS}",
        f"note: |{DIAGNOSIS}",
        f"note: ]{DIAGNOSIS}",
        f'note: "\\q{DIAGNOSIS}"',
        f"note: ? {DIAGNOSIS}\n{DIAGNOSIS}",
        f"note: {DIAGNOSIS}\n\t{DIAGNOSIS}: x",
    ],
)
def test_a_person_s_words_never_stand_in_a_finding(findings, text):
    told = "".join(map(str, findings(f"sheet: pain\n{text}\nweeks: many\n", Order)))
    assert told
    assert "Erika" not in told
    assert "HIV" not in told


def test_what_is_not_personal_is_still_shown(findings):
    found = lines(findings("sheet: pain\nweeks: many\nname: [x]\n", Order))
    assert found == [
        '2:8 weeks must be a whole number, found "many" | ',
        "3:7 name must be text, found a value that is not shown | ",
    ]


@pytest.mark.parametrize(
    ("character", "number"), [("\u202e", "202E"), ("\u2066", "2066"), ("\x1b", "001B"), ("\x00", "0000")]
)
@pytest.mark.parametrize("field", ["name", "note"])
def test_a_character_that_steers_a_terminal_or_the_direction_of_text_is_refused(field, character, number):
    data = parse_yaml("sheet: pain", HERE)
    data[field] = f"Erika{character}"
    with pytest.raises(Faulty) as caught:
        to_model(data, Order, HERE)
    (finding,) = caught.value.findings
    assert finding.message == f"{field}: holds the control character U+{number}; remove it"


def test_a_note_may_have_paragraphs_and_a_name_may_not(findings):
    text = 'sheet: pain\nnote: "Erster Satz.\\n\\nZweiter Satz."\n'
    order = to_model(parse_yaml(text, HERE), Order, HERE)
    assert order.note == "Erster Satz.\n\nZweiter Satz."
    (finding,) = findings('sheet: pain\nname: "Erika\\nMuster"\n', Order)
    assert finding.hint == "one line of text"

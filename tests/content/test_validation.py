"""The wording of faults: the place, the value found and the mend, in an author's words and not in pydantic's."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.content.model import Conditions, Edition, Exercise, Links, Module, Order, Practice, Sheet, When
from merkblatt.content.validation import read_model, to_model
from merkblatt.core.findings import Faulty, Finding
from merkblatt.core.yaml_reader import parse_yaml
from tests.conftest import SMALL

HERE = Path("file.yaml")
MODULE = SMALL["modules/moving.yaml"]


@pytest.fixture
def findings(tmp_path):
    """The findings of a text that should be a model."""

    def find(text: str, model) -> tuple[Finding, ...]:
        path = tmp_path / "file.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Faulty) as caught:
            read_model(path, model)
        assert {finding.place.path for finding in caught.value.findings} == {path}
        return caught.value.findings

    return find


def lines(found: tuple[Finding, ...]) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.message} | {f.hint}" for f in found]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


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


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("{}", "names no condition"),
        ("{weeks: {}}", "weeks: names neither over nor upto"),
        ("{weeks: {over: 6}, stage: acute}", "names both weeks and a stage; one of them says when"),
        ("{weeks: {over: 6, upto: 6}}", "weeks: holds no week: over 6, upto 6"),
        ("{weeks: {over: 12, upto: 3}}", "weeks: holds no week: over 12, upto 3"),
        ("{weeks: {over: -1}}", 'weeks.over: must be greater than or equal to 0, found "-1"'),
        ("{weeks: {over: '12'}}", 'weeks.over must be a whole number, found "12"'),
        ("{weeks: {over: 1.5}}", 'weeks.over must be a whole number, found "1.5"'),
        ("{weeks: {form: 12}}", 'unknown key "form"'),
        ("{weeks: 12}", 'weeks must be a mapping (key: value), found "12"'),
    ],
)
def test_a_condition_that_cannot_be_is_refused(findings, when, message):
    assert message in [finding.message for finding in findings(when, When)]


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://www.example.org", True),
        ("https://example.org/a/b-c_d.html", True),
        ("http://example.org", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://example.org/?q=1", False),
        ("https://user@example.org", False),
        ("https://example.org/ä", False),
        ("https://EXAMPLE.org", False),
        ("https://example.org\\nx", False),
    ],
)
def test_an_address_can_be_typed_by_a_person(findings, url, taken):
    text = changed(SMALL["links.yaml"], "https://example.org/rat", url)
    if taken:
        assert to_model(parse_yaml(text, HERE), Links, HERE).links[0].url == url
    else:
        (finding,) = findings(text, Links)
        assert finding.hint == "an address that begins with https://"


@pytest.mark.parametrize(
    ("amount", "taken"),
    [("5", True), ("8-10", True), ("0", False), ("ten", False), ("1000", False), ("8–10", False), ("true", False)],
)
def test_a_dose_is_a_number_or_a_span(findings, amount, taken):
    text = changed(SMALL["exercises/turn.yaml"], "repeat: 5", f"repeat: {amount}")
    if taken:
        assert to_model(parse_yaml(text, HERE), Exercise, HERE).dose.repeat == amount
    else:
        assert findings(text, Exercise)[0].message.startswith("dose.repeat")


def test_a_section_that_holds_nothing_is_refused(findings):
    text = changed(SMALL["sheets/pain.yaml"], "- {section: longer, modules: [later]}", "- {section: longer}")
    assert lines(findings(text, Sheet)) == [
        "7:3 sections[3]: holds nothing: name modules, exercises, links, lines, diary or appointments | "
    ]


def test_a_review_without_a_reviewer_or_a_day_is_refused(findings):
    text = changed(MODULE, "{next:", "{by: Dr. A, next:")
    assert lines(findings(text, Module)) == [
        "5:11 reviewed: a review names both by whom and on which day, or neither | "
    ]


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("weeks_over", "labels.weeks_over: holds nothing in braces, not {weeks}"),
        ("weeks_over {week}", "labels.weeks_over: holds {week} in braces, not {weeks}"),
        ("weeks_over {weeks", "labels.weeks_over: has a brace too many or too few: expected '}' before end of string"),
        ("weeks_over {weeks.__class__}", "labels.weeks_over: holds {weeks.__class__} in braces, not {weeks}"),
        ("weeks_over {0}", "labels.weeks_over: holds {0} in braces, not {weeks}"),
    ],
)
def test_a_label_holds_what_the_program_fills_in_and_nothing_else(findings, label, message):
    text = changed(SMALL["editions/de.yaml"], '"weeks_over {weeks}"', f'"{label}"')
    assert [finding.message for finding in findings(text, Edition)] == [message]


def test_a_label_that_is_missing_is_named(findings):
    text = changed(SMALL["editions/de.yaml"], '  for_name: "for_name {name}"\n', "")
    assert [finding.message for finding in findings(text, Edition)] == ['"for_name" is missing']


def test_a_stage_needs_a_span(findings):
    text = changed(SMALL["conditions.yaml"], "weeks: {upto: 6}, ", "")
    assert [finding.message for finding in findings(text, Conditions)] == ['"weeks" is missing']


@pytest.mark.parametrize("colour", ["blue", "'#fff'", "'#0b5563ff'", "0b5563", "'#0b556g'"])
def test_an_accent_is_a_colour_of_six_digits(findings, colour):
    (finding,) = findings(f"name: Praxis\naccent: {colour}\n", Practice)
    assert finding.hint == "a colour as #0b5563, in quotes"


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

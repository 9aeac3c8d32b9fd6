"""Texts: the heading of a time, the words of a circumstance, what is missing, a dose of one's own."""

from __future__ import annotations

import pytest

from tests.leaflet_facts import (
    doses,
    items,
    modules,
    refusal,
    sections,
    statement,
    texts,
    with_statements,
)


@pytest.mark.parametrize(
    ("when", "weeks", "heading"),
    [
        ("{weeks: {over: 12}}", None, "weeks_over 12"),
        ("{weeks: {over: 12}}", 13, "weeks_over_now 12"),
        ("{weeks: {upto: 4}}", None, "weeks_upto 4"),
        ("{weeks: {upto: 4}}", 4, "weeks_upto_now 4"),
        ("{weeks: {over: 3, upto: 12}}", None, "weeks_between 3 12"),
        ("{weeks: {over: 3, upto: 12}}", 12, "weeks_between_now 3"),
        ("{stage: acute}", None, "Am Anfang"),
        ("{stage: acute}", 6, "Jetzt, am Anfang"),
    ],
)
def test_the_heading_is_a_condition_for_everyone_and_now_for_a_person(content, when, weeks, heading):
    with_statements(content, statement("Nur dann.", when))
    found = [head for head, item in items(content.choose(weeks=weeks)) if item.text == "Nur dann."]
    assert found == [heading]


def test_statements_of_one_time_stand_under_one_heading(content):
    late, soon = "{weeks: {over: 12}}", "{weeks: {upto: 4}}"
    with_statements(content, statement("a", late), statement("b", late), statement("c", soon), statement("d", late))
    (advice,) = (a for part in content.choose().parts for a in part.advice if a.id == "moving")
    found = [(group.heading, [item.text for run in group.runs for item in run.items]) for group in advice.groups]
    assert found == [("weeks_over 12", ["a", "b"]), ("weeks_upto 4", ["c"]), ("weeks_over 12", ["d"])]


def test_a_module_of_which_nothing_applies_is_left_out_with_its_section(content):
    assert "longer" in sections(content.choose())
    assert "longer" in sections(content.choose(weeks=13))
    assert "longer" not in sections(content.choose(weeks=12))


def test_the_condition_of_a_module_holds_for_its_statements(content):
    plain = "- {kind: do, text: {de: Ja.}, claims: [1-a]}\n"
    with_statements(content, plain, head="when: {weeks: {over: 12}}\n")
    assert "Ja." not in texts(content.choose(weeks=12))
    assert ("weeks_over_now 12", "Ja.") in [(head, item.text) for head, item in items(content.choose(weeks=13))]
    assert ("weeks_over 12", "Ja.") in [(head, item.text) for head, item in items(content.choose())]


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({}, [("Wenn Muskeln verspannt sind", "Wärmen Sie.")]),
        ({"tension": True}, [("", "Wärmen Sie.")]),
        ({"tension": False}, []),
    ],
)
def test_a_circumstance_is_said_where_it_is_unknown(content, known, printed):
    leaflet = content.choose(circumstances=known)
    assert [(i.condition, i.text) for _, i in items(leaflet) if i.text == "Wärmen Sie."] == printed


def test_the_circumstance_of_a_module_is_said_where_it_is_unknown(content):
    plain = "- {kind: do, text: {de: Ja.}, claims: [1-a]}\n"
    with_statements(content, plain, head="when: {circumstance: tension}\n")
    assert [item.condition for _, item in items(content.choose()) if item.text == "Ja."] == [
        "Wenn Muskeln verspannt sind"
    ]
    assert "Ja." not in texts(content.choose(circumstances={"tension": False}))


def test_a_text_that_the_edition_lacks_is_told_for_each_place(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    content.change("sheets/pain.yaml", "title: {de: Schmerz}", "title: {de: Schmerz, en: Pain}")
    found = refusal(content, edition="en", without=["turn"])
    assert 'modules/moving.yaml:1:8: has no text in edition "en"' in found
    assert 'modules/moving.yaml:4:20: has no text in edition "en"' in found
    assert 'sheets/pain.yaml:2:11: has no text in edition "en"' in found
    assert not any(fault.startswith("sheets/pain.yaml:1:") for fault in found)


def test_a_text_that_is_not_written_yet_is_never_printed(content):
    content.change("modules/moving.yaml", "Gehen Sie.", '"TODO: ein Satz"')
    assert refusal(content) == ('modules/moving.yaml:4:25: is not written yet: "TODO: ein Satz"',)
    assert "moving" not in modules(content.choose(without=["moving"]))


def test_a_section_without_a_heading_is_told(content):
    content.change("editions/de.yaml", "  longer: part longer\n", "")
    assert refusal(content) == ('editions/de.yaml:4:3: has no heading for section "longer"',)


def test_too_much_stands_once_where_it_is_the_same_for_all(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    content.change("sheets/pain.yaml", "[turn]", "[turn, nod]")
    (part,) = (part for part in content.choose().parts if part.section == "exercises")
    assert (part.too_much, [training.too_much for training in part.trainings]) == ("es schmerzt.", ["", ""])
    content.change("exercises/nod.yaml", "es schmerzt.", "es zieht.")
    (part,) = (part for part in content.choose().parts if part.section == "exercises")
    assert (part.too_much, [training.too_much for training in part.trainings]) == ("", ["es schmerzt.", "es zieht."])


def test_an_own_dose_replaces_what_it_says_and_leaves_the_rest(content):
    assert doses(content.choose()) == {"turn": ("5", None)}
    assert doses(content.choose(exercises={"turn": {"per_day": 4}})) == {"turn": ("5", "4")}
    assert doses(content.choose(exercises={"turn": {"repeat": "8-10"}})) == {"turn": ("8-10", None)}


def test_what_always_holds_stands_before_what_holds_at_a_time(content):
    """After a heading it would seem to hold only then; its author wrote the timed one first."""
    plain = "- {kind: do, text: {de: Immer.}, claims: [1-a]}\n"
    timed = statement("Später.", "{weeks: {over: 12}}"), statement("Am Anfang.", "{stage: acute}")
    with_statements(content, *timed, plain, plain.replace("Immer.", "Stets."))
    heads = [(head, item.text) for head, item in items(content.choose(without=["warmth"]))]
    assert heads[:4] == [("", "Immer."), ("", "Stets."), ("weeks_over 12", "Später."), ("Am Anfang", "Am Anfang.")]


def test_statements_of_one_kind_stand_in_a_run_in_the_order_in_which_they_were_written(content):
    lines = "".join(
        f"- {{kind: {kind}, text: {{de: {text}}}, claims: [1-a]}}\n"
        for kind, text in (("know", "a"), ("know", "b"), ("do", "c"), ("avoid", "d"), ("do", "e"))
    )
    with_statements(content, lines)
    (advice,) = (a for part in content.choose().parts for a in part.advice if a.id == "moving")
    (group,) = advice.groups
    found = [(run.kind, [item.text for item in run.items]) for run in group.runs]
    assert found == [("know", ["a", "b"]), ("do", ["c"]), ("avoid", ["d"]), ("do", ["e"])]


def test_an_exercise_is_printed_with_all_that_belongs_to_it(content):
    (part,) = (part for part in content.choose().parts if part.section == "exercises")
    (training,) = part.trainings
    assert (training.id, training.name, training.start, training.steps) == (
        "turn", "Drehen", "Sitzen Sie.", ("Drehen Sie den Kopf.",)
    )  # fmt: skip
    assert (training.caution, training.too_much, training.alt, training.figure) == (
        "Langsam.", "es schmerzt.", "", None
    )  # fmt: skip
    # What holds for one exercise alone stands with it.
    assert part.too_much == ""


def test_an_address_is_printed_with_its_way(content):
    content.change("links.yaml", "offers: {de: Rat}", "offers: {de: Rat}, path: [{de: Start}, {de: Hilfe}]")
    (part,) = (part for part in content.choose().parts if part.section == "contacts")
    (contact,) = part.contacts
    assert (contact.id, contact.name, contact.offers) == ("help", "Hilfe", "Rat")
    assert (contact.url, contact.path) == ("https://example.org/rat", ("Start", "Hilfe"))


@pytest.mark.parametrize("held", ["lines: 3", "diary: 2", "appointments: 4"])
def test_a_section_to_write_in_is_printed_though_nothing_stands_in_it(content, held):
    name, number = held.split(": ")
    section = "plan" if name != "lines" else "notes"
    content.change(
        "sheets/pain.yaml", "- {section: contacts", f"- {{section: {section}, {held}}}\n- {{section: contacts"
    )
    (part,) = (part for part in content.choose().parts if part.section == section)
    assert (getattr(part, name), part.heading) == (int(number), f"part {section}")
    assert [part.lines, part.diary, part.appointments].count(0) == 2


def test_a_section_tells_its_heading_and_whether_it_shows_an_overview(content):
    content.change("sheets/pain.yaml", "exercises: [turn]}", "exercises: [turn], overview: true}")
    parts = {part.section: part for part in content.choose().parts}
    assert (parts["exercises"].heading, parts["exercises"].overview) == ("part exercises", True)
    assert not parts["self-help"].overview


def test_a_title_or_a_picture_s_words_that_the_edition_lacks_are_told(content):
    content.write("editions/en.yaml", (content.root / "editions/de.yaml").read_text())
    found = refusal(content, edition="en")
    assert {fault for fault in found if fault.startswith("exercises/turn.yaml")} == {
        f'exercises/turn.yaml:{at}: has no text in edition "en"' for at in ("1:7", "3:8", "5:3", "7:10", "8:11")
    }


def test_the_time_of_a_module_is_the_heading_of_a_statement_that_names_a_circumstance_alone(content):
    with_statements(content, statement("Ja.", "{circumstance: tension}"), head="when: {weeks: {over: 12}}\n")
    found = [(head, item.condition) for head, item in items(content.choose()) if item.text == "Ja."]
    assert found == [("weeks_over 12", "Wenn Muskeln verspannt sind")]


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("modules/moving.yaml", "claims: [1-a]"),
        ("exercises/turn.yaml", "sources: [leaf]"),
        ("links.yaml", "claims: [1-a]"),
        ("sheets/pain.yaml", "claims: [1-a]"),
    ],
)
def test_whatever_is_printed_cites_its_source(content, name, old):
    content.change("sources.yaml", "- {id: leaf", "- {id: third, cite: {de: Drittes}}\n- {id: leaf")
    content.change(name, old, "sources: [third]")
    assert "third" in [source.id for source in content.choose().imprint.sources]

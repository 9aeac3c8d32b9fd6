"""Conditions: when a time or a circumstance holds, and that no claim is said without the one that its source sets."""

from __future__ import annotations

import pytest

from merkblatt.check.check import carried_claims
from merkblatt.content.model import Order, WeekSpan, When
from merkblatt.tailoring.conditions import Standing, span_words, standing
from tests.leaflet_facts import (
    carriers,
    condition,
    items,
    statement,
    texts,
    with_statements,
)


@pytest.mark.parametrize(
    ("when", "holding"),
    [
        ("{weeks: {over: 12}}", {13, 14, 5200}),
        ("{weeks: {upto: 4}}", {0, 1, 3, 4}),
        ("{weeks: {over: 3, upto: 12}}", {4, 5, 12}),
        ("{weeks: {upto: 0}}", {0}),
        ("{weeks: {over: 0}}", {1, 3, 4, 5, 12, 13, 14, 5200}),
        ("{stage: acute}", {0, 1, 3, 4, 5}),
    ],
)
def test_a_span_holds_past_over_and_up_to_its_end(content, when, holding):
    with_statements(content, statement("Nur dann.", when))
    asked = (0, 1, 3, 4, 5, 12, 13, 14, 5200)
    assert {weeks for weeks in asked if "Nur dann." in texts(content.choose(weeks=weeks))} == holding


def test_time_and_circumstance_of_a_statement_both_hold(content):
    with_statements(content, statement("Beides.", "{weeks: {over: 6}, circumstance: tension}"))
    found = {
        (weeks, known): [
            (head, item.condition)
            for head, item in items(content.choose(weeks=weeks, circumstances=known_))
            if item.text == "Beides."
        ]
        for weeks in (None, 6, 7)
        for known, known_ in (("?", {}), ("yes", {"tension": True}), ("no", {"tension": False}))
    }
    condition = "Wenn Muskeln verspannt sind"
    assert found == {
        (None, "?"): [("weeks_over 6", condition)],
        (None, "yes"): [("weeks_over 6", "")],
        (None, "no"): [],
        (6, "?"): [],
        (6, "yes"): [],
        (6, "no"): [],
        (7, "?"): [("weeks_over_now 6", condition)],
        (7, "yes"): [("weeks_over_now 6", "")],
        (7, "no"): [],
    }


def test_a_circumstance_does_not_stand_for_a_time(content):
    library = content.load()
    order = Order.model_validate({"sheet": "pain", "circumstances": {"tension": True}})
    when = When.model_validate({"weeks": {"over": 6}, "circumstance": "tension"})
    assert standing(when, order, library) == (Standing.OPEN, Standing.HOLDS)


@pytest.mark.parametrize(
    ("outer", "inner", "message"),
    [
        ("{weeks: {over: 3}}", "{stage: acute}", "names a time, as the module's own when does"),
        ("{circumstance: tension}", "{circumstance: sleepless}", "names a circumstance, as the module's own when does"),
    ],
)
def test_a_module_and_its_statement_do_not_both_say_when(content, outer, inner, message):
    with_statements(content, statement("Ja.", inner), head=f"when: {outer}\n")
    assert content.faults() == [f"modules/moving.yaml:5:52: {message}"]


COVERED_TOPICS = {
    "neck",
    "whiplash",
    "low-back",
    "unspecific",
    "self-help",
    "medication",
    "prevention",
    "work",
    "links",
}


def test_every_claim_of_the_topics_of_these_sheets_is_carried(library):
    carried = carried_claims(library)
    wanted = [name for name, claim in library.claims.items() if COVERED_TOPICS & set(claim.topics)]
    assert len(wanted) > 80
    assert [name for name in wanted if not carried[name]] == []


def test_every_claim_is_carried_or_left_out_with_its_reason(library):
    carried = {name for name, places in carried_claims(library).items() if places}
    assert len(library.claims) == 131
    assert carried | set(library.left_out) == set(library.claims)
    assert carried & set(library.left_out) == set()
    assert all(len(left.why) > 20 for left in library.left_out.values())


#: Advice for the mid back is that for the low back and the neck (3.2.3-b): there the later of the two times holds.
LATER = ">12"

#: Under which conditions a statement may carry a claim. Who drops a condition makes a wrong text; this stops it.
CONDITIONS = {
    "1-a": {"acute"},
    "1-h": {"chronic"},
    "3.1-d": {"acute"},
    "3.1-e": {"tension"},
    "3.2-a": {"", ">6"},
    "3.2.1-b": {"acute"},
    "3.2.1-c": {">6"},
    "3.2.1-d": {">6", LATER},
    "3.2.1-e": {">6"},
    "3.2.1-f": {">6 everyday-limits"},
    "3.2.1-g": {">6 work-return"},
    "3.2.1-h": {">6", LATER},
    "3.2.2-e": {">3 <=12", ">3", ">6"},
    "3.2.2-f": {">12"},
    "3.2.2-g": {">12"},
    "3.2.2-h": {">12"},
    "3.2.2-i": {">12"},
    "3.2.2-j": {">12"},
    "3.3-d": {"nsaids-unsuitable"},
    "3.3-e": {"nsaids-unsuitable"},
    "3.3-g": {"sleep-or-depression"},
    "4.1-f": {"after-first-days"},
    "4.1-g": {"<=4", ">4"},
    "4.1-h": {"<=2"},
    "4.1-k": {"chronic"},
    "4.1-l": {"chronic"},
    "4.2-n": {"chronic"},
    "4.2-o": {"chronic"},
}

#: Statements whose own words say the condition, by claim: words that then must stand in the text.
SAID_IN_WORDS = {
    "1-a": ("akut",),
    "1-h": ("chronisch",),
    "3.1-d": ("akut",),
    "3.3-d": ("NSAR",),
    "3.3-e": ("NSAR",),
    "3.3-g": ("Schlaf", "Depression"),
    "3.1-e": ("verspannt",),
}

#: Conditions that no `when` can say; the text of each statement has to. One of the words is enough.
WORDS = {
    "3.1-b": ("lange", "länger"),
    "3.1-i": ("kurz",),
    "3.1-j": ("länger", "weiter", "Weiter"),
    "3.3-b": ("kurz",),
    "4.1-a": ("fast immer",),
    "4.1-b": ("Ausnahme",),
    "4.1-d": ("wenigen Tagen", "paar Tagen"),
    "4.1-j": ("3 Wochen",),
    "4.1-n": ("früh",),
    "4.2-k": ("sehr stark",),
    "5-d": ("sitzen", "Sitzen"),
    "5-h": ("Chancen",),
}

#: Claims that say no; the text of each statement has to, too, or stand among what is better avoided.
NEGATIONS = ("3-e", "3.1-g", "3.3-f", "3.3-k", "4.2-h")


@pytest.mark.parametrize("claim", sorted(CONDITIONS))
def test_a_claim_stands_under_its_condition_wherever_it_is_said(library, claim):
    found = carriers(library, claim)
    assert found
    for name, one in found:
        words = SAID_IN_WORDS.get(claim)
        in_words = words is not None and all(word in one.text.root["de"] for word in words)
        assert in_words or condition(one.when) in CONDITIONS[claim], f"{name}: {one.text.root['de']}"


@pytest.mark.parametrize("claim", sorted(WORDS))
def test_a_condition_that_no_field_can_say_stands_in_the_words(library, claim):
    found = carriers(library, claim)
    assert found
    for name, one in found:
        assert any(word in one.text.root["de"] for word in WORDS[claim]), f"{name}: {one.text.root['de']}"


def test_not_every_offer_is_free_or_paid_for(library):
    telling = [s.text.root["de"] for _, s in carriers(library, "6-c") if "kosten" in s.text.root["de"]]
    assert any("manche" in text.lower() or "teil" in text.lower() for text in telling)


@pytest.mark.parametrize("claim", NEGATIONS)
def test_what_the_source_denies_is_denied(library, claim):
    found = carriers(library, claim)
    assert found
    for name, one in found:
        words = one.text.root["de"].replace("*", "")
        assert one.kind == "avoid" or any(no in words for no in ("nicht", "kein")), f"{name}: {words}"


def test_the_condition_of_a_whole_module_does_not_hide_one_here(library):
    """The tables above read the conditions of statements; a module's own would be added to them."""
    assert [name for name, module in library.modules.items() if module.when] == []


@pytest.mark.parametrize("dropped", ["3.2.2-j", "3.2.1-f", "4.1-h"])
def test_an_editor_who_drops_a_condition_is_stopped(library, dropped):
    found = carriers(library, dropped)
    assert found
    for _, one in found:
        bare = one.model_copy(update={"when": None})
        assert condition(one.when) in CONDITIONS[dropped]
        assert condition(bare.when) not in CONDITIONS[dropped]


def test_the_main_message_says_its_condition_itself(library):
    """A message has no `when`: a claim with a condition may stand there only if the words say it."""
    for sheet in library.sheets.values():
        for claim in sheet.message.claims:
            words = SAID_IN_WORDS.get(claim, WORDS.get(claim, ()))
            assert claim not in CONDITIONS or words, f"{sheet.at()}: {claim}"
            text = sheet.message.text.root["de"]
            assert not words or any(word in text for word in words), f"{sheet.at()}: {claim}"


def test_antiepileptics_are_named_in_nerve_pain_alone(library):
    naming = [s for m in library.modules.values() for s in m.statements if "epilep" in s.text.root["de"].lower()]
    assert naming
    assert all("4.2-o" in one.claims for one in naming)


@pytest.mark.parametrize(
    ("weeks", "tension", "stands"),
    [
        (None, None, (Standing.OPEN, Standing.OPEN)),
        (3, None, (Standing.HOLDS, Standing.OPEN)),
        (7, None, (Standing.FAILS, Standing.OPEN)),
        (None, True, (Standing.OPEN, Standing.HOLDS)),
        (None, False, (Standing.OPEN, Standing.FAILS)),
        (7, False, (Standing.FAILS, Standing.FAILS)),
    ],
)
def test_time_and_circumstance_stand_for_themselves(content, weeks, tension, stands):
    known = {} if tension is None else {"tension": tension}
    order = Order.model_validate({"sheet": "pain", "weeks": weeks, "circumstances": known})
    when = When.model_validate({"stage": "acute", "circumstance": "tension"})
    assert standing(when, order, content.load()) == stands
    assert standing(None, order, content.load()) == (Standing.HOLDS, Standing.HOLDS)


def test_what_names_no_time_holds_at_every_time(content):
    order = Order.model_validate({"sheet": "pain", "weeks": 52})
    when = When.model_validate({"circumstance": "tension"})
    assert standing(when, order, content.load()) == (Standing.HOLDS, Standing.OPEN)


@pytest.mark.parametrize(
    ("span", "everyone", "now"),
    [
        ({"over": 0, "upto": 6}, "weeks_between 0 6", "weeks_between_now 0"),
        ({"over": 0}, "weeks_over 0", "weeks_over_now 0"),
        ({"upto": 0}, "weeks_upto 0", "weeks_upto_now 0"),
    ],
)
def test_a_span_that_begins_or_ends_at_nought_is_said(content, span, everyone, now):
    edition, weeks = content.load().editions["de"], WeekSpan.model_validate(span)
    assert span_words(weeks, edition, now=False) == everyone
    assert span_words(weeks, edition, now=True) == now

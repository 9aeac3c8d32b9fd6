"""Tailoring: what is printed for whom. First the rules on a small content, then the promises about the real sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from merkblatt.check.check import carried_claims
from merkblatt.content.library import Library
from merkblatt.content.model import SECTIONS, Dose, Order, Statement, When
from merkblatt.core.findings import COMMAND_LINE, Faulty, Place
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.conditions import Standing, standing
from merkblatt.tailoring.leaflet import Item, Leaflet
from tests.conftest import TODAY, told

WEEKS_OF_TURNING = [None, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 52, 5200]


def items(leaflet: Leaflet) -> Iterator[tuple[str, Item]]:
    """What a leaflet says, each with the heading that it stands under."""
    for part in leaflet.parts:
        for advice in part.advice:
            for group in advice.groups:
                for run in group.runs:
                    yield from ((group.heading, item) for item in run.items)


def texts(leaflet: Leaflet) -> list[str]:
    return [item.text for _, item in items(leaflet)]


def sections(leaflet: Leaflet) -> list[str]:
    return [part.section for part in leaflet.parts]


def modules(leaflet: Leaflet) -> list[str]:
    return [advice.id for part in leaflet.parts for advice in part.advice]


def refusal(content, **wanted) -> tuple[str, ...]:
    with pytest.raises(Faulty) as caught:
        content.choose(**wanted)
    return tuple(told(caught.value.findings, content.root))


def statement(text: str, when: str) -> str:
    return f"- {{kind: do, text: {{de: {text}}}, claims: [1-a], when: {when}}}\n"


def with_statements(content, *statements: str, module: str = "moving", head: str = "") -> None:
    lines = "".join(statements)
    content.write(
        f"modules/{module}.yaml",
        f"title: {{de: Bewegung}}\nsection: self-help\n{head}statements:\n{lines}reviewed: {{next: 2028-11-23}}\n",
    )


# --- time -------------------------------------------------------------------------------------------------


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


# --- circumstances ----------------------------------------------------------------------------------------


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


def test_the_circumstance_of_a_module_is_said_where_it_is_unknown(content):
    plain = "- {kind: do, text: {de: Ja.}, claims: [1-a]}\n"
    with_statements(content, plain, head="when: {circumstance: tension}\n")
    assert [item.condition for _, item in items(content.choose()) if item.text == "Ja."] == [
        "Wenn Muskeln verspannt sind"
    ]
    assert "Ja." not in texts(content.choose(circumstances={"tension": False}))


def test_a_circumstance_does_not_stand_for_a_time(content):
    library = content.load()
    order = Order.model_validate({"sheet": "pain", "circumstances": {"tension": True}})
    when = When.model_validate({"weeks": {"over": 6}, "circumstance": "tension"})
    assert standing(when, order, library) == (Standing.OPEN, Standing.HOLDS)


# --- adding and leaving out -------------------------------------------------------------------------------


def test_a_module_that_is_added_stands_at_the_end_of_its_section(content):
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert modules(leaflet) == ["moving", "cold", "later", "flags"]


def test_a_module_that_the_sheet_holds_already_is_not_printed_twice(content):
    assert modules(content.choose(**{"with": ["warmth", "warmth"]})) == modules(content.choose())


@pytest.mark.parametrize(
    ("section", "order"),
    [
        ("about", ["about", "self-help", "exercises", "longer", "red-flags", "contacts"]),
        ("work", ["self-help", "exercises", "work", "longer", "red-flags", "contacts"]),
        ("offers", ["self-help", "exercises", "longer", "red-flags", "offers", "contacts"]),
        ("notes", ["self-help", "exercises", "longer", "red-flags", "contacts", "notes"]),
    ],
)
def test_a_section_that_the_sheet_lacks_comes_in_its_place(content, section, order):
    content.change("modules/cold.yaml", "section: self-help", f"section: {section}")
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert sections(leaflet) == order
    assert order == sorted(order, key=SECTIONS.index)


def test_a_section_that_stands_twice_takes_an_addition_once_at_its_last_place(content):
    content.change(
        "sheets/pain.yaml", "- {section: contacts", "- {section: self-help, modules: [flags]}\n- {section: contacts"
    )
    content.change("sheets/pain.yaml", "- {section: red-flags, modules: [flags]}\n", "")
    leaflet = content.choose(**{"with": ["cold"], "without": ["warmth"]})
    assert modules(leaflet) == ["moving", "later", "flags", "cold"]


def test_modules_and_exercises_can_be_left_out(content):
    leaflet = content.choose(without=["warmth", "turn"])
    assert modules(leaflet) == ["moving", "later", "flags"]
    assert "exercises" not in sections(leaflet)


@pytest.mark.parametrize("name", ["cold", "help"])
def test_what_the_sheet_does_not_hold_cannot_be_left_out(content, name):
    content.write("exercises/help.yaml", (content.root / "exercises/turn.yaml").read_text())
    assert refusal(content, without=[name]) == (f'?: "{name}" cannot be left out: sheet "pain" does not hold it',)


def test_warning_signs_cannot_be_left_out(content):
    assert '"flags" cannot be left out: it holds the warning signs' in "".join(refusal(content, without=["flags"]))


def test_all_unknown_names_of_an_order_are_told_at_once(content):
    found = refusal(content, edition="en", circumstances={"tens": True}, without=["warmht"], **{"with": ["coldd"]})
    assert found == (
        '?: unknown circumstance "tens"',
        '?: unknown edition "en"',
        '?: unknown module "coldd"',
        '?: unknown module or exercise "warmht"',
    )


def test_an_unknown_sheet_is_refused(content):
    with pytest.raises(Faulty, match=r'unknown sheet "pian"\n  hint: did you mean "pain"\?'):
        content.choose(sheet="pian")


# --- contradictions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("holder", ["cold", "warmth"])
def test_modules_that_contradict_each_other_are_refused_whichever_says_so(content, holder):
    if holder == "warmth":
        content.change("modules/cold.yaml", "contradicts: [warmth]\n", "")
        content.change("modules/warmth.yaml", "reviewed:", "contradicts: [cold]\nreviewed:")
    with pytest.raises(Faulty) as caught:
        content.choose(**{"with": ["cold"]})
    (finding,) = caught.value.findings
    assert finding.message == 'modules "warmth" and "cold" contradict each other'
    assert finding.hint == "leave one out: --without warmth or --without cold"
    assert (finding.place.path, finding.place.line) == (content.root / f"modules/{holder}.yaml", 5)


def test_a_contradiction_is_refused_even_where_one_of_them_would_not_print_now(content):
    # The person's stage passes; a sheet that is right today only by its date is not.
    assert len(refusal(content, weeks=52, **{"with": ["cold"]})) == 1


@pytest.mark.parametrize("left_out", ["warmth", "cold"])
def test_a_contradiction_ends_when_one_is_left_out(content, left_out):
    content.choose(**{"with": ["cold"], "without": [left_out]})


# --- texts, sources, reviews ------------------------------------------------------------------------------


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


def test_the_sources_are_those_of_what_is_printed(content):
    content.change("modules/later.yaml", "claims: [1-c]", "sources: [third]")
    content.change("sources.yaml", "- {id: leaf", "- {id: third, cite: {de: Drittes}}\n- {id: leaf")
    assert [source.id for source in content.choose(weeks=13).imprint.sources] == ["book", "leaf", "third"]
    assert [source.id for source in content.choose(weeks=12).imprint.sources] == ["book", "leaf"]


def test_the_next_review_is_the_earliest_of_what_is_printed(content):
    content.change("modules/later.yaml", "2028-11-23", "2027-01-01")
    assert str(content.choose(weeks=13).imprint.next_review) == "2027-01-01"
    assert str(content.choose(weeks=12).imprint.next_review) == "2028-11-23"


@pytest.mark.parametrize(("due", "overdue"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False)])
def test_a_review_is_overdue_on_the_day_after_it_was_due(content, due, overdue):
    content.change("modules/flags.yaml", "2028-11-23", due)
    assert content.choose().imprint.overdue is overdue


def test_a_leaflet_counts_as_reviewed_only_when_all_of_it_is(content):
    for path in sorted(content.root.rglob("*.yaml")):
        name = path.relative_to(content.root).as_posix()
        if name.startswith(("modules", "exercises")) and "cold" not in name:
            content.change(name, "{next:", "{by: Dr. A, on: 2026-10-01, next:")
    assert content.choose().imprint.reviewed_by is None
    content.change("sheets/pain.yaml", "{next:", "{by: Dr. B, on: 2026-10-02, next:")
    imprint = content.choose().imprint
    assert (imprint.reviewed_by, str(imprint.reviewed_on)) == ("Dr. B", "2026-10-02")


def test_too_much_stands_once_where_it_is_the_same_for_all(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    content.change("sheets/pain.yaml", "[turn]", "[turn, nod]")
    (part,) = (part for part in content.choose().parts if part.section == "exercises")
    assert (part.too_much, [training.too_much for training in part.trainings]) == ("es schmerzt.", ["", ""])
    content.change("exercises/nod.yaml", "es schmerzt.", "es zieht.")
    (part,) = (part for part in content.choose().parts if part.section == "exercises")
    assert (part.too_much, [training.too_much for training in part.trainings]) == ("", ["es schmerzt.", "es zieht."])


def test_the_file_name_holds_nothing_of_a_person(content):
    assert content.choose(name="Erika Muster", note="Termin", weeks=13).file_name == "pain.de.a4"


# --- the real sheets --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A statement of the real content as it is printed."""

    claims: tuple[str, ...]
    when: When | None
    heading: str
    condition: str
    text: str


def written(library: Library) -> dict[Place, Statement]:
    return {s.at("text"): s for module in library.modules.values() for s in module.statements}


def said(library: Library, sheet: str, **wanted) -> list[Said]:
    order = Order.model_validate({"sheet": sheet, **wanted})
    by_place = written(library)
    found = []
    for heading, item in items(choose(order, library, None, TODAY)):
        origin = by_place[item.place]
        found.append(Said(origin.claims, origin.when, heading, item.condition, item.text))
    return found


def claims_said(library: Library, sheet: str, **wanted) -> set[str]:
    return {claim for one in said(library, sheet, **wanted) for claim in one.claims}


def test_whiplash_in_the_first_week_is_cooled_and_wears_no_collar(library):
    found = said(library, "whiplash", weeks=1)
    (cooling,) = (one for one in found if "4.1-e" in one.claims)
    assert cooling.when is not None
    assert cooling.when.stage == "first-days"
    assert cooling.heading == library.stages["first-days"].heading_now.get("de")
    assert "kühl" in cooling.text.lower()
    (collar,) = (one for one in found if "4.1-b" in one.claims)
    assert "ruhig" in collar.text.lower() or "krause" in collar.text.lower()


def test_whiplash_in_the_first_week_says_nothing_of_chronic_pain(library):
    chronic = {"4.1-k", "4.1-l"}
    assert not chronic & claims_said(library, "whiplash", weeks=1)
    assert chronic <= claims_said(library, "whiplash", weeks=13)
    assert chronic <= claims_said(library, "whiplash")


def test_whiplash_later_is_warmed_and_no_longer_cooled(library):
    assert [one.when.stage for one in said(library, "whiplash", weeks=2) if "4.1-e" in one.claims and one.when] == [
        "after-first-days"
    ]
    assert "4.1-f" not in claims_said(library, "whiplash", weeks=1)
    assert "4.1-f" in claims_said(library, "whiplash", weeks=2)


@pytest.mark.parametrize(("weeks", "relaxants"), [(0, True), (2, True), (3, False), (52, False)])
def test_whiplash_takes_muscle_relaxants_in_two_weeks_only(library, weeks, relaxants):
    assert ("4.1-h" in claims_said(library, "whiplash", weeks=weeks)) is relaxants


LATE_NECK = {"3.2.2-f", "3.2.2-g", "3.2.2-h", "3.2.2-i", "3.2.2-j"}


def test_neck_pain_of_14_weeks_gets_what_holds_past_12_as_advice_to_this_person(library):
    labels = library.editions["de"].labels
    late = [one for one in said(library, "neck-pain", weeks=14) if LATE_NECK & set(one.claims)]
    assert {claim for one in late for claim in one.claims} >= LATE_NECK
    assert {one.heading for one in late} == {labels.weeks_over_now.other.format(weeks=12)}
    assert {one.condition for one in late} == {""}
    assert labels.weeks_over.other.format(weeks=12) not in {one.heading for one in said(library, "neck-pain", weeks=14)}


@pytest.mark.parametrize(
    ("weeks", "early", "late"),
    [(3, False, False), (4, True, False), (12, True, False), (13, False, True), (14, False, True)],
)
def test_neck_pain_passes_from_the_span_of_3_weeks_to_that_of_12(library, weeks, early, late):
    found = claims_said(library, "neck-pain", weeks=weeks)
    assert ("3.2.2-e" in found) is early
    assert (LATE_NECK & found == LATE_NECK) is late
    assert bool(LATE_NECK & found) is late


@pytest.mark.parametrize("sheet", ["neck-pain", "whiplash", "low-back-pain", "low-back-exercises"])
def test_without_weeks_every_time_is_said_as_a_condition(library, sheet):
    found = said(library, sheet)
    held = library.sheets[sheet]
    names = [name for section in held.sections for name in section.modules]
    assert len(found) == sum(len(library.modules[name].statements) for name in names)
    for one in found:
        timed = one.when is not None and bool(one.when.weeks or one.when.stage)
        assert bool(one.heading) is timed
        assert bool(one.condition) is bool(one.when and one.when.circumstance)


def test_no_heading_for_everyone_reads_as_one_for_a_person(library):
    for sheet in library.sheets:
        everyone = {one.heading for one in said(library, sheet)} - {""}
        for weeks in WEEKS_OF_TURNING[1:]:
            assert not everyone & {one.heading for one in said(library, sheet, weeks=weeks)}


@pytest.mark.parametrize("weeks", WEEKS_OF_TURNING)
@pytest.mark.parametrize("sheet", ["neck-pain", "whiplash", "low-back-pain", "low-back-exercises"])
def test_every_sheet_can_be_chosen_at_every_turn_with_its_warning_signs(library, sheet, weeks):
    for known in ({}, dict.fromkeys(library.circumstances, True), dict.fromkeys(library.circumstances, False)):
        order = Order.model_validate({"sheet": sheet, "weeks": weeks, "circumstances": known})
        leaflet = choose(order, library, None, TODAY)
        (flags,) = (part for part in leaflet.parts if part.section == "red-flags")
        kinds = {run.kind for advice in flags.advice for group in advice.groups for run in group.runs}
        assert kinds == {"at-once", "soon"}


def test_the_turning_points_tried_here_are_all_there_are(library):
    spans = [stage.weeks for stage in library.stages.values()]
    spans += [s.when.weeks for m in library.modules.values() for s in m.statements if s.when and s.when.weeks]
    bounds = {bound for span in spans for bound in (span.over, span.upto) if bound is not None}
    assert {week for bound in bounds for week in (bound, bound + 1)} <= set(WEEKS_OF_TURNING)


@pytest.mark.parametrize(
    ("sheet", "added"),
    [
        ("whiplash", "neck-warmth"),
        ("whiplash", "back-warmth"),
        ("whiplash", "back-medicines-which"),
        ("neck-pain", "whiplash-cool-first"),
        ("neck-pain", "whiplash-medicines"),
        ("low-back-pain", "whiplash-medicines"),
        ("low-back-pain", "whiplash-cool-first"),
    ],
)
def test_advice_for_whiplash_and_for_other_pain_is_not_mixed(library, sheet, added):
    order = Order.model_validate({"sheet": sheet, "with": [added]})
    order._place, order._keys_at = COMMAND_LINE, {}
    with pytest.raises(Faulty) as caught:
        choose(order, library, None, TODAY)
    assert {finding.code for finding in caught.value.findings} == {"contradiction"}
    assert all(f'"{added}"' in finding.message for finding in caught.value.findings)


# --- claims and their conditions --------------------------------------------------------------------------

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


def condition(when: When | None) -> str:
    """A condition in a word or two: `>6`, `<=4`, `acute`, `>6 everyday-limits`; empty where there is none."""
    if when is None:
        return ""
    over = f">{when.weeks.over}" if when.weeks and when.weeks.over is not None else ""
    upto = f"<={when.weeks.upto}" if when.weeks and when.weeks.upto is not None else ""
    return " ".join(filter(None, (over, upto, when.stage, when.circumstance)))


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


def carriers(library: Library, claim: str) -> list[tuple[str, Statement]]:
    return [(name, s) for name, module in library.modules.items() for s in module.statements if claim in s.claims]


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


def test_cooling_and_warming_of_whiplash_come_in_their_order(library):
    on_sheet = {name for section in library.sheets["whiplash"].sections for name in section.modules}
    stages = [condition(one.when) for name, one in carriers(library, "4.1-e") if name in on_sheet]
    assert sorted(stages) == ["after-first-days", "first-days"]


@pytest.mark.parametrize("sheet", ["low-back-pain", "low-back-exercises", "whiplash"])
def test_acupuncture_is_for_long_neck_pain_alone(library, sheet):
    names = [name for section in library.sheets[sheet].sections for name in section.modules]
    for name in names:
        for one in library.modules[name].statements:
            assert "3.2.2-j" not in one.claims
            assert "akupunktur" not in one.text.root["de"].lower()


def test_antiepileptics_are_named_in_nerve_pain_alone(library):
    naming = [s for m in library.modules.values() for s in m.statements if "epilep" in s.text.root["de"].lower()]
    assert naming
    assert all("4.2-o" in one.claims for one in naming)


# --- a person's own exercises -----------------------------------------------------------------------------


def doses(leaflet: Leaflet) -> dict[str, tuple[str | None, str | None]]:
    trainings = [one for part in leaflet.parts for one in part.trainings]
    return {one.id: (one.dose.repeat, one.dose.per_day) for one in trainings if isinstance(one.dose, Dose)}


@pytest.mark.parametrize(
    ("exercises", "pages"),
    [("", 4), ("knee-rolls", 4), ("bridge", 5), ("bridge neck-turn", 5), ("bridge neck-turn knee-hug", 6)],
)
def test_exercises_that_a_person_adds_may_take_pages_of_their_own(library, exercises, pages):
    wish = {"sheet": "my-plan", "exercises": {name: {} for name in exercises.split()}}
    assert choose(Order.model_validate(wish), library, None, TODAY).most_pages == pages
    assert choose(Order.model_validate({**wish, "max_pages": 9}), library, None, TODAY).most_pages == 9


def test_an_own_dose_replaces_what_it_says_and_leaves_the_rest(content):
    assert doses(content.choose()) == {"turn": ("5", None)}
    assert doses(content.choose(exercises={"turn": {"per_day": 4}})) == {"turn": ("5", "4")}
    assert doses(content.choose(exercises={"turn": {"repeat": "8-10"}})) == {"turn": ("8-10", None)}


def test_an_exercise_that_the_sheet_lacks_is_added_to_its_exercises(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    assert list(doses(content.choose(exercises={"nod": {}}))) == ["turn", "nod"]
    content.change("sheets/pain.yaml", "- {section: exercises, exercises: [turn]}\n", "")
    leaflet = content.choose(exercises={"nod": {"repeat": 3}})
    assert doses(leaflet) == {"nod": ("3", None)}
    assert sections(leaflet).index("exercises") < sections(leaflet).index("longer")


def test_an_unknown_exercise_is_named_with_the_nearest(content):
    assert 'unknown exercise "turm"' in "".join(refusal(content, exercises={"turm": {}}))

"""The real sheets: what is printed for whom."""

from __future__ import annotations

import pytest

from merkblatt.content.model import Order
from merkblatt.tailoring.choose import choose
from tests.conftest import TODAY
from tests.leaflet_facts import (
    carriers,
    claims_said,
    condition,
    said,
)

WEEKS_OF_TURNING = [None, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 52, 5200]


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

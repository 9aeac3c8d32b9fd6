"""What keeps an order from being met: unknown names, contradictions, what cannot be left out, what all would read."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.content.model import Order
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.refusals import find_unfit, refuse
from tests.conftest import TODAY
from tests.leaflet_facts import (
    modules,
    refusal,
)


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


def test_an_unknown_exercise_is_named_with_the_nearest(content):
    assert 'unknown exercise "turm"' in "".join(refusal(content, exercises={"turm": {}}))


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


PERSONAL = {
    "name": "Erika", "note": "Üben.", "weeks": 3, "date": "2026-11-23", "appointment": "Mo", "counsellor": "S. Keller",
}  # fmt: skip


@pytest.mark.parametrize("field", PERSONAL)
def test_what_hangs_where_all_read_it_bears_nothing_of_a_person(content, field):
    with pytest.raises(Faulty) as caught:
        content.choose(format="a3-poster", **{field: PERSONAL[field]})
    (finding,) = caught.value.findings
    assert finding.message == f"a3-poster hangs where everyone reads it; it bears no {field}"
    assert finding.hint == f"leave {field} out, or take another format"
    assert "Erika" not in str(finding)


def test_all_that_a_poster_cannot_bear_is_told_at_once(content):
    assert len(refusal(content, format="a3-poster", salutation="Frau", **PERSONAL)) == len(PERSONAL) + 1
    assert list(find_unfit(Order.model_validate({"sheet": "pain", **PERSONAL}))) == []
    assert list(find_unfit(Order.model_validate({"sheet": "pain", "format": "a3-poster"}))) == []


def test_what_an_order_adds_it_may_leave_out_again(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    leaflet = content.choose(**{"with": ["cold"], "without": ["cold", "nod"], "exercises": {"nod": {}}})
    assert "cold" not in modules(leaflet)
    assert "nod" not in [training.id for part in leaflet.parts for training in part.trainings]


def test_three_modules_are_looked_at_pair_by_pair(content):
    content.change("modules/cold.yaml", "contradicts: [warmth]", "contradicts: [warmth, moving]")
    found = refusal(content, **{"with": ["cold"]})
    assert [line.split(": ")[1] for line in found] == [
        'modules "moving" and "cold" contradict each other',
        'modules "warmth" and "cold" contradict each other',
    ]


def test_a_nearest_name_and_a_code_are_told(content):
    with pytest.raises(Faulty) as caught:
        content.choose(without=["warmht", "flags"])
    assert [(one.hint, one.code) for one in caught.value.findings] == [('did you mean "warmth"?', "unknown-name")]
    with pytest.raises(Faulty) as caught:
        content.choose(without=["cold", "flags"])
    assert [(one.hint, one.code) for one in caught.value.findings] == [
        ("known: flags, later, moving, turn, warmth", "unknown-name"),
        ("every leaflet carries them", "red-flags"),
    ]


def test_findings_are_told_once_and_in_the_order_of_their_places():
    def found(line: int, message: str) -> Finding:
        return Finding(Place(Path("a.yaml"), line, 1), message)

    refuse([])
    with pytest.raises(Faulty) as caught:
        refuse([found(2, "x"), found(1, "z"), found(1, "y"), found(2, "x")])
    assert caught.value.findings == (found(1, "y"), found(1, "z"), found(2, "x"))

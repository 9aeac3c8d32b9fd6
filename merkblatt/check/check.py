"""Reads the library and says what is not as it should be. Reads, never mends.

What keeps a leaflet from being made at all is found when the library is read; here stands what a reader of the
content must know: claims that nobody carries, contradictions, texts that are missing, reviews that are due, later
guidelines, translations out of step. `check_language` judges the words, `check_form` the form of sheets and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from merkblatt.authoring.translations import find_stale
from merkblatt.check.form import check_form, check_lists
from merkblatt.check.language import check_language
from merkblatt.check.texts import all_texts, sheet_editions
from merkblatt.content.library import Library
from merkblatt.content.model import Guideline, Order
from merkblatt.content.unwritten import UNWRITTEN
from merkblatt.core.findings import Faulty, Finding, Place, Severity, shown
from merkblatt.figures import figure_faults
from merkblatt.tailoring.choose import choose


def check(library: Library, today: date) -> list[Finding]:
    """All findings about a library, in the order of their places.

    Args:
        library: all content.
        today: the day by which reviews are due or not.
    """
    found = {
        **dict.fromkeys(_claims(library)),
        **dict.fromkeys(_unused(library)),
        **dict.fromkeys(_reviews(library, today)),
        **dict.fromkeys(_unwritten(library)),
        **dict.fromkeys(_red_flags(library)),
        **dict.fromkeys(_contradictions(library)),
        **dict.fromkeys(_guidelines(library)),
        **dict.fromkeys(_figures(library)),
        **dict.fromkeys(find_stale(library)),
        **dict.fromkeys(_sheets(library, today)),
        **dict.fromkeys(check_form(library, today)),
        **dict.fromkeys(check_language(library)),
    }
    return sorted(found, key=lambda finding: (finding.place, finding.message))


def carried_claims(library: Library) -> dict[str, list[Place]]:
    """Where each claim is carried, by claim."""
    carried: dict[str, list[Place]] = {claim: [] for claim in library.claims}
    for module in library.modules.values():
        for statement in module.statements:
            for claim in statement.claims:
                carried[claim].append(statement.at())
    for sheet in library.sheets.values():
        for claim in sheet.message.claims:
            carried[claim].append(sheet.message.at())
    for link in library.links.values():
        for claim in link.claims:
            carried[claim].append(link.at())
    return carried


def _claims(library: Library) -> Iterator[Finding]:
    """Every claim is carried or left out with a reason, and not both."""
    for claim, places in carried_claims(library).items():
        place = library.claims[claim].at()
        if not places and claim not in library.left_out:
            hint = "carry it in a module, or say why not in left-out.yaml"
            yield Finding(place, f"claim {shown(claim)} is carried nowhere", hint, code="claim")
        if places and claim in library.left_out:
            left = library.left_out[claim].at()
            yield Finding(
                left, f"claim {shown(claim)} is left out, yet carried in {places[0]}", "remove one", code="claim"
            )


def _unused(library: Library) -> Iterator[Finding]:
    sections = [section for sheet in library.sheets.values() for section in sheet.sections]
    for what, shelf, used in (
        ("module", library.modules, {name for section in sections for name in section.modules}),
        ("exercise", library.exercises, {name for section in sections for name in section.exercises}),
        ("link", library.links, {name for section in sections for name in section.links}),
    ):
        for name, value in shelf.items():
            if name not in used:
                message = f"{what} {shown(name)} is on no sheet"
                hint = "an order can still ask for it" if what == "module" else "name it in a sheet"
                yield Finding(value.at(), message, hint, Severity.NOTE, "unused")


def _reviews(library: Library, today: date) -> Iterator[Finding]:
    for shelf in (library.sheets, library.modules, library.exercises):
        for value in shelf.values():
            due = value.reviewed.next
            if due < today:
                message = f"review was due on {due}"
                yield Finding(value.reviewed.at("next"), message, "review it anew", Severity.WARNING, "review")


def _unwritten(library: Library) -> Iterator[Finding]:
    for text in all_texts(library):
        for edition, words in text.root.items():
            if words.startswith(UNWRITTEN):
                yield Finding(text.at(edition), f"is not written yet: {shown(words)}", "write it", code="unwritten")


def _red_flags(library: Library) -> Iterator[Finding]:
    """Every sheet warns: a person who goes home with it must know when not to wait."""
    for name, sheet in library.sheets.items():
        if not any(section.section == "red-flags" and section.modules for section in sheet.sections):
            hint = "add a section red-flags with its module"
            yield Finding(sheet.at("sections"), f"sheet {shown(name)} has no warning signs", hint, code="red-flags")


def _contradictions(library: Library) -> Iterator[Finding]:
    for name, module in library.modules.items():
        if name in module.contradicts:
            yield Finding(
                module.at("contradicts"), f"module {shown(name)} contradicts itself", "remove it", code="contradiction"
            )


def _figures(library: Library) -> Iterator[Finding]:
    """Drawings that show what no body could do."""
    for exercise in library.exercises.values():
        if exercise.figure:
            yield from (replace(fault, code="figure") for fault in figure_faults(exercise.figure))


def _guidelines(library: Library) -> Iterator[Finding]:
    """Where a later guideline differs, told at each statement that carries such a claim."""
    carried = carried_claims(library)
    for guideline in library.guidelines.values():
        for claim in guideline.claims:
            for place in carried[claim]:
                yield _differing(guideline, claim, place)


def _differing(guideline: Guideline, claim: str, place: Place) -> Finding:
    message = f"claim {shown(claim)}: {guideline.source} differs, since {guideline.since}. {guideline.differs}"
    return Finding(place, message, guideline.caveat or "", Severity.NOTE, "guideline")


def _sheets(library: Library, today: date) -> Iterator[Finding]:
    """Each sheet can be made, for everyone and at every stage that its content knows, and its lists are short."""
    turning_points = (None, *_turning_points(library))
    for name, _, edition in sheet_editions(library):
        for weeks in turning_points:
            try:
                leaflet = choose(Order(sheet=name, edition=edition, weeks=weeks), library, None, today)
            except Faulty as error:
                yield from error.findings
            else:
                yield from check_lists(leaflet, library)


def _turning_points(library: Library) -> list[int]:
    """The weeks on either side of each bound that a condition names."""
    spans = [stage.weeks for stage in library.stages.values()]
    for module in library.modules.values():
        spans += [when.weeks for when in (module.when, *(s.when for s in module.statements)) if when and when.weeks]
    bounds = {bound for span in spans for bound in (span.over, span.upto) if bound is not None}
    return sorted({week for bound in bounds for week in (bound, bound + 1)} | {0})

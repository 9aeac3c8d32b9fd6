"""Opens the files that are to be bound, and refuses, each with its reason, those of which something would be lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.pdf.objects import UNREADABLE, listed, open_pdf
from merkblatt.pdf.xmp import About, read_about

#: The catalog's entries that are joined, and those that tell only how one file is first shown.
_JOINED = {"/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/Names", "/Dests", "/PageLabels"}
_JOINED |= {"/Metadata", "/ViewerPreferences", "/OutputIntents", "/Type", "/Version"}
_SHOWING = {"/PageMode", "/PageLayout", "/OpenAction"}


@dataclass(frozen=True)
class Part:
    """A finished PDF, and the name by which a finding tells it."""

    name: str
    pdf: bytes


@dataclass(frozen=True)
class Source:
    """A part that has been read. `number` counts from 1; `file` is changed as it is bound."""

    number: int
    place: Place
    file: pikepdf.Pdf
    about: About
    language: str
    version: str


def open_all(parts: Sequence[Part]) -> list[Source]:
    """The parts as they are bound, in their order.

    Raises:
        Faulty: with every part that is no tagged PDF, or holds what cannot be joined, as a form.
    """
    sources: list[Source] = []
    findings: list[Finding] = []
    for number, part in enumerate(parts, 1):
        try:
            sources.append(_open(number, part))
        except Faulty as error:
            findings += error.findings
    if findings:
        raise Faulty(findings)
    return sources


def unreadable(place: Place, error: Exception) -> Finding:
    """What is told of a part at which one of `UNREADABLE` was raised."""
    return Finding(place, f"is no readable PDF ({type(error).__name__})", "make the file again", code="bind")


def _open(number: int, part: Part) -> Source:
    place = Place(Path(part.name))
    try:
        file = open_pdf(part.pdf)
        about = read_about(file)
        findings = list(_refusals(place, file, about))
        if findings:
            raise Faulty(findings)
        return Source(number, place, file, about, _language(file.Root), _version(file))
    except pikepdf.PasswordError:
        raise Faulty([_encrypted(place)]) from None
    except UNREADABLE as error:
        raise Faulty([unreadable(place, error)]) from None


def _encrypted(place: Place) -> Finding:
    return Finding(place, "is encrypted", "bind the file as it was before", code="bind")


def _language(catalog: Any) -> str:
    """The language of the whole structure: that of its one Document, or of the file (ISO 32000-1, 14.9.2)."""
    tops = listed(catalog.StructTreeRoot.K)
    own = tops[0].get("/Lang") if len(tops) == 1 else None
    return str(own or catalog.Lang)


def _version(file: pikepdf.Pdf) -> str:
    """A later version that the catalog names counts (ISO 32000-1, 7.2.2)."""
    return max(str(file.pdf_version), str(file.Root.get("/Version", "/1.4"))[1:])


def _refusals(place: Place, file: pikepdf.Pdf, about: About) -> Iterator[Finding]:
    if file.is_encrypted:
        yield _encrypted(place)
        return
    catalog: Any = file.Root
    if not (catalog.get("/MarkInfo", {}).get("/Marked") and listed(catalog.get("/StructTreeRoot", {}).get("/K"))):
        yield Finding(place, "has no tags", "bind the tagged file, not the print file beside it", code="bind")
    if not str(catalog.get("/Lang", "")):
        yield Finding(place, "names no language", "make it anew with a language", code="bind")
    if not about.title:
        yield Finding(place, "has no title", "make it anew with a title", code="bind")
    names = {f"/Names{name}" for name in catalog.get("/Names", {})} - {"/Names/Dests"}
    for entry in sorted({*catalog, *names} - _JOINED - _SHOWING):
        yield Finding(place, f"holds {entry[1:]}, which cannot be joined", "leave this file out", code="bind")

"""The leaflet: exactly what will stand on paper, as frozen values. Made by `choose`, laid out by `compose`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from merkblatt.content.format_ids import Format
from merkblatt.content.model import Dose, Edition, Figure, Labels
from merkblatt.content.practice import Sender
from merkblatt.core.findings import Place


@dataclass(frozen=True)
class Item:
    """One statement: the words, the condition that runs in before them, and where it is written."""

    text: str
    condition: str
    place: Place


@dataclass(frozen=True)
class Run:
    """Statements of one kind in a row: a paragraph each (`know`), or a list."""

    kind: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Group:
    """Runs under one condition; `heading` is empty where there is none."""

    heading: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Advice:
    """A module as it is printed."""

    id: str
    title: str
    groups: tuple[Group, ...]
    place: Place


@dataclass(frozen=True)
class SaidDose:
    """A dose that is in words already, piece by piece, as those of a person are where a leaflet is stamped."""

    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """An exercise as it is printed."""

    id: str
    name: str
    start: str
    steps: tuple[str, ...]
    dose: Dose | SaidDose
    caution: str
    too_much: str
    figure: Figure | None
    alt: str
    place: Place


@dataclass(frozen=True)
class Contact:
    """A resource as it is printed."""

    id: str
    name: str
    offers: str
    url: str
    path: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Part:
    """A section of the leaflet under its heading."""

    section: str
    heading: str
    advice: tuple[Advice, ...] = ()
    trainings: tuple[Training, ...] = ()
    contacts: tuple[Contact, ...] = ()
    lines: int = 0
    #: Weeks with a box a day, and lines for appointments.
    diary: int = 0
    appointments: int = 0
    overview: bool = False
    #: When any of the exercises is too much, where that is the same for all of them.
    too_much: str = ""


@dataclass(frozen=True)
class Cited:
    """A source as the foot names it."""

    id: str
    cite: str


@dataclass(frozen=True)
class Imprint:
    """Whence and when: sources, dates in the edition's words' raw form, review."""

    issued: date
    next_review: date
    reviewed_by: str | None
    reviewed_on: date | None
    overdue: bool
    sources: tuple[Cited, ...]


@dataclass(frozen=True)
class Leaflet:
    """An order resolved against the library."""

    sheet: str
    edition_id: str
    edition: Edition
    format: Format
    title: str
    subtitle: str
    message: Item
    parts: tuple[Part, ...]
    imprint: Imprint
    sender: Sender | None
    #: With the salutation before it.
    name: str | None
    handed_out: date | None
    appointment: str | None
    counsellor: str | None
    note: str | None
    named_title: bool
    weeks: int | None
    most_pages: int | None
    place: Place
    pages_place: Place
    name_place: Place
    appointment_place: Place
    counsellor_place: Place
    note_place: Place

    @property
    def personal(self) -> tuple[tuple[str, Place], ...]:
        """A person's own words, with their places; no message repeats them."""
        words = (self.name, self.appointment, self.counsellor, self.note)
        places = (self.name_place, self.appointment_place, self.counsellor_place, self.note_place)
        return tuple((said, place) for said, place in zip(words, places, strict=True) if said)

    @property
    def labels(self) -> Labels:
        """The page's own words."""
        return self.edition.labels

    @property
    def file_name(self) -> str:
        """Never holds anything of a person."""
        return f"{self.sheet}.{self.edition_id}.{self.format}"

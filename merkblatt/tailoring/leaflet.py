"""The leaflet: exactly what will stand on paper, as frozen values. Made by `choose`, laid out by `compose`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from merkblatt.content.format_ids import Format
from merkblatt.content.model import Dose, Edition, Figure, Labels, Review
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
class Grounds:
    """What an imprint is made from.

    Reviews and sources stand with the id of the module or exercise that brought them along ("" for the sheet itself and
    for links, which stay): what is left out of a leaflet takes them along. `sources` are the words of all that `cites`
    name, in the order in which they are named first.
    """

    issued: date
    today: date
    reviews: tuple[tuple[str, Review], ...]
    cites: tuple[tuple[str, str], ...]
    sources: tuple[Cited, ...]


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
class Said:
    """A person's own words as a leaflet prints them, and where they were said; no message repeats what is secret."""

    printed_as: str
    words: str
    place: Place
    is_secret: bool = True


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
    grounds: Grounds
    imprint: Imprint
    sender: Sender | None
    #: A person's own words; none on a leaflet for everyone.
    person: tuple[Said, ...]
    named_title: bool
    weeks: int | None
    most_pages: int | None
    place: Place
    pages_place: Place

    @property
    def secrets(self) -> tuple[Said, ...]:
        """The words of a person that no message repeats, not even one letter of them."""
        return tuple(said for said in self.person if said.is_secret)

    def _said(self, printed_as: str) -> Said | None:
        return next((said for said in self.person if said.printed_as == printed_as), None)

    def _words(self, printed_as: str) -> str | None:
        said = self._said(printed_as)
        return said.words if said else None

    def _said_at(self, printed_as: str) -> Place:
        said = self._said(printed_as)
        return said.place if said else self.place

    # What templates call the words of a person, and the places of these.

    @property
    def name(self) -> str | None:
        """For whom it is, with the salutation before it."""
        return self._words("name")

    @property
    def handed_out(self) -> str | None:
        """The day on which it is handed out, in words."""
        return self._words("handed_out")

    @property
    def appointment(self) -> str | None:
        """When the person comes again."""
        return self._words("appointment")

    @property
    def counsellor(self) -> str | None:
        """Who has counselled."""
        return self._words("counsellor")

    @property
    def note(self) -> str | None:
        """A note for this person."""
        return self._words("note")

    @property
    def name_place(self) -> Place:
        """Where the name was said."""
        return self._said_at("name")

    @property
    def appointment_place(self) -> Place:
        """Where the appointment was said."""
        return self._said_at("appointment")

    @property
    def counsellor_place(self) -> Place:
        """Where the counsellor was said."""
        return self._said_at("counsellor")

    @property
    def note_place(self) -> Place:
        """Where the note was said."""
        return self._said_at("note")

    @property
    def labels(self) -> Labels:
        """The page's own words."""
        return self.edition.labels

    @property
    def file_name(self) -> str:
        """Never holds anything of a person."""
        return f"{self.sheet}.{self.edition_id}.{self.format}"

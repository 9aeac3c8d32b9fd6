"""What a reader of a sheet has before them: its texts in one edition, and the language in which they are judged."""

from __future__ import annotations

from dataclasses import dataclass

from merkblatt.check.texts import Said, texts_on
from merkblatt.content.library import Library
from merkblatt.content.model import Sheet


@dataclass(frozen=True)
class Reading:
    """The texts of one sheet in one edition, and how they are judged."""

    name: str
    sheet: Sheet
    edition: str
    language: str
    said: tuple[Said, ...]

    @property
    def prose(self) -> list[str]:
        """What is read as sentences, so without the headings."""
        return [said.words for said in self.said if said.kind != "heading"]


def read_sheet(name: str, edition: str, library: Library) -> Reading:
    """A sheet as it is read in an edition that it has."""
    sheet = library.sheets[name]
    return Reading(name, sheet, edition, language_of(edition, library), tuple(texts_on(sheet, edition, library)))


def language_of(edition: str, library: Library) -> str:
    """The language of an edition without its country or script: `de` of `de-AT`."""
    return library.editions[edition].language.split("-", maxsplit=1)[0]

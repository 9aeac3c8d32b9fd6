"""What stands around the parts of a leaflet, as blocks: its head, a person's note, and the imprint at its foot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date, format_skeleton

from merkblatt.outputs.blocks import Block, Heading, Listing, Paragraph, WritingLines
from merkblatt.outputs.page_words import given, label, one_below_another, said
from merkblatt.page.inline_markup import Piece, parse_prose
from merkblatt.page.template_words import paragraphs, weeks_words
from merkblatt.tailoring.leaflet import Leaflet


class FrameTeller:
    """Says head, note and imprint of one leaflet in the words of its edition."""

    def __init__(self, leaflet: Leaflet) -> None:
        self.leaflet, self.labels, self.edition = leaflet, leaflet.labels, leaflet.edition
        self.locale = leaflet.edition.language.replace("-", "_")

    def head(self) -> Iterator[Block]:
        """Title, subtitle, for whom and for which weeks, and who hands it out."""
        leaflet, labels = self.leaflet, self.labels
        yield Heading(1, said(leaflet.title))
        yield Paragraph(said(leaflet.subtitle), "subtitle")
        if leaflet.name:
            before, _, after = labels.for_name.partition("{name}")
            yield Paragraph((Piece(before), *given(leaflet.name), Piece(after)), "name")
        if leaflet.weeks is not None:
            weeks = weeks_words(leaflet.weeks, self.edition)
            yield Paragraph(said(labels.for_weeks.format(weeks=weeks)), "weeks")
        if leaflet.sender:
            practice = leaflet.sender.practice
            lines = [given(line) for line in (practice.name, *practice.address)]
            if practice.phone:
                lines.append((Piece(f"{labels.phone} "), *given(practice.phone)))
            yield Paragraph(one_below_another(lines), "sender")

    def note(self, note: str) -> Iterator[Block]:
        """A person's note, line by line as it was written."""
        for paragraph in paragraphs(note):
            yield Paragraph(one_below_another(map(given, paragraph)))

    def _month(self, day: date) -> str:
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def imprint(self) -> Iterator[Block]:
        """Dates, sources, and who hands it out with all that is known of them."""
        imprint, labels = self.leaflet.imprint, self.labels
        yield Paragraph(tuple(self._dates()))
        yield Heading(3, said(labels.sources))
        yield Listing("sources", tuple(parse_prose(source.cite) for source in imprint.sources))
        yield Heading(3, said(labels.practice))
        yield from self._practice()

    def _dates(self) -> Iterator[Piece]:
        imprint, labels = self.leaflet.imprint, self.labels
        issued, due = self._month(imprint.issued), self._month(imprint.next_review)
        yield Piece(f"{labels.issued.format(date=issued)}. {labels.next_review.format(date=due)}. ")
        if imprint.overdue:
            yield from label(labels.overdue.format(date=due))
        if imprint.reviewed_by and imprint.reviewed_on:
            on = format_date(imprint.reviewed_on, "long", self.locale)
            yield Piece(f"{labels.reviewed.format(by=imprint.reviewed_by, date=on)}. ")
        else:
            yield from label(labels.review_pending)
        yield Piece(labels.no_substitute)

    def _practice(self) -> Iterator[Block]:
        if not self.leaflet.sender:
            yield WritingLines(1)
            return
        practice, labels = self.leaflet.sender.practice, self.labels
        lines = [given(practice.name)]
        for name, words in (
            (labels.phone, practice.phone),
            (labels.email, practice.email),
            (labels.web, practice.web),
            (labels.hours, f"{self.edition.marks.semicolon} ".join(practice.hours)),
        ):
            if words:
                lines.append((Piece(f"{name}: "), *given(words)))
        yield Paragraph(one_below_another(lines), "sender")
        for paragraph in paragraphs(practice.text) if practice.text else ():
            yield Paragraph(parse_prose(" ".join(paragraph), is_given=True))

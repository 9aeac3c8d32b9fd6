"""Stamps leaflets for one person after another; makes the masters that are wanted, and keeps them.

A master is made for a form (which fields are there, and how many lines a person wrote in each) and a shape (how these
break into lines, in which fonts).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.stamp.face import Face, NeedsLayout
from merkblatt.stamp.line_breaking import Hand, squeeze
from merkblatt.stamp.master import Master
from merkblatt.stamp.master_file import read_master, write_master
from merkblatt.stamp.placeholders import plain_stand_ins, stand_ins
from merkblatt.stamp.setting import MARK, Shape
from merkblatt.stamp.shaping import Pen

if TYPE_CHECKING:
    from merkblatt.page.compose import Page


#: Masters, and forms, that are kept open for one leaflet; the one that was opened first goes first.
MOST_OPEN, MOST_FORMS = 256, 64


class Keeper(Protocol):
    """What keeps masters from run to run (`merkblatt.core.cache`)."""

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, None where nothing is."""

    def put(self, key: str, data: bytes) -> None:
        """Keeps something under a key."""


@dataclass(frozen=True)
class Stamped:
    """A finished leaflet in two parts, of which the first is the same object for every person of one shape."""

    prefix: bytes
    tail: bytes
    pages: int

    @property
    def pdf(self) -> bytes:
        """The whole file."""
        return self.prefix + self.tail


class Stamper:
    """Stamps one leaflet for one person after another.

    Args:
        make_page: the page for personal fields by name; what is not named is absent. Called only to make a master.
        folders: where styles, and with them fonts, lie.
        key: what all but the personal fields come to; the same for the same leaflet only.
        keeper: keeps masters from run to run.
    """

    def __init__(
        self,
        make_page: Callable[[Mapping[str, str]], Page],
        folders: Folders,
        key: str = "",
        keeper: Keeper | None = None,
    ) -> None:
        self.make_page, self.folders, self.key, self.keeper = make_page, folders, key, keeper
        self._masters: dict[tuple[_Form, Shape | None], Master | NeedsLayout] = {}
        self._hands: dict[_Form, Hand] = {}

    def stamp(self, person: Mapping[str, str]) -> Stamped:
        """The leaflet for a person.

        Args:
            person: the personal fields by name, as the leaflet has them.

        Raises:
            NeedsLayout: this person's leaflet has to be laid out.
        """
        form, fields = _read(person)
        first = self._master(form, None, {})
        hand = self._hands.get(form)
        if hand is None:
            while len(self._hands) >= MOST_FORMS:
                del self._hands[next(iter(self._hands))]
            hand = self._hands[form] = _hand(first, self.folders)
        lines = hand.set(fields)
        shape = hand.shape(lines)
        master = self._masters.get((form, shape)) or self._fitting(form, shape, first, hand, fields)
        if isinstance(master, NeedsLayout):
            raise master
        return Stamped(*master.stamp(hand, lines, fields), master.pages)

    def _fitting(self, form: _Form, shape: Shape, first: Master, hand: Hand, fields: Mapping[str, str]) -> Master:
        """The master of a shape; the first one where it has that shape."""
        plain = hand.shape(hand.set(plain_stand_ins(fields)))
        if plain == shape:
            master: Master | NeedsLayout = first
        else:
            master = self._master(form, shape, stand_ins(hand, fields))
            if master.setting != first.setting or master.brought != first.brought:
                master = NeedsLayout("the page is set in another way where a field takes more room")
        self._remember(form, shape, master)
        if isinstance(master, NeedsLayout):
            raise master
        return master

    def _remember(self, form: _Form, shape: Shape | None, master: Master | NeedsLayout) -> None:
        while len(self._masters) >= MOST_OPEN:
            del self._masters[next(iter(self._masters))]
        self._masters[form, shape] = master

    def _master(self, form: _Form, shape: Shape | None, words: Mapping[str, str]) -> Master:
        known = self._masters.get((form, shape))
        if known is None:
            known = self._kept(form, shape) or self._make(form, shape, words)
            self._remember(form, shape, known)
        if isinstance(known, NeedsLayout):
            raise known
        return known

    def _kept(self, form: _Form, shape: Shape | None) -> Master | None:
        data = self.keeper.get(self._key(form, shape)) if self.keeper else None
        try:
            return read_master(data) if data else None
        except (ValueError, LookupError, TypeError):
            return None

    def _make(self, form: _Form, shape: Shape | None, words: Mapping[str, str]) -> Master | NeedsLayout:
        from merkblatt.stamp.make_master import make_master

        try:
            master = make_master(self.make_page(form.marked()), self.folders, words)
        except NeedsLayout as error:
            return error
        except Faulty:
            # A layout of this order will say what is wrong, and where.
            return NeedsLayout("the leaflet is not right on paper")
        if self.keeper:
            self.keeper.put(self._key(form, shape), write_master(master))
        return master

    def _key(self, form: _Form, shape: Shape | None) -> str:
        return hashlib.sha256(repr((self.key, form, shape)).encode()).hexdigest()


@dataclass(frozen=True)
class _Form:
    """Which fields there are: of each its paragraphs, their lines, and whether a line runs from the right."""

    fields: tuple[tuple[str, tuple[tuple[bool, ...], ...]], ...]

    def marked(self) -> dict[str, str]:
        """The fields with a numbered mark in place of each line."""
        words: dict[str, str] = {}
        number = 0
        for name, paragraphs in self.fields:
            blocks = []
            for paragraph in paragraphs:
                block = []
                for from_right in paragraph:
                    block.append(f"{MARK}{'א' if from_right else ''}{number}{MARK}")
                    number += 1
                blocks.append("\n".join(block))
            words[name] = "\n\n".join(blocks)
        return words


def _read(person: Mapping[str, str]) -> tuple[_Form, dict[str, str]]:
    """A person's form, and each line of each field by its number."""
    told = [(name, _told(text)) for name, text in sorted(person.items())]
    lines = [line for _, (_, lines) in told for line in lines]
    if not all(lines):
        raise NeedsLayout("a field is empty")
    form = _Form(tuple([(name, directions) for name, (directions, _) in told]))
    return form, {str(number): line for number, line in enumerate(lines)}


@lru_cache(maxsize=2_000)
def _told(text: str) -> tuple[tuple[tuple[bool, ...], ...], tuple[str, ...]]:
    """Of a field's paragraphs, which lines run from the right; and all its lines."""
    paragraphs = _paragraphs(text)
    directions = tuple([tuple([_runs_from_right(line) for line in block]) for block in paragraphs])
    return directions, tuple([squeeze(line) for block in paragraphs for line in block])


def _paragraphs(text: str) -> list[list[str]]:
    """As `template_words.paragraphs`, which is not imported for this alone."""
    if "\n" not in text:
        return [[text.strip()]]
    return [[line.strip() for line in block.split("\n")] for block in re.split(r"\n\s*\n", text.strip())]


def _runs_from_right(line: str) -> bool:
    """Whether the first strong character runs from the right (UAX 9, P2)."""
    if line.isascii():
        return False
    return next((way != "L" for c in line if (way := unicodedata.bidirectional(c)) in {"L", "R", "AL"}), False)


def _hand(master: Master, folders: Folders) -> Hand:
    files = _font_files(folders.styles)
    try:
        faces = [_face(files[checksum]) for checksum in master.setting.fonts]
    except KeyError:
        raise NeedsLayout("a font is not there any more") from None
    return Hand(master.setting, Pen(faces, master.setting.types, master.brought))


@lru_cache(maxsize=4)
def _font_files(styles: tuple[Path, ...]) -> dict[str, Path]:
    """The font files of the styles by their SHA-256."""
    files = [path for folder in styles for path in sorted(folder.rglob("*.ttf"))]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


@lru_cache(maxsize=32)
def _face(path: Path) -> Face:
    return Face(path.read_bytes())

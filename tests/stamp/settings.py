"""Settings for tests of single rooms: one font, lines as wide as wanted, no layout."""

from __future__ import annotations

from functools import lru_cache

from merkblatt.stamp.face import Face
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.setting import Paragraph, Run, Setting, Type
from merkblatt.stamp.shaping import Pen
from tests.pressed import ROOT

FONTS = ROOT / "styles" / "fonts"
#: In px.
SIZE = 16.0


@lru_cache
def face(name: str = "AtkinsonHyperlegibleNext-Regular") -> Face:
    return Face((FONTS / f"{name}.ttf").read_bytes())


@lru_cache
def pen(*, brought: bool = True) -> Pen:
    """A pen with one font for all that is not Arabic or Hebrew, for which there is a second one."""
    faces = [face(), face("Vazirmatn-Regular")]
    coverage = ((0, 0), (0x590, 1), (0x780, 0), (0x1F000, -1))
    glyphs = [{gid: c for gid, c in own.characters.items() if gid} for own in faces]
    return Pen(faces, [Type(SIZE, "de", coverage)], dict(enumerate(glyphs)) if brought else {})


def hand(*runs: Run, width: float = 300.0, brought: bool = True) -> Hand:
    """A hand for one paragraph."""
    own = pen(brought=brought)
    return Hand(Setting(("", ""), tuple(own.types), (Paragraph(width, runs),)), own)


def field(name: str = "0", before: str = "", after: str = "", *, starts: bool = True, unbroken: bool = False) -> Run:
    return Run((before, name, after), 0, starts, unbroken)

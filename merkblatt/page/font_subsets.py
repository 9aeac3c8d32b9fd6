"""Fonts for one page: of the fonts that a style names, the characters that the page needs, and nothing else.

A page for a screen carries its fonts in itself; whole they are two megabytes, of which a leaflet needs a hundredth.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_FILE = re.compile(r"url\((file:[^)]+)\)(\s*format\([^)]*\))?")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_FONT = re.compile(r"(?<![-\w])font(?:-family)?\s*:\s*([^;}]*)", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"'}]+)", re.IGNORECASE)

#: What a browser writes by itself: the numbers of a list.
_ALWAYS = frozenset("0123456789. ")


@dataclass(frozen=True)
class _Face:
    """A rule `@font-face`: all of it, its family, its file."""

    rule: str
    family: str
    path: Path


def embed_fonts(css: str, characters: frozenset[str]) -> str:
    """A style with the fonts that some characters need, as data, and without the others.

    Args:
        css: all styles of a page; each `@font-face` names its file as `file:` address, read as it stands.
        characters: what stands on the page.
    """
    css = _COMMENT.sub("", css)
    faces = list(_faces(css))
    wanted, missing = _wanted(css, faces, characters | _ALWAYS)
    for face in faces:
        needed = wanted.get(face.family, frozenset()) & coverage(face.path)
        css = css.replace(face.rule, _embedded(face, needed) if needed else "", 1)
    return css + _fallback_rule(css, missing)


def _faces(css: str) -> Iterator[_Face]:
    from urllib.request import url2pathname

    for match in _FACE.finditer(css):
        family, file = _FAMILY.search(match[0]), _FILE.search(match[0])
        if family and file:
            yield _Face(match[0], family[1].strip(), Path(url2pathname(urlsplit(file[1]).path)))


def _wanted(css: str, faces: list[_Face], characters: frozenset[str]) -> tuple[dict[str, frozenset[str]], list[str]]:
    """The characters that each family is to set, and the families that no rule names but some characters need."""
    reach: dict[str, frozenset[str]] = {}
    for face in faces:
        reach[face.family] = reach.get(face.family, frozenset()) | coverage(face.path)
    wanted: dict[str, frozenset[str]] = {}
    left = characters
    for stack in _stacks(css, list(reach)):
        open_ones = characters
        for family in stack:
            wanted[family] = wanted.get(family, frozenset()) | (open_ones & reach[family])
            open_ones -= reach[family]
        left &= open_ones
    missing = []
    for family, held in reach.items():
        if family not in wanted and left & held:
            missing.append(family)
            wanted[family] = left & held
            left -= held
    return wanted, missing


def _stacks(css: str, families: list[str]) -> Iterator[list[str]]:
    """The families that each rule asks for, in its order; of the rules of `html` the last one counts."""
    root: list[str] = []
    for selector, body in _RULE.findall(_FACE.sub("", css)):
        for font in _FONT.findall(body):
            stack = sorted((family for family in families if family in font), key=font.index)
            if selector.strip() == "html":
                root = stack or root
            elif stack and "@bottom" not in selector:
                yield stack
    if root:
        yield root


def _fallback_rule(css: str, missing: list[str]) -> str:
    """The rule of `html` once more, with the families that it lacks."""
    if not missing:
        return ""
    fonts = [_FONT.findall(body) for selector, body in _RULE.findall(_FACE.sub("", css)) if selector.strip() == "html"]
    last = next((found[-1].strip() for found in reversed(fonts) if found), "sans-serif")
    families = ", ".join([last, *(f'"{family}"' for family in missing)])
    return f"\nhtml {{ font-family: {families}; }}"


def _embedded(face: _Face, characters: frozenset[str]) -> str:
    data = base64.b64encode(subset_font(face.path, characters)).decode()
    return _FILE.sub(f'url(data:font/woff2;base64,{data}) format("woff2")', face.rule)


def coverage(path: Path) -> frozenset[str]:
    """The characters that a font has glyphs for."""
    return _coverage(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _coverage(path: Path, _changed: int) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def subset_font(path: Path, characters: frozenset[str]) -> bytes:
    """A font as WOFF2 with no more than some characters, their ligatures and marks; the same bytes each time."""
    return _subset(path, path.stat().st_mtime_ns, characters)


@lru_cache(maxsize=64)
def _subset(path: Path, _changed: int, characters: frozenset[str]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.hinting, options.notdef_outline = False, True
    # The licence of a font stays with it (OFL 1.1, condition 2).
    options.name_IDs = ["*"]
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        font.flavor = "woff2"
        target = io.BytesIO()
        font.save(target)
    return target.getvalue()

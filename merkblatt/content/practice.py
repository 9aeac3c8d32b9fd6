"""Reads a practice file: who hands the leaflet out.

The logo is opened here, and only if it is a picture that stays inside the folder. It is given on as bytes, never as
a path, so that no later room opens files for it.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from merkblatt.content.model import Practice
from merkblatt.content.validation import read_model
from merkblatt.core.findings import Faulty, Finding, Place, shown
from merkblatt.core.folders import lies_within

#: Bytes; a logo of a letterhead has some kilobytes.
MOST_LOGO_BYTES = 2_000_000
MOST_LOGO_PIXELS = 25_000_000

#: Groups within groups; drawing programs make a handful.
DEEPEST_SVG = 64

_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
_FORBIDDEN = frozenset({"script", "foreignObject", "image", "feImage", "iframe", "style", "a", "set", "animate"})


@dataclass(frozen=True)
class Logo:
    """A picture: its bytes, its MIME type, its width divided by its height."""

    data: bytes
    mime: str
    ratio: float


@dataclass(frozen=True)
class Sender:
    """A practice with its logo read."""

    practice: Practice
    logo: Logo | None
    path: Path

    @cached_property
    def sum(self) -> str:
        """The SHA-256 of all that a leaflet shows of it."""
        total = hashlib.sha256(self.practice.model_dump_json().encode())
        total.update(self.logo.data if self.logo else b"")
        return total.hexdigest()


def read_sender(path: Path) -> Sender:
    """The practice of a file, with its logo.

    Raises:
        Faulty: with all findings of the file and of its logo.
    """
    practice = read_model(path, Practice)
    return Sender(practice, _read_logo(practice, path) if practice.logo else None, path)


def _read_logo(practice: Practice, path: Path) -> Logo:
    place, name = practice.at("logo"), str(practice.logo)
    file = path.parent / name
    if not lies_within(file, (path.parent,)):
        hint = "put the picture beside the practice file and write its name alone"
        raise _fault(place, f"logo {shown(name)} leads out of the folder of this file", hint)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _fault(place, f"logo {shown(name)} cannot be read: {error.strerror}", "check its name") from None
    if len(data) > MOST_LOGO_BYTES:
        hint = f"at most {MOST_LOGO_BYTES:,} bytes"
        raise _fault(place, f"logo {shown(name)} is too large: {len(data):,} bytes", hint)
    return _svg(data, place, name) if file.suffix.lower() == ".svg" else _png(data, place, name)


def _png(data: bytes, place: Place, name: str) -> Logo:
    from PIL import Image

    try:
        with _strict_pictures(), Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height > MOST_LOGO_PIXELS:
                raise _fault(place, f"logo {shown(name)} has {width} × {height} pixels", "make it smaller")
            picture.load()
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
        raise _fault(place, f"logo {shown(name)} is no PNG picture", "save it as PNG or SVG") from None
    return Logo(data, "image/png", width / height)


@contextmanager
def _strict_pictures() -> Iterator[None]:
    """Takes no picture that is cut off; the layout engine, where it has been imported, lets them pass."""
    from PIL import ImageFile

    kept = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = kept


def _svg(data: bytes, place: Place, name: str) -> Logo:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise _fault(place, f"logo {shown(name)} declares a DTD or entities", "save it as plain SVG") from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _fault(place, f"logo {shown(name)} is no SVG picture: {error}", "save it as SVG or PNG") from None
    if _local(root.tag) != "svg":
        raise _fault(place, f"logo {shown(name)} is no SVG picture but <{_local(root.tag)}>", "")
    for element in root.iter():
        _refuse_outside(element, place, name)
    _refuse_endless(root, place, name)
    return Logo(data, "image/svg+xml", _svg_ratio(root, place, name))


def _refuse_outside(element: object, place: Place, name: str) -> None:
    tag, attributes = _local(str(getattr(element, "tag", ""))), dict(getattr(element, "attrib", {}))
    if tag in _FORBIDDEN:
        hint = "save it as plain SVG: paths and shapes, colours as attributes"
        raise _fault(place, f"logo {shown(name)} holds <{tag}>, which is not taken", hint)
    for name_, value in attributes.items():
        key = _local(name_)
        if key.startswith("on") or (key == "href" and not value.startswith("#")) or _OUTSIDE.search(value):
            raise _fault(place, f"logo {shown(name)} points outside itself: {key}={shown(value)}", "remove that")


def _refuse_endless(root: Any, place: Place, name: str) -> None:
    """Refuses what a small file can make large: deep nesting, and copies of copies."""
    level, depth = [root], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
        if depth > DEEPEST_SVG:
            message = f"logo {shown(name)} is nested more than {DEEPEST_SVG} deep"
            raise _fault(place, message, "save it as plain SVG")
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    for element in root.iter():
        href = next((value for key, value in element.attrib.items() if _local(key) == "href"), "")
        target = by_id.get(href.removeprefix("#"))
        if _local(element.tag) == "use" and target is not None and "use" in map(_local, _tags(target)):
            message = f"logo {shown(name)} holds a <use> of what holds a <use> itself"
            raise _fault(place, message, "save it as plain SVG")


def _tags(element: Any) -> Iterator[str]:
    return (str(inner.tag) for inner in element.iter())


def _svg_ratio(root: object, place: Place, name: str) -> float:
    attributes = dict(getattr(root, "attrib", {}))
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", attributes.get("viewBox", ""))]
    sides = [re.fullmatch(r"(\d+(?:\.\d+)?)(px|mm|pt|cm)?", attributes.get(s, "")) for s in ("width", "height")]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2] / box[3]
    if sides[0] and sides[1] and float(sides[0][1]) > 0 and float(sides[1][1]) > 0:
        return float(sides[0][1]) / float(sides[1][1])
    raise _fault(place, f"logo {shown(name)} tells no size", 'give the <svg> a viewBox: viewBox="0 0 60 20"')


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _fault(place: Place, message: str, hint: str) -> Faulty:
    return Faulty([Finding(place, message, hint, code="logo")])

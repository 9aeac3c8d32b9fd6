"""Turns the colours of a print file into inks, by the ICC profile of a print house.

Grey and black become black ink alone, so that type is printed by one plate and cannot blur; full black is printed over
what lies below, so that no white edge shows where plates are off. Every other colour becomes what the profile says.
What is no plain colour, as a gradient, is refused and not guessed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from merkblatt.pdf.objects import dictionaries

#: Cyan, magenta, yellow, black; from 0 (none) to 1 (full).
Inks = tuple[float, float, float, float]
_TO_INK = {"rg": "k", "RG": "K"}
#: Colour spaces that are inks already, or the marks' own.
_INKS = {"/DeviceCMYK", "/DeviceGray", "/All", "/Pattern"}
#: What full black is painted with, and everything else (ISO 32000-1, 8.6.7, table 58): names and graphics states.
_OVER, _OUT = "/MerkblattOver", "/MerkblattOut"
_BLACK = (0.0, 0.0, 0.0, 1.0)
#: How far the parts of a colour may differ and still be grey: one step of 255.
_GREY = 1.5 / 255


class NoProfileError(ValueError):
    """The bytes are no ICC profile of a press with four inks."""


class NoInkError(ValueError):
    """A colour that cannot be turned into inks; its text says which."""


@dataclass(frozen=True)
class Profile:
    """A press: its ICC profile, and the conversions from sRGB by it."""

    data: bytes
    name: str
    _colours: Any
    _blacks: tuple[float, ...]

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in sRGB as inks; `Image` counts them from 0 to 255."""
        return _converted(picture.convert("RGB"), self._colours)

    def inks(self, red: float, green: float, blue: float) -> Inks:
        """The inks of a colour of sRGB, each part from 0 to 1."""
        if max(red, green, blue) - min(red, green, blue) <= _GREY:
            return (0.0, 0.0, 0.0, self._black(_lightness(red, green, blue)))
        pixel = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in (red, green, blue)))
        cyan, magenta, yellow, black = (round(part / 255, 4) for part in self.picture(pixel).tobytes())
        return (cyan, magenta, yellow, black)

    def _black(self, lightness: float) -> float:
        """How much black ink is as light as a grey; the darkest greys are full black."""
        best = min(range(len(self._blacks)), key=lambda amount: abs(self._blacks[amount] - lightness))
        return round(best / 255, 4)


@lru_cache(maxsize=4)
def read_profile(data: bytes) -> Profile:
    """A press by its ICC profile.

    Raises:
        NoProfileError: they are no profile for output in CMYK.
    """
    try:
        press = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if (press.profile.xcolor_space.strip(), press.profile.device_class) != ("CMYK", "prtr"):
            raise NoProfileError
        intent, deep = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        screen, eye = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        colours = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, deep)
        # Relative to the paper, which is white, a grey is as light as black ink alone makes it.
        look = ImageCms.buildTransform(press, eye, "CMYK", "LAB", intent)
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise NoProfileError from error
    ramp = Image.frombytes("CMYK", (256, 1), bytes(part for black in range(256) for part in (0, 0, 0, black)))
    lightness = _converted(ramp, look).tobytes()[::3]
    name = (press.profile.profile_description or "CMYK").strip()
    return Profile(data, name, colours, tuple(light / 2.55 for light in lightness))


def _converted(picture: Image.Image, transform: Any) -> Image.Image:
    converted = ImageCms.applyTransform(picture, transform)
    assert converted is not None  # noqa: S101  it is None only for a picture that is changed in place
    return converted


def _lightness(red: float, green: float, blue: float) -> float:
    """CIE L* of a grey of sRGB (IEC 61966-2-1; CIE 15)."""
    value = (red + green + blue) / 3
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return 116 * linear ** (1 / 3) - 16 if linear > 0.008856 else 903.3 * linear


def separate(file: pikepdf.Pdf, profile: Profile) -> None:
    """Turns all colours of a file into inks.

    Raises:
        NoInkError: it has a gradient, or a colour space that is not plain.
    """
    for thing in list(dictionaries([file.Root])):
        if thing.get("/S") == "/Transparency":
            thing.CS = pikepdf.Name.DeviceCMYK
        if "/ShadingType" in thing:
            raise NoInkError("a gradient")
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Subtype") == "/Image":
                _separate_picture(thing, profile)
            elif thing.get("/Subtype") == "/Form" or "/PatternType" in thing:
                _separate_content(thing, profile)


def _separate_content(stream: Any, profile: Profile) -> None:
    instructions = _in_inks(pikepdf.parse_content_stream(stream), profile.inks)
    stream.write(pikepdf.unparse_content_stream(list(instructions)))
    _add_states(stream)


def _add_states(stream: Any) -> None:
    if "/Resources" not in stream:  # of old, a form could borrow those of its page (ISO 32000-1, 7.8.3)
        raise NoInkError("a group without resources of its own")
    resources = stream.Resources
    if "/ExtGState" not in resources:
        resources.ExtGState = pikepdf.Dictionary()
    resources.ExtGState[_OVER] = pikepdf.Dictionary(op=True, OPM=1)
    resources.ExtGState[_OUT] = pikepdf.Dictionary(op=False)


def _in_inks(instructions: Iterable[Any], inks: Callable[[float, float, float], Inks]) -> Iterator[Any]:
    known: dict[tuple[float, ...], Inks] = {}
    for operands, operator in instructions:
        name = str(operator)
        if name in _TO_INK:
            red, green, blue = colour = tuple(float(part) for part in operands)
            if colour not in known:
                known[colour] = inks(red, green, blue)
            yield known[colour], pikepdf.Operator(_TO_INK[name])
            if name == "rg":
                yield [pikepdf.Name(_OVER if known[colour] == _BLACK else _OUT)], pikepdf.Operator("gs")
        elif name in {"cs", "CS"} and str(operands[0]) not in _INKS:
            raise NoInkError(f"the colour space {str(operands[0])[1:]}")
        elif name in {"sh", "INLINE IMAGE"}:
            raise NoInkError("a gradient" if name == "sh" else "a picture within the content")
        else:
            yield operands, operator


def _separate_picture(stream: Any, profile: Profile) -> None:
    space = stream.get("/ColorSpace")
    kind = str(space[0] if isinstance(space, pikepdf.Array) else space)
    if stream.get("/ImageMask") or (kind in _INKS and not isinstance(space, pikepdf.Array)):
        return
    if kind != "/DeviceRGB" or stream.get("/BitsPerComponent") != 8:
        raise NoInkError(f"a picture in {kind[1:]}")
    if stream.get("/Filter") == "/DCTDecode":
        with Image.open(io.BytesIO(stream.read_raw_bytes())) as coded:
            picture = coded.convert("RGB")
    else:
        picture = Image.frombytes("RGB", (int(stream.Width), int(stream.Height)), stream.read_bytes())
    stream.write(profile.picture(picture).tobytes())
    stream.ColorSpace = pikepdf.Name.DeviceCMYK

"""Makes a small ICC profile of a press with four inks (ICC.1:2001-04, lut8Type), since no free one comes along.

Its inks are ideal ones, so that what it does to a colour can be told in the head. It is for tests, not for paper.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import product

_D50 = (0.9642, 1.0, 0.8249)


def press_profile(kind: bytes = b"prtr") -> bytes:
    """The profile as bytes; `kind` is its class, of which a press has `prtr`."""
    inks_to_lab = (part for inks in product((0.0, 1.0), repeat=4) for part in _lab(*_rgb(*inks)))
    lab_to_inks = (
        round(255 * ink)
        for light, a, b in product(range(9), repeat=3)
        for ink in _inks(*_from_lab(light * 12.5, a * 32 - 128.0, b * 32 - 128.0))
    )
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, 6) + b"ideal\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"CC0\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", *(round(part * 65536) for part in _D50)),
        b"A2B0": _table(4, 3, 2, inks_to_lab),
        b"B2A0": _table(3, 4, 9, lab_to_inks),
    }
    return _profile(kind, tags)


def _profile(kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        directory += struct.pack(">4sII", name, at + len(body), len(data))
        body += padded
    header = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02100000, kind, b"CMYK", b"Lab ")
    header += struct.pack(">6H", 2026, 11, 23, 0, 0, 0) + b"acsp" + bytes(28)
    header += struct.pack(">3i", *(round(part * 65536) for part in _D50))
    return header + bytes(128 - len(header)) + directory + body


def _table(inputs: int, outputs: int, grid: int, values: Iterable[int]) -> bytes:
    identity = struct.pack(">9i", *(65536 * (at % 4 == 0) for at in range(9)))
    head = b"mft1" + bytes(4) + bytes((inputs, outputs, grid, 0)) + identity
    return head + bytes(range(256)) * inputs + bytes(values) + bytes(range(256)) * outputs


def _rgb(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, float, float]:
    red, green, blue = ((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))
    return red, green, blue


def _inks(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    black = 1 - max(red, green, blue)
    if black >= 1:
        return (0.0, 0.0, 0.0, 1.0)
    cyan, magenta, yellow = ((1 - part - black) / (1 - black) for part in (red, green, blue))
    return cyan, magenta, yellow, black


#: Linear sRGB to XYZ, adapted to D50 (Bradford).
_TO_XYZ = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7141))
_TO_RGB = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))


def _lab(*rgb: float) -> tuple[int, int, int]:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    xyz = [
        sum(a * b for a, b in zip(row, linear, strict=True)) / white for row, white in zip(_TO_XYZ, _D50, strict=True)
    ]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    encoded = ((116 * y - 16) * 2.55, 500 * (x - y) + 128, 200 * (y - z) + 128)
    light, a, b = (min(255, max(0, round(part))) for part in encoded)
    return light, a, b


def _from_lab(light: float, a: float, b: float) -> tuple[float, float, float]:
    y = (light + 16) / 116
    xyz = [_cubed(part) * white for part, white in zip((y + a / 500, y, y - b / 200), _D50, strict=True)]
    linear = [min(1.0, max(0.0, sum(m * v for m, v in zip(row, xyz, strict=True)))) for row in _TO_RGB]
    red, green, blue = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear)
    return red, green, blue


def _cubed(part: float) -> float:
    return part**3 if part > 6 / 29 else (part - 16 / 116) / 7.787

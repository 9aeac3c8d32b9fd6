"""Colours `#rrggbb`: their contrast, as WCAG 2.2 counts it, and paler ones."""

from __future__ import annotations

WHITE = "#ffffff"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def lighten(colour: str, share: float) -> str:
    """A colour with a share of white in it, from 0 to 1."""
    return "#" + "".join(f"{v + round((255 - v) * share):02x}" for v in (int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def tint(colour: str) -> str:
    """A tenth of a colour on white: saves ink, and stays a pale grey on a grey printer."""
    return "#" + "".join(f"{255 - round((255 - int(colour[i : i + 2], 16)) * 0.1):02x}" for i in (1, 3, 5))

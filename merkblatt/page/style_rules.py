"""What an edition and a practice add to the styles of a page: type of their own, and an accent that can be read."""

from __future__ import annotations

from merkblatt.content.formats import paper_of
from merkblatt.content.model import Edition
from merkblatt.core.findings import Faulty, Finding
from merkblatt.page.colour import WHITE, contrast, lighten, tint
from merkblatt.tailoring.leaflet import Leaflet

#: What type stands on where the reader's screen is dark, as styles/screen.css has it: the page, and its tint.
DARK_TINT = "#22313a"
DARK_GROUNDS = ("#171e22", DARK_TINT)


def own_rules(leaflet: Leaflet) -> str:
    """What the edition and the practice add to the styles; empty where they add nothing.

    Raises:
        Faulty: the practice's accent is too pale for type on the leaflet's paper.
    """
    return "\n".join(filter(None, (_type_rule(leaflet.edition), _accent_rules(leaflet))))


def _type_rule(edition: Edition) -> str:
    if not edition.fonts:
        return ""
    families = ", ".join(f'"{family}"' for family in edition.fonts)
    # Other type reaches further up and down than the line at the foot of a page has room for.
    return f"html {{ font-family: {families}; }}\n.running-foot, .running-page {{ line-height: 1.9; }}"


def _accent_rules(leaflet: Leaflet) -> str:
    """The practice's accent as a rule, refused where type in it could not be read."""
    practice = leaflet.sender.practice if leaflet.sender else None
    if practice is None or practice.accent is None:
        return ""
    least = paper_of(leaflet.format).contrast
    found = min(contrast(practice.accent, WHITE), contrast(practice.accent, tint(practice.accent)))
    if found < least:
        message = f'accent "{practice.accent}" is too pale for type: contrast {_ratio(found)}'
        hint = f"{leaflet.format} needs {_ratio(least)} or more; take a darker colour"
        raise Faulty([Finding(practice.at("accent"), message, hint, code="contrast")])
    return f":root {{ --accent: {practice.accent}; --tint: {tint(practice.accent)}; }}"


def dark_rules(leaflet: Leaflet) -> str:
    """The practice's accent on a dark screen, as much lighter as type there needs; empty where there is none."""
    practice = leaflet.sender.practice if leaflet.sender else None
    if practice is None or practice.accent is None:
        return ""
    shades = (lighten(practice.accent, step / 20) for step in range(21))
    accent = next(shade for shade in shades if min(contrast(shade, ground) for ground in DARK_GROUNDS) >= 7)
    return f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {accent}; --tint: {DARK_TINT}; }} }}"


def _ratio(value: float) -> str:
    """Rounded down, so that a ratio that fails never reads as one that passes."""
    return f"{int(value * 100) / 100:.2f}:1"

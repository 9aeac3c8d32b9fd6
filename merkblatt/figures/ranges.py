"""How far joints go, and the faults of a body that goes further."""

from __future__ import annotations

from dataclasses import dataclass, field

#: How far the joints of a healthy adult go, in degrees, rounded up; the mobility that handbooks name (AAOS, "Joint
#: Motion") lies within. A part of the spine counts as a whole; what the neck turns and leans includes the head.
RANGES = {
    "knee": (0, 158),
    "hip": (-30, 135),
    "ankle": (-40, 68),
    "elbow": (0, 150),
    "lumbar bend": (-40, 60),
    "lumbar side": (-30, 30),
    "lumbar turn": (-15, 15),
    "thorax bend": (-30, 50),
    "thorax side": (-35, 35),
    "thorax turn": (-45, 45),
    "neck bend": (-65, 65),
    "neck side": (-50, 50),
    "neck turn": (-80, 80),
}


@dataclass
class Faults:
    """What was found while solving."""

    found: list[str] = field(default_factory=list)

    def within(self, joint: str, value: float, side: str = "") -> None:
        """Notes a joint that goes further than joints go."""
        low, high = RANGES[joint]
        if not low - 0.5 <= value <= high + 0.5:
            name = f"{side} {joint}".strip()
            self.found.append(f"{name}: {value:.0f} degrees; a body goes from {low} to {high}")

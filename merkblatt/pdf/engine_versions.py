"""The versions of the layout engine that this program knows from the inside, and the guard against any other.

Read without importing the engine, so that another version is told before it can do harm.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from merkblatt.core.findings import Faulty, Finding, Place

#: By package, what `engine_internals` was written for; the bounds in pyproject.toml say the same.
WANTED = {"weasyprint": "70.0", "pydyf": "0.13.*"}
INSTALLED = Place(Path("installed packages"))


class Other(NamedTuple):
    """A package that is not of the version that is wanted; `found` is empty where it is not installed."""

    package: str
    found: str
    wanted: str

    @property
    def mend(self) -> str:
        """What to do."""
        return f'pip install "{self.package}=={self.wanted}"'


def require_wanted_versions() -> None:
    """Makes sure that the engine is the one whose inside is known.

    Raises:
        Faulty: another version is installed, or none; with the version found, the one wanted, and the mend.
    """
    if others := other_versions():
        raise Faulty(map(_finding, others))


def _finding(other: Other) -> Finding:
    message = f"{other.package} is {other.found or 'missing'}, {other.wanted} is needed: its private parts are used"
    return Finding(INSTALLED, message, other.mend, code="environment")


def other_versions() -> list[Other]:
    """The packages of the engine that are missing, or of another version than is wanted."""
    found = {package: installed(package) for package in WANTED}
    return [Other(name, found[name], wanted) for name, wanted in WANTED.items() if not _is(found[name], wanted)]


@lru_cache
def installed(package: str) -> str:
    """The version of a package; empty where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _is(found: str, wanted: str) -> bool:
    """Whether a version is the wanted one; an asterisk at the end stands for any (PEP 440, version matching)."""
    return f"{found}.".startswith(wanted[:-1]) if wanted.endswith(".*") else found == wanted

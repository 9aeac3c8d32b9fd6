"""Merkblatt: printable handouts for people with back pain, made for the person before you.

As a library, it hands on what stands in `__all__`; each name is told in docs/library.md. All else may change.

    >>> from datetime import date
    >>> from pathlib import Path
    >>> from merkblatt import Job, Order, build, find_folders, load_library
    >>> folders = find_folders()
    >>> library = load_library(folders.leaflets)
    >>> order = Order(sheet="neck-pain", format="text", weeks=14)
    >>> for built in build([Job(order, sender=None, today=date(2026, 11, 23))], library, folders, Path("out")):
    ...     print(*(path.as_posix() for path in built.paths), *built.findings)
    out/neck-pain.de.txt

Each name is imported when it is first asked for, so that importing the package takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merkblatt.build.build import Built, build
    from merkblatt.build.job import Job, make_job
    from merkblatt.content.library import Library, load_library
    from merkblatt.content.model import Dose, Order
    from merkblatt.content.practice import Sender, read_sender
    from merkblatt.core.cache import Cache, open_cache
    from merkblatt.core.findings import Faulty, Finding, Place, Severity
    from merkblatt.core.folders import Folders, find_folders
    from merkblatt.core.version import __version__
    from merkblatt.outputs.produce import Wishes

#: Where each public name is made. `build` is the folder itself, which can be called: a folder's import would else
#: put the folder in the place of the function.
_MADE_IN = {
    "Built": "merkblatt.build.build",
    "Cache": "merkblatt.core.cache",
    "Dose": "merkblatt.content.model",
    "Faulty": "merkblatt.core.findings",
    "Finding": "merkblatt.core.findings",
    "Folders": "merkblatt.core.folders",
    "Job": "merkblatt.build.job",
    "Library": "merkblatt.content.library",
    "Order": "merkblatt.content.model",
    "Place": "merkblatt.core.findings",
    "Sender": "merkblatt.content.practice",
    "Severity": "merkblatt.core.findings",
    "Wishes": "merkblatt.outputs.produce",
    "__version__": "merkblatt.core.version",
    "find_folders": "merkblatt.core.folders",
    "load_library": "merkblatt.content.library",
    "make_job": "merkblatt.build.job",
    "open_cache": "merkblatt.core.cache",
    "read_sender": "merkblatt.content.practice",
}

__all__ = [
    "Built",
    "Cache",
    "Dose",
    "Faulty",
    "Finding",
    "Folders",
    "Job",
    "Library",
    "Order",
    "Place",
    "Sender",
    "Severity",
    "Wishes",
    "__version__",
    "build",
    "find_folders",
    "load_library",
    "make_job",
    "open_cache",
    "read_sender",
]


if not TYPE_CHECKING:  # a type checker would take every name to be there

    def __getattr__(name: str) -> object:
        if name == "build":
            return import_module("merkblatt.build")
        if name not in _MADE_IN:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MADE_IN[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

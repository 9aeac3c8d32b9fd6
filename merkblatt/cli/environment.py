"""Tells what the program stands on: versions, system libraries, fonts, folders, and what is missing."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys
from collections.abc import Mapping
from importlib import metadata

from merkblatt.core.folders import Folders
from merkblatt.core.version import __version__
from merkblatt.pdf.engine_versions import other_versions

PACKAGES = ("weasyprint", "pydyf", "jinja2", "PyYAML", "click", "pypdf", "pydantic", "segno", "babel")
#: System libraries by their names on Linux, macOS and Windows, and what is lost without each.
LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "no PDF can be made"),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "fonts are cut slowly, and not twice to the same bytes",
    ),
    "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"), "no PDF can be made"),
}


def gather(folders: Folders) -> dict[str, object]:
    """What `info` shows, as plain data."""
    missing = [name for name, (files, _) in LIBRARIES.items() if not _loads(name, files)]
    return {
        "merkblatt": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": {name: _version(name) for name in PACKAGES},
        "libraries": {name: name not in missing for name in LIBRARIES},
        "missing": {name: LIBRARIES[name][1] for name in missing} | _other_engine(),
        "fonts": _fonts(folders),
        "folders": {
            "leaflets": [str(folder) for folder in folders.leaflets],
            "templates": [str(folder) for folder in folders.templates],
            "styles": [str(folder) for folder in folders.styles],
        },
    }


def as_text(facts: Mapping[str, object]) -> str:
    """The facts as lines of `key: value`, indented below their heads."""
    return "\n".join(_lines(facts, ""))


def _lines(value: object, indent: str) -> list[str]:
    lines = []
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if isinstance(inner, (Mapping, list)):
            lines.append(f"{indent}{key}:" if inner else f"{indent}{key}: nothing")
            lines += _lines(inner, indent + "  ") if isinstance(inner, Mapping) else [f"{indent}  {i}" for i in inner]
        else:
            said = {True: "found", False: "missing"}.get(inner, inner) if isinstance(inner, bool) else inner
            lines.append(f"{indent}{key}: {said}")
    return lines


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _other_engine() -> dict[str, str]:
    """Packages that the program knows from the inside, by the version that it wants, where another one is installed."""
    return {
        f"{other.package} {other.wanted}": f"{other.found or 'none'} is installed, so no PDF can be made: {other.mend}"
        for other in other_versions()
    }


def _loads(name: str, files: tuple[str, ...]) -> bool:
    for file in files:
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return True
    return sys.platform != "linux" and ctypes.util.find_library(name) is not None


def _fonts(folders: Folders) -> list[str]:
    return sorted(path.stem for folder in folders.styles for path in (folder / "fonts").glob("*.ttf"))

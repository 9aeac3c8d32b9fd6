"""The sum of all that a leaflet is made from: the same sum, the same bytes.

One sum, in two halves: what a page says (content, templates), and how it is laid out (styles, fonts, the program's own
code, the packages and engines that it stands on). Whatever keeps leaflets, goes on with a batch, or works on another
machine compares it. Quick to import and to reckon, since each build begins with it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from merkblatt.core.folders import Folders, is_backup
from merkblatt.core.version import __version__

#: The packages that decide about the bytes of a leaflet, as locks spell them; a test holds them against the lock.
PACKAGES = frozenset({
    "babel", "brotli", "cssselect2", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl",
    "pikepdf", "pillow", "pydantic", "pydantic-core", "pydyf", "pypdf", "pyphen", "pyyaml", "segno", "tinycss2",
    "tinyhtml5", "uharfbuzz", "weasyprint", "webencodings", "zopfli",
})  # fmt: skip
#: The libraries of the system that lay out and cut fonts, by their files on Linux and macOS.
ENGINES = (
    ("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    ("libfreetype.so.6", "libfreetype.6.dylib"),
)
#: Where systems keep them, beside the folders of each kind of processor in the first.
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/opt/homebrew/lib", "/usr/local/lib")


def sum_of_all(folders: Folders) -> str:
    """The sum of all that a leaflet is made from, but for who hands it out and to whom."""
    return key_of(sum_of_content(folders), sum_of_layout(folders))


def sum_of_content(folders: Folders) -> str:
    """The sum of all that decides what a page says: content and templates."""
    # Practices are read where an order names them, and have a sum of their own.
    content = (sum_of_folder(folder, ignored=("practices",)) for folder in folders.leaflets)
    return key_of(*content, *map(sum_of_folder, folders.templates))


def sum_of_layout(folders: Folders) -> str:
    """The sum of all that decides how a page is laid out: styles, fonts, the program, and what it stands on."""
    # Installed, the program's own content lies below its code.
    code = sum_of_folder(Path(__file__).resolve().parents[1], ignored=("data",))
    python = f"{sys.version_info.major}.{sys.version_info.minor}", zlib.ZLIB_RUNTIME_VERSION
    return key_of(*map(sum_of_folder, folders.styles), code, *packages(sys.path), *engines(_LIBRARY_FOLDERS), *python)


def key_of(*parts: object) -> str:
    """A key for values whose `repr` says all that matters: a SHA-256 in hex."""
    return hashlib.sha256(repr((__version__, *parts)).encode()).hexdigest()


def sum_of_folder(folder: Path, ignored: Iterable[str] = ()) -> str:
    """The sum of the files below a folder: their names in it, and what they hold. Backups of an editor do not count."""
    total, out = hashlib.sha256(), {"__pycache__", *ignored}
    # Paths as texts, since this is done before each build; path objects take as long as reading the files.
    top = os.fspath(folder)
    for root, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in out and not is_backup(name))
        for name in sorted(name for name in files if not is_backup(name)):
            path = os.path.join(root, name)  # noqa: PTH118
            with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123
                data = file.read()
                total.update(f"{path[len(top) :]}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return total.hexdigest()


def packages(search_path: Iterable[str]) -> list[str]:
    """The installed ones of PACKAGES with their versions, read from their folders' names, since that takes no time."""
    found = {name for folder in search_path if folder.endswith("-packages") for name in _names_in(folder)}
    told = (name.removesuffix(".dist-info").rpartition("-") for name in found if name.endswith(".dist-info"))
    return sorted(f"{_plain(name)} {version}" for name, _, version in told if _plain(name) in PACKAGES)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _names_in(folder: str) -> Iterator[str]:
    with suppress(OSError):
        yield from os.listdir(folder)  # noqa: PTH208


def engines(folders: Sequence[str]) -> list[str]:
    """The files of ENGINES with the versions that their names bear: "libpango-1.0.so.0.5000.12".

    Folders are asked for a few names each, never read through: a system's have thousands of files.
    """
    kinds = [f"{folders[0]}/{name}" for name in sorted(_names_in(folders[0])) if "-linux-" in name]
    places = [*kinds, *folders]
    return [next(_leading(names, places), names[0]) for names in ENGINES]


def _leading(names: Sequence[str], folders: Iterable[str]) -> Iterator[str]:
    """What the names lead to in the folders that have them."""
    for folder in folders:
        for name in names:
            path = f"{folder}/{name}"
            if os.path.lexists(path):
                yield os.path.basename(os.path.realpath(path))  # noqa: PTH119

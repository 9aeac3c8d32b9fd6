"""Fingerprints of what leaflets are made from: the same fingerprint, the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from merkblatt.content.practice import Sender
from merkblatt.core.folders import Folders
from merkblatt.core.version import __version__

#: What decides about the bytes of a page beside our own code.
_ENGINES = ("weasyprint", "pydyf", "jinja2", "babel", "segno", "markdown-it-py", "mdit-py-plugins", "fonttools")


def fingerprint_content(folders: Folders) -> str:
    """A fingerprint of content, templates, styles, fonts and program, wherever they lie."""
    hash_ = hashlib.sha256(f"merkblatt {__version__}".encode())
    for engine in _ENGINES:
        hash_.update(f"\n{engine} {_version(engine)}".encode())
    for folder in (*folders.leaflets, *folders.templates, *folders.styles):
        for path in _files(folder):
            data = path.read_bytes()
            hash_.update(f"\n{path.relative_to(folder).as_posix()} {len(data)}\n".encode())
            hash_.update(data)
    return hash_.hexdigest()


def fingerprint_sender(sender: Sender | None) -> str:
    """A fingerprint of who hands leaflets out."""
    if sender is None:
        return ""
    hash_ = hashlib.sha256(sender.practice.model_dump_json().encode())
    hash_.update(sender.logo.data if sender.logo else b"")
    return hash_.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder in an order of their own; what a system or an editor puts beside them is none of it."""
    hidden = (path for path in folder.rglob("*") if path.is_file())
    yield from sorted(p for p in hidden if not any(part.startswith(".") for part in p.relative_to(folder).parts))

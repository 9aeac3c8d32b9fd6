"""Files -> one EPUB file (Open Container Format), the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True)
class BookFile:
    """A file of the book: its name, its media type, what is in it."""

    name: str
    media_type: str
    data: bytes
    properties: str = ""


def zipped(files: Iterable[BookFile]) -> bytes:
    """The files as a container of the Open Container Format: `mimetype` first and not deflated; no clock is asked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        _put(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER.encode(), zipfile.ZIP_DEFLATED)
        for file in files:
            _put(book, f"EPUB/{file.name}", file.data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _put(book: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    # The first day that a ZIP file can name, and the same kind of system everywhere.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, method
    book.writestr(info, data)

"""A book as a file: its first entry, its order, and no time in it."""

from __future__ import annotations

import io
import zipfile

from merkblatt.outputs.epub.container import BookFile, zipped

FILES = [BookFile("package.opf", "", b"<package/>"), BookFile("a.xhtml", "application/xhtml+xml", b"<p/>" * 99)]


def test_the_type_comes_first_and_is_not_deflated():
    data = zipped(FILES)
    book = zipfile.ZipFile(io.BytesIO(data))
    assert [info.filename for info in book.infolist()] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        "EPUB/a.xhtml",
    ]
    assert data[38:58] == b"application/epub+zip"
    assert [info.compress_type for info in book.infolist()] == [zipfile.ZIP_STORED, *[zipfile.ZIP_DEFLATED] * 3]
    assert book.read("EPUB/a.xhtml") == b"<p/>" * 99


def test_nothing_tells_when_or_where_it_was_made():
    for info in zipfile.ZipFile(io.BytesIO(zipped(FILES))).infolist():
        assert (info.date_time, info.create_system) == ((1980, 1, 1, 0, 0, 0), 3)
    assert zipped(FILES) == zipped(FILES)

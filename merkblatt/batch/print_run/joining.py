"""Joins leaflets, one after the other, into print files with bookmarks, page labels and an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from merkblatt.batch.print_run.pdf_writer import Writer
from merkblatt.batch.print_run.shared_objects import Page, Shared, copy_pages, share
from merkblatt.core.atomic_write import write_whole
from merkblatt.stamp.master import divide

#: Pages that hang on one node of the page tree, and labels on one of the label tree (ISO 32000-1, 7.7.3.3, 7.9.7).
_NODE = 100


@dataclass(frozen=True)
class Printed:
    """Where a leaflet stands: its row, the file, its first page there, counted from 1, and its pages."""

    row: int
    path: Path
    first: int
    pages: int


class PrintFile:
    """Print files being written; a context manager that lets them appear when all went well.

    Args:
        path: the file; where it is split, the others are named after it: `name-2.pdf`. Beside it stands `name.csv`.
        most_leaflets: so many stand in one file at most; None for any number.
        most_bytes: when a file has so many, the next leaflet begins another; None for any size.
    """

    def __init__(self, path: Path, *, most_leaflets: int | None = None, most_bytes: int | None = None) -> None:
        self.path, self.most_leaflets, self.most_bytes = path, most_leaflets, most_bytes
        self._index = ["Zeile;Datei;erste Seite;Seiten"]
        self._parts = 0
        self._part: _Part | None = None

    def __enter__(self) -> PrintFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        elif self._part:
            self._part.writer.give_up()

    def add(self, row: int, pieces: Sequence[bytes]) -> Printed:
        """Adds the leaflet of a row, as `Stamped` or `Finished` has it, or read from its file.

        Raises:
            Faulty: the file cannot be written.
        """
        if self._part and self._is_full(self._part):
            self._part.close()
            self._part = None
        if self._part is None:
            self._parts += 1
            name = self.path.name if self._parts == 1 else f"{self.path.stem}-{self._parts}{self.path.suffix}"
            self._part = _Part(self.path.with_name(name))
        first, pages = self._part.add(row, pieces if len(pieces) > 1 else divide(pieces[0]))
        self._index.append(f"{row};{self._part.writer.path.name};{first};{pages}")
        return Printed(row, self._part.writer.path, first, pages)

    def _is_full(self, part: _Part) -> bool:
        if self.most_leaflets is not None and part.leaflets >= self.most_leaflets:
            return True
        return self.most_bytes is not None and part.writer.at >= self.most_bytes

    def close(self) -> None:
        """Ends the last file, and writes the index."""
        if self._part:
            self._part.close()
            self._part = None
        write_whole(self.path.with_suffix(".csv"), ("\r\n".join(self._index) + "\r\n").encode("ascii"))


class _Part:
    """One file of the print files."""

    def __init__(self, path: Path) -> None:
        self.writer = Writer(path)
        self.leaflets = 0
        self._known: dict[bytes, int] = {}
        self._shared: dict[int, list[Shared]] = {}
        self._pages = 0
        self._nodes: list[tuple[int, int]] = []
        self._node = 0
        self._kids: list[int] = []
        self._root = self.writer.reserve()
        self._labels: list[list[bytes]] = []
        self._outline = self.writer.reserve()
        #: The bookmark that waits for the number of the one after it: its number, title, page, the one before.
        self._bookmark: tuple[int, int, int, int] | None = None
        self._first_bookmark = 0

    def add(self, row: int, pieces: Sequence[bytes]) -> tuple[int, int]:
        """Adds a leaflet; its first page, from 1, and its pages."""
        pages = self._read(pieces)
        first = self._pages + 1
        begin = self._put(pages[0])
        for page in pages[1:]:
            self._put(page)
        if self._pages % 2:
            # The next leaflet begins on the front of a sheet.
            self._put(Page(b"/Type/Page" + _box(pages[-1].entries), ()))
        self._label(row, first - 1)
        self._mark(row, begin)
        self.leaflets += 1
        return first, len(pages)

    def _read(self, pieces: Sequence[bytes]) -> list[Page]:
        if len(pieces) == 1:
            return copy_pages(pieces[0], self.writer, self._known)
        prefix, tail = pieces
        alike = self._shared.setdefault(len(prefix), [])
        found = next((shared for shared in alike if shared.prefix is prefix or shared.prefix == prefix), None)
        if found is None:
            found = share(prefix, tail, self.writer, self._known)
            alike.append(found)
        return found.pages(tail)

    def _put(self, page: Page) -> int:
        if not self._kids:
            self._node = self.writer.reserve()
        contents = b" ".join(b"%d 0 R" % number for number in page.contents)
        parent = b"/Parent %d 0 R" % self._node
        number = self.writer.put(
            b"<<%s%s%s>>" % (page.entries, parent, b"/Contents[%s]" % contents if contents else b"")
        )
        self._kids.append(number)
        self._pages += 1
        if len(self._kids) == _NODE:
            self._end_node()
        return number

    def _end_node(self) -> None:
        if self._kids:
            kids = b" ".join(b"%d 0 R" % number for number in self._kids)
            body = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (self._root, len(self._kids), kids)
            self.writer.put(body, self._node)
            self._nodes.append((self._node, len(self._kids)))
            self._kids = []

    def _label(self, row: int, index: int) -> None:
        """Pages are labelled by row and page: 17-1, 17-2 (12.4.2)."""
        if not self._labels or len(self._labels[-1]) == _NODE:
            self._labels.append([])
        self._labels[-1].append(b"%d<</S/D/P(%d-)>>" % (index, row))

    def _mark(self, row: int, page: int) -> None:
        """A bookmark for each row (12.3.3); it is written when the number of the next one is known."""
        number = self.writer.reserve()
        before = self._end_bookmark(number)
        self._first_bookmark = self._first_bookmark or number
        self._bookmark = (number, row, page, before)

    def _end_bookmark(self, following: int) -> int:
        if self._bookmark is None:
            return 0
        number, row, page, before = self._bookmark
        links = (b"/Prev %d 0 R" % before if before else b"") + (b"/Next %d 0 R" % following if following else b"")
        body = b"<</Title(%d)/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (row, self._outline, page, links)
        self.writer.put(body, number)
        return number

    def close(self) -> None:
        """Ends the file."""
        self._end_node()
        kids = b" ".join(b"%d 0 R" % number for number, _ in self._nodes)
        self.writer.put(b"<</Type/Pages/Count %d/Kids[%s]>>" % (self._pages, kids), self._root)
        last = self._end_bookmark(0)
        outline = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        self.writer.put(outline % (self._first_bookmark, last, self.leaflets), self._outline)
        self.writer.close(
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageLabels<<%s>>"
            b"/ViewerPreferences<</Duplex/DuplexFlipLongEdge/PrintScaling/None>>>>"
            % (self._root, self._outline, self._label_tree())
        )

    def _label_tree(self) -> bytes:
        nodes = []
        for labels in self._labels:
            limits = b"%d %d" % (_index(labels[0]), _index(labels[-1]))
            nodes.append(b"%d 0 R" % self.writer.put(b"<</Limits[%s]/Nums[%s]>>" % (limits, b" ".join(labels))))
        return b"/Kids[%s]" % b" ".join(nodes)


def _index(label: bytes) -> int:
    return int(label.partition(b"<")[0])


def _box(entries: bytes) -> bytes:
    """The size of a page."""
    begin = entries.index(b"/MediaBox")
    return entries[begin : entries.index(b"]", begin) + 1]

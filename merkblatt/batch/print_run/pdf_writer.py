"""Writes a PDF from beginning to end without holding it: objects go to the file, their places are all that is kept.

pikepdf, which makes every other PDF, holds a file until it is saved; a print file of thousands of leaflets would not
fit. How an object looks in a file stands in `pdf.serialiser`, for this room and for stamped leaflets alike.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from merkblatt.core.atomic_write import Draft, not_written
from merkblatt.pdf.serialiser import HEADER, end_of_file, indirect, long_row, object_stream, packed_stream, stream

#: Objects that share one compressed stream (ISO 32000-1, 7.5.7).
_BUNDLE = 200
#: Streams shorter than this are not compressed.
_SMALL = 200


class Writer:
    """One PDF being written; it appears under its name by `close`, or not at all.

    Args:
        path: where it will stand.

    Raises:
        Faulty: by any method, where the folder cannot be written to or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.at = path, 0
        self._places = bytearray(long_row(0, 0, 65535))
        self._bundle: list[tuple[int, bytes]] = []
        self._sum = hashlib.blake2b(digest_size=16)
        try:
            self._draft = Draft(path)
        except OSError as error:
            raise not_written(path, error) from None
        self._write(HEADER)

    def reserve(self) -> int:
        """A number for an object that is put later."""
        self._places += long_row(0, 0, 0)
        return len(self._places) // len(long_row(0, 0, 0)) - 1

    def put(self, body: bytes, number: int | None = None) -> int:
        """Writes an object that is no stream; its number."""
        number = self.reserve() if number is None else number
        self._bundle.append((number, body))
        if len(self._bundle) >= _BUNDLE:
            self._put_bundle()
        return number

    def put_stream(self, data: bytes, entries: bytes = b"") -> int:
        """Writes a stream, compressed where that pays; its number."""
        if len(data) < _SMALL:
            return self.put_raw(data, entries)
        return self.put_raw(zlib.compress(data), entries + b"/Filter/FlateDecode")

    def put_raw(self, data: bytes, entries: bytes) -> int:
        """Writes a stream as it is; its number."""
        number = self.reserve()
        self.put_whole(stream(data, entries), number)
        return number

    def put_whole(self, body: bytes, number: int) -> None:
        """Writes the body of a stream, as the serialiser makes it, under a number that was reserved."""
        self._note(number, 1, self.at, 0)
        self._write(indirect(number, body))

    def _put_bundle(self) -> None:
        bundle, self._bundle = self._bundle, []
        if not bundle:
            return
        holder = self.reserve()
        for index, (number, _) in enumerate(bundle):
            self._note(number, 2, holder, index)
        self.put_whole(object_stream(bundle), holder)

    def close(self, catalog: bytes) -> None:
        """Ends the file with its catalog, and lets it appear."""
        root = self.put(catalog)
        info = self.put(b"<</Producer(Merkblatt)>>")
        self._put_bundle()
        at, number = self.at, self.reserve()
        self._note(number, 1, at, 0)  # its own place is one of the places that it tells
        mark = self._sum.hexdigest().encode()
        entries = b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]"
        self.put_whole(packed_stream(bytes(self._places), entries % (number + 1, root, info, mark, mark)), number)
        self._write(end_of_file(at))
        self._appear()

    def _appear(self) -> None:
        try:
            self._draft.appear()
        except OSError as error:
            raise not_written(self.path, error) from None

    def give_up(self) -> None:
        """Leaves nothing behind."""
        self._draft.drop()

    def _note(self, number: int, kind: int, second: int, third: int) -> None:
        row = long_row(kind, second, third)
        self._places[number * len(row) : (number + 1) * len(row)] = row

    def _write(self, data: bytes) -> None:
        try:
            self._draft.file.write(data)
        except OSError as error:
            self.give_up()
            raise not_written(self.path, error) from None
        self._sum.update(data)
        self.at += len(data)

"""Writes a PDF from beginning to end without holding it: objects go to the file, their places are all that is kept."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

from merkblatt.core.atomic_write import Draft, not_written

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
        self._places = bytearray(_place(0, 0, 65535))
        self._bundle: list[tuple[int, bytes]] = []
        self._sum = hashlib.blake2b(digest_size=16)
        try:
            self._draft = Draft(path)
        except OSError as error:
            raise not_written(path, error) from None
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def reserve(self) -> int:
        """A number for an object that is put later."""
        self._places += _place(0, 0, 0)
        return len(self._places) // len(_place(0, 0, 0)) - 1

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
        self._put_raw(number, data, entries)
        return number

    def put_numbered(self, number: int, entries: bytes, data: bytes) -> None:
        """Writes a stream, whose entries tell its length, under a number that was reserved."""
        self._note(number, 1, self.at, 0)
        self._write(b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (number, entries, data))

    def _put_raw(self, number: int, data: bytes, entries: bytes) -> None:
        self._note(number, 1, self.at, 0)
        self._write(b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, entries, len(data), data))

    def _put_bundle(self) -> None:
        bundle, self._bundle = self._bundle, []
        if not bundle:
            return
        places, at = [], 0
        holder = self.reserve()
        for index, (number, body) in enumerate(bundle):
            places.append(b"%d %d" % (number, at))
            at += len(body) + 1
            self._note(number, 2, holder, index)
        head = b" ".join(places) + b"\n"
        data = zlib.compress(head + b"\n".join([body for _, body in bundle]))
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(bundle), len(head))
        self._put_raw(holder, data, entries)

    def close(self, catalog: bytes) -> None:
        """Ends the file with its catalog, and lets it appear."""
        root = self.put(catalog)
        info = self.put(b"<</Producer(Merkblatt)>>")
        self._put_bundle()
        at, number = self.at, self.reserve()
        self._note(number, 1, at, 0)
        table = zlib.compress(bytes(self._places))
        mark = self._sum.hexdigest().encode()
        entries = b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode"
        self._put_raw(number, table, entries % (number + 1, root, info, mark, mark))
        self._write(b"startxref\n%d\n%%%%EOF\n" % at)
        try:
            self._draft.appear()
        except OSError as error:
            raise not_written(self.path, error) from None

    def give_up(self) -> None:
        """Leaves nothing behind."""
        self._draft.drop()

    def _note(self, number: int, kind: int, second: int, third: int) -> None:
        row = _place(kind, second, third)
        self._places[number * len(row) : (number + 1) * len(row)] = row

    def _write(self, data: bytes) -> None:
        try:
            self._draft.file.write(data)
        except OSError as error:
            self.give_up()
            raise not_written(self.path, error) from None
        self._sum.update(data)
        self.at += len(data)


def _place(kind: int, second: int, third: int) -> bytes:
    """A row of the cross-reference stream: 1, 5 and 2 bytes (7.5.8.3)."""
    return struct.pack(">B", kind) + struct.pack(">Q", second)[3:] + struct.pack(">H", third)

"""A master as bytes, for the cache: JSON, then what never changes of its PDF; reading it runs nothing."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from merkblatt.stamp.master import Hole, Master, Slot, Title
from merkblatt.stamp.setting import Setting

_MAGIC = b"MERKBLATT-MASTER-1\n"


def write_master(master: Master) -> bytes:
    """A master as bytes; `read_master` reads them."""
    words = {
        "setting": master.setting.to_plain(),
        "slots": [_plain(slot) for slot in master.slots],
        "holes": [[part if isinstance(part, int) else _latin(part) for part in hole.parts] for hole in master.holes],
        "first": master.first,
        "font_entries": _latin(master.font_entries),
        "font_number": master.font_number,
        "brought": [[font, list(texts.items())] for font, texts in master.brought.items()],
        "root": master.root,
        "info": master.info,
        "pages": master.pages,
        "title": master.title and [master.title.pattern, *map(_latins, master.title[1:])],
    }
    told = json.dumps(words, separators=(",", ":")).encode()
    lengths = struct.pack(">3I", len(told), len(master.prefix), len(master.rows))
    return b"".join([_MAGIC, lengths, told, master.prefix, master.rows])


def read_master(data: bytes) -> Master:
    """The master that `write_master` made bytes of.

    Raises:
        ValueError: these are no such bytes.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("no master")
    at = len(_MAGIC)
    lengths = struct.unpack_from(">3I", data, at)
    told, prefix, rows = _divide(data[at + 12 :], lengths)
    words = json.loads(told)
    return Master(
        setting=Setting.from_plain(words["setting"]),
        slots=tuple(map(_slot, words["slots"])),
        holes=tuple(Hole(tuple(p if isinstance(p, int) else _bytes(p) for p in hole)) for hole in words["holes"]),
        prefix=prefix,
        rows=rows,
        first=words["first"],
        font_entries=_bytes(words["font_entries"]),
        font_number=words["font_number"],
        brought={font: dict(texts) for font, texts in words["brought"]},
        root=words["root"],
        info=words["info"],
        pages=words["pages"],
        title=_title(words["title"]),
    )


def _divide(data: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    if len(data) != sum(lengths):
        raise ValueError("cut short")
    at = 0
    for length in lengths:
        yield data[at : at + length]
        at += length


def _plain(slot: Slot) -> list[Any]:
    mark = [_latin(slot.mark[0]), slot.mark[1]] if slot.mark else None
    return [*slot[:3], mark, _latin(slot.before), _latin(slot.matrix), slot.x, slot.y]


def _slot(plain: list[Any]) -> Slot:
    paragraph, line, place, mark, before, matrix, x, y = plain
    tagged = (_bytes(mark[0]), mark[1]) if mark else None
    return Slot(paragraph, line, place, tagged, _bytes(before), _bytes(matrix), x, y)


def _title(plain: Any) -> Title | None:
    if plain is None:
        return None
    pattern, info, metadata = plain
    return Title(tuple(pattern), (_bytes(info[0]), _bytes(info[1])), (_bytes(metadata[0]), _bytes(metadata[1])))


def _latins(parts: Iterable[bytes]) -> list[str]:
    return [_latin(part) for part in parts]


def _latin(data: bytes) -> str:
    return data.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")

"""Writes files whole: they appear by rename when every byte is down, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from merkblatt.core.findings import Faulty, Finding, Place


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that no reader ever sees a part of it.

    Raises:
        Faulty: the folder cannot be written to, or the disk is full; nothing is left behind.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Faulty([Finding(Place(path), message, "check the folder, its rights and the disk")]) from None
    finally:
        # Where there is no such folder, or what stands in its place is a file, there is no draft either.
        with suppress(OSError):
            draft.unlink(missing_ok=True)

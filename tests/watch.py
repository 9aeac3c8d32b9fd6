"""Watches what a process opens, connects to and starts, and tells what of it leads outside."""

from __future__ import annotations

import mimetypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

#: What was seen: the event, by Python's table of audit events, and the file or what else it was about.
Seen = list[tuple[str, str]]
#: Ways to the network, and to other programs.
OUTWARD = frozenset(
    {
        "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind",
        "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
    }
)  # fmt: skip
#: How `ctypes.util.find_library` asks the system where its libraries lie.
_LIBRARY_SEARCH = ("(['/sbin/ldconfig', '-p']", "(['ld', '-t'")


class _Watch:
    """Python never lets go of an audit hook, so there is one, which listens while somebody wants to know."""

    def __init__(self) -> None:
        self.seen: Seen | None = None
        self.is_set = False

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        if self.seen is None:
            return
        if event == "open" and isinstance(args[0], (str, bytes)):
            self.seen.append((event, os.path.abspath(os.fsdecode(args[0]))))  # noqa: PTH100  resolve() would look
        elif event in OUTWARD:
            self.seen.append((event, repr(args[1:])))


_watch = _Watch()


@contextmanager
def watched() -> Iterator[Seen]:
    """What this process opens and connects to meanwhile; whoever watches already sees it too."""
    if not _watch.is_set:
        sys.addaudithook(_watch.hear)
        _watch.is_set = True
    before, _watch.seen = _watch.seen, []
    seen = _watch.seen
    try:
        yield seen
    finally:
        _watch.seen = before
        if before is not None:
            before.extend(seen)


def strays(seen: Seen, *given: Path) -> Seen:
    """What leads outside of the project, of Python, of the system's libraries and of the folders that were given."""
    inside = tuple(_inside(given))
    return [
        (event, what)
        for event, what in seen
        if event != "exit"
        and not (event == "open" and any(map(Path(what).is_relative_to, inside)))
        and not (event == "subprocess.Popen" and what.startswith(_LIBRARY_SEARCH))
    ]


def _inside(given: tuple[Path, ...]) -> Iterator[Path]:
    python = (sys.prefix, sys.base_prefix, os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix))
    system = ("/usr", "/lib", "/lib64", "/proc", "/sys", "/dev", "/etc/ld.so.cache", "/etc/localtime")
    # Python's table of file types is read when WeasyPrint is imported, whatever the order is.
    yield from map(Path, mimetypes.knownfiles)
    yield from map(Path, (*python, *system))
    yield from (ROOT / part for part in ("generate.py", "merkblatt", "leaflets", "templates", "styles"))
    yield from given

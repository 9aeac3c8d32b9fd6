"""Opens, walks and saves PDFs by pikepdf: what may stand alone or in an array, what can be reached, the same bytes.

Knows the syntax of ISO 32000-1, clause 7, and nothing of what the objects mean. qpdf, which works below pikepdf, mends
a damaged file as it reads it and tells that by a warning; here a file that had to be mended is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

#: What is raised at a file that is damaged, is none, or holds other objects than it should.
UNREADABLE = (pikepdf.PikepdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """A finished PDF.

    Raises:
        pikepdf.PasswordError: it is encrypted, and asks for a password.
        pikepdf.PdfError: it is damaged, or none.
    """
    file = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
    refuse_mended(file)
    return file


def refuse_mended(file: pikepdf.Pdf) -> None:
    """Looks whether qpdf had to mend something since it was asked last.

    Raises:
        pikepdf.PdfError: it had.
    """
    for warning in file.get_warnings():
        raise pikepdf.PdfError(str(warning))


def saved(file: pikepdf.Pdf, *, least: str = "", exactly: str = "") -> bytes:
    """The bytes of a PDF, the same for the same objects; its identifier (ISO 32000-1, 14.4) is the sum of them.

    Args:
        file: what is saved.
        least: the version of PDF that it has at least, as "1.7".
        exactly: the version that it has.
    """
    target = io.BytesIO()
    file.save(
        target,
        min_version=least,
        force_version=exactly,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return target.getvalue()


def copied(file: pikepdf.Pdf, thing: Any, source: pikepdf.Pdf) -> Any:
    """A thing of another file as a thing of `file`, with all that it leads to; what has been copied is copied once."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        return thing
    # pikepdf would give a second number to what has one.
    return file.copy_foreign(thing if thing.is_indirect else source.make_indirect(thing))


def listed(value: Any) -> list[Any]:
    """One thing or several, of which PDF often allows either, as a list; none where there is nothing."""
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def siblings(first: Any) -> Iterator[Any]:
    """The items of one level of an outline, from its first on."""
    item = first
    while item is not None:
        yield item
        item = item.get("/Next")


def dictionaries(starts: Iterable[Any]) -> Iterator[Any]:
    """Each dictionary and stream of one file that can be reached from some objects, once."""
    waiting, seen = list(starts), set[tuple[int, int]]()
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            continue
        if thing.is_indirect:  # what is none stands in one place alone
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            waiting += list(thing)
        else:
            yield thing
            waiting += [value for _, value in thing.items()]

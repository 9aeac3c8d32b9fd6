"""The style of books, as the folders have it."""

from __future__ import annotations

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders, lies_within


def read_style(folders: Folders) -> bytes:
    """The last `epub.css` of the folders of styles.

    Raises:
        Faulty: it is missing, leads out of its folder, is not UTF-8 or names another file.
    """
    path = folders.style("epub.css")
    if path is None:
        raise Faulty([Finding(Place(folders.styles[0]), "has no style epub.css", "add it")])
    if not lies_within(path, folders.styles):
        raise Faulty([Finding(Place(path), "leads out of the folder of styles", "put the file there")])
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Faulty([Finding(Place(path), "is not UTF-8 text", "save the file as UTF-8", code="style")]) from None
    for number, line in enumerate(text.splitlines(), 1):
        for word in ("url(", "@import"):
            if word in line.lower():
                place = Place(path, number, line.lower().index(word) + 1)
                raise Faulty([Finding(place, f"{word} is not taken in a book", "leave it out", code="style")])
    return text.encode()

"""The folders that the program may read: its own, and those that the user names. Nothing outside them is opened.

`--leaflets DIR` adds a content folder; below it, `templates/` and `styles/` add to and override the program's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from merkblatt.core.findings import Faulty, Finding, Place


@dataclass(frozen=True)
class Folders:
    """Content, templates and styles; each in the order in which later ones override earlier ones."""

    leaflets: tuple[Path, ...]
    templates: tuple[Path, ...]
    styles: tuple[Path, ...]

    def style(self, name: str) -> Path | None:
        """The style file of that name in the last folder that has it."""
        return next((folder / name for folder in reversed(self.styles) if (folder / name).is_file()), None)


def program_folder() -> Path:
    """Where `leaflets/`, `templates/` and `styles/` of the program lie: in the wheel, or beside the package."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parent


def find_folders(own: tuple[Path, ...] = ()) -> Folders:
    """The program's folders, then the user's.

    Args:
        own: content folders of the user's, as given.

    Raises:
        Faulty: one of them is no folder, or its templates or styles are a link out of it.
    """
    missing = [Finding(Place(folder), "is not a folder", "name a folder that exists") for folder in own]
    missing = [finding for finding, folder in zip(missing, own, strict=True) if not folder.is_dir()]
    if missing:
        raise Faulty(missing)
    linked = [folder / part for folder in own for part in ("templates", "styles")]
    linked = [part for part in linked if not lies_within(part, (part.parent,))]
    if linked:
        raise Faulty(Finding(Place(p), f"leads out of {p.parent}", "put the folder itself there") for p in linked)
    base = program_folder()
    absolute = tuple(folder.absolute() for folder in own)
    return Folders(
        leaflets=(base / "leaflets", *absolute),
        templates=(base / "templates", *(f / "templates" for f in absolute if (f / "templates").is_dir())),
        styles=(base / "styles", *(f / "styles" for f in absolute if (f / "styles").is_dir())),
    )


def is_backup(name: str) -> bool:
    """Whether a file or folder is what an editor or a system puts beside the files that are read."""
    return name.startswith((".", "#", "~")) or name.endswith(("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp"))


def lies_within(path: Path, folders: tuple[Path, ...]) -> bool:
    """Whether a path, with all links followed, lies in one of the folders."""
    real = path.resolve()
    return any(real.is_relative_to(folder.resolve()) for folder in folders)

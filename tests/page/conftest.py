"""Folders of one's own beside the program's."""

from __future__ import annotations

import pytest

from merkblatt.core.folders import Folders
from tests.conftest import ROOT


@pytest.fixture
def own(tmp_path):
    """Writes into a folder of one's own; gives the folders with it."""
    base = tmp_path / "own"

    def write(files: dict[str, str]) -> Folders:
        for name, text in files.items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_text(text, encoding="utf-8")
        templates = tuple(base / part for part in ("templates",) if (base / part).is_dir())
        styles = tuple(base / part for part in ("styles",) if (base / part).is_dir())
        return Folders((), (ROOT / "templates", *templates), (ROOT / "styles", *styles))

    return write

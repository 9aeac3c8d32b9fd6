"""Folders of one's own with templates and styles in them, and what is told where they are refused."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.page.compose import compose
from tests.conftest import ROOT, told


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


def refusal(leaflet, folders, tmp_path) -> list[str]:
    with pytest.raises(Faulty) as caught:
        compose(leaflet, folders)
    return told(caught.value.findings, tmp_path)

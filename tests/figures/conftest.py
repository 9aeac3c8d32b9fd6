"""The figures of the real content."""

from __future__ import annotations

import pytest

from merkblatt.content.library import Library
from merkblatt.content.model import Figure


@pytest.fixture(scope="session")
def figures(library: Library) -> dict[str, Figure]:
    """The figures of the real content."""
    return {name: one.figure for name, one in library.exercises.items() if one.figure}

"""What tests of lists share: a list out of bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.batch.lists.rows import Listing, open_list
from merkblatt.batch.lists.source import open_source
from tests.batch_lists import Read


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A list out of a file with these bytes."""

    def open_it(data: bytes | str, name: str = "orders.csv", ignored: tuple[str, ...] = ()) -> Listing:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return open_list(open_source(str(path)), ignored)

    return open_it

"""The findings of a text."""

from __future__ import annotations

import pytest

from merkblatt.content.validation import read_model
from merkblatt.core.findings import Faulty, Finding


@pytest.fixture
def findings(tmp_path):
    """The findings of a text that should be a model."""

    def find(text: str, model) -> tuple[Finding, ...]:
        path = tmp_path / "file.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Faulty) as caught:
            read_model(path, model)
        assert {finding.place.path for finding in caught.value.findings} == {path}
        return caught.value.findings

    return find

"""Claims, sources, terms and later guidelines."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from merkblatt.content.model import (
    Guideline,
    Term,
)


@pytest.mark.parametrize(("since", "kept"), [(2025, "2025"), ("2025-03-01", "2025-03-01")])
def test_a_guideline_differs_since_a_year_or_a_day(since, kept):
    data = {"id": "later", "claims": ("1-a",), "differs": "x", "source": "y", "since": since}
    assert Guideline.model_validate(data).since == kept


@pytest.mark.parametrize("since", [True, 25, "2025-03", "March"])
def test_no_other_time_is_taken(since):
    data = {"id": "later", "claims": ("1-a",), "differs": "x", "source": "y", "since": since}
    with pytest.raises(ValidationError):
        Guideline.model_validate(data)


def test_a_term_has_words_and_need_not_be_explained_or_excused():
    term = Term.model_validate({"id": "disc", "words": {"de": ("Bandscheibe",)}, "means": {"de": "Kissen"}})
    assert (dict(term.words), dict(term.explained_by), term.excused) == ({"de": ("Bandscheibe",)}, {}, None)
    with pytest.raises(ValidationError):
        Term.model_validate({"id": "disc", "words": {}, "means": {"de": "Kissen"}})

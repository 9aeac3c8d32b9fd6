"""What belongs to one visit: salutation, the day it was handed out, the next appointment, who counselled."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from merkblatt.build.job import make_job
from merkblatt.core.findings import Faulty
from tests.conftest import TODAY, Content

VISIT: dict[str, Any] = {
    "name": "Ayşe Yılmaz",
    "date": date(2026, 11, 23),
    "appointment": "Mo, 9 Uhr",
    "counsellor": "S. Keller",
}


def head(html: str) -> str:
    """The words of the head, on one line."""
    found = re.search(r"<header.*?</header>", html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0].replace("&nbsp;", " ")).split())


def test_the_head_says_when_and_with_whom(content: Content):
    said = head(content.html(**VISIT, salutation="Frau"))
    assert "for_name Frau Ayşe Yılmaz" in said.replace("{name}", "")
    assert "next_appointment: Mo, 9 Uhr counsellor: S. Keller · handed_out 23. November 2026" in said


def test_what_is_not_said_leaves_no_trace(content: Content):
    assert "visit" not in content.html()
    assert head(content.html(counsellor="S. Keller")).endswith("counsellor: S. Keller")
    assert head(content.html(date=date(2026, 11, 23))).endswith("handed_out 23. November 2026")


def test_a_salutation_needs_a_name():
    with pytest.raises(Faulty) as caught:
        make_job({"sheet": "pain", "salutation": "Frau"}, None, TODAY)
    assert "has a salutation, but no name that it stands before" in str(caught.value)


@pytest.mark.parametrize("field", ["salutation", "name", "appointment", "counsellor", "note"])
def test_a_persons_own_words_are_never_repeated(field):
    with pytest.raises(Faulty) as caught:
        make_job({"sheet": "pain", "name": "x", field: "geheim\u202e"}, None, TODAY)
    assert "geheim" not in str(caught.value)
    assert field in str(caught.value)

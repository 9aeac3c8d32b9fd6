"""What a master says of its open paragraphs."""

from __future__ import annotations

import json

import pytest

from merkblatt.stamp.setting import FIELD, MARK, Paragraph, Run, Setting, Type

SETTING = Setting(
    ("abc", "def"),
    (Type(16.0, "de", ((0, -1), (32, 0))), Type(12.5, "", ((0, 1),))),
    (Paragraph(300.25, (Run(("Für ", "0", "."), 0, True), Run(("fest",), 1, False, True))),),
)


def test_a_setting_goes_through_json_and_back() -> None:
    assert Setting.from_plain(json.loads(json.dumps(SETTING.to_plain()))) == SETTING


def test_a_run_is_filled() -> None:
    open_, fixed = SETTING.paragraphs[0].runs
    assert (open_.is_open, fixed.is_open) == (True, False)
    assert open_.text({"0": "Anna"}) == "Für Anna."
    assert fixed.text({}) == "fest"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (f"Für {MARK}12{MARK}.", ["Für ", "12", "."]),
        (f"{MARK}א3{MARK}", ["", "3", ""]),
        (f"{MARK}{MARK} 5", [f"{MARK}{MARK} 5"]),
    ],
)
def test_fields_are_named_by_number(words: str, parts: list[str]) -> None:
    assert FIELD.split(words) == parts

"""How open runs are set: which font has which characters, and which styles cannot be certain."""

from __future__ import annotations

import hashlib

import pytest

from merkblatt.pdf.engine_internals import font_names
from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.open_paragraphs import find_paragraphs, twins_of
from merkblatt.stamp.type_reading import Types
from tests.stamp.opening import Opening, marked, opened
from tests.stamp.settings import FONTS


def types_of(body: str, style: str = "") -> tuple[Types, list[int]]:
    """The types of all open texts, and the number of each."""

    def look(at: Opening) -> tuple[Types, list[int]]:
        types = Types(lambda laid: float(laid.box.style["font_size"]), font_names(at.document))
        found = find_paragraphs(at.pages, twins_of(at.source, at.pages[0].box.children[0].element))
        return types, [types.number_of(laid) for own in found for line in own.lines for laid in line]

    return opened(body, look, style=style)


def test_a_type_is_a_size_a_language_and_fonts() -> None:
    types, numbers = types_of(f"<p>{marked(0)}<p>{marked(1)}<p style='font-size: 20px' lang=en>{marked(2)}")
    assert numbers == [0, 0, 1]
    assert [(type_.size, type_.language) for type_ in types.types] == [(16, "de"), (20, "en")]
    file = FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"
    assert types.fonts[0] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert 0 in types.named.values()


def test_coverage_tells_which_font_has_a_character() -> None:
    coverage = types_of(f"<p>{marked(0)}")[0].types[0].coverage
    assert list(coverage) == sorted(coverage)

    def font_of(character: str) -> int:
        return [font for first, font in coverage if first <= ord(character)][-1]

    assert [font_of(character) for character in "aß€–"] == [0] * 4
    assert font_of("\u4e00") == -1


def test_everyday_glyphs_are_those_of_the_first_font() -> None:
    types, _ = types_of(f"<p>{marked(0)}")
    (brought,) = types.everyday().values()
    assert {"a", "ß", "€"} <= set(brought.values())


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("letter-spacing: 1px", "letter-spacing"),
        ("font-variant-caps: small-caps", "font-variant-caps"),
        ("text-transform: uppercase", "text-transform"),
        ("word-spacing: 2px", "word-spacing"),
        ("text-indent: 5mm", "text-indent"),
        ("text-align: justify", "in its own way"),
        ("white-space: pre", "in its own way"),
    ],
)
def test_a_style_that_changes_more_is_refused(style: str, why: str) -> None:
    with pytest.raises(NeedsLayout, match=why):
        types_of(f"<p style='{style}'>{marked(0)}")

"""Tables by language and grade, and what stands in for a character."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merkblatt.content.format_ids import GRADES
from merkblatt.core.findings import Faulty
from merkblatt.outputs.braille.tables import TABLES, stand_in, table_for


@pytest.mark.parametrize(
    ("character", "written"),
    [("é", "e"), ("Å", "A"), ("ß", "ss"), ("ł", "l"), ("…", "..."), ("„", '"'), ("›", "-"), ("✓", ""), ("ш", "")],
)
def test_a_character_is_written_as_its_like_or_without_its_accent(character, written):
    assert stand_in(character) == written


def test_a_language_has_its_table_whatever_its_country(content):
    made = content.choose()
    austrian = replace(made, edition=made.edition.model_copy(update={"language": "de-AT"}))
    assert {table_for(austrian, grade) for grade in GRADES} == set(TABLES["de"].values())


@pytest.mark.parametrize(("language", "known"), [("fi", "ar, de, en, tr, uk"), ("uk", "basic, full")])
def test_what_has_no_table_is_told_with_what_has(content, language, known):
    made = content.choose()
    other = replace(made, edition=made.edition.model_copy(update={"language": language}))
    with pytest.raises(Faulty, match=f'no contracted braille is known for language "{language}"') as caught:
        table_for(other, "contracted")
    assert caught.value.findings[0].hint == f"known: {known}"

"""Which formats there are, and what is made of which paper."""

from __future__ import annotations

from typing import get_args

import pytest

from merkblatt.content.format_ids import FORMATS, GRADES, VARIANTS, PaperId
from merkblatt.content.formats import AA, AAA, FORMS, PAPERS, paper_of


def test_every_format_has_its_form_on_a_paper_that_there_is():
    assert set(FORMS) == set(FORMATS)
    assert set(PAPERS) == set(get_args(PaperId))
    assert {form.paper for form in FORMS.values()} <= set(PAPERS)


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_a_paper_is_upright_and_large_type_has_the_higher_contrast(paper):
    facts = PAPERS[paper]
    assert facts.width < facts.height
    assert facts.contrast == (AAA if facts.type_size >= 14 else AA)


def test_what_is_folded_is_laid_out_on_the_paper_of_its_pages():
    assert paper_of("a5-booklet") is PAPERS["a5"]
    assert paper_of("dl-fold") is paper_of("dl-zigzag") is PAPERS["dl"]
    assert paper_of("epub") is PAPERS["a4"]
    assert paper_of("a3-poster") is PAPERS["a3-poster"]


def test_only_pdf_and_what_is_no_paper_have_the_suffix_of_their_kind():
    suffixes = {name: form.suffix for name, form in FORMS.items() if form.suffix != ".pdf"}
    assert suffixes == {"html": ".html", "text": ".txt", "epub": ".epub", "brf": ".brf"}


def test_a_poster_shows_no_section_twice_and_never_hides_the_warning_signs():
    poster = PAPERS["a3-poster"]
    assert poster.is_for_everyone
    assert "red-flags" in poster.first
    assert not poster.leaves_out & {"red-flags", "about", *poster.first, *poster.last}


def test_names_are_in_the_order_in_which_they_are_offered():
    assert (VARIANTS[0], GRADES) == ("ua1", ("basic", "full", "contracted"))
    assert FORMATS[0] == "a4"

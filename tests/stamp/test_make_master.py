"""A page with fields is laid out with stand-ins and opened; a page that is not right on paper is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.page.compose import compose
from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.make_master import make_master
from merkblatt.tailoring.person import with_words
from tests.pressed import leaflet, shelf
from tests.stamp.opening import marked


def test_fields_are_filled_with_what_stands_in_for_them() -> None:
    folders, _ = shelf()
    page = compose(with_words(leaflet("contacts", "a4"), {"name": marked(0)}), folders)
    master = make_master(page, folders, {"0": "nnn nnn"})
    runs = [run for paragraph in master.setting.paragraphs for run in paragraph.runs if run.is_open]
    assert [run.pattern[1] for run in runs] == ["0"]
    assert make_master(page, folders, {}).setting == master.setting


def test_a_page_that_is_not_right_is_told() -> None:
    folders, _ = shelf()
    page = compose(with_words(leaflet("contacts", "a4"), {"name": marked(0)}), folders)
    wide = replace(page, html=page.html.replace("</main>", "<p>" + "W" * 200 + "</p></main>"))
    with pytest.raises(Faulty, match="stands"):
        make_master(wide, folders, {})


def test_a_page_that_cannot_be_opened_is_told() -> None:
    folders, _ = shelf()
    page = compose(with_words(leaflet("contacts", "a4"), {"name": marked(0)}), folders)
    held = replace(page, html=page.html.replace("<main", f'<main aria-label="{marked(1)}"'))
    with pytest.raises(NeedsLayout, match="no paragraph"):
        make_master(held, folders, {})

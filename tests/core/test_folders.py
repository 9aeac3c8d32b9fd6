"""The folders that the program may read, and no other."""

from __future__ import annotations

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders, find_folders, lies_within, program_folder
from tests.conftest import ROOT, told


def test_the_program_s_folders_come_first_and_own_ones_in_their_order(tmp_path):
    for name in ("one/styles", "two/templates"):
        (tmp_path / name).mkdir(parents=True)
    found = find_folders((tmp_path / "one", tmp_path / "two"))
    assert found.leaflets == (ROOT / "leaflets", tmp_path / "one", tmp_path / "two")
    assert found.styles == (ROOT / "styles", tmp_path / "one/styles")
    assert found.templates == (ROOT / "templates", tmp_path / "two/templates")


def test_own_folders_that_are_none_are_all_named(tmp_path):
    with pytest.raises(Faulty) as caught:
        find_folders((tmp_path / "a", tmp_path, tmp_path / "b"))
    assert told(caught.value.findings, tmp_path) == ["a: is not a folder", "b: is not a folder"]


@pytest.mark.parametrize("part", ["templates", "styles"])
def test_a_linked_folder_of_templates_or_styles_is_refused(tmp_path, part):
    (tmp_path / "outside").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / part).symlink_to(tmp_path / "outside")
    with pytest.raises(Faulty) as caught:
        find_folders((tmp_path / "own",))
    assert told(caught.value.findings, tmp_path) == [f"own/{part}: leads out of {tmp_path / 'own'}"]


def test_the_program_finds_its_own():
    assert program_folder() == ROOT
    assert find_folders() == Folders((ROOT / "leaflets",), (ROOT / "templates",), (ROOT / "styles",))


def test_a_style_is_that_of_the_last_folder_that_has_it(tmp_path):
    for name in ("a/x.css", "b/x.css", "a/y.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    folders = Folders((), (), (tmp_path / "a", tmp_path / "b"))
    assert folders.style("x.css") == tmp_path / "b/x.css"
    assert folders.style("y.css") == tmp_path / "a/y.css"
    assert folders.style("z.css") is None


def test_a_path_lies_where_its_links_lead(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").write_text("")
    (tmp_path / "in/link").symlink_to(tmp_path / "out")
    assert lies_within(tmp_path / "in/new", (tmp_path / "in",))
    assert lies_within(tmp_path / "in/../in/new", (tmp_path / "in",))
    assert not lies_within(tmp_path / "in/link", (tmp_path / "in",))
    assert not lies_within(tmp_path / "inner", (tmp_path / "in",))
    assert lies_within(tmp_path / "in/link", (tmp_path / "in", tmp_path))

"""Proves that structure trees become one: roles, classes, names of cells and languages keep their meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.merge_structure import Chapter, Structure, add_part, shift_keys, within, write_structure
from tests.pdf.bound import TITLE, linked, opened, planted, real, small, titles, whole
from tests.pdf_facts import Element, _Facts, languages, reading_order, structure_problems


def test_each_part_is_a_part_of_one_document_and_is_called_by_its_title() -> None:
    with opened(whole()) as file:
        (document,) = file.Root.StructTreeRoot.K
        assert document.S == "/Document"
        assert document.P.objgen == file.Root.StructTreeRoot.objgen
        assert [str(part.S) for part in document.K] == ["/Part"] * len(real())
        assert [str(part.T) for part in document.K] == titles()


def test_what_is_no_document_on_top_is_put_into_a_part() -> None:
    def take_away(file: Any) -> None:
        root = file.Root.StructTreeRoot
        root.K = pikepdf.Array(list(root.K[0].K))
        for kid in root.K:
            kid.P = root

    part = Part("x", planted(linked("x"), take_away))
    bound = bind([part, *small("y")], TITLE)
    assert structure_problems(bound) == []
    assert reading_order(bound) == reading_order(part.pdf) + reading_order(linked("y"))
    with opened(bound) as file:
        assert [str(part.S) for part in file.Root.StructTreeRoot.K[0].K] == ["/Part", "/Part"]


def test_header_cells_of_two_parts_do_not_share_a_name() -> None:
    with opened(bind(small("x", "y"), TITLE)) as file:
        names = [str(name) for name in list(file.Root.StructTreeRoot.IDTree.Names)[::2]]
        assert names == sorted(names)
        assert {name.partition(".")[0] for name in names} == {"1", "2"}


def test_roles_and_classes_of_the_same_name_keep_their_meaning() -> None:
    def name(role: str, numbering: str) -> Callable[[Any], None]:
        def plant(file: Any) -> None:
            root = file.Root.StructTreeRoot
            root.RoleMap = pikepdf.Dictionary(Kasten=pikepdf.Name(role), Titel=pikepdf.Name.H2)
            root.ClassMap = pikepdf.Dictionary(eng=pikepdf.Dictionary(O=pikepdf.Name.Layout, SpaceAfter=int(numbering)))
            (last,) = [kid for kid in root.K[0].K if str(kid.S) == "/P"][-1:]
            last.S, last.C = pikepdf.Name.Kasten, pikepdf.Name.eng

        return plant

    parts = [Part("x", planted(linked("x"), name("/Div", "1"))), Part("y", planted(linked("y"), name("/P", "2")))]
    bound = bind(parts, TITLE)
    assert structure_problems(bound) == []
    with opened(bound) as file:
        root = file.Root.StructTreeRoot
        assert {key: str(root.RoleMap[key]) for key in root.RoleMap} == {
            "/Kasten": "/Div",
            "/Kasten-2": "/P",
            "/Titel": "/H2",
        }
        named = [at for at in _Facts(file).elements if "/C" in at.raw]
        assert [(at.role, int(spacing(root, at))) for at in named] == [("Div", 1), ("P", 2)]


def spacing(root: Any, element: Element) -> Any:
    names = element.raw.C if isinstance(element.raw.C, pikepdf.Array) else [element.raw.C]
    return root.ClassMap[str(names[0])].SpaceAfter


# Language


def test_a_part_in_another_language_says_so() -> None:
    with opened(whole()) as file:
        assert str(file.Root.Lang) == "de"
        spoken = [str(part.get("/Lang", "")) for part in file.Root.StructTreeRoot.K[0].K]
    assert spoken == ["", "en-GB", "", "", "", "ar"]


def test_words_in_another_language_stay_so() -> None:
    own = [found for part in real() for found in languages(part.pdf)]
    assert own
    assert [found for found in languages(whole()) if len(found[1]) < 500] == own


def test_the_title_s_language_may_be_another_than_that_of_the_parts() -> None:
    with opened(bind(small("x", "y"), "Folder", language="en")) as file:
        assert str(file.Root.Lang) == "en"
        assert [str(part.Lang) for part in file.Root.StructTreeRoot.K[0].K] == ["de", "de"]


# By itself


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (pikepdf.Name("/alt"), "2.alt"),
        (pikepdf.String("übung"), "2.übung"),
        (pikepdf.String("تمرين"), "2.تمرين"),
        ("b", "2.b"),
    ],
    ids=["name", "string", "UTF-16", "key"],
)
def test_a_name_becomes_a_part_s_own(name: Any, told: str) -> None:
    assert within(2, name) == told


def test_keys_are_shifted_and_the_next_free_one_is_told() -> None:
    page, picture, link, other = (pikepdf.Dictionary() for _ in range(4))
    page.StructParents, picture.StructParents, link.StructParent = 0, 2, 1
    assert shift_keys(10, [page, picture, link, other]) == 13
    assert [int(page.StructParents), int(picture.StructParents), int(link.StructParent)] == [10, 12, 11]
    assert not list(other.keys())
    assert shift_keys(10, [other]) == 10


def structured(*kids: Any, **entries: Any) -> tuple[Structure, Any]:
    """An empty whole, and the root of a part's structure in the same file: a Document with these kids."""
    file = pikepdf.new()
    document = file.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Document, K=pikepdf.Array(kids)))
    return Structure(file, "de"), pikepdf.Dictionary(K=document, **entries)


def add(structure: Structure, root: Any, number: int = 1, language: str = "de", free: int = 0) -> Any:
    add_part(structure, root, Chapter(number, f"Teil {number}", language), free)
    return structure.parts[-1]


def test_a_part_says_its_title_and_its_language_where_it_is_another() -> None:
    structure, root = structured()
    root.K.Lang = "de"
    part = add(structure, root)
    assert (part.S, str(part.T), "/Lang" in part) == ("/Part", "Teil 1", False)
    assert str(add(*structured(), language="en").Lang) == "en"


def test_attributes_that_two_cells_share_are_renamed_once() -> None:
    shared = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=pikepdf.Array([pikepdf.String("h")]))
    structure, root = structured()
    shared = structure.target.make_indirect(shared)
    own = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=pikepdf.Array([pikepdf.String("g")]))
    cells = [
        structure.target.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.TD, A=attributes))
        for attributes in (shared, shared, pikepdf.Array([own, 0]))
    ]
    root.K.K = pikepdf.Array(cells)
    add(structure, root, 2)
    assert [str(header) for header in shared.Headers] == ["2.h"]
    assert [str(header) for header in cells[2].A[0].Headers] == ["2.g"]


def test_keys_of_the_next_part_begin_beyond_all_of_this_one() -> None:
    structure, root = structured()
    tree = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([]), 5, root.K]))
    root.ParentTree = structure.target.make_indirect(tree)
    add(structure, root, free=3)
    assert structure.next_key == 6
    again = pikepdf.Dictionary(S=pikepdf.Name.Document, K=pikepdf.Array([]))
    add(structure, pikepdf.Dictionary(K=structure.target.make_indirect(again), ParentTree=root.ParentTree), free=9)
    assert structure.next_key == 12
    assert sorted(structure.parents) == [0, 5, 6, 11]


def test_the_whole_s_root_leads_to_all_parts_and_is_led_to() -> None:
    structure, root = structured()
    space = structure.target.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Namespace))
    root.Namespaces = pikepdf.Array([space])
    root.K.ID = pikepdf.String("x")
    root.RoleMap = pikepdf.Dictionary(Kasten=pikepdf.Name.Div)
    part = add(structure, root, free=4)
    whole = write_structure(structure)
    (document,) = whole.K
    assert (document.S, document.P.objgen, document.NS.objgen) == ("/Document", whole.objgen, space.objgen)
    assert [kid.objgen for kid in document.K] == [part.objgen]
    assert part.P.objgen == document.objgen
    assert (int(whole.ParentTreeNextKey), str(whole.RoleMap.Kasten)) == (4, "/Div")
    assert pikepdf.NameTree(whole.IDTree)["1.x"].objgen == part.objgen
    assert "/ClassMap" not in whole


def test_many_keys_and_names_are_found_in_their_trees() -> None:
    structure, _ = structured()
    thing = structure.target.make_indirect(pikepdf.Dictionary(N=1))
    structure.parents = dict.fromkeys(reversed(range(500)), thing)
    structure.identifiers = {f"{number}.ü{number}": thing for number in reversed(range(500))}
    whole = write_structure(structure)
    assert list(pikepdf.NumberTree(whole.ParentTree)) == list(range(500))
    assert set(pikepdf.NameTree(whole.IDTree)) == set(structure.identifiers)


def test_a_role_that_stands_for_a_renamed_one_follows_it() -> None:
    structure, root = structured()
    root.RoleMap = pikepdf.Dictionary(Kasten=pikepdf.Name.Div)
    add(structure, root)
    again = pikepdf.Dictionary(S=pikepdf.Name.Kasten, K=pikepdf.Array([]))
    roles = pikepdf.Dictionary(Kasten=pikepdf.Name.P, Merksatz=pikepdf.Name.Kasten)
    add(structure, pikepdf.Dictionary(K=structure.target.make_indirect(again), RoleMap=roles), 2)
    assert {name: str(role) for name, role in structure.roles.items()} == {
        "/Kasten": "/Div",
        "/Kasten-2": "/P",
        "/Merksatz": "/Kasten-2",
    }
    assert again.S == "/Kasten-2"

"""Proves that links, bookmarks and page labels of bound files lead where they led, and to nobody else's pages."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pypdf

from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.merge_navigation import (
    Navigation,
    add_destinations,
    add_entry,
    add_labels,
    rename_targets,
    write_navigation,
)
from tests.pdf.bound import TITLE, linked, opened, planted, real, small, titles, whole
from tests.print_facts import page_sizes


def test_a_link_within_a_part_stays_within_it() -> None:
    reader = pypdf.PdfReader(io.BytesIO(bind(small("x", "y"), TITLE)))
    targets = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    assert targets == {"1.b": 1, "1.übung": 1, "2.b": 3, "2.übung": 3}
    for number, page in enumerate(reader.pages):
        for annotation in page.annotations or []:
            at = targets[shown_name(annotation.get_object()["/Dest"])]
            assert at == number + 1


def shown_name(name: Any) -> str:
    raw = bytes(name.original_bytes)
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def test_destinations_of_the_old_kind_and_of_actions_are_found_as_well() -> None:
    def plant(file: Any) -> None:
        file.Root.Dests = pikepdf.Dictionary(alt=pikepdf.Array([file.pages[1].obj, pikepdf.Name.Fit]))
        first, second = list(file.pages[0].Annots)[:2]
        del first.Dest, second.Dest
        first.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Name.alt)
        second.Dest = pikepdf.Array([file.pages[1].obj, pikepdf.Name.Fit])

    reader = pypdf.PdfReader(io.BytesIO(bind([*small("x"), Part("y", planted(linked("y"), plant))], TITLE)))
    first, second = (found.get_object() for found in reader.pages[2].annotations or [])
    assert shown_name(first["/A"]["/D"]) == "2.alt"
    assert reader.get_destination_page_number(reader.named_destinations["2.alt"]) == 3
    assert second["/Dest"][0].idnum == reader.pages[3].indirect_reference.idnum  # type: ignore[union-attr]


def test_links_from_page_to_page_may_go_on_and_on() -> None:
    def chain(file: Any) -> None:
        for _ in range(300):
            file.pages.append(file.pages[0])
        for page, after in pairwise(file.pages):
            place = pikepdf.Array([after.obj, pikepdf.Name.Fit])
            link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], Dest=place)
            page.Annots = pikepdf.Array([file.make_indirect(link)])

    bound = bind([*small("x"), Part("y", planted(linked("y"), chain))], TITLE)
    with opened(bound) as file:
        pages = [page.objgen for page in file.pages]
        assert [page.Annots[0].Dest[0].objgen for page in file.pages[2:-1]] == pages[3:]


def outline(pdf: bytes) -> list[Any]:
    """The bookmarks: title, page from 0, and those below."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def told(items: Any) -> list[Any]:
        found: list[Any] = []
        for item in items:
            if isinstance(item, list):
                found[-1] = (*found[-1][:2], told(item))
            else:
                found.append((item.title, reader.get_destination_page_number(item), []))
        return found

    return told(reader.outline)


def moved(entries: list[Any], pages: int) -> list[Any]:
    return [(title, page + pages, moved(below, pages)) for title, page, below in entries]


def test_the_outline_has_each_part_s_title_and_its_bookmarks_below() -> None:
    expected, pages = [], 0
    for part, title in zip(real(), titles(), strict=True):
        expected.append((title, pages, moved(outline(part.pdf), pages)))
        pages += len(page_sizes(part.pdf))
    assert outline(whole()) == expected


def test_the_outline_opens_with_the_titles_alone() -> None:
    with opened(whole()) as file, file.open_outline() as shown:
        assert int(file.Root.Outlines.Count) == len(real())
        assert all(entry.is_closed for entry in shown.root)
        assert str(file.Root.PageMode) == "/UseOutlines"


def test_each_bookmark_knows_the_one_above_and_those_beside_it() -> None:
    def check(parent: Any) -> int:
        found, before, item = 0, None, parent.get("/First")
        while item is not None:
            assert item.Parent.objgen == parent.objgen
            assert (item.Prev.objgen if "/Prev" in item else None) == (before.objgen if before is not None else None)
            found += 1 + check(item)
            before, item = item, item.get("/Next")
        assert (parent.Last.objgen if "/Last" in parent else None) == (before.objgen if before is not None else None)
        return found

    with opened(whole()) as file:
        assert check(file.Root.Outlines) > 50


def test_each_page_s_label_names_its_part() -> None:
    def number(file: Any) -> None:
        roman = pikepdf.Dictionary(S=pikepdf.Name.r, St=3)
        file.Root.PageLabels = pikepdf.Dictionary(Nums=[0, roman, 1, pikepdf.Dictionary(P="Anhang")])

    parts = [*small("x"), Part("y", planted(linked("y"), number)), *small("z")]
    reader = pypdf.PdfReader(io.BytesIO(bind(parts, TITLE)))
    assert reader.page_labels == ["1-1", "1-2", "2-iii", "2-Anhang", "3-1", "3-2"]


# By itself


def test_only_what_leads_within_the_file_is_renamed() -> None:
    name = pikepdf.String("ziel")
    link = pikepdf.Dictionary(Dest=name)
    old = pikepdf.Dictionary(Dest=pikepdf.Name.ziel)
    action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=name)
    elsewhere = pikepdf.Dictionary(S=pikepdf.Name.GoToR, D=name)
    direct = pikepdf.Dictionary(Dest=pikepdf.Array([pikepdf.Name.Fit]))
    rename_targets(3, [link, old, action, elsewhere, direct, pikepdf.Dictionary()])
    assert [str(link.Dest), str(old.Dest), str(action.D), str(elsewhere.D)] == ["3.ziel", "3.ziel", "3.ziel", "ziel"]
    assert isinstance(old.Dest, pikepdf.String)
    assert direct.Dest == pikepdf.Array([pikepdf.Name.Fit])


def paged(count: int = 1) -> pikepdf.Pdf:
    file = pikepdf.new()
    for _ in range(count):
        file.add_blank_page(page_size=(100, 50))
    return file


def test_a_title_leads_to_the_upper_left_of_its_first_page() -> None:
    navigation = Navigation(paged())
    page = navigation.target.pages[0]
    page.obj.MediaBox = pikepdf.Array([-10, -20, 90, 30])
    add_entry(navigation, "Titel", page, paged())
    (entry,) = navigation.entries
    assert str(entry.Title) == "Titel"
    assert [entry.Dest[0].objgen, *map(str, list(entry.Dest)[1:])] == [page.objgen, "/XYZ", "-10", "30", "0"]
    assert not {"/First", "/Count"} & set(entry)


def test_a_closed_title_counts_what_it_would_show() -> None:
    source = paged()
    below = source.make_indirect(pikepdf.Dictionary(Title="b", Count=-7))
    first = source.make_indirect(pikepdf.Dictionary(Title="a", Count=2, Next=below))
    source.Root.Outlines = pikepdf.Dictionary(First=first, Last=below)
    navigation = Navigation(paged())
    add_entry(navigation, "Titel", navigation.target.pages[0], source)
    (entry,) = navigation.entries
    assert int(entry.Count) == -4  # a, its two, and b, whose own are closed
    assert [str(entry.First.Title), str(entry.Last.Title)] == ["a", "b"]
    assert entry.First.Parent.objgen == entry.First.Next.Parent.objgen == entry.objgen


def test_labels_begin_where_a_part_s_pages_do() -> None:
    source = paged(3)
    roman = pikepdf.Dictionary(S=pikepdf.Name.r, P="V")
    source.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([1, roman]))
    navigation = Navigation(paged(7))
    add_labels(navigation, 2, 4, source)
    assert {at: (str(label.S), str(label.P)) for at, label in navigation.labels.items()} == {
        4: ("/D", "2-"),
        5: ("/r", "2-V"),
    }
    assert str(roman.P) == "V"


def test_without_destinations_the_catalog_has_no_names() -> None:
    navigation = Navigation(paged())
    add_entry(navigation, "Titel", navigation.target.pages[0], paged())
    add_labels(navigation, 1, 0, paged())
    write_navigation(navigation)
    root = navigation.target.Root
    assert "/Names" not in root
    assert (str(root.PageMode), int(root.Outlines.Count)) == ("/UseOutlines", 1)
    assert navigation.entries[0].Parent.objgen == root.Outlines.objgen


def test_destinations_of_two_parts_stand_beside_each_other() -> None:
    navigation = Navigation(paged(2))
    for number in (1, 2):
        source = paged()
        tree = pikepdf.NameTree.new(source)
        tree["ziel"] = pikepdf.Array([pikepdf.Name.Fit, number])
        source.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
        add_destinations(navigation, number, source)
    assert {name: int(target[1]) for name, target in navigation.destinations.items()} == {"1.ziel": 1, "2.ziel": 2}

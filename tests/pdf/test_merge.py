"""Proves that a bound PDF is tagged as its parts were, and that nothing of a part is lost or mixed with another's."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import page as validator
import pikepdf
import pypdf
import pytest
import weasyprint

from merkblatt.core.findings import Faulty
from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.structure_writer import write_tagged_pdf
from merkblatt.pdf.xmp import Claims, common_claims, read_about
from tests.pdf_facts import Element, _Facts, artifacts, languages, links, reading_order, structure_problems
from tests.pressed import ROOT, pressed, run_command, sample
from tests.print_facts import page_sizes, pictures
from tests.promises.test_editions import pressed as pressed_in

TITLE = "Mappe für Łucja & Söhne"
#: Other sheets, editions and formats; with a table to fill in, drawings, and a practice’s logo. Arabic comes as well.
SHEETS = (
    ("neck-pain", "a4", ""),
    ("neck-pain", "a4-large", "en"),
    ("my-plan", "a4", "svg"),
    ("low-back-exercises", "a4", ""),
    ("whiplash", "a4", "de-simple"),
)
CONTENTS = """<h1>Inhalt</h1><nav><p><a href="#übung">Zur Übung</a> und <a href="#b">zu B</a></p></nav>
<h2 id="übung" style="break-before: page">Übung</h2><p>Text {0}</p><h2 id="b">B</h2><p>Anderes {0}</p>
<table><thead><tr><th>Tag</th><th>Wert</th></tr></thead><tbody><tr><th>Mo</th><td>eins</td></tr></tbody></table>
<p style="opacity: .5">Blass</p>"""


@lru_cache(maxsize=1)
def real() -> tuple[Part, ...]:
    own = [Part("-".join(case), pressed(*case)) for case in SHEETS]
    return (*own, Part("ar", pressed_in("ar", "a4")))


@lru_cache(maxsize=1)
def whole() -> bytes:
    return bind(real(), TITLE)


@lru_cache(maxsize=8)
def linked(mark: str) -> bytes:
    return sample(CONTENTS.format(mark))


def small(*marks: str) -> list[Part]:
    return [Part(mark, linked(mark)) for mark in marks]


def planted(pdf: bytes, plant: Callable[[Any], object], **how: Any) -> bytes:
    """The file with something put into it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        plant(file)
        target = io.BytesIO()
        file.save(target, **how)
    return target.getvalue()


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


# The structure


@pytest.mark.parametrize("pdf", [whole, lambda: bind(small("x", "y"), TITLE)], ids=["sheets", "linked"])
def test_no_fault_is_found(pdf: Callable[[], bytes]) -> None:
    report = validator.validate_pdf_bytes(pdf(), profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert structure_problems(pdf()) == []


def test_pypdf_s_own_joining_is_seen_to_be_wrong() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(linked("x")))
    writer.append(io.BytesIO(linked("y")))
    target = io.BytesIO()
    writer.write(target)
    assert structure_problems(target.getvalue())


def test_a_reader_comes_upon_all_of_each_part_in_its_order() -> None:
    assert reading_order(whole()) == [block for part in real() for block in reading_order(part.pdf)]


def test_each_part_is_a_part_of_one_document_and_is_called_by_its_title() -> None:
    with opened(whole()) as file:
        (document,) = file.Root.StructTreeRoot.K
        assert document.S == "/Document"
        assert document.P.objgen == file.Root.StructTreeRoot.objgen
        assert [str(part.S) for part in document.K] == ["/Part"] * len(real())
        assert [str(part.T) for part in document.K] == titles()


def titles() -> list[str]:
    return [read_about(opened(part.pdf)).title for part in real()]


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


def test_what_is_bound_can_be_bound_again() -> None:
    again = bind([Part("whole", whole()), *small("x")], "Alles")
    assert structure_problems(again) == []
    assert reading_order(again) == reading_order(whole()) + reading_order(linked("x"))


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


# Pages, links, bookmarks, labels


def test_pages_look_as_they_did() -> None:
    parts = [*small("x"), Part("neck-pain", pressed("neck-pain", "a4"))]
    bound = bind(parts, TITLE)
    assert page_sizes(bound) == [size for part in parts for size in page_sizes(part.pdf)]
    own = [picture for part in parts for picture in pictures(part.pdf, 40)]
    assert [a.tobytes() for a in pictures(bound, 40)] == [b.tobytes() for b in own]
    assert artifacts(bound) == [text for part in parts for text in artifacts(part.pdf)]


def test_links_lead_where_they_led() -> None:
    first, *rest = real()
    after = len(page_sizes(first.pdf))
    assert links(whole())[: len(links(first.pdf))] == links(first.pdf)
    assert [link.uri for link in links(whole())] == [link.uri for part in (first, *rest) for link in links(part.pdf)]
    assert min(link.page for link in links(whole())[len(links(first.pdf)) :]) > after


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


# What it says of itself


def test_title_author_and_day_are_told_alike_by_info_and_xmp() -> None:
    with opened(whole()) as file, file.open_metadata() as xmp:
        assert xmp["dc:title"] == str(file.docinfo["/Title"]) == TITLE
        assert xmp["dc:creator"] == [str(file.docinfo["/Author"])]
        assert xmp["xmp:CreatorTool"] == str(file.docinfo["/Creator"]) == "Merkblatt"
        assert xmp["pdf:Producer"] == str(file.docinfo["/Producer"])
        assert (xmp["xmp:CreateDate"], str(file.docinfo["/CreationDate"])) == ("2026-11-23", "D:20261123")
        assert xmp["pdfuaid:part"] == "1"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def archived(body: str = "<h1>Titel</h1><p>Text</p>") -> bytes:
    style = (ROOT / "styles" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf").as_uri()
    head = f"<title>Probe</title><style>@font-face {{ font-family: Next; src: url({style}) }} * {{ font-family: Next }}"
    page = weasyprint.HTML(string=f'<html lang="de"><head>{head}</style></head><body>{body}').render()
    return write_tagged_pdf(page)


def test_archives_that_are_accessible_too_stay_both() -> None:
    parts = [Part(text, archived(f"<h1>{text}</h1>")) for text in ("Eins", "Zwei")]
    bound = bind(parts, TITLE)
    for profile in ("ua1", "2a"):
        report = validator.validate_pdf_bytes(bound, profile=profile)
        # The rule on the filter is PDF/A-1's own: the stream is not compressed anyhow.
        assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    with opened(bound) as file:
        assert len(file.Root.OutputIntents) == 1
        assert len(file.trailer.ID) == 2


def test_a_claim_that_one_part_does_not_make_is_not_made() -> None:
    def unclaim(file: Any) -> None:
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            del xmp["pdfaid:part"], xmp["pdfaid:conformance"]
        del file.Root.OutputIntents

    bound = bind([Part("archive", archived()), Part("x", planted(linked("x"), unclaim))], TITLE)
    assert read_about(opened(bound)).claims == Claims("1")
    with opened(bound) as file:
        assert "/OutputIntents" not in file.Root


def test_the_lowest_claim_of_all_holds() -> None:
    full = Claims("1", "", "2", "A")
    assert common_claims([full, full]) == full
    assert common_claims([full, replace(full, archive_level="U")]) == replace(full, archive_level="U")
    assert common_claims([replace(full, archive_level="B"), full]) == replace(full, archive_level="B")
    assert common_claims([full, replace(full, archive_part="3")]) == Claims("1")
    assert common_claims([full, Claims()]) == Claims()


def test_what_only_some_readers_are_told_to_do_is_left_out() -> None:
    def prefer(**wish: Any) -> Callable[[Any], None]:
        return lambda file: file.Root.ViewerPreferences.update(pikepdf.Dictionary(**wish))

    simplex, duplex = pikepdf.Name.Simplex, pikepdf.Name.DuplexFlipLongEdge
    parts = [
        Part("x", planted(linked("x"), prefer(Duplex=duplex, PrintScaling=pikepdf.Name("/None")))),
        Part("y", planted(linked("y"), prefer(Duplex=simplex, PrintScaling=pikepdf.Name("/None")))),
    ]
    with opened(bind(parts, TITLE)) as file:
        assert set(file.Root.ViewerPreferences) == {"/DisplayDocTitle", "/PrintScaling"}


# The file


def test_nothing_is_left_over() -> None:
    with opened(whole()) as file:
        found, waiting = set(), [file.trailer]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, pikepdf.Object) and thing.is_indirect:
                if thing.objgen in found:
                    continue
                found.add(thing.objgen)
            if isinstance(thing, pikepdf.Array):
                waiting += list(thing)
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                waiting += [value for _, value in thing.items()]
        assert {thing.objgen for thing in file.objects if thing is not None} == found


def test_the_same_parts_give_the_same_bytes_in_another_process(tmp_path: Any) -> None:
    for part in small("x", "y"):
        (tmp_path / part.name).write_bytes(part.pdf)
    code = (
        "import sys; from pathlib import Path; from merkblatt.pdf.merge import Part, bind;"
        f"sys.stdout.buffer.write(bind([Part(n, Path(n).read_bytes()) for n in 'xy'], {TITLE!r}).hex().encode())"
    )
    found = {
        run_command([sys.executable, "-c", code], tmp_path, {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}).stdout
        for seed in "12"
    }
    assert found == {bind(small("x", "y"), TITLE).hex()}


def test_two_wholes_differ_in_their_identifier() -> None:
    with opened(bind(small("x"), "A")) as first, opened(bind(small("x"), "B")) as second:
        assert bytes(first.trailer.ID[0]) != bytes(second.trailer.ID[0])


# What is refused


def without(entry: str) -> Callable[[Any], None]:
    return lambda file: file.Root.__delitem__(entry)


def empty(file: Any) -> None:
    file.Root.AcroForm = pikepdf.Dictionary(Fields=[])
    file.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[]))


@pytest.mark.parametrize(
    ("pdf", "message"),
    [
        (lambda: b"no PDF", "is no readable PDF (PdfError)"),
        (lambda: linked("x")[:2000], "is no readable PDF (PdfError)"),
        (lambda: planted(linked("x"), without("/StructTreeRoot")), "has no tags"),
        (lambda: planted(linked("x"), without("/MarkInfo")), "has no tags"),
        (lambda: planted(linked("x"), without("/Lang")), "names no language"),
        (lambda: planted(linked("x"), bool, encryption=pikepdf.Encryption(owner="x", user="")), "is encrypted"),
    ],
    ids=["text", "cut", "no tree", "not marked", "no language", "encrypted"],
)
def test_what_is_no_finished_file_is_named(pdf: Callable[[], bytes], message: str) -> None:
    with pytest.raises(Faulty) as caught:
        bind([*small("x"), Part("out/other.pdf", pdf())], TITLE)
    assert [(str(f.place), f.message) for f in caught.value.findings] == [("out/other.pdf", message)]


def test_a_part_that_breaks_while_it_is_copied_is_named() -> None:
    def spoil(file: Any) -> None:
        file.pages[0].obj["/MediaBox"] = pikepdf.Name.Nothing

    with pytest.raises(Faulty) as caught:
        bind([*small("x"), Part("y.pdf", planted(linked("y"), spoil))], TITLE)
    assert [str(finding.place) for finding in caught.value.findings] == ["y.pdf"]


def test_what_cannot_be_joined_is_not_dropped() -> None:
    with pytest.raises(Faulty) as caught:
        bind([Part("form.pdf", planted(linked("x"), empty))], TITLE)
    messages = [finding.message for finding in caught.value.findings]
    assert messages == ["holds AcroForm, which cannot be joined", "holds Names/EmbeddedFiles, which cannot be joined"]


def test_nothing_and_no_title_are_refused() -> None:
    for parts, title in (([], TITLE), (small("x"), "  ")):
        with pytest.raises(Faulty):
            bind(parts, title)

"""Proves that a bound PDF is tagged as its parts were, and that nothing of a part is lost or mixed with another's."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import page as validator
import pikepdf
import pypdf
import pytest

from merkblatt.core.findings import Faulty
from merkblatt.pdf.merge import Part, bind
from merkblatt.pdf.xmp import Claims, read_about
from tests.pdf.bound import TITLE, archived, linked, opened, planted, real, small, whole
from tests.pdf_facts import artifacts, links, reading_order, structure_problems
from tests.pressed import ROOT, pressed
from tests.print_facts import page_sizes, pictures
from tests.processes import run_command

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


def test_what_is_bound_can_be_bound_again() -> None:
    again = bind([Part("whole", whole()), *small("x")], "Alles")
    assert structure_problems(again) == []
    assert reading_order(again) == reading_order(whole()) + reading_order(linked("x"))


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


def test_nothing_and_no_title_are_refused() -> None:
    for parts, title in (([], TITLE), (small("x"), "  ")):
        with pytest.raises(Faulty):
            bind(parts, title)

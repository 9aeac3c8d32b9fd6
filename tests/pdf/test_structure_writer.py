"""Proves each mend of the structure tree on a small document, and each check of it on a planted fault."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
import weasyprint
from weasyprint.pdf import tags as weasyprint_tags

from merkblatt.core.findings import Faulty
from merkblatt.pdf.structure_writer import write_tagged_pdf
from tests.conftest import ROOT
from tests.pdf.tagged import LONG, PICTURE, STYLE, TABLE, claims, elements, lay_out, press, read, roles, walk
from tests.pdf_facts import reading_order, structure_problems

# Lists


@pytest.mark.parametrize(
    ("items", "style", "expected"),
    [
        ("<li>eins", "", [("Lbl", "•"), ("LBody", "eins")]),
        ("<li><p>eins<p>zwei", "", [("Lbl", "•"), ("P", "eins"), ("P", "zwei")]),
        ("<li><div>eins</div>zwei", "", [("Lbl", "•"), ("P", "eins"), ("P", "zwei")]),
        ("<li>eins<li>zwei", "ul { list-style: none }", [("LBody", "eins"), ("LBody", "zwei")]),
        ("<li><p>eins", "ul { list-style: none }", [("P", "eins")]),
        ("<li>eins", "ul { list-style-position: inside }", [("Lbl", "•"), ("LBody", "eins")]),
        ("<li>eins", "ul { list-style: '– ' }", [("Lbl", "–"), ("LBody", "eins")]),
        ("<li>eins", "li { display: block }", [("LBody", "eins")]),
        ("<li>eins", "ul { display: flex }", [("Lbl", "•"), ("LBody", "eins")]),
        ("<li></li><li>zwei", "", [("Lbl", "•"), ("LBody", "zwei")]),
        (
            "<li>eins<ul><li>innen</ul>danach",
            "ul ul { list-style-type: disc }",
            [("Lbl", "•"), ("P", "eins"), ("Lbl", "•"), ("LBody", "innen"), ("P", "danach")],
        ),
    ],
)
def test_each_list_item_is_a_label_and_one_body(items: str, style: str, expected: list[tuple[str, str]]) -> None:
    assert read(f"<ul>{items}</ul>", "ul ul { list-style: circle }" + style) == expected


@pytest.mark.parametrize(
    ("html", "numbering"),
    [
        ("<ul><li>a</ul>", "/Disc"),
        ("<ol><li>a</ol>", "/Decimal"),
        ("<ol style='list-style: lower-alpha'><li>a</ol>", "/LowerAlpha"),
        ("<ol style='list-style: none'><li>a</ol>", "/None"),
        ("<ul style='list-style: \"– \"'><li>a</ul>", "/None"),
        ("<dl><dt>a<dd>b</dl>", "/None"),
    ],
)
def test_a_list_tells_its_numbering(html: str, numbering: str) -> None:
    assert [entries["/ListNumbering"] for entries in elements(press(html), "L")] == [numbering]


def test_a_term_and_its_descriptions_are_one_item() -> None:
    body = "<dl><dt>Reha</dt><dd>Nachsorge</dd><div><dt>Akut</dt><dt>Neu</dt><dd>1</dd><dd>2</dd></div></dl>"
    pdf = press(body)
    assert roles(pdf).count("LI") == 2
    assert reading_order(pdf)[1:] == [
        ("Lbl", "Reha"), ("LBody", "Nachsorge"), ("Lbl", "Akut Neu"), ("P", "1"), ("P", "2"),
    ]  # fmt: skip


# Tables


def test_header_cells_have_scope_and_data_cells_name_them() -> None:
    pdf = press(TABLE)
    assert [entries["/Scope"] for entries in elements(pdf, "TH")] == ["/Column", "/Column", "/Row", "/Row"]
    assert [entries["/Headers"] for entries in elements(pdf, "TD")] == [
        ["t0-r1-c0", "t0-r0-c1"],
        ["t0-r2-c0", "t0-r0-c1"],
    ]


def test_a_written_scope_is_kept() -> None:
    pdf = press("<table><tr><th>A<th scope=row>B<tr><td>1<td>2</table>")
    assert [entries["/Scope"] for entries in elements(pdf, "TH")] == ["/Column", "/Row"]


def test_spanning_header_cells_reach_all_their_cells() -> None:
    body = "<table><tr><th><th colspan=2>Woche<tr><th rowspan=2>Früh<td>1<td>2<tr><td>3<td></table>"
    headers = [entries["/Headers"] for entries in elements(press(body), "TD")]
    assert headers == [["t0-r1-c0", "t0-r0-c1"]] * 4


def test_an_empty_cell_keeps_its_place() -> None:
    assert roles(press("<table><tr><th>A<th>B<tr><td><td>2</table>")).count("TD") == 2


# The document


def test_catalog_and_pages_say_what_pdf_ua_asks_for() -> None:
    pdf = press('<p><a href="https://x.org/">Hilfe</a>')
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == "de"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.pages[0].Tabs == "/S"
        assert file.pages[0].Annots[0].F == 4


# Variants


def test_plain_has_no_tags_and_claims_nothing() -> None:
    pdf = write_tagged_pdf(lay_out(TABLE), variant="plain")
    assert claims(pdf) == {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert "/StructTreeRoot" not in file.Root


def test_same_bytes_on_every_run_and_in_every_process() -> None:
    body = f'<p>{LONG}<a href="https://x.org/">Hilfe</a></p>{TABLE}<ul><li><p>a</ul>'
    pdf = write_tagged_pdf(lay_out(body))
    assert pdf == write_tagged_pdf(lay_out(body))
    program = (
        "import sys; from tests.pdf.tagged import lay_out, write_tagged_pdf;"
        "sys.stdout.buffer.write(write_tagged_pdf(lay_out(sys.argv[1])))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program, body], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        assert done.stdout == pdf


# The hook


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merkblatt.pdf.engine_versions.installed", {"weasyprint": "71.0", "pydyf": "0.13.0"}.get)
    with pytest.raises(Faulty, match=r"weasyprint is 71\.0, 70\.0 is needed"):
        write_tagged_pdf(lay_out("<p>a"))


def test_the_hook_is_taken_off_when_writing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    original = weasyprint_tags._build_box_tree
    with monkeypatch.context() as patch:
        patch.setitem(weasyprint.pdf.VARIANTS, "pdf/a-2a", weasyprint.pdf.VARIANTS["pdf/a-2u"])
        with pytest.raises(RuntimeError, match="handed over no marks"):
            write_tagged_pdf(lay_out("<p>a"))
    assert weasyprint_tags._build_box_tree is original
    press("<p>a")
    assert weasyprint_tags._build_box_tree is original


def test_writing_one_file_within_another_is_refused() -> None:
    outer, inner = lay_out("<p>a"), lay_out("<p>b")
    write_inner: Callable[..., Any] = lambda *_, **__: write_tagged_pdf(inner)  # noqa: E731
    outer.write_pdf = write_inner
    with pytest.raises(RuntimeError, match="another tagged PDF is being written"):
        write_tagged_pdf(outer)


# The checks catch what they are for


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<ul><li><p>a</ul>", "LI is not one LBody after at most one Lbl"),
        ("<table><tr><th>A<tr><td>1</table>", "TH without Scope"),
        ("<table><tr><td>1</table>", "Table without TH"),
        ("<p>a</p>", "document: no title"),
        ('<p><a href="https://x.org/">Hilfe</a>', "Link whose Contents is merely its address"),
        ('<p><a href="https://x.org/"><b>Hilfe</b></a>', "Link without the Print flag"),
        (f'<img alt="" src="{PICTURE}">', "Figure without Alt"),
        (f'<div style="height: 60mm"></div><img alt=x src="{PICTURE}" style="width: 90mm">', "BBox outside"),
        ("<h3>a</h3>", "headings: H3 after H1"),
        ("<p style='break-before: page; bookmark-level: none'>a", "document: no bookmarks"),
    ],
)
def test_structure_problems_sees_what_weasyprint_leaves(body: str, problem: str) -> None:
    html = f'<html lang="de"><style>{STYLE} h1 {{ bookmark-level: none }}</style><h1>Rücken</h1>{body}</html>'
    pdf = weasyprint.HTML(string=html).render().write_pdf(pdf_variant="pdf/ua-1")
    assert any(problem in found for found in structure_problems(pdf))


def test_structure_problems_sees_marks_outside_of_the_tree() -> None:
    document = lay_out("<p>a</p>", "@page { @bottom-left { content: 'Fuß' } }")
    problems = structure_problems(document.write_pdf(pdf_variant="pdf/ua-1"))
    assert any("is not in the tree: 'Fuß'" in problem for problem in problems)


def test_structure_problems_sees_an_untagged_file() -> None:
    assert structure_problems(lay_out("<p>a").write_pdf()) == ["untagged: no StructTreeRoot"]


def plant_same_page_keys(file: pikepdf.Pdf) -> None:
    file.pages[1].StructParents = 0


def plant_lost_mark(file: pikepdf.Pdf) -> None:
    _tree(file).K[1].K[0].K = pikepdf.Array()


def plant_mark_of_nowhere(file: pikepdf.Pdf) -> None:
    _tree(file).K[0].K.append(99)


def plant_mark_in_two_elements(file: pikepdf.Pdf) -> None:
    _tree(file).K[0].K.append(1)


def plant_mark_twice_in_content(file: pikepdf.Pdf) -> None:
    file.pages[0].Contents.write(file.pages[0].Contents.read_bytes() + b" /Span <</MCID 0>> BDC EMC")


def plant_untagged_content(file: pikepdf.Pdf) -> None:
    file.pages[0].Contents.write(file.pages[0].Contents.read_bytes() + b" 0 0 9 9 re f")


def plant_untagged_inline_image(file: pikepdf.Pdf) -> None:
    image = b" q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    file.pages[0].Contents.write(file.pages[0].Contents.read_bytes() + image)


def plant_wrong_parent(file: pikepdf.Pdf) -> None:
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    numbers[1][0] = numbers[1][1]


def plant_wrong_annotation_parent(file: pikepdf.Pdf) -> None:
    file.pages[1].Annots[0].StructParent = 0


def plant_stray_annotation(file: pikepdf.Pdf) -> None:
    stray = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link)
    file.pages[0].Annots = pikepdf.Array([file.make_indirect(stray)])


def plant_link_without_annotation(file: pikepdf.Pdf) -> None:
    link = _link(file)
    link.K = pikepdf.Array(kid for kid in link.K if isinstance(kid, int))


def plant_link_without_contents(file: pikepdf.Pdf) -> None:
    del file.pages[1].Annots[0]["/Contents"]


def plant_no_language(file: pikepdf.Pdf) -> None:
    del file.Root["/Lang"]


def plant_no_title_display(file: pikepdf.Pdf) -> None:
    del file.Root["/ViewerPreferences"]


def plant_bare_nonstruct(file: pikepdf.Pdf) -> None:
    _tree(file).K[2].S = pikepdf.Name.NonStruct


def plant_paragraph_as_heading(file: pikepdf.Pdf) -> None:
    _tree(file).K[0].S = pikepdf.Name.P


def plant_lost_identifier(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot["/IDTree"]


def _tree(file: pikepdf.Pdf) -> Any:
    return file.Root.StructTreeRoot.K[0]


def _link(file: pikepdf.Pdf) -> Any:
    return next(raw for raw in walk(_tree(file)) if raw.S == "/Link")


@pytest.mark.parametrize(
    ("plant", "problem"),
    [
        (plant_same_page_keys, "StructParents not unique"),
        (plant_lost_mark, "is not in the tree"),
        (plant_mark_of_nowhere, "MCID 99 of object"),
        (plant_mark_in_two_elements, "stands in 2 elements"),
        (plant_mark_twice_in_content, "marked 2 times"),
        (plant_untagged_content, "page 1: untagged content, painted by f"),
        (plant_untagged_inline_image, "page 1: untagged content, painted by INLINE IMAGE"),
        (plant_wrong_parent, "ParentTree: disagrees with the tree on MCID 0"),
        (plant_wrong_annotation_parent, "ParentTree: disagrees with the tree on an annotation of page 2"),
        (plant_stray_annotation, "page 1: an annotation is not in the tree"),
        (plant_link_without_annotation, "Link without OBJR"),
        (plant_link_without_contents, "Link without Contents"),
        (plant_no_language, "document: no Lang"),
        (plant_no_title_display, "document: no DisplayDocTitle"),
        (plant_bare_nonstruct, "NonStruct holds text directly under Document"),
        (plant_paragraph_as_heading, "headings: the first is not an H1"),
        (plant_lost_identifier, "IDTree"),
    ],
)
def test_structure_problems_sees_a_planted_fault(plant: Callable[[pikepdf.Pdf], None], problem: str) -> None:
    style = "p { break-before: page }"
    sound = press(f'{TABLE}<p>Text <a href="https://x.org/">Hilfe</a></p>', style)
    with pikepdf.open(io.BytesIO(sound)) as file:
        plant(file)
        target = io.BytesIO()
        file.save(target)
    assert any(problem in found for found in structure_problems(target.getvalue()))

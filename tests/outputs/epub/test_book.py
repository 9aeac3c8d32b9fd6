"""The book: well-formed, whole, accessible, the same bytes each time, and without a fault for epubcheck."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from merkblatt.content.model import Order
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders, find_folders
from merkblatt.outputs.epub import write_epub
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from tests.conftest import ROOT, TODAY, told
from tests.outputs.test_plain_text import CASES, flat, said
from tests.pressed import leaflet
from tests.processes import BRIEF_JAVA, run_command
from tests.promises.test_editions import HERE, shelf

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
EPUBCHECK = shutil.which("epubcheck")


def book(made: Leaflet, folders: Folders | None = None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(write_epub(made, folders or find_folders())))


def arabic() -> Leaflet:
    order = Order(sheet="test-neck", edition="ar", name="Łucja Ångström", weeks=14)
    return choose(order, shelf("ar"), None, TODAY)


def page(made: Leaflet, name: str = "leaflet.xhtml") -> ElementTree.Element:
    return ElementTree.fromstring(book(made).read(f"EPUB/{name}"))  # noqa: S314  our own


def metadata(made: Leaflet) -> list[tuple[str, str]]:
    package = ElementTree.fromstring(book(made).read("EPUB/package.opf"))  # noqa: S314
    return [(meta.get("property", ""), meta.text or "") for meta in package.iter(f"{OPF}meta")]


@pytest.mark.parametrize(("sheet", "reader"), CASES)
def test_nothing_of_a_leaflet_is_lost(sheet, reader):
    made = leaflet(sheet, "a4", reader)
    root = page(made)
    text = flat("".join(root.itertext()))
    alts = {image.get("alt") for image in root.iter(f"{XHTML}img")}
    # The place for notes is left out: a book cannot be written on.
    assert {words for words in said(made) if words not in text} - alts <= {made.edition.sections["notes"]}
    links = {a.get("href") for a in root.iter(f"{XHTML}a")}
    assert {contact.url for part in made.parts for contact in part.contacts} <= links


@pytest.mark.parametrize(("sheet", "reader"), CASES)
def test_every_picture_is_there_and_has_its_words(sheet, reader):
    made = leaflet(sheet, "a4", reader)
    files = book(made)
    for image in page(made).iter(f"{XHTML}img"):
        assert image.get("alt")
        assert f"EPUB/{image.get('src')}" in files.namelist()


@pytest.mark.parametrize("sheet", ["neck-exercises", "my-plan"])
def test_the_contents_lead_to_every_chapter(sheet):
    made = leaflet(sheet, "a4", "svg")
    ids = {element.get("id"): flat("".join(element.itertext())) for element in page(made).iter() if element.get("id")}
    toc, landmarks = page(made, "nav.xhtml").iter(f"{XHTML}nav")
    found = {a.get("href", "").partition("#")[2]: flat("".join(a.itertext())) for a in toc.iter(f"{XHTML}a")}
    assert found == {name: ids[name] for name in found}
    headings = {flat("".join(h.itertext())) for level in "23" for h in page(made).iter(f"{XHTML}h{level}")}
    assert headings == set(found.values())
    assert [a.get("{http://www.idpf.org/2007/ops}type") for a in landmarks.iter(f"{XHTML}a")] == [
        "bodymatter",
        "colophon",
    ]


def test_the_container_begins_as_the_format_asks():
    data = write_epub(leaflet("neck-pain", "a4"), find_folders())
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    first, second = book(leaflet("neck-pain", "a4")).infolist()[:2]
    assert (first.compress_type, second.filename) == (zipfile.ZIP_STORED, "META-INF/container.xml")


def test_the_same_leaflet_gives_the_same_bytes():
    code = (
        "import sys, hashlib; from merkblatt.outputs.epub import write_epub; from tests.pressed import leaflet, shelf;"
        "sys.stdout.write(hashlib.sha256(write_epub(leaflet('neck-exercises', 'a4', 'png'), shelf()[0])).hexdigest())"
    )
    here = hashlib.sha256(write_epub(leaflet("neck-exercises", "a4", "png"), find_folders())).hexdigest()
    done = run_command([sys.executable, "-c", code], ROOT, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}, check=True)
    assert done.stdout == here


def test_it_says_what_a_reader_can_count_on():
    said_of = metadata(leaflet("neck-exercises", "a4"))
    assert ("schema:accessModeSufficient", "textual") in said_of
    assert ("schema:accessibilityHazard", "none") in said_of
    assert ("schema:accessibilityFeature", "alternativeText") in said_of
    assert ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA") in said_of
    assert ("schema:accessMode", "visual") not in metadata(leaflet("neck-pain", "a4"))


def test_a_drawing_without_words_claims_no_conformance(content):
    figure = "figure: {posture: seated, end: {head: {turn: 40}}}\n"
    content.write("exercises/turn.yaml", (content.root / "exercises/turn.yaml").read_text("utf-8") + figure)
    assert "dcterms:conformsTo" not in dict(metadata(content.choose()))
    alt = "alt: {de: Ein Kopf dreht sich.}\n"
    content.write("exercises/turn.yaml", (content.root / "exercises/turn.yaml").read_text("utf-8") + alt)
    assert "dcterms:conformsTo" in dict(metadata(content.choose()))


def test_a_person_stands_in_the_text_and_in_no_metadata(content):
    made = content.choose(name="Erika <Muster>", note="Eins & zwei.\nDrei.\uffff")
    files = book(made)
    holding = [name for name in files.namelist() if b"Erika" in files.read(name) or b"Drei." in files.read(name)]
    assert holding == ["EPUB/leaflet.xhtml"]
    assert "Erika <Muster>" in "".join(page(made).itertext())


def test_lines_to_write_on_are_left_out_with_their_headings():
    made = leaflet("my-plan", "a4")
    headings = [flat("".join(h.itertext())) for level in "23" for h in page(made).iter(f"{XHTML}h{level}")]
    assert made.edition.sections["notes"] not in headings
    assert made.labels.practice not in headings
    assert made.labels.appointments in headings


def test_languages_and_directions_are_said():
    english = ElementTree.tostring(page(leaflet("neck-pain", "a4", "en")), encoding="unicode")
    assert re.search(r'<\S*span lang="de"[^>]*>Krankengymnastik<', english)
    right = page(arabic())
    assert (right.get("lang"), right.get("dir")) == ("ar", "rtl")
    assert b'page-progression-direction="rtl"' in book(arabic()).read("EPUB/package.opf")


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("p { }\np { background: url(a.png) }", "epub.css:2:17: url( is not taken in a book"),
        ('@import "a.css";', "epub.css:1:1: @import is not taken in a book"),
        (b"\xff", "epub.css: is not UTF-8 text"),
    ],
)
def test_an_own_style_takes_nothing_from_outside(content, tmp_path, style, message):
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "epub.css").write_bytes(style if isinstance(style, bytes) else style.encode())
    with pytest.raises(Faulty) as caught:
        write_epub(content.choose(), Folders((), (), (ROOT / "styles", styles)))
    assert told(caught.value.findings, styles) == [message]


def test_an_own_style_is_no_link_out_of_its_folder(content, tmp_path):
    styles = tmp_path / "styles"
    styles.mkdir()
    (tmp_path / "secret.css").write_text("p { color: red }")
    (styles / "epub.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(Faulty, match="leads out"):
        write_epub(content.choose(), Folders((), (), (ROOT / "styles", styles)))
    with pytest.raises(Faulty, match="has no style"):
        write_epub(content.choose(), Folders((), (), (tmp_path,)))


# --- the judge --------------------------------------------------------------------------------------------


def judge(path: Path) -> str:
    """What epubcheck says; Debian's program is a Java archive, which not every system starts by its name."""
    assert EPUBCHECK
    is_archive = Path(EPUBCHECK).read_bytes()[:2] == b"PK"
    command = [*(("java", "-jar") if is_archive else ()), EPUBCHECK, str(path)]
    environment = os.environ | BRIEF_JAVA
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return ran.stdout + ran.stderr


needs_epubcheck = pytest.mark.skipif(
    EPUBCHECK is None, reason="epubcheck is not installed (Debian: apt-get install epubcheck)"
)


@needs_epubcheck
@pytest.mark.parametrize("case", ["neck-exercises svg", "whiplash en"])
def test_epubcheck_finds_nothing(case, tmp_path):
    sheet, _, reader = case.partition(" ")
    path = tmp_path / "leaflet.epub"
    path.write_bytes(write_epub(leaflet(sheet, "a4", reader), find_folders()))
    assert "No errors or warnings detected" in judge(path)


@needs_epubcheck
def test_epubcheck_finds_what_is_planted_and_nothing_else(tmp_path):
    path = tmp_path / "leaflet.epub"
    path.write_bytes(write_epub(arabic(), find_folders((HERE / "ar",))))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("EPUB/stray.txt", "not in the manifest")
    said = judge(path)
    assert "Messages: 0 fatals / 0 errors / 1 warning / 0 infos" in said
    assert re.findall(r"^WARNING\(([A-Z]+-\d+)\).*(EPUB/[\w.]+)", said, re.MULTILINE) == [("OPF-003", "EPUB/stray.txt")]

"""Proves the promise of offline: not one connection, and not one file outside the given folders, whoever asks."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders
from merkblatt.page.compose import Page
from merkblatt.page.layout import Pressed
from tests.pressed import ROOT, png, press_own, pressed, write_own, write_practice
from tests.processes import run, run_command
from tests.watch import Seen, strays

SECRET = "geheim-4711"  # noqa: S105
AWAY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the network in this process fails, and is not taken for a finding."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise SystemExit("the network was asked for")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def test_the_poison_works() -> None:
    with pytest.raises(SystemExit), socket.socket() as wire:
        wire.connect(("127.0.0.1", 9))
    with pytest.raises(SystemExit):
        socket.getaddrinfo("localhost", 9)


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> Path:
    """A folder of own content; beside it lie a picture, a style and a text that are none of its business."""
    (tmp_path / "secret.png").write_bytes(png())
    (tmp_path / "secret.css").write_text("h1 { color: black }")
    (tmp_path / "secret.txt").write_text(SECRET)
    own = write_own(tmp_path / "own", {"styles/inside.png": png()})
    (own / "templates").mkdir()
    return own


def refused(own: Path, **wish: Any) -> tuple[Finding, ...]:
    with pytest.raises(Faulty) as caught:
        press_own(own, **wish)
    return caught.value.findings


# Styles


def test_a_style_may_use_what_lies_beside_it(own: Path) -> None:
    (own / "styles" / "extra.css").write_text("h2 { background: url(inside.png) }")
    assert press_own(own)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (f"@import url({AWAY}/x.css);", "only files"),
        ('@import "https://127.0.0.1:9/x.css";', "only files"),
        ("@import url(file:///etc/hostname);", "outside"),
        ("@import '../../secret.css';", "outside"),
        (f"h2 {{ background: url({AWAY}/x.png) }}", "only files"),
        (f"h2 {{ background-image: linear-gradient(red, red), url({AWAY}/x.png) }}", "only files"),
        ("h2 { background: url(ftp://127.0.0.1/x.png) }", "only files"),
        ("h2 { background: url(//127.0.0.1/x.png) }", "another machine"),
        ("h2 { background: url(file://127.0.0.1/x.png) }", "another machine"),
        ("h2 { background: url(file:///etc/hostname) }", "outside"),
        ("h2 { background: url(file:/etc/hostname) }", "outside"),
        ("h2 { background: url(/etc/hostname) }", "outside"),
        ("h2 { background: url(../../secret.png) }", "outside"),
        ("h2 { background: url(inside/../../../secret.png) }", "outside"),
        ("h2 { background: url(%2e%2e/%2e%2e/secret.png) }", "outside"),
        ("h2 { background: url(..%2f..%2fsecret.png) }", "outside"),
        ("h2 { background: url(../sheets/probe.yaml) }", "outside"),
        ("h2 { background: url(link.png) }", "outside"),
        ("h2 { background: url(folder/secret.png) }", "outside"),
        ("h2::before { content: url(../../secret.png) }", "outside"),
        ("li { list-style-image: url(../../secret.png) }", "outside"),
        ("h2 { border-image: url(../../secret.png) 1 }", "outside"),
        ("@page { background: url(../../secret.png) }", "outside"),
        ("@page { @top-left { content: url(../../secret.png) } }", "outside"),
        ("@font-face { font-family: X; src: url(../../secret.ttf) } h2 { font-family: X }", "outside"),
        (f"@font-face {{ font-family: X; src: url({AWAY}/x.woff2) }} h2 {{ font-family: X }}", "only files"),
    ],
)
def test_a_style_that_asks_for_more_is_refused_at_its_line(own: Path, rule: str, why: str) -> None:
    (own / "styles" / "link.png").symlink_to(own.parent / "secret.png")
    (own / "styles" / "folder").symlink_to(own.parent)
    style = own / "styles" / "extra.css"
    style.write_text(f"{rule}\nh3 {{ color: black }}")
    found = refused(own)
    assert [(finding.code, finding.place.path, finding.place.line) for finding in found] == [("offline", style, 1)]
    assert f"is not read: {'lies ' if why == 'outside' else ''}" in found[0].message
    assert why in found[0].message


@pytest.mark.parametrize("name", ["extra.css", "a4.css"])
def test_a_style_that_is_a_link_to_elsewhere_is_refused(own: Path, name: str) -> None:
    (own / "styles" / name).symlink_to(own.parent / "secret.css")
    (found,) = refused(own)
    assert found.place.path == own / "styles" / name


def test_a_font_of_the_system_is_not_taken_by_its_name(own: Path) -> None:
    style = own / "styles" / "extra.css"
    style.write_text("@font-face { font-family: X; src: local('DejaVu Sans') }\nh2 { font-family: X }")
    assert {(finding.code, finding.place.path) for finding in refused(own)} == {("layout", style)}


def test_a_style_in_an_html_page_takes_nothing_from_outside(own: Path, tmp_path: Path) -> None:
    style = own / "styles" / "extra.css"
    style.write_text("h2 { background: url(../../secret.png) }")
    done = run("build", "probe", "--html", "--leaflets", own, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert f"{style}: url(../../secret.png) is no file in a folder of styles" in done.stderr
    assert not (tmp_path / "out").exists()


# Templates


PAGE = """\
<!DOCTYPE html><html lang="de"><head><title>Probe</title>{head}</head>
<body><h1>Probe</h1>
{body}
</body></html>
"""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img alt="x" src="file:///etc/hostname">'),
        ("", f'<img alt="x" src="{AWAY}/x.png">'),
        ("", '<img alt="x" src="../../secret.png">'),
        ("", '<img alt="x" src="%2e%2e/%2e%2e/secret.png">'),
        ("", '<object data="file:///etc/hostname">x</object>'),
        ("", '<embed src="file:///etc/hostname">'),
        ("", '<p style="background: url(file:///etc/hostname)">x</p>'),
        ("", '<a rel="attachment" href="file:///etc/hostname">x</a>'),
        ('<link rel="attachment" href="file:///etc/hostname">', ""),
        (f'<link rel="attachment" href="{AWAY}/x">', ""),
        ('<link rel="stylesheet" href="file:///etc/hostname">', ""),
        (f'<link rel="stylesheet" href="{AWAY}/x.css">', ""),
        (f"<style>@import '{AWAY}/x.css';</style>", ""),
        (f'<base href="{AWAY}/">', '<img alt="x" src="x.png">'),
    ],
)
def test_a_template_that_asks_for_more_is_refused(own: Path, head: str, body: str) -> None:
    template = own / "templates" / "page.html.j2"
    template.write_text(PAGE.format(head=head, body=body))
    (found,) = refused(own)
    assert found.code == "offline"
    assert found.place.path == template
    assert " is not read: " in found.message


@pytest.mark.parametrize("address", ["file:///etc/hostname", f"{AWAY}/x.png", "../../secret.png"])
def test_a_picture_within_a_drawing_of_a_template_is_refused(own: Path, address: str) -> None:
    drawing = f'<svg width="9" height="9"><title>x</title><image href="{address}" width="9" height="9"/></svg>'
    (own / "templates" / "page.html.j2").write_text(PAGE.format(head="", body=drawing))
    (found,) = refused(own)
    assert found.code in {"offline", "layout"}


@pytest.mark.parametrize(
    "statement",
    [
        "{% include '../../secret.txt' %}",
        "{% include '../sheets/probe.yaml' %}",
        "{% include '/etc/hostname' %}",
        "{% import '../../secret.txt' as x %}",
        "{% extends '../../secret.txt' %}",
    ],
)
def test_a_template_takes_in_none_from_outside(own: Path, statement: str) -> None:
    template = own / "templates" / "page.html.j2"
    template.write_text(f"<p>\n{statement}")
    (found,) = refused(own)
    assert found.place == Place(template, 2, 1)
    assert SECRET not in str(found)


def test_a_template_that_is_a_link_to_elsewhere_is_refused(own: Path) -> None:
    (own / "templates" / "page.html.j2").symlink_to(own.parent / "secret.txt")
    (found,) = refused(own)
    assert found.place == Place(own / "templates" / "page.html.j2")
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ mark.__globals__ }}",
        "{{ leaflet.place.path.read_text() }}",
        "{{ leaflet.place.path.open().read() }}",
        "{{ (leaflet.place.path / '../../../secret.txt').read_text() }}",
        "{{ leaflet.edition.parse_file('/etc/hostname') }}",
        "{{ leaflet.edition.labels.parse_raw('', proto='pickle', allow_pickle=true) }}",
        "{{ self.__init__.__globals__ }}",
    ],
)
def test_a_template_reaches_neither_python_nor_files_through_values(own: Path, expression: str) -> None:
    template = own / "templates" / "page.html.j2"
    template.write_text(f"<p>\n{expression}")
    (found,) = refused(own)
    assert (found.code, found.place) == ("template", Place(template, 2, 1))


# The logo


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 6 2">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        f'<image href="{AWAY}/x.png" width="6" height="2"/>',
        '<image href="file:///etc/passwd" width="6" height="2"/>',
        '<image xlink:href="file:///etc/passwd" width="6" height="2"/>',
        '<image href="secret.png" width="6" height="2"/>',
        f'<use href="{AWAY}/x.svg#x"/>',
        '<use xlink:href="../secret.svg#x"/>',
        f'<rect width="6" height="2" fill="url({AWAY}/x.svg#x)"/>',
        '<rect width="6" height="2" style="fill: url( \'file:///etc/passwd#x\')"/>',
        f"<style>@import '{AWAY}/x.css';</style>",
        '<filter id="f"><feImage href="file:///etc/passwd"/></filter>',
        '<foreignObject><img src="file:///etc/passwd"/></foreignObject>',
        f'<script href="{AWAY}/x.js"/>',
        f'<linearGradient id="g" xlink:href="{AWAY}/x.svg#g"/>',
        '<rect width="6" height="2" onload="x()"/>',
        f'<text style="font-family: x; src: URL({AWAY}/x)">x</text>',
    ],
)
def test_a_logo_that_points_outside_itself_is_refused_at_its_line(tmp_path: Path, own: Path, inside: str) -> None:
    practice = write_practice(tmp_path / "practice")
    practice.with_name("logo.svg").write_text(SVG.format(inside))
    (found,) = refused(own, practice=str(practice))
    assert (found.code, found.place) == ("logo", Place(practice, 7, 7))


@pytest.mark.parametrize("system", ['SYSTEM "file:///etc/passwd"', f'SYSTEM "{AWAY}/x"', '"aaaa"'])
def test_a_logo_with_an_entity_is_refused(tmp_path: Path, own: Path, system: str) -> None:
    practice = write_practice(tmp_path / "practice")
    logo = f"<!DOCTYPE svg [<!ENTITY x {system}>]>" + SVG.format("<text>&x;</text>")
    practice.with_name("logo.svg").write_text(logo)
    (found,) = refused(own, practice=str(practice))
    assert (found.code, found.place) == ("logo", Place(practice, 7, 7))


def test_a_logo_whose_stylesheet_lies_elsewhere_is_not_followed(tmp_path: Path, own: Path) -> None:
    practice = write_practice(tmp_path / "practice")
    logo = f'<?xml-stylesheet href="{AWAY}/x.css"?>' + SVG.format('<rect width="6" height="2"/>')
    practice.with_name("logo.svg").write_text(logo)
    assert press_own(own, practice=str(practice))


@pytest.mark.parametrize("name", ["../secret.png", "sub/../../secret.png", "link.png", "folder/secret.png", "ABSOLUTE"])
def test_a_logo_outside_the_practice_s_folder_is_refused(tmp_path: Path, own: Path, name: str) -> None:
    practice = write_practice(tmp_path / "practice")
    practice.with_name("sub").mkdir()
    practice.with_name("link.png").symlink_to(tmp_path / "secret.png")
    practice.with_name("folder").symlink_to(tmp_path)
    name = name.replace("ABSOLUTE", str(tmp_path / "secret.png"))
    practice.write_text(practice.read_text().replace("logo: logo.svg", f"logo: {name}"))
    (found,) = refused(own, practice=str(practice))
    assert (found.code, found.place) == ("logo", Place(practice, 7, 7))
    assert "leads out of the folder" in found.message


# Content


@pytest.mark.parametrize("name", ["sheets/link.yaml", "modules/link.yaml", "links.yaml"])
def test_content_that_is_a_link_to_elsewhere_is_refused(own: Path, name: str) -> None:
    (own / name).symlink_to(own.parent / "secret.txt")
    (found,) = refused(own)
    assert found.place == Place(own / name)
    assert "leads out of" in found.message
    assert SECRET not in str(found)


def test_a_folder_of_content_that_is_a_link_to_elsewhere_is_refused(own: Path) -> None:
    (own / "exercises").rename(own.parent / "elsewhere")
    (own / "exercises").symlink_to(own.parent / "elsewhere")
    (found,) = refused(own)
    assert found.place == Place(own / "exercises" / "probe-turn.yaml")


def test_words_that_look_like_markup_fetch_nothing(own: Path) -> None:
    assert press_own(own, note=f'<img src="{AWAY}/x.png"> ![x]({AWAY}/x.png) <style>@import "{AWAY}";</style>')


# The tool as it runs


@pytest.mark.parametrize("rule", [f"@import url({AWAY}/x.css);", "h2 { background: url(../../secret.png) }"])
def test_the_tool_tells_the_place_and_leaves_no_file(own: Path, tmp_path: Path, rule: str) -> None:
    (own / "styles" / "extra.css").write_text(rule)
    out = tmp_path / "out"
    out.mkdir()
    done = run("build", "probe", "--leaflets", own, "-o", out, cwd=tmp_path)
    assert done.returncode == 1
    assert "own/styles/extra.css:1:" in done.stderr
    assert "is not read: " in done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.iterdir()) == []


WATCHED = """
import json, os, runpy, socket, sys
from contextlib import suppress
from tests.watch import watched
report, plant, sys.argv = sys.argv[1], sys.argv[2], sys.argv[3:]
descriptor = os.open(report, os.O_WRONLY | os.O_CREAT)
end = []
with watched() as seen, suppress(SystemExit):
    if plant == "open":
        open(report).close()
    elif plant == "connect":
        with suppress(OSError):
            socket.socket().connect(("127.0.0.1", 9))
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as error:
        end.append(("exit", str(error.code)))
        raise
os.write(descriptor, json.dumps(seen + end).encode())
"""


#: Without and with drawings, and with a table; every sheet is watched where it is pressed (tests.pressed).
RUN = ("neck-pain", "low-back-exercises", "my-plan")


def watched_run(folder: Path, plant: str, *arguments: str) -> Seen:
    """What a run of the tool opened and connected to."""
    report = folder / "report.json"
    command = [sys.executable, "-c", WATCHED, str(report), plant, str(ROOT / "generate.py"), *arguments]
    (folder / "tmp").mkdir()
    # Without a path, Python asks no compiler where the system's libraries lie.
    # What measures coverage would open files of its own.
    unmeasured = {"COVERAGE_PROCESS_CONFIG": "", "PATH": ""}
    done = run_command(command, ROOT, {"HOME": str(folder), "TMPDIR": str(folder / "tmp"), **unmeasured})
    assert done.returncode == 0, done.stderr
    assert list((folder / "tmp").iterdir()) == []
    return [(event, what) for event, what in json.loads(report.read_text())]


def test_a_run_connects_to_nothing_and_opens_nothing_outside(tmp_path: Path) -> None:
    practice, out = write_practice(tmp_path / "practice", "png"), tmp_path / "out"
    words = ["--name=Anna", "--note=Bald", f"--practice={practice}", f"--out={out}", "--max-pages=99"]
    seen = watched_run(tmp_path, "", "build", *RUN, "--format=a4", "--format=a4-large", *words)
    assert ("exit", "0") in seen
    assert len(list(out.iterdir())) == len(RUN) * 2
    assert strays(seen, practice.parent, out, tmp_path / "tmp") == []
    opened = [what for event, what in seen if event == "open"]
    assert any(what.startswith(str(ROOT / "leaflets")) for what in opened)
    assert any(what.startswith(str(out)) for what in opened)


@pytest.mark.parametrize(("plant", "event"), [("open", "open"), ("connect", "socket.connect")])
def test_the_watch_sees_a_planted_step_outside(tmp_path: Path, plant: str, event: str) -> None:
    seen = watched_run(tmp_path, plant, "list")
    assert [found for found, _ in strays(seen)] == [event]


# What other tests press


@pytest.mark.parametrize("plant", ["open", "connect", "start"])
def test_every_leaflet_of_the_real_content_is_pressed_under_watch(
    plant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever test asks for one (`test_layout` does for each sheet, on each paper) has it refused where it strays."""
    (tmp_path / "stray").write_text(SECRET)
    monkeypatch.undo()  # what is asked for goes the whole way, and is seen there

    def stray(page: Page, folders: Folders) -> Pressed:
        if plant == "open":
            (tmp_path / "stray").read_text()
        elif plant == "connect":
            with suppress(OSError), socket.socket() as wire:
                wire.connect(("127.0.0.1", 9))
        else:
            subprocess.run([sys.executable, "--version"], check=True, capture_output=True)
        return Pressed(b"", 0, ())

    monkeypatch.setattr("tests.pressed.press", stray)
    with pytest.raises(AssertionError, match=r"/stray|socket\.connect|--version"):
        pressed("whiplash", "a4", note=plant)

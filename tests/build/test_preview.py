"""`preview` builds at every save, tells what is wrong and keeps the last good page: real files, a real process."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from merkblatt.build.build import Built
from merkblatt.build.preview import Turn
from merkblatt.cli.main import main
from tests.pressed import ROOT, write_own, write_practice
from tests.processes import Branch, run_anew

#: Seconds after which something that should happen has not; on a quiet machine it takes a tenth of a second.
PATIENCE = 30


@dataclass(frozen=True)
class Preview:
    """A preview that runs, and the folder that it shows its page in."""

    branch: Branch
    folder: Path

    def page(self) -> str:
        path = self.folder / "shown" / "probe.de.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.branch.poll() is None, self.branch.err
            assert time.monotonic() < end, self.branch.err
            time.sleep(0.02)


def _viewer(folder: Path) -> Path:
    """A folder with a viewer, by the names of Linux and macOS, that keeps what it was to open."""
    programs = folder / "programs"
    programs.mkdir()
    for name in ("xdg-open", "open"):
        (programs / name).write_text(
            f'#!/bin/sh\necho "$@" >>"{folder}/opened"\nenv >"{folder}/seen"\n', encoding="utf-8"
        )
        (programs / name).chmod(0o755)
    return programs


@contextmanager
def previewing(folder: Path, *words: str | Path) -> Iterator[Preview]:
    command = ["merkblatt", "preview", "--format", "html", *words, "-o", folder / "shown"]
    path = f"{_viewer(folder)}{os.pathsep}{os.environ['PATH']}"
    branch = Branch(main, *command, cwd=folder, PATH=path, DISPLAY=":0")
    try:
        yield Preview(branch, folder)
    finally:
        branch.send_signal(signal.SIGKILL)
        branch.wait()


def test_every_save_shows_and_a_broken_file_keeps_the_last_good_page(tmp_path):
    own = write_own(tmp_path / "own", {"styles/extra.css": "p { color: #123456 }"})
    module = own / "modules" / "probe.yaml"
    first = module.read_text(encoding="utf-8")
    with previewing(tmp_path, "probe", "--leaflets", own) as preview:
        preview.until(lambda: "Gehen Sie jeden Tag." in preview.page())
        preview.until(lambda: "watching content, templates and styles; Ctrl-C ends" in preview.branch.err)

        module.write_text(first.replace("jeden Tag", "oft"), encoding="utf-8")
        preview.until(lambda: "Gehen Sie oft." in preview.page())
        good = preview.page()

        module.write_text(first.replace("section: self-help", "section: nowhere"), encoding="utf-8")
        preview.until(lambda: "probe.yaml:2:10" in preview.branch.err and preview.branch.err.endswith("\n"))
        assert "probe.yaml: not built; the last good page stays\n" in preview.branch.err
        assert preview.page() == good

        module.write_text(first.replace("jeden Tag", "gern"), encoding="utf-8")
        preview.until(lambda: "Gehen Sie gern." in preview.page())

        (own / "styles" / "extra.css").write_text("p { color: #654321 }", encoding="utf-8")
        preview.until(lambda: "color: #654321" in preview.page())

        page = (ROOT / "templates" / "page.html.j2").read_text(encoding="utf-8")
        ready = tmp_path / "ready"
        ready.mkdir()
        (ready / "page.html.j2").write_text(page + "<!-- mine -->", encoding="utf-8")
        ready.rename(own / "templates")
        preview.until(lambda: "<!-- mine -->" in preview.page())

        preview.branch.send_signal(signal.SIGINT)
        assert preview.branch.wait() == 0
    assert preview.branch.out == f"{tmp_path / 'shown' / 'probe.de.html'}\n"
    assert preview.branch.err.endswith(
        f"\npreview ended; the last good page is {tmp_path / 'shown' / 'probe.de.html'}\n"
    )
    assert (tmp_path / "opened").read_text(encoding="utf-8") == preview.branch.out
    assert "Traceback" not in preview.branch.err
    assert [path.name for path in (tmp_path / "shown").iterdir()] == ["probe.de.html"]


def test_an_order_and_a_practice_that_an_editor_replaces_are_followed(tmp_path):
    own = write_own(tmp_path / "own", {})
    practice = write_practice(tmp_path / "practice")
    order = tmp_path / "order.yaml"
    order.write_text("sheet: probe\nname: Erika\n", encoding="utf-8")
    words = ("--order", "order.yaml", "--practice", "practice/practice.yaml", "--leaflets", own, "--no-open")
    with previewing(tmp_path, *words) as preview:
        preview.until(lambda: "Erika" in preview.page())
        draft = tmp_path / "draft"
        draft.write_text("sheet: probe\nname: Walburga\n", encoding="utf-8")
        draft.replace(order)
        preview.until(lambda: "Walburga" in preview.page())
        text = practice.read_text(encoding="utf-8").replace("Wasserturm", "Marktplatz")
        practice.write_text(text, encoding="utf-8")
        preview.until(lambda: "Marktplatz" in preview.page())
    assert not {"Erika", "Walburga"} & set(preview.branch.err.split())


def test_a_viewer_has_the_fonts_of_the_system(tmp_path):
    own = write_own(tmp_path / "own", {})
    words = ("preview", "probe", "--leaflets", own, "--format", "a4", "--once", "-o", tmp_path / "shown")
    path = f"{_viewer(tmp_path)}{os.pathsep}{os.environ['PATH']}"
    ran = run_anew(*words, cwd=tmp_path, PATH=path, DISPLAY=":0")
    assert ran.returncode == 0, ran.stderr
    # The viewer has what the tool says on, so that it has ended too.
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"{tmp_path / 'shown' / 'probe.de.a4.pdf'}\n"
    assert "DISPLAY=:0" in seen
    assert "FONTCONFIG_FILE" not in seen


def test_once_builds_and_ends(run, small_program):
    ran = run("preview", "pain", "--once", "--no-open", "--format", "text", "-o", "shown")
    assert (ran.code, ran.out) == (0, "shown/pain.de.txt\n")
    assert ran.err.endswith(" pain.de.txt\n")


def test_once_tells_what_is_wrong(run, small_program):
    small_program.change("modules/moving.yaml", "Gehen Sie.", "TODO")
    ran = run("preview", "pain", "--once", "--format", "text")
    assert (ran.code, ran.out) == (1, "")
    assert "is not written yet" in ran.err
    assert not Path("out").exists()


def test_where_nothing_can_be_watched_it_says_what_helps(run, small_program, monkeypatch):
    def watch(*_, **__):
        raise OSError(28, "OS file watch limit reached")
        yield

    monkeypatch.setattr("watchfiles.watch", watch)
    ran = run("preview", "pain")
    assert (ran.code, ran.out) == (1, "")
    assert "folders cannot be watched: [Errno 28] OS file watch limit reached" in ran.err
    assert "WATCHFILES_FORCE_POLLING=1" in ran.err


def test_an_order_in_a_folder_that_is_none_is_told(run, small_program):
    ran = run("preview", "--order", "none/order.yaml", "--once")
    assert (ran.code, ran.out) == (1, "")
    assert "none/order.yaml" in ran.err


def test_a_page_that_gets_another_name_is_named_again(run, small_program, monkeypatch):
    def follow(_):
        yield Turn((), Built("pain.de.a4", (Path("pain.de.a4.pdf"),), 2))
        yield Turn((Path("order.yaml"),), Built("pain.de.a5", (Path("pain.de.a5.pdf"),), 1))
        raise KeyboardInterrupt

    monkeypatch.setattr("merkblatt.build.preview.follow", follow)
    ran = run("preview", "pain", "--no-open")
    assert (ran.code, ran.out) == (0, "pain.de.a4.pdf\npain.de.a5.pdf\n")
    assert ran.err.endswith(
        "order.yaml: pain.de.a5.pdf: 1 page\n\npreview ended; the last good page is pain.de.a5.pdf\n"
    )


@pytest.fixture
def opened(monkeypatch):
    """What was to be opened, on a system that has no viewer for it."""
    paths: list[str] = []

    def launch(path: str) -> int:
        paths.append(path)
        return 1

    monkeypatch.setattr("click.launch", launch)
    monkeypatch.setenv("DISPLAY", ":0")
    return paths


def test_it_is_opened_and_a_missing_viewer_is_told(run, small_program, opened):
    ran = run("preview", "pain", "--once", "--format", "text")
    assert opened == ["out/preview/pain.de.txt"]
    assert "no viewer was found; open out/preview/pain.de.txt in one\n" in ran.err


def test_nothing_is_opened_where_that_is_not_wanted(run, small_program, opened):
    ran = run("preview", "pain", "--once", "--format", "text", "--no-open")
    assert (opened, "viewer" in ran.err) == ([], False)


def test_nothing_is_opened_in_the_terminal_itself(run, small_program, opened, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    ran = run("preview", "pain", "--once", "--format", "text")
    assert (opened, "no viewer was found" in ran.err) == ([], True)


@pytest.mark.parametrize("words", [[], ["pian"], ["pain", "--format", "a3"], ["pain", "--with", "none"]], ids=" ".join)
def test_wrong_usage_ends_at_once_with_2(run, small_program, words):
    ran = run("preview", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err

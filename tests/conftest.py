"""What tests share: the real content, small contents of their own, the tool called in this process, and goldens.

With MERKBLATT_NO_SKIPS=1 a run in which a test was skipped, or failed as it was expected to, fails.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from merkblatt.cli import main as command_line
from merkblatt.content.library import Library, load_library
from merkblatt.content.model import LABEL_FIELDS, SECTIONS, Labels, Order
from merkblatt.content.practice import Sender
from merkblatt.core.findings import Faulty, Finding
from merkblatt.core.folders import Folders, find_folders
from merkblatt.page.compose import compose
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from tests.distribution import is_slow, make_scheduler, place_in_line
from tests.pressed import SHARED

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)

# Whoever starts the tests in the background may have Ctrl-C ignored, and with it what tests start and then stop.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Tests make everything anew, but where they are about the cache.
os.environ["MERKBLATT_CACHE"] = ""

# --- no test is left out unseen ---------------------------------------------------------------------------

_LEFT_OUT: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _LEFT_OUT[report.nodeid] = "failed as expected" if hasattr(report, "wasxfail") else "skipped"


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _LEFT_OUT[report.nodeid] = "skipped"


def _refused(config: pytest.Config) -> dict[str, str]:
    """The tests that were left out though none may be; told by the process that sees all of them."""
    if hasattr(config, "workerinput") or os.environ.get("MERKBLATT_NO_SKIPS") != "1":
        return {}
    return _LEFT_OUT


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _refused(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    refused = _refused(config)
    if refused:
        terminalreporter.section("MERKBLATT_NO_SKIPS=1, yet left out")
        for name, how in refused.items():
            terminalreporter.write_line(f"{name}: {how}")


# --- a document is made and read once ---------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Where several processes test, each finds what another has pressed."""
    if getattr(config.option, "numprocesses", None):
        folder = tempfile.TemporaryDirectory(prefix="merkblatt-tests-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadgroup`, tests go to workers in bundles (tests/distribution.py)."""
    return make_scheduler(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one document run one after the other in one process, so that it is pressed and read once."""
    for item in items:
        if is_slow(item.nodeid, getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: (*place_in_line(item.nodeid), _document(item)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: Python need not look through all of it for what can go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _document(item: pytest.Item) -> str:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return " ".join(str(params.get(name, "")) for name in ("sheet", "format_", "reader")).strip()


# --- the real content -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def folders() -> Folders:
    """The program's own folders."""
    return find_folders()


@pytest.fixture(scope="session")
def library(folders: Folders) -> Library:
    """The real content."""
    return load_library(folders.leaflets)


# --- a small content --------------------------------------------------------------------------------------


def label_text(name: str) -> str:
    """What the small edition says for a label: its own name, then what the program fills in."""
    return " ".join([name, *(f"{{{field}}}" for field in sorted(LABEL_FIELDS.get(name, ())))])


def _edition() -> str:
    sections = "\n".join(f"  {section}: part {section}" for section in SECTIONS)
    labels = "\n".join(f'  {name}: "{label_text(name)}"' for name in Labels.model_fields)
    return f"name: Deutsch\nlanguage: de\nsections:\n{sections}\nlabels:\n{labels}\n"


#: A content that loads and builds. On its one sheet, "pain", stand moving, warmth, later and flags, and an exercise;
#: "cold" is on no sheet and contradicts "warmth".
SMALL = {
    "claims.yaml": """\
source: book
claims:
- {id: 1-a, topics: [neck], fact: Moving helps}
- {id: 1-b, topics: [neck], fact: Warmth helps tense muscles, when: if tense}
- {id: 1-c, topics: [neck], fact: A course helps, when: ">12 weeks"}
- {id: 1-d, topics: [neck], fact: Cooling helps at the start, trap: not later}
""",
    "sources.yaml": """\
sources:
- {id: book, cite: {de: Das Buch}}
- {id: leaf, cite: {de: Das Blatt}}
""",
    "conditions.yaml": """\
stages:
- {id: acute, weeks: {upto: 6}, source: book, heading: {de: Am Anfang}, heading_now: {de: "Jetzt, am Anfang"}}
circumstances:
- {id: tension, condition: {de: Wenn Muskeln verspannt sind}}
- {id: sleepless, condition: {de: Wenn Sie schlecht schlafen}}
""",
    "links.yaml": """\
links:
- {id: help, name: {de: Hilfe}, offers: {de: Rat}, url: "https://example.org/rat", claims: [1-a]}
""",
    "editions/de.yaml": _edition(),
    "exercises/turn.yaml": """\
name: {de: Drehen}
area: [neck]
start: {de: Sitzen Sie.}
steps:
- {de: Drehen Sie den Kopf.}
dose: {repeat: 5}
caution: {de: Langsam.}
too_much: {de: es schmerzt.}
sources: [leaf]
reviewed: {next: 2028-11-23}
""",
    "modules/moving.yaml": """\
title: {de: Bewegung}
section: self-help
statements:
- {kind: do, text: {de: Gehen Sie.}, claims: [1-a]}
reviewed: {next: 2028-11-23}
""",
    "modules/warmth.yaml": """\
title: {de: Wärme}
section: self-help
statements:
- {kind: do, text: {de: Wärmen Sie.}, claims: [1-b], when: {circumstance: tension}}
reviewed: {next: 2028-11-23}
""",
    "modules/cold.yaml": """\
title: {de: Kälte}
section: self-help
statements:
- {kind: do, text: {de: Kühlen Sie.}, claims: [1-d], when: {stage: acute}}
contradicts: [warmth]
reviewed: {next: 2028-11-23}
""",
    "modules/later.yaml": """\
title: {de: Später}
section: longer
statements:
- {kind: do, text: {de: Besuchen Sie einen Kurs.}, claims: [1-c], when: {weeks: {over: 12}}}
reviewed: {next: 2028-11-23}
""",
    "modules/flags.yaml": """\
title: {de: Zeichen}
section: red-flags
statements:
- {kind: at-once, text: {de: Lähmung}, sources: [leaf]}
- {kind: soon, text: {de: Fieber}, sources: [leaf]}
reviewed: {next: 2028-11-23}
""",
    "sheets/pain.yaml": """\
title: {de: Schmerz}
subtitle: {de: Für Erwachsene}
message: {text: {de: Bewegen Sie sich.}, claims: [1-a]}
sections:
- {section: self-help, modules: [moving, warmth]}
- {section: exercises, exercises: [turn]}
- {section: longer, modules: [later]}
- {section: red-flags, modules: [flags]}
- {section: contacts, links: [help]}
pages: {a4: 2}
issued: 2026-11-23
reviewed: {next: 2028-11-23}
""",
}


@dataclass(frozen=True)
class Content:
    """A content folder whose files a test changes one by one."""

    root: Path

    def write(self, name: str, text: str | bytes) -> Path:
        """Puts a file there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def change(self, name: str, old: str, new: str) -> Path:
        """Changes a passage of a file, which must be there."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} holds no {old!r}"
        return self.write(name, text.replace(old, new, 1))

    @property
    def folders(self) -> Folders:
        """This content with the program's own templates and styles."""
        return Folders((self.root,), (ROOT / "templates",), (ROOT / "styles",))

    def load(self) -> Library:
        return load_library([self.root])

    def faults(self) -> list[str]:
        """What is wrong with it, as `file:line:column: message` without the folder."""
        with pytest.raises(Faulty) as caught:
            self.load()
        return told(caught.value.findings, self.root)

    def choose(self, sender: Sender | None = None, **wanted: Any) -> Leaflet:
        """The leaflet of an order for the sheet "pain"."""
        return choose(Order.model_validate({"sheet": "pain", **wanted}), self.load(), sender, TODAY)

    def html(self, sender: Sender | None = None, **wanted: Any) -> str:
        return compose(self.choose(sender, **wanted), self.folders).html


def told(findings: Any, root: Path) -> list[str]:
    """Findings in one line each, without their hints; paths as seen from a folder."""

    def one(finding: Finding) -> str:
        place = finding.place
        path = place.path.relative_to(root).as_posix() if place.path.is_relative_to(root) else place.path.as_posix()
        at = f":{place.line}:{place.column}" if place.line else ""
        return f"{path}{at}: {finding.message}"

    return [one(finding) for finding in findings]


@pytest.fixture
def make_library(tmp_path: Path) -> Callable[..., Content]:
    """Makes a small content, with some of its files exchanged or, by None, left out."""

    def make(files: Mapping[str, str | None] | None = None, name: str = "leaflets") -> Content:
        content = Content(tmp_path / name)
        for path, text in {**SMALL, **(files or {})}.items():
            if text is not None:
                content.write(path, text)
        return content

    return make


@pytest.fixture
def content(make_library: Callable[..., Content]) -> Content:
    """The small content as it is."""
    return make_library()


# --- the tool ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """What a call of the tool gave back."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Calls the tool in this process, as its entry point would; the day of printing is TODAY."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23

    def call(*words: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["merkblatt", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def small_program(make_library: Callable[..., Content], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    """The small content in the place of the program's own, in the working folder."""
    content = make_library()
    for name in ("templates", "styles"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setattr("merkblatt.core.folders.program_folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    return content


# --- goldens ----------------------------------------------------------------------------------------------


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with a file of tests/golden; MERKBLATT_UPDATE_GOLDEN=1 writes it anew."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("MERKBLATT_UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing; MERKBLATT_UPDATE_GOLDEN=1 writes it, then judge it"
        assert text == path.read_text(encoding="utf-8")

    return compare

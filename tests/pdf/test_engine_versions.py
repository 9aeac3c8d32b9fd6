"""Another layout engine than the one whose inside is known is told before anything is built."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.pdf import engine_versions
from merkblatt.pdf.engine_versions import WANTED, installed, other_versions, require_wanted_versions
from tests.pressed import ROOT
from tests.processes import run_command

#: Runs the tool where packages are of the versions that the first argument tells.
_PRETENDING = """
import json, sys
from importlib import metadata
from merkblatt.pdf import engine_versions
versions = json.loads(sys.argv.pop(1))
engine_versions.installed = lambda package: versions[package]
from merkblatt.cli.main import main
sys.argv[0] = "merkblatt"
sys.exit(main())
"""


def pretend(monkeypatch: pytest.MonkeyPatch, **versions: str) -> None:
    monkeypatch.setattr(engine_versions, "installed", lambda package: versions.get(package, installed(package)))


def test_what_is_wanted_is_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [asked for asked in project["dependencies"] if asked.partition("==")[0] in WANTED]
    assert sorted(pinned) == sorted(f"{package}=={wanted}" for package, wanted in WANTED.items())


def test_what_is_installed_is_wanted() -> None:
    assert other_versions() == []
    require_wanted_versions()
    assert installed("a-package-of-nobody") == ""


@pytest.mark.parametrize("found", ["70.1", "71.0", "7", "70", "70.0.1", "170.0"])
def test_another_version_is_told_with_what_is_wanted_and_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    pretend(monkeypatch, weasyprint=found)
    with pytest.raises(Faulty) as caught:
        require_wanted_versions()
    (finding,) = caught.value.findings
    assert finding.message == f"weasyprint is {found}, 70.0 is needed: its private parts are used"
    assert finding.hint == 'pip install "weasyprint==70.0"'
    assert finding.code == "environment"


@pytest.mark.parametrize(
    ("found", "is_wanted"), [("0.13.0", True), ("0.13.7", True), ("0.14.0", False), ("0.130.0", False), ("0.1", False)]
)
def test_an_asterisk_stands_for_any_last_part(monkeypatch: pytest.MonkeyPatch, found: str, is_wanted: bool) -> None:
    pretend(monkeypatch, pydyf=found)
    assert [other.package for other in other_versions()] == ([] if is_wanted else ["pydyf"])


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, weasyprint="", pydyf="1.0")
    with pytest.raises(Faulty) as caught:
        require_wanted_versions()
    told = [finding.message.partition(",")[0] for finding in caught.value.findings]
    assert told == ["weasyprint is missing", "pydyf is 1.0"]


def run_with(versions: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    done = run_command([sys.executable, "-c", _PRETENDING, json.dumps(versions), *arguments], ROOT, {})
    return done.returncode, done.stdout, done.stderr


def test_nothing_is_built_with_another_engine(tmp_path: Path) -> None:
    """The engine is not even imported, since that alone may fail or do harm."""
    versions = {"weasyprint": "71.0", "pydyf": "0.13.0"}
    code, out, told = run_with(versions, "build", "whiplash", "contacts", "-q", "-o", str(tmp_path / "out"))
    assert (code, out) == (1, "")
    assert "weasyprint is 71.0, 70.0 is needed" in told
    assert 'hint: pip install "weasyprint==70.0"' in told
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_info_tells_another_engine() -> None:
    code, out, _ = run_with({"weasyprint": "70.0", "pydyf": "0.14.1"}, "info", "--json")
    assert code == 1
    assert json.loads(out)["missing"]["pydyf 0.13.*"].startswith(
        "0.14.1 is installed, so no PDF can be made: pip install"
    )

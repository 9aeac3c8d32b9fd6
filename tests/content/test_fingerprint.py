"""One sum of all that a leaflet is made from: whatever decides about its bytes changes it, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from merkblatt.content import fingerprint
from merkblatt.content.fingerprint import (
    ENGINES,
    PACKAGES,
    engines,
    key_of,
    packages,
    sum_of_all,
    sum_of_content,
    sum_of_folder,
    sum_of_layout,
)
from merkblatt.core.folders import Folders
from tests.conftest import ROOT

#: Packages of the lock that decide about no byte of a leaflet: what reads lists, tells, keeps, watches, shows.
BESIDE = {
    "annotated-types", "anyio", "brotlicffi", "cffi", "click", "defusedxml", "et-xmlfile", "filelock", "idna", "lxml",
    "openpyxl", "packaging", "pathvalidate", "platformdirs", "pycparser", "pygments", "pypdfium2", "rich",
    "typing-extensions", "typing-inspection", "watchfiles", "colorama", "tzdata",
}  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A small content, templates and styles."""
    for name in ("leaflets/sheets/a.yaml", "templates/page.j2", "styles/fonts/own.ttf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return Folders((tmp_path / "leaflets",), (tmp_path / "templates",), (tmp_path / "styles",))


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("leaflets/sheets/a.yaml", (True, False)),
        ("leaflets/modules/new.yaml", (True, False)),
        ("templates/page.j2", (True, False)),
        ("styles/fonts/own.ttf", (False, True)),
        ("styles/new.css", (False, True)),
    ],
)
def test_what_is_read_changes_its_half_and_the_whole(
    folders: Folders, tmp_path: Path, name: str, halves: tuple[bool, bool]
):
    def sums() -> tuple[str, str, str]:
        return sum_of_content(folders), sum_of_layout(folders), sum_of_all(folders)

    before = sums()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("other")
    assert [old != new for old, new in zip(before, sums(), strict=True)] == [*halves, True]


@pytest.mark.parametrize(
    "name", ["a.yaml~", ".a.yaml.swp", "#a.yaml#", "a.yaml.bak", "a.yaml.orig", ".git/x", "~$a.yaml"]
)
def test_what_an_editor_puts_beside_changes_nothing(folders: Folders, tmp_path: Path, name: str):
    before = sum_of_all(folders)
    path = tmp_path / "leaflets" / "sheets" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    assert sum_of_all(folders) == before


def test_a_practice_has_a_sum_of_its_own(folders: Folders, tmp_path: Path):
    before = sum_of_all(folders)
    (tmp_path / "leaflets" / "practices").mkdir()
    (tmp_path / "leaflets" / "practices" / "praxis.yaml").write_text("name: Praxis")
    assert sum_of_all(folders) == before


def test_names_and_lengths_count_so_that_no_two_folders_look_alike(tmp_path: Path):
    sums = set()
    for number, files in enumerate(({"a": "bc"}, {"ab": "c"}, {"a": "b", "c": ""}, {"x/a": "bc"}, {})):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        sums.add(sum_of_folder(folder))
    assert len(sums) == 5


@pytest.mark.parametrize("part", ["code", "packages", "engines", "zlib", "version"])
def test_code_packages_engines_and_python_are_in_the_sum(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, part: str, tmp_path: Path
):
    before = sum_of_all(folders)
    if part == "code":
        own = tmp_path / "package" / "content"
        own.mkdir(parents=True)
        monkeypatch.setattr(fingerprint, "__file__", str(own / "fingerprint.py"))
    elif part == "packages":
        monkeypatch.setattr(fingerprint, "packages", lambda _: ["weasyprint 99"])
    elif part == "engines":
        monkeypatch.setattr(fingerprint, "engines", lambda _: ["libpango-1.0.so.0.9999"])
    elif part == "zlib":
        monkeypatch.setattr("zlib.ZLIB_RUNTIME_VERSION", "9")
    else:
        monkeypatch.setattr(fingerprint, "__version__", "9")
    assert sum_of_all(folders) != before


def test_a_package_is_told_with_its_version_wherever_it_is_installed(tmp_path: Path):
    folder = tmp_path / "site-packages"
    for name in (
        "weasyprint-70.0.dist-info",
        "Jinja2-3.1.6.dist-info",
        "pydantic_core-2.5.dist-info",
        "pytest-9.dist-info",
    ):
        (folder / name).mkdir(parents=True)
    (tmp_path / "lib" / "weasyprint-1.dist-info").mkdir(parents=True)
    told = packages([str(tmp_path / "lib"), str(folder), str(tmp_path / "gone-packages")])
    assert told == ["jinja2 3.1.6", "pydantic-core 2.5", "weasyprint 70.0"]


def test_every_package_of_the_lock_is_known_to_decide_or_not():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
    assert locked - BESIDE <= PACKAGES
    assert locked >= PACKAGES
    assert not PACKAGES & BESIDE


def test_an_engine_is_told_by_the_file_that_its_name_leads_to(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, version in ((first, "1"), (second, "2")):
        folder.mkdir()
        (folder / f"libpango-1.0.so.0.{version}").write_bytes(b"")
        (folder / "libpango-1.0.so.0").symlink_to(folder / f"libpango-1.0.so.0.{version}")
    assert engines([str(first), str(second)])[0] == "libpango-1.0.so.0.1"
    assert engines([str(tmp_path / "none")]) == [names[0] for names in ENGINES]


def test_on_this_system_the_engines_are_found():
    for told, names in zip(engines(fingerprint._LIBRARY_FOLDERS)[:3], ENGINES, strict=False):
        assert told != names[0], "a file with its version is found, not the bare name"
        assert told.startswith(names[0].partition(".so")[0])


def test_a_key_is_a_sum_of_what_was_given():
    assert len({key_of(), key_of(1), key_of("1"), key_of(1, 2), key_of((1, 2))}) == 5
    assert re.fullmatch("[0-9a-f]{64}", key_of("x"))

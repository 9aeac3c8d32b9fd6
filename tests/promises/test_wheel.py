"""Proves that the wheel is whole: built and run offline, far from the source tree, it gives the same leaflets."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.pressed import ROOT, SHEETS, pressed
from tests.processes import run_command

#: What the wheel is built from; tests, tools and the history stay away.
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "generate.py", "merkblatt", "leaflets", "templates", "styles")
#: Proxies that lead nowhere: whoever asks the network gets a refusal at once.
POISON = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
MAIN = "from merkblatt.cli.main import main; main()"


@pytest.fixture(scope="module", name="wheel")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from a copy of the tree."""
    tree, dist = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    done = run_command([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)], tree, POISON)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = dist.glob("*.whl")
    return wheel


@pytest.fixture(scope="module", name="target")
def _target(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing else."""
    target = tmp_path_factory.mktemp("target")
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", "--target", str(target)]
    done = run_command([sys.executable, "-m", "pip", "install", "-q", *options, str(wheel)], target, POISON)
    assert done.returncode == 0, done.stderr
    return target


def tool(target: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed tool; `-P` keeps the working folder off the path, and the source tree is not on it."""
    return run_command([sys.executable, "-P", "-c", MAIN, *arguments], cwd, {**POISON, "PYTHONPATH": str(target)})


def test_the_wheel_carries_all_content_templates_styles_and_fonts(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    files = [
        path for part in ("leaflets", "templates", "styles") for path in (ROOT / part).rglob("*") if path.is_file()
    ]
    shipped = [path for path in files if not any(step.startswith(".") for step in path.relative_to(ROOT).parts)]
    assert len(shipped) > 50
    for path in shipped:
        assert held[f"merkblatt/data/{path.relative_to(ROOT).as_posix()}"] == path.read_bytes()


def test_each_font_has_its_licence_beside_it_and_among_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    fonts = [name.rsplit("/", 1)[1] for name in names if name.endswith((".ttf", ".otf", ".woff2"))]
    assert len(fonts) >= 5
    for font in fonts:
        licence = f"{font.partition('-')[0].removesuffix('.ttf')}-OFL.txt"
        assert f"merkblatt/data/styles/fonts/{licence}" in names
        assert any(".dist-info/licenses/" in name and name.endswith(f"/{licence}") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_carries_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/", 1)[0] for name in archive.namelist()}
        (entry,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert {top for top in tops if not top.endswith(".dist-info")} == {"merkblatt"}
    assert "merkblatt = merkblatt.cli.main:main" in entry


def test_the_installed_tool_lists_the_sheets(target: Path, tmp_path: Path) -> None:
    done = tool(target, tmp_path, "list")
    assert done.returncode == 0, done.stderr
    assert [sheet for sheet in SHEETS if sheet not in done.stdout] == []


def test_the_installed_tool_is_the_one_in_the_wheel(target: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", "import merkblatt; print(merkblatt.__file__)"]
    done = run_command(command, tmp_path, {"PYTHONPATH": str(target)})
    assert done.stdout.strip() == str(target / "merkblatt" / "__init__.py"), done.stderr


def test_the_installed_tool_builds_the_same_bytes(target: Path, tmp_path: Path) -> None:
    formats = ("a4", "a4-large")
    words = [word for format_ in formats for word in ("--format", format_)]
    done = tool(target, tmp_path, "build", "neck-pain", *words, "--max-pages", "99")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "".join(f"out/neck-pain.de.{format_}.pdf\n" for format_ in formats)
    for format_ in formats:
        assert (tmp_path / "out" / f"neck-pain.de.{format_}.pdf").read_bytes() == pressed("neck-pain", format_)


def test_the_installed_tool_writes_nothing_into_its_own_folder(target: Path, tmp_path: Path) -> None:
    before = {path for path in target.rglob("*") if path.suffix != ".pyc" and path.name != "__pycache__"}
    assert tool(target, tmp_path, "check").returncode in {0, 1}
    assert tool(target, tmp_path, "info").returncode == 0
    assert {path for path in target.rglob("*") if path.suffix != ".pyc" and path.name != "__pycache__"} == before

"""Makes a release of the commit that is checked out: `./run release 0.2.0 [--dry-run]`.

All is done in a work tree of its own; the tree that it is called in is touched only at the end, when everything has
been checked, and by a dry run not at all. Nothing is fetched: what the wheel needs is taken from `.venv`.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE = Path("merkblatt", "core", "version.py")
_NUMBER = r"(?:0|[1-9]\d*)"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")

#: Stands in the environment in which the wheel is tried; Python runs it at its start.
_NO_NETWORK = """\
import sys


def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise RuntimeError("a release is tried without network")


sys.addaudithook(refuse)
"""


class Refused(Exception):
    """A release that cannot be made, and why."""


def main(words: list[str]) -> int:
    """Makes the release that the command line names; 0 is done, 1 is refused."""
    parser = argparse.ArgumentParser(prog="./run release", description="Build, check and tag a release.")
    parser.add_argument("version", help="as 0.2.0")
    parser.add_argument("--dry-run", action="store_true", help="do all but commit and tag; the tree stays as it is")
    wish = parser.parse_args(words)
    try:
        release(wish.version, dry_run=wish.dry_run)
    except Refused as refused:
        _say(str(refused))
        return 1
    except subprocess.CalledProcessError as error:
        _say(f"failed: {' '.join(map(str, error.cmd))}\n{error.output or ''}{error.stderr or ''}")
        return 1
    return 0


def release(version: str, *, dry_run: bool) -> None:
    """Builds and checks the release; then commits and tags it.

    Raises:
        Refused: with what has to be mended first, or what is wrong with what was built.
    """
    _refuse_at_once(version)
    with tempfile.TemporaryDirectory(prefix="merkblatt-release-") as folder, _work_tree(Path(folder, "tree")) as tree:
        _say(f"writing version {version} and its changelog")
        _write_version(tree / VERSION_FILE, version)
        _run(sys.executable, "-m", "towncrier", "build", "--yes", "--version", version, cwd=tree)
        _say("building sdist and wheel")
        sdist, wheel = _build(tree, Path(folder, "dist"), "sdist"), _build(tree, Path(folder, "dist"), "wheel")
        _check_wheel(wheel, version, Path(folder))
        _check_sdist(sdist, wheel, Path(folder))
        if dry_run:
            _say(f"a dry run: {sdist.name} and {wheel.name} are sound, nothing was committed")
            return
        _commit_and_tag(tree, version)
        for path in (sdist, wheel):
            (ROOT / "dist").mkdir(exist_ok=True)
            print(shutil.copy2(path, ROOT / "dist"))


def _refuse_at_once(version: str) -> None:
    if not _VERSION.fullmatch(version):
        raise Refused(f"{version}: no version; write three numbers, as 0.2.0")
    if _git("status", "--porcelain"):
        raise Refused("the tree holds changes that are not committed")
    if _git("tag", "--list", f"v{version}"):
        raise Refused(f"the tag v{version} exists")
    current = _version_in(ROOT / VERSION_FILE)
    if _numbers(version) < _numbers(current):
        raise Refused(f"{version} is lower than {current}, which the program has")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _version_in(path: Path) -> str:
    found = re.search(r'^__version__ = "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise Refused(f"{path} names no version")
    return found[1]


def _write_version(path: Path, version: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{_version_in(path)}"', f'"{version}"'), encoding="utf-8")


@contextmanager
def _work_tree(path: Path) -> Iterator[Path]:
    """What HEAD holds, in a folder of its own."""
    _git("worktree", "add", "--quiet", "--detach", str(path), "HEAD")
    try:
        yield path
    finally:
        _git("worktree", "remove", "--force", str(path))


def _build(tree: Path, out: Path, target: str) -> Path:
    """The sdist or the wheel of a tree."""
    before = set(out.glob("*"))
    _run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out), cwd=tree)
    (built,) = set(out.glob("*")) - before
    return built


def _check_sdist(sdist: Path, wheel: Path, folder: Path) -> None:
    _say("checking that the sdist builds the same wheel")
    shutil.unpack_archive(sdist, folder / "unpacked")  # our own, so without a filter, which Debian's 3.11 lacks
    (tree,) = (folder / "unpacked").iterdir()
    again = _build(tree, folder / "again", "wheel")
    if again.name != wheel.name or again.read_bytes() != wheel.read_bytes():
        raise Refused(f"{sdist.name} builds another wheel than the tree does")


def _check_wheel(wheel: Path, version: str, folder: Path) -> None:
    """Installs the wheel where nothing else of the program is, and uses it there."""
    _say("trying the wheel in an environment of its own, without network")
    programs = _install(wheel, folder / "venv")
    told = _run(programs / "merkblatt", "--version", cwd=folder)
    if told.split()[-1] != version:
        raise Refused(f"the wheel says of itself: {told.strip()}")
    _run(programs / "merkblatt", "list", cwd=folder)
    built = _run(programs / "merkblatt", "build", "neck-pain", "--no-cache", cwd=folder)
    if not (folder / built.strip()).read_bytes().startswith(b"%PDF-"):
        raise Refused("the wheel builds no leaflet")


def _install(wheel: Path, environment: Path) -> Path:
    """Where the programs of a fresh environment lie that holds the wheel, and sees the packages of `.venv`."""
    venv.create(environment, symlinks=True)
    own = {"base": str(environment), "platbase": str(environment)}
    site, programs = (Path(sysconfig.get_path(name, vars=own)) for name in ("purelib", "scripts"))
    packages = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "packages.pth").write_text("\n".join(sorted(packages)), encoding="utf-8")
    (site / "no_network.py").write_text(_NO_NETWORK, encoding="utf-8")
    (site / "no_network.pth").write_text("import no_network", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check")
    # No index: what the wheel asks for and `.venv` does not hold is an error.
    _run(*pip, "install", "--quiet", "--no-index", "--no-compile", str(wheel), cwd=environment)
    return programs


def _commit_and_tag(tree: Path, version: str) -> None:
    """Commits in the work tree, takes that over into the caller's, and tags it there."""
    _git("add", "--all", cwd=tree)
    # Hooks would set up the work tree anew; CI has judged what is released.
    _git("commit", "--quiet", "--no-verify", "--message", f"Release {version}", cwd=tree)
    _git("merge", "--quiet", "--ff-only", _git("rev-parse", "HEAD", cwd=tree).strip())
    _git("tag", "--annotate", "--message", f"Merkblatt {version}", f"v{version}")
    _say(f"committed and tagged v{version}; nothing was pushed")


def _git(*words: str, cwd: Path = ROOT) -> str:
    return _run("git", *words, cwd=cwd)


def _run(*call: str | Path, cwd: Path) -> str:
    """What a program says on standard output; one that fails ends the release."""
    done = subprocess.run(call, cwd=cwd, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def _say(what: str) -> None:
    print(f"release: {what}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Proves that `./run release` makes a release that is whole, offline, or leaves everything as it was and says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

#: What git does not hold.
NOT_OURS = (
    ".git",
    ".venv",
    ".venv.lock",
    "*_cache",
    "__pycache__",
    "node_modules",
    "target",
    "out",
    "dist",
    ".coverage*",
)
#: Git as it is where nobody has set it up, and a network that refuses.
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    **{
        f"GIT_{who}_{what}": f"{what.lower()}@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "PIP_NO_INDEX": "1",
}


@pytest.fixture(scope="module", name="clone")
def _clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own that holds the program as it is now; tests leave its first commit checked out."""
    clone = tmp_path_factory.mktemp("release") / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(*NOT_OURS))
    git(clone, "init", "--quiet", "--initial-branch=main")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "All")
    return clone


def git(folder: Path, *words: str) -> str:
    call = ["git", *words]
    return subprocess.run(call, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def release(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, ".ci/release.py", *words]
    return subprocess.run(call, cwd=clone, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False)


def state(clone: Path) -> tuple[str, ...]:
    return tuple(
        git(clone, *words.split()) for words in ("status --porcelain --ignored", "log", "tag", "worktree list")
    )


def test_a_dry_run_does_all_and_leaves_everything_as_it_was(clone):
    before = state(clone)
    done = release(clone, "7.8.9", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "merkblatt-7.8.9.tar.gz and merkblatt-7.8.9-py3-none-any.whl are sound" in done.stderr
    assert done.stdout == ""
    assert state(clone) == before


def test_a_release_is_built_committed_and_tagged(clone, tmp_path):
    clone = shutil.copytree(clone, tmp_path / "clone")
    done = release(clone, "7.8.9")
    assert done.returncode == 0, done.stderr
    built = sorted(Path(line).name for line in done.stdout.splitlines())
    assert built == ["merkblatt-7.8.9-py3-none-any.whl", "merkblatt-7.8.9.tar.gz"]
    assert git(clone, "describe", "--exact-match", "main") == "v7.8.9\n"
    assert git(clone, "status", "--porcelain") == ""
    assert '__version__ = "7.8.9"' in git(clone, "show", "v7.8.9:merkblatt/core/version.py")
    changelog = git(clone, "show", "v7.8.9:CHANGELOG.md")
    assert changelog.index("## 7.8.9 (") < changelog.index("## 0.1.0")
    assert git(clone, "ls-files", "changelog.d/*.md") == ""
    with tarfile.open(clone / "dist" / "merkblatt-7.8.9.tar.gz") as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "run", "requirements.lock", "tests/conftest.py"} <= held
    assert {path.relative_to(clone).as_posix() for path in (clone / "styles" / "fonts").iterdir()} <= held
    refused = release(clone, "7.8.9")
    assert (refused.returncode, refused.stderr) == (1, "release: the tag v7.8.9 exists\n")


@pytest.mark.parametrize("version", ["2", "1.0", "v1.0.0", "1.0.0rc1", "01.2.3", "1.2.3.4", "1.2.x"])
def test_an_ill_formed_version_is_refused(clone, version):
    done = release(clone, version)
    assert (done.returncode, done.stderr) == (1, f"release: {version}: no version; write three numbers, as 0.2.0\n")


def test_a_lower_version_is_refused(clone):
    assert "0.0.9 is lower than" in release(clone, "0.0.9").stderr


@pytest.mark.parametrize("name", ["new.txt", "README.md"])
def test_a_tree_with_changes_is_refused(clone, tmp_path, name):
    clone = shutil.copytree(clone, tmp_path / "clone")
    (clone / name).write_text("changed")
    done = release(clone, "7.8.9", "--dry-run")
    assert (done.returncode, done.stderr) == (1, "release: the tree holds changes that are not committed\n")


def test_a_wheel_that_asks_the_network_is_not_released(clone, tmp_path):
    clone = shutil.copytree(clone, tmp_path / "clone")
    (clone / "merkblatt" / "cli" / "main.py").write_text("import socket; socket.getaddrinfo('example.org', 443)\n")
    git(clone, "commit", "--quiet", "--all", "--message", "Plant a fault")
    before = state(clone)
    done = release(clone, "7.8.9")
    assert done.returncode == 1
    assert "RuntimeError: a release is tried without network" in done.stderr
    assert state(clone) == before

"""The reference validator judges a few files of each kind; in CI it judges every sheet (.ci/run)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from merkblatt.pdf.merge import Part, bind
from tests.conftest import ROOT
from tests.pressed import pressed
from tests.processes import BRIEF_JAVA, run

VERAPDF = ROOT / "tests" / "verapdf"

pytestmark = [
    pytest.mark.skipif(
        not (shutil.which("java") and (VERAPDF / "target" / "dependency").is_dir()),
        reason="veraPDF needs java, and Maven to fetch it: mvn -f tests/verapdf/pom.xml dependency:copy-dependencies",
    ),
]


def judge(folder: Path, *flavours: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(VERAPDF / "validate"), str(folder), *flavours]
    environment = os.environ | BRIEF_JAVA
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_pages_for_a_person_and_bound_ones_are_for_readers_and_for_archives(tmp_path):
    parts = [Part("one", pressed("my-plan", "a4", "svg")), Part("two", pressed("neck-pain", "a4-large", "en"))]
    for part in parts:
        (tmp_path / f"{part.name}.pdf").write_bytes(part.pdf)
    (tmp_path / "bound.pdf").write_bytes(bind(parts, "Mappe"))
    judged = judge(tmp_path)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert judged.stdout.splitlines() == ["ua1: 3 of 3 pass", "2a: 3 of 3 pass"]


def test_the_second_part_of_the_standard_is_kept_where_it_is_asked_for(tmp_path):
    done = run("build", "my-plan", "--variant", "ua2", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    judged = judge(tmp_path, "ua2")
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_the_judge_sees_a_plain_file(tmp_path):
    done = run("build", "neck-pain", "--variant", "plain", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert judge(tmp_path, "ua1").returncode == 1

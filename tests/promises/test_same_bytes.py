"""Proves that the same order and the same library give the same bytes, wherever and whenever."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.pdf_facts import reading_order
from tests.pressed import PERSON, ROOT, pressed, write_practice
from tests.processes import run, run_command

#: Without and with drawings, with a table to fill in, and in another edition.
ORDERED = ("neck-pain", "low-back-exercises", "my-plan")
BUILD = ("build", *ORDERED, "--format", "a4", "--format", "a4-large", "--max-pages", "99")
#: What the program is made of.
PARTS = ("generate.py", "merkblatt", "leaflets", "templates", "styles")


def built(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module", name="copy")
def _copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, at a path that is no other's."""
    target = tmp_path_factory.mktemp("copy") / "a folder with spaces" / "und Umläuten"
    target.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            # What Python is just writing there has another name until it is whole.
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy2(ROOT / name, target / name)
    return target


def built_elsewhere(copy: Path, home: Path, *arguments: str) -> dict[str, bytes]:
    """What the copy builds, in a process of its own, in which all is another that may be: zone, language, seed…"""
    out = home / "a folder with spaces" / "und Umläuten"
    surroundings = {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "31415",
        "HOME": str(home), "USER": "someone-else",
    }  # fmt: skip
    done = run_command([sys.executable, str(copy / "generate.py"), *arguments, "-o", str(out)], home, surroundings)
    assert done.returncode == 0, done.stderr
    return built(out)


@pytest.fixture(scope="module", name="first")
def _first(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All sheets at both formats, built by the tool in a process of its own, elsewhere."""
    return built_elsewhere(copy, tmp_path_factory.mktemp("first"), *BUILD)


def test_each_is_built_at_each_format(first: dict[str, bytes]) -> None:
    assert set(first) == {f"{sheet}.de.{format_}.pdf" for sheet in ORDERED for format_ in ("a4", "a4-large")}
    assert all(pdf.startswith(b"%PDF-1.7") for pdf in first.values())


def test_a_library_s_call_here_gives_the_same_as_another_process_path_zone_language_seed_home_and_folder(
    first: dict[str, bytes],
) -> None:
    """One comparison of two that have nothing in common but the order and the library."""
    for name, pdf in first.items():
        sheet, _, format_, _ = name.split(".")
        assert pressed(sheet, format_) == pdf


def test_another_day_of_printing_changes_nothing_before_the_review_is_due(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    done = run("build", ORDERED[0], "--max-pages", "99", "--date", "2027-02-01", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    name = f"{ORDERED[0]}.de.a4.pdf"
    assert built(tmp_path)[name] == first[name]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_with_all_personal_fields_two_processes_give_the_same(kind: str, copy: Path, tmp_path: Path) -> None:
    words = ["build", "whiplash", "--max-pages", "99", *(f"--{field}={value}" for field, value in PERSON.items())]
    done = run(*words, "--practice", write_practice(tmp_path / "practice", kind), "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    here = built(tmp_path / "out")
    practice = write_practice(tmp_path / "elsewhere" / "practice", kind)
    assert built_elsewhere(copy, tmp_path / "elsewhere", *words, "--practice", str(practice)) == here
    # It was stamped: other bytes than those of a layout, the same leaflet (test_stamp).
    assert reading_order(here["whiplash.de.a4.pdf"]) == reading_order(pressed("whiplash", "a4", kind))


def test_with_a_cache_and_without_a_personal_leaflet_has_the_same_bytes(tmp_path: Path) -> None:
    words = ["whiplash", "--max-pages", "99", *(f"--{field}={value}" for field, value in PERSON.items())]
    for number, cache in enumerate(("", str(tmp_path / "cache"), str(tmp_path / "cache"))):
        done = run("build", *words, "-o", tmp_path / str(number), MERKBLATT_CACHE=cache)
        assert done.returncode == 0, done.stderr
    assert built(tmp_path / "0") == built(tmp_path / "1") == built(tmp_path / "2")


def test_a_page_in_html_is_the_same_at_another_path_and_time(copy: Path, tmp_path: Path) -> None:
    screen = ("build", *ORDERED, "--html", "--edition", "de", "--edition", "en")
    done = run(*screen, "-o", tmp_path / "here")
    assert done.returncode == 0, done.stderr
    here = built(tmp_path / "here")
    assert len(here) == len(ORDERED) * 2
    assert built_elsewhere(copy, tmp_path, *screen) == here


# Nothing of the machine


def readable(pdf: bytes) -> bytes:
    """The file with its streams laid open."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(
            target,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def traces(text: bytes) -> list[bytes]:
    """Paths of this machine in some bytes, in plain or as PDF's and XML's writers would put them down."""
    here = [str(ROOT), str(Path.home()), sys.prefix, "file:///", "/tmp/", "site-packages"]  # noqa: S108
    found = [word.encode() for word in here if len(word) > 4]
    found += [word.encode("utf-16-be") for word in here if len(word) > 4]
    return [word for word in found if word in text]


def test_no_path_of_the_machine_stands_in_the_file(first: dict[str, bytes]) -> None:
    for pdf in (*first.values(), pressed("whiplash", "a4", "svg"), pressed("whiplash", "a4", "png")):
        opened = readable(pdf)
        assert b"BT" in opened
        assert traces(opened) == []


def test_a_path_in_the_file_is_seen() -> None:
    with pikepdf.open(io.BytesIO(pressed("whiplash", "a4"))) as file:
        file.docinfo["/Producer"] = f"{ROOT}/templates"
        target = io.BytesIO()
        file.save(target)
    assert traces(readable(target.getvalue()))


def test_the_only_day_in_the_file_is_the_day_of_issue() -> None:
    """A clock would show: the file names the sheet's day of issue, and no time of the build."""
    opened = readable(pressed("whiplash", "a4"))
    days = set(re.findall(rb"D:(\d{8})", opened)) | {
        day.replace(b"-", b"") for day in re.findall(rb"<xmp:\w+Date>(\d{4}-\d\d-\d\d)", opened)
    }
    assert days == {issued("whiplash")}


def issued(sheet: str) -> bytes:
    (day,) = re.findall(
        r"^issued: (\S+)$", (ROOT / "leaflets" / "sheets" / f"{sheet}.yaml").read_text("utf-8"), re.MULTILINE
    )
    return str(day).replace("-", "").encode()

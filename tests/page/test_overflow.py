"""Proves that what would go wrong on paper is a finding with its place, and that no file is written then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place
from tests.pressed import press_own, write_own
from tests.print_facts import page_sizes
from tests.processes import run

LONG_WORD = "Wirbelsäulengymnastikübungsleiterfortbildungsveranstaltungsreihenprogrammheft"


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> Path:
    """A folder of own content that is sound, as `test_sound_content_is_pressed` proves."""
    return write_own(tmp_path / "own", {})


@pytest.fixture(name="change")
def _change(own: Path) -> Callable[[str, str, str], Path]:
    """Changes a word of a file, which must be there."""

    def change(name: str, old: str, new: str) -> Path:
        path = own / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return change


def style(own: Path, text: str, name: str = "extra.css") -> Path:
    path = own / "styles" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def findings(own: Path, **wish: Any) -> tuple[Finding, ...]:
    with pytest.raises(Faulty) as caught:
        press_own(own, **wish)
    return caught.value.findings


def one(own: Path, **wish: Any) -> Finding:
    (found,) = findings(own, **wish)
    return found


def test_sound_content_is_pressed(own: Path) -> None:
    assert len(page_sizes(press_own(own))) == 1
    assert len(page_sizes(press_own(own, format="a4-large"))) in {1, 2}


# Overflow


def test_a_word_too_long_for_its_column_names_the_module_s_title(own: Path, change: Any) -> None:
    path = change("modules/probe.yaml", "Gehen}", LONG_WORD + "}")
    found = one(own)
    assert found.code == "overflow"
    assert found.place.path == path
    assert found.place.line == 1
    assert " mm outside its box on page 1 (a4)" in found.message


@pytest.mark.parametrize("format_", ["a4", "a4-large"])
def test_a_word_too_long_in_a_statement_names_its_line(own: Path, change: Any, format_: str) -> None:
    path = change("modules/probe.yaml", "Gehen Sie", f"Gehen {LONG_WORD * 2}")
    found = one(own, format=format_)
    assert (found.code, found.place) == ("overflow", Place(path, 5, 9))


def test_a_word_too_long_for_a_cell_of_the_table_names_the_exercise(own: Path, change: Any) -> None:
    style(own, "table.doses { width: 120mm } table.doses thead th:first-child { width: 20mm }")
    path = change("exercises/probe-turn.yaml", "Kreisen}", "Schultergürtelkreisen}")
    found = one(own)
    assert found.code == "overflow"
    assert found.place.path == path


def test_the_same_word_fits_where_the_column_is_wide(own: Path, change: Any) -> None:
    change("exercises/probe-turn.yaml", "Kreisen}", "Schultergürtelkreisen}")
    assert press_own(own)


def test_text_too_high_for_a_box_of_fixed_height_is_found(own: Path, change: Any) -> None:
    path = change("modules/probe.yaml", "Gehen Sie jeden Tag.", "Gehen Sie jeden Tag eine Stunde. " * 6)
    style(own, ".module li { height: 10mm }")
    found = findings(own)
    assert {(finding.code, finding.place) for finding in found} == {("overflow", Place(path, 5, 9))}


def test_a_box_that_is_moved_off_the_page_is_found(own: Path) -> None:
    style(own, ".message p { margin-left: -30mm }")
    found = one(own)
    assert (found.code, found.place.path) == ("overflow", own / "sheets" / "probe.yaml")


def test_a_long_word_in_a_note_names_the_note_and_does_not_repeat_it(own: Path) -> None:
    found = one(own, note=LONG_WORD * 2)
    assert (found.code, found.place) == ("overflow", COMMAND_LINE)
    assert LONG_WORD[:12] not in str(found)


def test_a_long_word_in_a_name_names_the_name_and_does_not_repeat_it(own: Path) -> None:
    found = one(own, name=LONG_WORD * 2)
    assert (found.code, found.place) == ("overflow", COMMAND_LINE)
    assert LONG_WORD[:12] not in str(found)


@pytest.mark.parametrize("format_", ["a4", "a4-large"])
def test_a_logo_as_wide_as_a_banner_stays_on_the_page(own: Path, tmp_path: Path, format_: str) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4000 20"/>')
    practice = tmp_path / "practice.yaml"
    practice.write_text("name: Praxis\nlogo: logo.svg\n")
    assert press_own(own, practice=str(practice), format=format_)


def test_a_logo_that_a_style_makes_too_large_names_the_practice(own: Path, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"/>')
    practice = tmp_path / "practice.yaml"
    practice.write_text("name: Praxis\nlogo: logo.svg\n")
    style(own, ".letterhead { float: none; max-width: none } .logo { height: 80mm; margin: 0 }")
    pictures = [found for found in findings(own, practice=str(practice)) if "a picture stands" in found.message]
    assert {(found.code, found.place.path) for found in pictures} == {("overflow", practice)}


def test_a_long_word_in_the_practice_s_name_names_the_practice(own: Path, tmp_path: Path) -> None:
    practice = tmp_path / "practice.yaml"
    practice.write_text(f"name: {LONG_WORD}\n", "utf-8")
    assert {(found.code, found.place.path) for found in findings(own, practice=str(practice))} >= {
        ("overflow", practice)
    }


# Pages


def test_a_page_too_many_names_the_sheet_s_budget(own: Path, change: Any) -> None:
    path = change("sheets/probe.yaml", "pages: {a4: 2}", "pages: {a4: 1}")
    change("sheets/probe.yaml", "overview: true}", "overview: true}\n- {section: notes, lines: 18}")
    found = one(own)
    assert (found.code, found.place.path) == ("pages", path)
    assert found.place.line == 8
    assert found.message == "probe has 2 pages at a4, 1 are allowed"
    assert "--max-pages 2" in found.hint


def test_an_order_may_allow_more_pages(own: Path, change: Any) -> None:
    change("sheets/probe.yaml", "pages: {a4: 2}", "pages: {a4: 1}")
    change("sheets/probe.yaml", "overview: true}", "overview: true}\n- {section: notes, lines: 18}")
    assert len(page_sizes(press_own(own, max_pages=2))) == 2


def test_a_page_too_many_for_the_order_names_the_order(own: Path, change: Any) -> None:
    change("sheets/probe.yaml", "overview: true}", "overview: true}\n- {section: notes, lines: 18}")
    found = one(own, max_pages=1)
    assert (found.code, found.place) == ("pages", COMMAND_LINE)


def test_a_format_without_budget_has_no_limit(own: Path, change: Any) -> None:
    change("sheets/probe.yaml", "overview: true}", "overview: true}\n- {section: notes, lines: 30}")
    assert len(page_sizes(press_own(own, format="a4-large"))) > 1


# What the engine warns of


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("p { colour: red }", 1, 5, "colour"),
        ("p { }\n  p { font-size: groß }", 2, 7, "font-size"),
        ("p { }\n\nh2::after-all { color: red }", 0, 0, "h2::after-all"),  # the engine tells no line of selectors
        ("@media (broken { p { color: red } }", 1, 1, ""),
    ],
)
def test_a_style_that_the_engine_does_not_know_names_its_line(
    own: Path, text: str, line: int, column: int, words: str
) -> None:
    path = style(own, text)
    found = findings(own)
    assert (found[0].code, found[0].place) == ("layout", Place(path, line, column))
    assert words in found[0].message


def test_a_picture_that_is_not_there_names_the_style(own: Path) -> None:
    path = style(own, "h1 { color: black }\nh2 { background: url(none.png) }")
    found = one(own)
    assert (found.code, found.place.path, found.place.line) == ("offline", path, 2)
    assert "none.png is not read: is no file" in found.message


def test_a_picture_that_is_none_is_found(own: Path) -> None:
    (own / "styles").mkdir()
    (own / "styles" / "text.png").write_text("no picture")
    style(own, "h2 { background: url(text.png) }")
    found = findings(own)
    assert {finding.code for finding in found} == {"layout"}
    assert "text.png" in found[0].message


def test_a_font_that_is_none_is_found(own: Path) -> None:
    (own / "styles").mkdir()
    (own / "styles" / "text.ttf").write_text("no font")
    style(own, "@font-face { font-family: X; src: url(text.ttf) }\nh2 { font-family: X }")
    assert {finding.code for finding in findings(own)} == {"layout"}


def test_all_that_is_wrong_is_told_at_once(own: Path, change: Any) -> None:
    style(own, "p { colour: red }")
    change("modules/probe.yaml", "Gehen}", f"{LONG_WORD} \u6b69}}")
    found = findings(own, max_pages=1)
    assert {finding.code for finding in found} == {"layout", "overflow", "glyph"}


# The tool


def test_the_tool_tells_place_and_mend_and_writes_nothing(own: Path, tmp_path: Path, change: Any) -> None:
    path = change("modules/probe.yaml", "Gehen Sie", f"Gehen {LONG_WORD * 2}")
    done = run("build", "probe", "--leaflets", own, "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"{path.relative_to(tmp_path)}:5:9: text stands " in done.stderr
    assert "\n  hint: " in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_sheet_at_fault_does_not_stop_the_others(own: Path, tmp_path: Path, change: Any) -> None:
    for name in ("sheets", "modules"):
        (own / name / "second.yaml").write_bytes((own / name / "probe.yaml").read_bytes())
    change("sheets/second.yaml", "modules: [probe]", "modules: [second]")
    change("modules/probe.yaml", "Gehen Sie", f"Gehen {LONG_WORD * 2}")
    done = run("build", "probe", "second", "--leaflets", own, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["second.de.a4.pdf"]
    assert done.stdout == f"{tmp_path}/out/second.de.a4.pdf\n"

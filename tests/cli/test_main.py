"""The tool as a person meets it: what it prints where, its exit codes, its messages, and what it never tells."""

from __future__ import annotations

import errno
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from merkblatt.content.format_ids import FORMATS
from merkblatt.content.library import Library
from tests.conftest import GOLDEN, ROOT, SMALL, Content, label_text

# --- exit codes and streams -------------------------------------------------------------------------------


def test_what_is_written_is_printed_and_nothing_else(run, small_program):
    ran = run("build", "pain", "--html", "-o", "out")
    assert (ran.code, ran.out) == (0, "out/pain.de.html\n")
    assert ran.err == "1/1 pain.de.html\n"
    assert [path.name for path in Path("out").iterdir()] == ["pain.de.html"]


def test_quiet_says_nothing_but_paths_and_findings(run, small_program):
    assert run("build", "pain", "--html", "-q").err == ""
    small_program.change("modules/moving.yaml", "Gehen Sie.", "TODO")
    ran = run("build", "pain", "--html", "-q")
    assert (ran.code, ran.out) == (1, "")
    assert "is not written yet" in ran.err


def test_each_sheet_edition_and_format_becomes_a_file(run, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"])
    ran = run("build", "--all", "--format", "html", "--format", "text", "-o", "out")
    assert ran.code == 0
    assert ran.out.split() == ["out/other.de.html", "out/other.de.txt", "out/pain.de.html", "out/pain.de.txt"]


def test_a_sheet_that_is_asked_for_twice_is_built_once(run, small_program):
    assert run("build", "pain", "pain", "--html").out == "out/pain.de.html\n"


def test_done_in_part_is_told_by_its_own_code(run, small_program):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"].replace("de: Schmerz", "de: TODO"))
    ran = run("build", "--all", "--html")
    assert (ran.code, ran.out) == (3, "out/pain.de.html\n")
    assert ran.err.startswith("1/2 other.de.html: not built\n2/2 pain.de.html\n")
    assert "leaflets/sheets/other.yaml:1:13: is not written yet" in ran.err
    assert not Path("out/other.de.html").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["build"],
        ["build", "pain", "--all"],
        ["build", "pian"],
        ["build", "pain", "--edition", "fr"],
        ["build", "pain", "--format", "a3"],
        ["build", "pain", "--weeks", "many"],
        ["build", "pain", "--weeks", "-1"],
        ["build", "pain", "--weeks", "5201"],
        ["build", "pain", "--with", "none"],
        ["build", "pain", "--without", "cold"],
        ["build", "pain", "--circumstance", "tension"],
        ["build", "pain", "--circumstance", "tension=maybe"],
        ["build", "pain", "--circumstance", "tense=yes"],
        ["build", "pain", "--practice", "none.yaml"],
        ["build", "pain", "--date", "23.11.2026"],
        ["build", "pain", "--max-pages", "0"],
        ["build", "pain", "--name", ""],
        ["build", "pain", "--nonsense"],
        ["new"],
        ["new", "sheet", "Größe"],
        ["new", "sheet", "../x"],
        ["new", "module", "x"],
        ["new", "module", "x", "--claim", "9-z"],
        ["new", "module", "x", "--claim", "1-a", "--section", "none"],
        ["schema", "none"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run, small_program, words):
    ran = run(*words, *(["--html"] if words[:1] == ["build"] else []))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["build", "pain", "--with", "cold"],
        ["build", "pain", "--order", "none.yaml"],
        ["build", "pain", "--order", "leaflets"],
        ["build", "pain", "--order", "leaflets/claims.yaml"],
        ["build", "pain", "--practice", "leaflets/claims.yaml"],
        ["build", "pain", "-o", "file/out"],
        ["build", "pain", "-o", "file"],
        ["build", "pain", "--leaflets", "file"],
        ["check", "--leaflets", "none"],
        ["list", "--leaflets", "none"],
        ["new", "module", "warmth", "--claim", "1-a"],
    ],
    ids=" ".join,
)
def test_content_or_data_at_fault_ends_with_1(run, small_program, words):
    Path("file").write_text("kept")
    ran = run(*words, *(["--html"] if words[:1] == ["build"] else []))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert "fault of the program" not in ran.err
    assert Path("file").read_text() == "kept"


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["build", "--help"], ["new", "module", "--help"], ["--version"]])
def test_help_is_data_and_ends_with_0(run, words):
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_a_fault_of_the_program_is_told_without_traceback_and_without_values(run, small_program, monkeypatch):
    def break_down(*_, **__):
        raise RuntimeError("Erika Muster")

    monkeypatch.setattr("merkblatt.build.build._build_one", break_down)
    ran = run("build", "pain", "--name", "Erika Muster")
    assert ran.code == 1
    assert "Erika" not in ran.err
    assert "merkblatt: a fault of the program: RuntimeError in test_main.py:" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("MERKBLATT_DEBUG", "1")
    assert "Traceback" in run("build", "pain").err


def test_who_stops_it_is_told_what_is_whole(run, small_program, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("merkblatt.build.build._build_one", stop)
    ran = run("build", "pain")
    assert ran.code == 130
    assert "stopped; what was finished is whole" in ran.err


# --- the real sheets --------------------------------------------------------------------------------------


def statements_of(library: Library, *claims: str) -> list[str]:
    """The plain texts of the statements that carry one of some claims."""
    found = [s for module in library.modules.values() for s in module.statements if set(claims) & set(s.claims)]
    return [s.text.root["de"].replace("**", "") for s in found]


def words_of(path: Path) -> str:
    body = path.read_text(encoding="utf-8").split("<body>")[1]
    return html.unescape(re.sub("<[^>]+>", "", body))


def test_whiplash_of_a_week_is_cooled_without_a_collar_and_not_chronic(run, library, tmp_path):
    assert run("build", "whiplash", "--weeks", "1", "--html", "-o", tmp_path).code == 0
    page = words_of(tmp_path / "whiplash.de.html")
    cooling = [s for s in library.modules["whiplash-cool-first"].statements if "4.1-e" in s.claims]
    assert cooling
    assert all(s.text.root["de"].replace("**", "") in page for s in cooling)
    assert all(text in page for text in statements_of(library, "4.1-b"))
    chronic = statements_of(library, "4.1-k", "4.1-l")
    assert chronic
    assert not any(text in page for text in chronic)


def test_neck_pain_of_14_weeks_says_now_and_not_if(run, library, tmp_path):
    labels = library.editions["de"].labels
    assert run("build", "neck-pain", "--weeks", "14", "--html", "-o", tmp_path).code == 0
    page = words_of(tmp_path / "neck-pain.de.html")
    assert labels.weeks_over_now.other.format(weeks=12) in page
    assert labels.weeks_over.other.format(weeks=12) not in page
    assert all(text in page for text in statements_of(library, "3.2.2-g", "3.2.2-i", "3.2.2-j"))
    assert run("build", "neck-pain", "--html", "-o", tmp_path).code == 0
    assert labels.weeks_over.other.format(weeks=12) in words_of(tmp_path / "neck-pain.de.html")


# --- orders -----------------------------------------------------------------------------------------------


def test_an_order_file_is_met_and_the_command_line_wins(run, small_program):
    Path("order.yaml").write_text(
        "sheet: pain\nformat: a4-large\nweeks: 3\nname: Erika\ncircumstances: {tension: false}\n"
    )
    assert run("build", "--order", "order.yaml", "--html").out == "out/pain.de.html\n"
    page = Path("out/pain.de.html").read_text()
    assert "for_weeks 3" in page
    assert "Wärmen Sie." not in page
    ran = run("build", "--order", "order.yaml", "--weeks", "13", "--circumstance", "tension=yes", "--html")
    assert ran.out == "out/pain.de.html\n"
    page = Path("out/pain.de.html").read_text()
    assert "for_weeks 13" in page
    assert "for_name Erika" in page
    assert "Wärmen Sie." in page


def test_a_practice_is_looked_for_beside_the_order_that_names_it(run, small_program):
    Path("orders").mkdir()
    Path("orders/praxis.yaml").write_text("name: Praxis am Markt\n")
    Path("orders/order.yaml").write_text("sheet: pain\npractice: praxis.yaml\n")
    assert run("build", "--order", "orders/order.yaml", "--html").code == 0
    assert "Praxis am Markt" in Path("out/pain.de.html").read_text()
    assert run("build", "--order", "orders/order.yaml", "--practice", "praxis.yaml", "--html").code == 2


def test_the_day_of_printing_decides_what_is_overdue(run, small_program):
    def overdue(*words: str) -> bool:
        assert run("build", "pain", "--html", *words).code == 0
        return label_text("overdue").split()[0] in Path("out/pain.de.html").read_text().split("<body>")[1]

    assert not overdue()
    assert overdue("--date", "2028-11-24")


# --- a person's words -------------------------------------------------------------------------------------

NAME, NOTE = "Erika Musterfrau", "Kontrolle wegen Zuckerkrankheit"


def assert_told_nowhere(ran, *folders: Path) -> None:
    for word in ("Erika", "Musterfrau", "Kontrolle", "Zucker"):
        assert word not in ran.out
        assert word not in ran.err
        for folder in folders:
            assert not [path for path in folder.rglob("*") if word in path.name]


def test_name_and_note_stand_in_the_page_and_nowhere_else(run, small_program, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    ran = run("build", "pain", "--name", NAME, "--note", NOTE, "--html", "-o", "out")
    assert ran.code == 0
    assert_told_nowhere(ran, tmp_path)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert new == {tmp_path / "out/pain.de.html"}
    assert NAME in (tmp_path / "out/pain.de.html").read_text()
    assert NOTE in (tmp_path / "out/pain.de.html").read_text()


def test_a_visit_is_told_on_the_command_line_too(run, small_program):
    visit = ["--salutation", "Frau", "--appointment", "Mo, 9 Uhr", "--counsellor", "S. Keller"]
    assert run("build", "pain", "--html", "--name", NAME, *visit, "--handed-out", "2026-11-20").code == 0
    page = Path("out/pain.de.html").read_text()
    assert [word in page for word in (f"Frau {NAME}", "Mo, 9 Uhr", "S. Keller", "20. November 2026")] == [True] * 4


@pytest.mark.parametrize(
    "words",
    [
        ["--name", NAME + "\n"],
        ["--salutation", NAME],
        ["--appointment", NAME + "\u202e"],
        ["--name", NAME + "\u202e"],
        ["--name", NAME * 50],
        ["--note", NOTE + "\x1b[31m"],
        ["--note", NOTE * 200],
        ["--name", NAME, "--note", NOTE, "--with", "cold"],
        ["--name", NAME, "--note", NOTE, "-o", "/dev/null"],
        ["--name", NAME, "--note", NOTE, "--format", "a3"],
    ],
    ids=range(10),
)
def test_no_refusal_repeats_a_person_s_words(run, small_program, tmp_path, words):
    ran = run("build", "pain", "--html", *words)
    assert ran.code in {1, 2}
    assert_told_nowhere(ran, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        f"name: [{NAME}]",
        f"note: {{{NOTE}: 1}}",
        f"note: *{NOTE}",
        f"note: {NOTE}: {NAME}: x",
        f'note: "{NOTE}',
        f'name: "{NAME}\\u202e"',
        f"name: {NAME}\nname: {NAME}",
    ],
)
def test_no_fault_of_an_order_file_repeats_a_person_s_words(run, small_program, tmp_path, text):
    Path("order.yaml").write_text(f"sheet: pain\n{text}\n")
    ran = run("build", "--order", "order.yaml", "--html")
    assert ran.code == 1
    assert ran.err.startswith("order.yaml:")
    assert_told_nowhere(ran, tmp_path)


# One group: the engine that lays out is started once for all of them.
@pytest.mark.xdist_group("press")
def test_a_pdf_is_built_and_a_person_s_words_stay_in_it(run, small_program, tmp_path):
    ran = run("build", "pain", "--name", NAME, "--note", NOTE, "-o", "out")
    assert (ran.code, ran.out) == (0, "out/pain.de.a4.pdf\n")
    assert ran.err in {"1/1 pain.de.a4.pdf: 1 pages\n", "1/1 pain.de.a4.pdf: 2 pages\n"}
    assert_told_nowhere(ran, tmp_path)
    assert Path("out/pain.de.a4.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.xdist_group("press")
@pytest.mark.parametrize("option", ["--name", "--note"])
def test_a_letter_that_no_font_has_is_told_without_the_letter(run, small_program, option):
    ran = run("build", "pain", option, "Erika \U00012000 Musterfrau")
    assert ran.code == 1
    assert "command line: no font has the character U+12000\n" in ran.err
    assert "\U00012000" not in ran.err
    assert_told_nowhere(ran)
    assert not Path("out/pain.de.a4.pdf").exists()


@pytest.mark.xdist_group("press")
def test_a_letter_in_the_content_is_told_with_its_place(run, small_program):
    small_program.change("modules/moving.yaml", "Gehen Sie.", "Gehen Sie \U00012000.")
    ran = run("build", "pain")
    assert ran.code == 1
    assert 'leaflets/modules/moving.yaml:4:20: no font has the character U+12000 "\U00012000"' in ran.err


@pytest.mark.xdist_group("press")
def test_a_page_too_many_is_told_where_the_budget_stands(run, small_program):
    small_program.change("sheets/pain.yaml", "a4: 2", "a4: 1")
    ran = run("build", "pain", "--note", "Satz. " * 300)
    assert ran.code == 1
    assert "leaflets/sheets/pain.yaml:10:8: pain has " in ran.err
    assert "Satz" not in ran.err
    assert run("build", "pain", "--note", "Satz. " * 300, "--max-pages", "9").code == 0


@pytest.mark.xdist_group("press")
@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("p { background: url(https://example.org/a.png) }", "only files beside the style or the template are read"),
        ("p { background: url(../../secret.png) }", "lies outside the given folders"),
        ("@import url(file:///etc/passwd);", "lies outside the given folders"),
        ("p { colour: red }", "at 1:5, unknown property"),
    ],
)
def test_a_style_of_one_s_own_that_is_at_fault_is_told_in_its_file(run, small_program, tmp_path, rule, message):
    (tmp_path / "secret.png").write_bytes(b"x")
    own = Content(tmp_path / "own")
    own.write("styles/extra.css", rule)
    ran = run("build", "pain", "--leaflets", "own")
    assert ran.code == 1
    assert message in ran.err
    assert "own/styles/extra.css:1:" in ran.err


@pytest.mark.xdist_group("press")
def test_a_picture_that_cannot_be_drawn_is_not_told_byte_by_byte(run, small_program, tmp_path):
    own = Content(tmp_path / "own")
    picture = "data:image/png;base64," + "A" * 5000
    own.write("styles/extra.css", f"h1::before {{ content: url({picture}) }}")
    ran = run("build", "pain", "--leaflets", "own")
    assert ran.code == 1
    assert "data:image/png;base64,…" in ran.err
    assert len(ran.err) < 1000


def test_a_folder_of_one_s_own_overrides_content_template_and_style(run, small_program, tmp_path):
    own = Content(tmp_path / "own")
    own.write("modules/moving.yaml", SMALL["modules/moving.yaml"].replace("Gehen Sie.", "Tanzen Sie."))
    own.write(
        "templates/page.html.j2",
        "<h1>{{ leaflet.title }}</h1>{{ leaflet.parts[0].advice[0].groups[0].runs[0].items[0].text }}{{ head_styles }}",
    )
    own.write("styles/extra.css", "p { color: #010203 }")
    assert run("build", "pain", "--html", "--leaflets", "own").code == 0
    page = Path("out/pain.de.html").read_text()
    assert page.startswith("<h1>Schmerz</h1>Tanzen Sie.<style>")
    assert "#010203" in page


@pytest.mark.parametrize(
    "name", ["modules/moving.yaml", "templates/page.html.j2", "styles/extra.css", "styles", "modules"]
)
def test_a_link_out_of_a_folder_of_one_s_own_is_refused(run, small_program, tmp_path, name):
    inside, outside = tmp_path / "own" / name, tmp_path / "outside"
    inside.parent.mkdir(parents=True)
    if "." in name:
        outside.write_text(SMALL["modules/moving.yaml"])
    else:
        outside.mkdir()
        (outside / "moving.yaml").write_text(SMALL["modules/moving.yaml"])
    inside.symlink_to(outside)
    ran = run("build", "pain", "--html", "--leaflets", "own")
    assert ran.code == 1
    assert "leads out of" in ran.err
    assert not Path("out/pain.de.html").exists()


# --- files appear whole -----------------------------------------------------------------------------------


def test_a_full_disk_in_the_middle_of_many_keeps_what_was_finished(run, small_program, monkeypatch):
    small_program.write("sheets/other.yaml", SMALL["sheets/pain.yaml"])
    calls: list[int] = []

    def full_at_the_second(_):
        calls.append(1)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("merkblatt.core.atomic_write.os.fsync", full_at_the_second)
    ran = run("build", "--all", "--html")
    assert (ran.code, ran.out) == (3, "out/other.de.html\n")
    assert "out/pain.de.html: cannot be written: No space left on device" in ran.err
    assert [path.name for path in Path("out").iterdir()] == ["other.de.html"]
    assert Path("out/other.de.html").read_text().rstrip().endswith("</html>")


# --- check, list, new, schema, info -----------------------------------------------------------------------


def test_check_tells_findings_on_stderr_and_counts_them(run, small_program):
    ran = run("check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("checked: 0 errors, 0 warnings, 1 notes\n")


def test_check_fails_for_errors_and_if_strict_for_warnings(run, small_program):
    small_program.change("modules/moving.yaml", "2028-11-23", "2026-11-22")
    assert run("check").code == 0
    assert run("check", "--strict").code == 1
    small_program.change("modules/moving.yaml", "[1-a]", "[1-x]")
    assert run("check").code == 1


@pytest.mark.parametrize("damage", ["none", "loads not"])
def test_check_as_json_is_json_whatever_is_wrong(run, small_program, damage):
    if damage == "loads not":
        small_program.change("modules/moving.yaml", "section:", "sektion:")
    ran = run("check", "--json")
    found = json.loads(ran.out)
    assert ran.err == ""
    assert {tuple(sorted(one)) for one in found} == {("code", "column", "file", "hint", "line", "message", "severity")}
    assert ran.code == (1 if damage == "loads not" else 0)


def test_list_names_all_there_is(run, small_program):
    facts = json.loads(run("list", "--json").out)
    assert list(facts["sheets"]) == ["pain"]
    assert facts["sheets"]["pain"]["modules"] == ["moving", "warmth", "later", "flags"]
    assert sorted(facts["modules"]) == ["cold", "flags", "later", "moving", "warmth"]
    assert facts["modules"]["cold"]["contradicts"] == ["warmth"]
    assert facts["formats"] == list(FORMATS)
    text = run("list").out
    for name in ("pain", "moving", "turn", "de", "a4-large", "tension"):
        assert f"  {name}" in text


def test_what_new_writes_is_checked_as_unwritten_and_not_built(run, small_program):
    assert run("new", "sheet", "rest").out.strip().endswith("leaflets/sheets/rest.yaml")
    assert run("new", "module", "calm", "--claim", "1-b", "--section", "work").out.strip().endswith("modules/calm.yaml")
    ran = run("check")
    assert ran.code == 1
    assert ran.err.count("is not written yet") == 5
    ran = run("build", "rest", "--html")
    assert (ran.code, ran.out) == (1, "")
    assert "leaflets/sheets/rest.yaml:2:13: is not written yet" in ran.err
    assert run("build", "pain", "--with", "calm", "--html").code == 1
    assert run("build", "pain", "--html").code == 0


def test_new_writes_into_the_folder_of_one_s_own(run, small_program):
    Path("own").mkdir()
    assert run("new", "sheet", "rest", "--leaflets", "own").code == 0
    assert run("new", "sheet", "peace", "-o", "third").code == 0
    assert Path("own/sheets/rest.yaml").is_file()
    assert Path("third/sheets/peace.yaml").is_file()
    assert not (small_program.root / "sheets/rest.yaml").exists()


def test_schema_tells_kinds_and_prints_one(run, small_program):
    kinds = run("schema").out.split()
    assert {"sheet", "module", "exercise", "order", "practice", "claims"} <= set(kinds)
    for kind in kinds:
        assert json.loads(run("schema", kind).out)["$schema"].startswith("https://json-schema.org/")


def test_info_tells_versions_and_what_is_missing(run):
    ran = run("info", "--json")
    facts = json.loads(ran.out)
    assert facts["packages"]["weasyprint"].startswith("70.")
    assert (ran.code == 1) is bool(facts["missing"])
    assert "weasyprint: 70." in run("info").out


# --- as a process -----------------------------------------------------------------------------------------


@pytest.fixture
def process(tmp_path):
    """Runs generate.py as a person does, with a folder of their own that holds the small sheet."""
    own = Content(tmp_path / "own")
    for name in ("modules/moving.yaml", "modules/flags.yaml", "exercises/turn.yaml", "links.yaml", "sources.yaml"):
        own.write(name, SMALL[name].replace("1-a", "9-a").replace("1-b", "9-b"))
    own.write("claims.yaml", "source: book\nclaims:\n- {id: 9-a, topics: [neck], fact: Moving helps}\n")
    own.write(
        "sheets/pain.yaml",
        SMALL["sheets/pain.yaml"]
        .replace(", warmth", "")
        .replace("- {section: longer, modules: [later]}\n", "")
        .replace("1-a", "9-a"),
    )

    def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "generate.py"), *words],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return start


@pytest.mark.xdist_group("press")
def test_a_process_builds_a_pdf_and_prints_its_path(process, tmp_path):
    ran = process("build", "pain", "--leaflets", "own", "-o", "mine", "--name", NAME)
    assert ran.stderr.startswith("1/1 pain.de.a4.pdf: ")
    assert (ran.returncode, ran.stdout) == (0, f"mine{os.sep}pain.de.a4.pdf\n")
    assert NAME not in ran.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["pain.de.a4.pdf"]


def test_a_process_ends_with_the_agreed_codes(process):
    assert process("build", "pain", "--leaflets", "own", "--html", "-q").returncode == 0
    ran = process("build", "pain", "--leaflets", "none")
    assert (ran.returncode, ran.stdout, ran.stderr.split("\n")[0]) == (1, "", "none: is not a folder")
    ran = process("build", "pian", "--leaflets", "own", "-q")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert 'command line: unknown sheet "pian"\n  hint: did you mean "pain"?' in ran.stderr


def test_a_process_has_no_colour_where_nobody_asked_for_it(process):
    for environment in ({}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}):
        assert "\x1b" not in process("build", "pian", "--leaflets", "own", **environment).stderr


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """What a process says on a terminal's standard error."""
    reader, terminal = os.openpty()
    call = [sys.executable, str(ROOT / "generate.py"), *words]
    surroundings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(call, cwd=folder, env={**surroundings, **environment}, stderr=terminal, timeout=60, check=False)
    os.close(terminal)
    said = os.read(reader, 100_000).decode()
    os.close(reader)
    return said


def test_a_terminal_gets_colours_unless_it_wants_none(tmp_path):
    coloured, plain = (on_a_terminal(tmp_path, "build", "pian", "-q", NO_COLOR=wish) for wish in ("", "1"))
    assert coloured.startswith("\x1b[31mcommand line: unknown sheet")
    assert plain.startswith("command line: unknown sheet")
    assert "\x1b" not in plain


def test_a_terminal_sees_a_bar_without_a_person_s_words(process, tmp_path):
    said = on_a_terminal(tmp_path, "build", "pain", "--leaflets", "own", "--html", "--name", NAME, NO_COLOR="1")
    assert "1/1" in said
    assert "pain.de.html" in said
    assert "Erika" not in said
    assert not re.search(r"\x1b\[[0-9;]*m", said)


def test_a_process_whose_output_nobody_reads_ends_quietly(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = subprocess.run(
            [sys.executable, str(ROOT / "generate.py"), "list"],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_process_whose_output_cannot_be_written_does_not_end_well(tmp_path):
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, str(ROOT / "generate.py"), "list"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr


# --- messages that a reader can judge ---------------------------------------------------------------------

CASES = [
    "accent-too-pale",
    "anchors",
    "colon-in-text",
    "contradiction",
    "edition-labels",
    "ids-twice",
    "missing-text",
    "names-that-lead-nowhere",
    "order-with-a-person",
    "review-due",
    "second-document",
    "sheet-unknown",
    "tabs",
    "unknown-keys",
    "unwritten",
    "without-what-is-not-there",
    "wrong-types",
]


def read_case(text: str) -> tuple[dict[str, str], list[str]]:
    """The files and the call of a golden: `=== NAME` begins a file, `$ WORDS` is the call."""
    before = text.split("\n$ ", 1)[0]
    call = text.split("\n$ ", 1)[1].split("\n", 1)[0]
    files = dict(part.split("\n", 1) for part in before.split("=== ")[1:])
    return files, call.split()


@pytest.mark.parametrize("case", CASES)
def test_a_message_reads_as_it_should(run, small_program, golden, case):
    name = f"errors/{case}.txt"
    assert (GOLDEN / name).is_file(), f"{name} is missing"
    text = (GOLDEN / name).read_text(encoding="utf-8")
    files, words = read_case(text)
    for path, held in files.items():
        small_program.write(path.removeprefix("leaflets/") if path.startswith("leaflets/") else f"../{path}", held)
    ran = run(*words)
    golden(name, f"{text.split('$ ', 1)[0]}$ {' '.join(words)}\n{ran.out}{ran.err}exit {ran.code}\n")


def test_every_golden_of_a_message_is_tried():
    assert sorted(path.stem for path in (GOLDEN / "errors").glob("*.txt")) == CASES

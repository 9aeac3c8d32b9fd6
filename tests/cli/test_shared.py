"""What every command shares: how findings are told, the day of printing, a folder of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
import pytest

from merkblatt.cli.shared import code_of, printing_day, tell
from merkblatt.core.findings import COMMAND_LINE, Finding, Place, Severity
from tests.conftest import SMALL, Content, label_text


def test_the_day_of_printing_decides_what_is_overdue(run, small_program):
    def overdue(*words: str) -> bool:
        assert run("build", "pain", "--html", *words).code == 0
        return label_text("overdue").split()[0] in Path("out/pain.de.html").read_text().split("<body>")[1]

    assert not overdue()
    assert overdue("--date", "2028-11-24")


# --- a folder of one's own ------------------------------------------------------------------------------------


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


def test_a_picture_that_cannot_be_drawn_is_not_told_byte_by_byte(run, small_program, tmp_path):
    own = Content(tmp_path / "own")
    picture = "data:image/png;base64," + "A" * 5000
    own.write("styles/extra.css", f"h1::before {{ content: url({picture}) }}")
    ran = run("build", "pain", "--leaflets", "own")
    assert ran.code == 1
    assert "data:image/png;base64,…" in ran.err
    assert len(ran.err) < 1000


# --- findings, codes, days ----------------------------------------------------------------------------------

FAULT = Finding(Place(Path("a.yaml"), 3, 4), "is wrong", "mend it")
USAGE = Finding(COMMAND_LINE, 'unknown sheet "pian"', code="unknown-name")


def test_each_finding_is_told_once_on_standard_error(capsys):
    tell([FAULT, USAGE, FAULT])
    told = 'a.yaml:3:4: is wrong\n  hint: mend it\ncommand line: unknown sheet "pian"\n'
    assert capsys.readouterr() == ("", told)


def test_errors_are_red_warnings_yellow_and_notes_plain(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    tell(replace(FAULT, severity=severity) for severity in Severity)
    assert capsys.readouterr().err.split("\n") == [
        "\x1b[31ma.yaml:3:4: is wrong\x1b[0m",
        "  hint: mend it",
        "\x1b[33ma.yaml:3:4: warning: is wrong\x1b[0m",
        "  hint: mend it",
        "a.yaml:3:4: note: is wrong",
        "  hint: mend it",
        "",
    ]


@pytest.mark.parametrize(
    ("faults", "is_any_made", "code"),
    [((), True, 0), ((), False, 0), ((FAULT,), True, 3), ((FAULT, USAGE), False, 1), ((USAGE,), False, 2)],
)
def test_the_exit_code_of_several_things(faults, is_any_made, code):
    assert code_of(faults, is_any_made=is_any_made) == code


def test_the_day_of_printing_can_be_set_from_outside(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    assert printing_day() == date(2026, 11, 23)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(printing_day() - datetime.now().astimezone().date()).days <= 1


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30])
def test_a_day_that_is_none_is_wrong_usage(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(click.UsageError, match="must be seconds since 1970"):
        printing_day()

"""Templates: own ones override the program's, a fault is told by its line, none reaches what it is not given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from merkblatt.content.model import Dose
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import Folders
from merkblatt.page.compose import compose
from merkblatt.page.template_engine import render
from tests.conftest import told
from tests.page.reading import refusal


def test_an_own_template_overrides_the_program_s(content, own):
    folders = own({"templates/page.html.j2": "<h1>{{ leaflet.title }}</h1>{{ leaflet.note }}"})
    assert compose(content.choose(note="<b>"), folders).html == "<h1>Schmerz</h1>&lt;b&gt;"


def test_a_template_that_is_a_link_out_of_the_folder_is_refused(content, own, tmp_path):
    (tmp_path / "secret").write_text("root")
    folders = own({"templates/page.html.j2": '{% include "in.j2" %}'})
    (tmp_path / "own/templates/in.j2").symlink_to(tmp_path / "secret")
    assert refusal(content.choose(), folders, tmp_path) == ["own/templates/in.j2: leads out of the folder of templates"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "../../../../etc/passwd"])
def test_a_template_includes_nothing_from_outside(content, own, tmp_path, name):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/secret").write_text("root")
    folders = own({"templates/page.html.j2": f'{{% include "{name}" %}}'})
    (fault,) = refusal(content.choose(), folders, tmp_path)
    assert fault.endswith(f"has no template {name}")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{{ nothing }}", "own/templates/page.html.j2:2:1: template: 'nothing' is undefined"),
        (
            "\n\n{% if %}",
            "own/templates/page.html.j2:3:1: template: Expected an expression, got 'end of statement block'",
        ),
        ("{{ leaflet.nothing }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ leaflet.title() }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ 1 / 0 }}", "own/templates/page.html.j2:1:1: template: division by zero"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ leaflet.__class__.__mro__ }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "own/templates/page.html.j2:1:1: template: "),
        ("{{ mark.__globals__ }}", "own/templates/page.html.j2:1:1: template: "),
        ('{% extends "page.html.j2" %}', "own/templates/page.html.j2:1:1: template: "),
    ],
)
def test_a_template_at_fault_is_told_by_its_line(content, own, tmp_path, template, message):
    folders = own({"templates/page.html.j2": template})
    (fault,) = refusal(content.choose(), folders, tmp_path)
    assert fault.startswith(message)


@pytest.mark.parametrize(
    "template",
    [
        "{{ leaflet.labels[leaflet.name] }}",
        "{{ leaflet.name.nothing }}",
        "{{ leaflet.note | int(leaflet.nothing) }}",
        "{{ {}[leaflet.note] }}",
        "{% include leaflet.name %}",
        "{{ leaflet.name % 1 }}",
    ],
)
def test_a_template_at_fault_does_not_tell_a_person_s_words(content, own, tmp_path, template):
    folders = own({"templates/page.html.j2": template})
    (fault,) = refusal(content.choose(name="Erika", note="Diabetes"), folders, tmp_path)
    assert "Erika" not in fault
    assert "Diabetes" not in fault


@pytest.fixture
def templates(tmp_path):
    """Two folders of templates, the first for what a program brings, the second a user's own; gives `write`."""
    base, own = tmp_path / "base", tmp_path / "own"
    base.mkdir()
    own.mkdir()

    def write(name: str, text: str) -> Folders:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return Folders((), (base, own), ())

    return write


def filled(folders: Folders, private: tuple[str, ...] = (), **values: Any) -> str:
    return render("page.j2", folders, values, private=private)


def fault(folders: Folders, tmp_path: Path, private: tuple[str, ...] = (), **values: Any) -> str:
    with pytest.raises(Faulty) as caught:
        filled(folders, private, **values)
    (told_,) = told(caught.value.findings, tmp_path)
    return told_


def test_words_are_escaped_and_prose_is_set(templates):
    folders = templates("base/page.j2", "{{ word }} {{ prose | md }}")
    assert filled(folders, word="<b> & c", prose="**fett** <i>") == "&lt;b&gt; &amp; c <strong>fett</strong> &lt;i&gt;"


def test_a_line_of_a_block_leaves_no_blank_one_and_the_last_line_end_stays(templates):
    assert filled(templates("base/page.j2", "{% if true %}\na\n{% endif %}\nb\n")) == "a\nb\n"


def test_an_own_template_is_included_by_the_program_s(templates):
    templates("base/in.j2", "fremd")
    templates("base/page.j2", "{% include 'in.j2' %}")
    assert filled(templates("own/in.j2", "eigen")) == "eigen"


def test_an_error_is_told_at_the_innermost_template(templates, tmp_path):
    templates("base/page.j2", "\n{% include 'in.j2' %}")
    folders = templates("own/in.j2", "\n\n{{ nothing }}")
    assert fault(folders, tmp_path) == "own/in.j2:3:1: template: 'nothing' is undefined"


def test_a_syntax_error_in_what_is_included_is_told_there(templates, tmp_path):
    templates("base/page.j2", "{% include 'in.j2' %}")
    folders = templates("own/in.j2", "\n{% if %}")
    assert fault(folders, tmp_path).startswith("own/in.j2:2:1: template: Expected an expression")


def test_a_template_that_is_not_there_is_told_where_it_is_asked_for(templates, tmp_path):
    folders = templates("own/page.j2", "\n{% include 'gone.j2' %}")
    assert fault(folders, tmp_path) == "own/page.j2:2:1: has no template gone.j2"
    (tmp_path / "own/page.j2").unlink()
    assert fault(folders, tmp_path) == "base: has no template page.j2"


@pytest.mark.parametrize(
    ("private", "message"),
    [
        (("Erika Muster",), "UndefinedError"),
        (("Wort", "Muster"), "UndefinedError"),
        (("Hans",), "'dict object' has no attribute 'Muster'"),
        (("Mu us",), "'dict object' has no attribute 'Muster'"),
        ((), "'dict object' has no attribute 'Muster'"),
    ],
)
def test_any_word_of_a_person_makes_a_message_discreet(templates, tmp_path, private, message):
    folders = templates("base/page.j2", "{{ {}[name] }}")
    assert fault(folders, tmp_path, private, name="Muster") == f"base/page.j2:1:1: template: {message}"


def test_a_person_s_word_in_the_name_of_a_template_is_not_told(templates, tmp_path):
    folders = templates("base/page.j2", "{% include name %}")
    assert fault(folders, tmp_path, ("Erika",), name="Erika") == "base/page.j2:1:1: TemplateNotFound"


@pytest.mark.parametrize("expression", ["path.name", "path.read_text()", "path.parent", "(path | attr('name'))"])
def test_a_path_tells_nothing_and_opens_nothing(templates, tmp_path, expression):
    folders = templates("base/page.j2", f"{{{{ {expression} }}}}")
    assert fault(folders, tmp_path, path=Path("/etc/passwd")).startswith("base/page.j2:1:1: template: ")


@pytest.mark.parametrize("expression", ["dose.model_dump()", "dose.model_extra", "dose.model_validate({})"])
def test_a_model_gives_its_fields_alone(templates, tmp_path, expression):
    dose = Dose.model_validate({"repeat": 5})
    assert filled(templates("base/page.j2", "{{ dose.repeat }} {{ dose.at('repeat').line }}"), dose=dose) == "5 0"
    assert fault(templates("base/page.j2", f"{{{{ {expression} }}}}"), tmp_path, dose=dose).startswith(
        "base/page.j2:1:1: template: "
    )


def test_what_a_template_is_given_it_cannot_change(templates, tmp_path):
    given = ["a"]
    assert fault(templates("base/page.j2", "{{ given.append('b') }}"), tmp_path, given=given).startswith(
        "base/page.j2:1:1: template: "
    )
    assert given == ["a"]


def test_a_fault_has_a_code_by_which_it_is_known(templates):
    with pytest.raises(Faulty) as caught:
        filled(templates("base/page.j2", "{{ nothing }}"))
    assert [finding.code for finding in caught.value.findings] == ["template"]

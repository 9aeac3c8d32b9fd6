"""Templates: one's own override the program's, reach nothing outside; a fault tells its line, and no person's words."""

from __future__ import annotations

import pytest

from merkblatt.page.compose import compose
from tests.page.conftest import refusal


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

"""`preview` as it is called: it takes the words of `build`. How it follows saves, tests/build/test_preview proves."""

from __future__ import annotations

from typing import Any

import pytest

from merkblatt.build.build import Built
from merkblatt.cli.build import build
from merkblatt.cli.preview import preview


@pytest.fixture
def wanted(run, small_program, monkeypatch):
    """Calls it, and gives back what was to be built."""

    def call(*words: str) -> Any:
        asked: list[Any] = []

        def build_turn(one: Any) -> Built:
            asked.append(one)
            return Built("pain.de.a4")

        monkeypatch.setattr("merkblatt.build.preview.build_turn", build_turn)
        assert run("preview", *words, "--once", "--no-open").code == 0
        return asked[0]

    return call


def test_it_takes_every_option_of_build_but_those_for_many():
    theirs, ours = ({option.name for option in command.params} for command in (build, preview))
    assert theirs - ours == {"sheets", "every", "editions", "formats", "html", "quiet", "no_cache"}
    assert ours - theirs == {"sheet", "edition", "format_", "once", "no_open"}


def test_the_words_of_build_make_the_order(wanted):
    one = wanted("pain", "--weeks", "3", "--format", "a5", "--name", "Erika", "--cells", "30", "-o", "seen")
    order = one.make_job().order
    assert (order.sheet, order.weeks, order.format, order.name) == ("pain", 3, "a5", "Erika")
    assert (one.out.name, one.wishes.cells) == ("seen", 30)


def test_the_order_is_read_anew_each_time(wanted, tmp_path):
    (tmp_path / "order.yaml").write_text("sheet: pain\nweeks: 3\n")
    one = wanted("--order", "order.yaml")
    assert one.make_job().order.weeks == 3
    (tmp_path / "order.yaml").write_text("sheet: pain\nweeks: 4\n")
    assert one.make_job().order.weeks == 4

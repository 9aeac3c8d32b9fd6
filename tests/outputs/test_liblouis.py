"""Words become cells by a program beside ours, whole and in their order."""

from __future__ import annotations

import shutil

import pytest

from merkblatt.core.findings import Faulty
from merkblatt.outputs.braille import TABLES
from merkblatt.outputs.liblouis import BLANK, find_program, translate, unknown_characters

needs_liblouis = pytest.mark.skipif(
    shutil.which("lou_translate") is None,
    reason="lou_translate is not installed (Debian: apt-get install liblouis-bin)",
)


@needs_liblouis
def test_a_table_that_is_missing_is_told():
    with pytest.raises(Faulty, match=r"lou_translate cannot use the table none\.ctb: it lacks the table"):
        translate(["Wort"], "none.ctb")


@needs_liblouis
def test_every_table_is_there_and_knows_what_it_lacks():
    for tables in TABLES.values():
        for table in tables.values():
            assert unknown_characters(["\ue001", "1"], table) == {"\ue001"}


@needs_liblouis
def test_texts_come_back_in_their_order_and_long_ones_whole():
    short, long = translate(["ab", "ab " * 300 + "ab"], "de-g0.utb")
    assert [len(short), long.split(BLANK)] == [2, [short] * 301]


def test_where_the_program_is_missing_the_way_to_it_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Faulty, match="braille needs lou_translate of liblouis"):
        find_program()


def test_a_program_that_fails_is_told(monkeypatch, tmp_path):
    program = tmp_path / "lou_translate"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Faulty, match=r"cannot use the table de-g0\.utb: exit 3"):
        translate(["a"], "de-g0.utb")

"""The names of formats are quick to know: nothing slow is imported for them."""

from __future__ import annotations

import subprocess
import sys

from merkblatt.content.format_ids import FORMATS, GRADES, VARIANTS


def test_no_name_stands_twice():
    for names in (FORMATS, GRADES, VARIANTS):
        assert len(set(names)) == len(names) > 1


def test_papers_come_before_folds_and_what_is_no_paper():
    assert FORMATS.index("a3-poster") < FORMATS.index("a5-booklet") < FORMATS.index("html")


def test_they_bring_no_model_along():
    code = "import sys, merkblatt.content.format_ids; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

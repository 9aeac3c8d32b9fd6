"""Proves that the layout engine wakes up with our fonts alone, asks no other program, and still finds all it needs."""

from __future__ import annotations

import sys

from tests.pressed import ROOT
from tests.processes import run_command

_WAKE = """
import ctypes.util, os, subprocess, sys

def refuse(*arguments, **named):
    raise AssertionError(f"asks another program: {arguments}")

if sys.platform == "linux":
    subprocess.Popen = refuse
    os.popen = refuse
find_library = ctypes.util.find_library
from merkblatt.page.weasyprint_import import wake_weasyprint
weasyprint = wake_weasyprint()
assert ctypes.util.find_library is find_library
assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
assert "fontTools.subset" not in sys.modules
from weasyprint.pdf import fonts
print(type(fonts.subset.Options()).__module__)
try:
    fonts.instantiateVariableFont(None, {})
except TypeError as error:
    print(type(error).__name__)
assert "fontTools.subset" in sys.modules and wake_weasyprint() is weasyprint
"""


def test_the_engine_wakes_up_by_itself_and_imports_late_what_it_rarely_uses() -> None:
    done = run_command([sys.executable, "-c", _WAKE], ROOT, {})
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["fontTools.subset", "TypeError"]


def test_libraries_under_other_names_are_looked_for_the_long_way() -> None:
    code = """
import ctypes.util, cffi, sys
plain, asked = cffi.FFI.dlopen, []

def dlopen(self, name, flags=0):
    if len(asked) == 0 and "gobject" in name and name.endswith(".so.0"):
        asked.append(name)
        raise OSError("another name")
    return plain(self, name, flags)

cffi.FFI.dlopen = dlopen
from merkblatt.page.weasyprint_import import wake_weasyprint
print(wake_weasyprint().__version__ and len(asked))
"""
    done = run_command([sys.executable, "-c", code], ROOT, {})
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "1"

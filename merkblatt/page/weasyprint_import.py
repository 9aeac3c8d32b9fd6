"""Wakes the layout engine up: with our fonts alone, and without the work that its start has no need of.

WeasyPrint looks for its libraries by asking the compiler and the linker, a dozen times, for names of other systems; and
it imports a second tool for making parts of fonts, which it uses only where HarfBuzz's is missing. Both take longer
than to lay out a leaflet.
"""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.util
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from merkblatt.core.folders import program_folder
from merkblatt.pdf.engine_versions import require_wanted_versions

#: Where fontconfig reads what fonts there are.
_FONTS = "FONTCONFIG_FILE"
#: What is imported when it is first used.
_RARELY_USED = ("fontTools.subset", "fontTools.varLib.instancer")
#: What the environment said before the engine woke up.
_PLAIN: dict[str, str | None] = {}


def wake_weasyprint() -> Any:
    """WeasyPrint, which nobody may have imported before.

    Raises:
        Faulty: another version is installed than the one whose inside is known.
    """
    require_wanted_versions()
    # System fonts must not leak in, so fontconfig is told of no directory before it wakes up, and whenever it reads.
    if _FONTS not in _PLAIN:
        _PLAIN[_FONTS] = os.environ.get(_FONTS)
    os.environ[_FONTS] = str(program_folder() / "styles" / "fonts" / "fonts.conf")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")
        try:
            with _known_libraries(), _put_off(_RARELY_USED):
                import weasyprint
        except OSError:
            # A system whose libraries have other names: by the long way, they may still be found.
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                del sys.modules[name]
            import weasyprint
    return weasyprint


@contextmanager
def system_fonts() -> Iterator[None]:
    """Gives a program that is started here, such as a viewer, the fonts of the system, as before the engine woke up."""
    ours = os.environ.get(_FONTS)
    _set(_PLAIN.get(_FONTS, ours))
    try:
        yield
    finally:
        _set(ours)


def _set(fonts: str | None) -> None:
    if fonts is None:
        os.environ.pop(_FONTS, None)
    else:
        os.environ[_FONTS] = fonts


@contextmanager
def _known_libraries() -> Iterator[None]:
    """Lets no program be asked for the place of a library; on Linux, the system's loader knows each by its name."""
    if sys.platform != "linux" or "weasyprint" in sys.modules:
        yield
        return
    kept = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = kept


@contextmanager
def _put_off(names: tuple[str, ...]) -> Iterator[None]:
    """Puts the import of modules off until something of theirs is called."""
    late = {name: _Late(name) for name in names if name not in sys.modules}
    for name, module in late.items():
        # Stands in the place of the module only while WeasyPrint is imported.
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in late.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Late(ModuleType):
    """Stands for a module; what is asked of it is a call that imports the module."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        name = self.__name__

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(name), attribute)(*arguments, **named)

        return call

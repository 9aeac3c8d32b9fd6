"""Renders templates: Jinja with autoescape and StrictUndefined; a fault is told with its file and line.

A template cannot reach files, the clock or the network; what it may call is given to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from merkblatt.core.findings import Faulty, Finding, Place
from merkblatt.core.folders import Folders, lies_within
from merkblatt.page.template_words import markdown

#: What a template at fault may raise: it is given values, and does with them what it likes.
_FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip


def render(name: str, folders: Folders, values: Mapping[str, object], *, private: Iterable[str]) -> str:
    """A template filled.

    Args:
        name: the template's file, looked for in the folders of templates, the last one first.
        folders: where templates lie.
        values: what the template may use, by name.
        private: a person's own words, which no message repeats.

    Raises:
        Faulty: a template is at fault, or missing.
    """
    try:
        return _environment(folders.templates).get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        raise Faulty([_template_fault(error.filename or name, error.lineno, str(error.message))]) from None
    except jinja2.TemplateNotFound as error:
        message = _discreet(f"has no template {error.name}", error, private)
        filename, line = _where(error, folders)
        place = Place(Path(filename), line, 1) if filename else Place(folders.templates[0])
        raise Faulty([Finding(place, message, "add it")]) from None
    except _FAULTS as error:
        filename, line = _where(error, folders)
        raise Faulty([_template_fault(filename or name, line, _discreet(str(error), error, private))]) from None


def _discreet(message: str, error: Exception, private: Iterable[str]) -> str:
    """A template's fault may quote what it was given; a person's own words are not repeated."""
    words = " ".join(private).split()
    return type(error).__name__ if any(len(word) > 2 and word in message for word in words) else message


def _template_fault(filename: str, line: int, message: str) -> Finding:
    return Finding(Place(Path(filename), line, 1), f"template: {message}", code="template")


def _where(error: BaseException, folders: Folders) -> tuple[str | None, int]:
    """The innermost template line of an error."""
    found: tuple[str | None, int] = (None, 0)
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders.templates):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    environment = _Sandbox(
        loader=_InsideLoader([str(folder) for folder in reversed(folders)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Keeps templates to the values they are given: a path opens no file, a model parses none."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute of an object."""
        if isinstance(obj, PurePath):
            return False
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields or attr in {"at", "get"}
        return bool(super().is_safe_attribute(obj, attr, value))


class _InsideLoader(jinja2.FileSystemLoader):
    """Loads templates from the folders, and follows no link out of them."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, object]:  # type: ignore[override]
        source = super().get_source(environment, template)
        if not lies_within(Path(source[1]), tuple(map(Path, self.searchpath))):
            raise Faulty(
                [Finding(Place(Path(source[1])), "leads out of the folder of templates", "put the file there")]
            )
        return source

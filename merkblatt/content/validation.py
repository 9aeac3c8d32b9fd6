"""Turns a content file into one model value, or into every finding that keeps it from being one.

The boundary between pydantic's wording and ours: an author is told the place, the value found and the mend.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from merkblatt.content.model import personal_fields
from merkblatt.content.patterns import hint_for
from merkblatt.core.findings import Faulty, Finding, Place, did_you_mean, shown
from merkblatt.core.yaml_reader import Mapping, Sequence, place_of, read_yaml

M = TypeVar("M", bound=BaseModel)

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "date_type": "a date as 2026-11-23",
}


def read_model(path: Path, model: type[M]) -> M:
    """The value of a file; no message repeats what the model marks as a person's.

    Args:
        path: the YAML file.
        model: what it is to be.

    Raises:
        Faulty: with all findings of the file.
    """
    return to_model(read_yaml(path), model, path)


def to_model(data: Any, model: type[M], path: Path) -> M:
    """The value that data makes; as `read_model`."""
    if data is None:
        raise Faulty([Finding(Place(path), "is empty", f"needed: {', '.join(_required(model))}")])
    if not isinstance(data, Mapping):
        place = getattr(data, "place", Place(path))
        raise Faulty([Finding(place, "must be a mapping (key: value)", f"needed: {', '.join(_required(model))}")])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        secret = frozenset(name for name, mark in personal_fields(model).items() if mark.is_secret)
        told = [dict(one) for one in error.errors(include_url=False)]
        found = [_finding(one, data, model, path, secret) for one in told if not _follows(one)]
        raise Faulty(_once(found)) from None


def _follows(told: dict[str, Any]) -> bool:
    """Whether a fault only follows from others: pydantic counts a list's faulty items as missing ones."""
    return told["type"] == "too_short" and len(told["input"]) >= int(told["ctx"]["min_length"])


@dataclass(frozen=True)
class _Fault:
    """One fault as pydantic tells it, with what our wording needs beside it."""

    kind: str
    told: dict[str, Any]
    steps: tuple[int | str, ...]
    model: type[BaseModel]
    hidden: bool

    @property
    def where(self) -> str:
        return _dotted(self.steps)

    @property
    def found(self) -> str:
        return "a value that is not shown" if self.hidden else _told(self.told["input"])


def _finding(told: dict[str, Any], data: Any, model: type[BaseModel], path: Path, secret: frozenset[str]) -> Finding:
    steps = tuple(step for step in told["loc"] if step != "[key]")
    about_key = told["type"] == "extra_forbidden" or "[key]" in told["loc"]
    place = place_of(data, steps, key=about_key)
    hidden = bool(secret & {str(step) for step in steps})
    message, hint = _wording(_Fault(told["type"], told, steps, model, hidden))
    return Finding(Place(path) if place.path == Path("?") else place, message, hint, code="content")


def _wording(fault: _Fault) -> tuple[str, str]:
    """The message and the hint."""
    if fault.kind == "extra_forbidden":
        name = str(fault.steps[-1])
        return f"unknown key {shown(name)}", did_you_mean(name, _fields_at(fault.model, fault.steps[:-1]))
    if fault.kind == "missing":
        return f"{shown(str(fault.steps[-1]))} is missing", "add it"
    if fault.kind in _TYPES:
        return f"{fault.where} must be {_TYPES[fault.kind]}, found {fault.found}", _type_hint(fault)
    return _value_wording(fault)


def _value_wording(fault: _Fault) -> tuple[str, str]:
    """The message and the hint for a value of the right type."""
    told = fault.told
    if fault.kind == "literal_error":
        known = [word.strip("' ") for word in str(told["ctx"]["expected"]).replace(" or ", ",").split(",")]
        return f"{fault.where} cannot be {fault.found}", did_you_mean(str(told["input"]), known)
    if fault.kind == "string_pattern_mismatch":
        return f"{fault.where} cannot be {fault.found}", hint_for(str(told["ctx"]["pattern"]))
    if fault.kind == "value_error":
        return f"{fault.where}: {told['ctx']['error']}" if fault.where else str(told["ctx"]["error"]), ""
    if fault.kind in {"too_short", "too_long"}:
        least, most = told["ctx"].get("min_length"), told["ctx"].get("max_length")
        bound = f"at least {least}" if fault.kind == "too_short" else f"at most {most}"
        return f"{fault.where} must have {bound} entries, found {len(told['input'])}".replace(
            " 1 entries", " 1 entry"
        ), ""
    message = str(told["msg"]).removeprefix("Input ").replace("should", "must")
    return f"{fault.where}: {message}, found {fault.found}", ""


def _type_hint(fault: _Fault) -> str:
    value, wanted = fault.told["input"], _TYPES[fault.kind]
    if fault.hidden:
        return ""
    if wanted == "text" and isinstance(value, (int, bool)):
        return f"write it in quotes: {_told(value)}"
    if wanted == "a whole number" and isinstance(value, str) and value.isdecimal():
        return f"write it without quotes: {value}"
    if wanted == "a list" and isinstance(value, str):
        return f"write it in brackets: [{value}]" if len(value) < 60 else "write it in brackets"
    return ""


def _told(value: Any) -> str:
    """A value as its author wrote it, or in a word what it is."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence):
        return "a list"
    if value is None:
        return "nothing"
    return shown(str(value).lower() if isinstance(value, bool) else value)


def _dotted(steps: Iterable[int | str]) -> str:
    text = ""
    for step in steps:
        text += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if text else str(step))
    return text


def _required(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def _fields_at(model: type[BaseModel], steps: Iterable[int | str]) -> list[str]:
    """The names that are known where `steps` lead to."""
    keyed = False
    for step in steps:
        if isinstance(step, int) or keyed:
            keyed = False  # an item of a list, or a key of a mapping, is not a field
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        inner = next(iter(_models_in(fields[step].annotation)), None) if step in fields else None
        if inner is None:
            return []
        keyed = get_origin(fields[step].annotation) is dict
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _once(findings: list[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.place, finding.message))

"""Which fields are a person's own: the mark that stands on a model's field, and what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, StringConstraints


@dataclass(frozen=True)
class Personal:
    """Marks a field of an order as a person's own; everything that keeps a person's words apart derives from it.

    Such a field decides about no leaflet: it stands in no key, in nothing that is kept, in no file name that does not
    ask for it, and on no paper that hangs where all can read it.

    Args:
        printed_as: the name by which a leaflet prints it; fields of one such name are printed in their order, parted
            by a space.
        is_secret: whether no message may repeat its value.
    """

    printed_as: str
    is_secret: bool = True


@lru_cache(maxsize=64)
def personal_fields(model: type[BaseModel]) -> Mapping[str, Personal]:
    """The fields of a model that are a person's, by their names, with their marks."""
    marks = {name: [m for m in field.metadata if isinstance(m, Personal)] for name, field in model.model_fields.items()}
    return MappingProxyType({name: found[0] for name, found in marks.items() if found})


@dataclass(frozen=True)
class Room:
    """What words a field takes as they are: at most so many characters, on one line or several."""

    length: int
    has_lines: bool


def room_of(model: type[BaseModel], name: str) -> Room | None:
    """The room of a field of text; None for a field that is no text."""
    found = list(_constraints(model.model_fields[name].annotation))
    lengths = [one.max_length for one in found if one.max_length]
    return Room(min(lengths), not any(one.pattern for one in found)) if lengths else None


def _constraints(annotation: Any) -> Iterator[StringConstraints]:
    if get_origin(annotation) is Annotated:
        yield from (one for one in annotation.__metadata__ if isinstance(one, StringConstraints))
    for inner in get_args(annotation):
        yield from _constraints(inner)

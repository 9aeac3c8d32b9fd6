"""What all models share: ids, words, dates, and that every value keeps its place in its YAML."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    RootModel,
    StringConstraints,
    model_validator,
)

from merkblatt.content.patterns import AMOUNT, CLAIM_ID, COLOUR, EDITION_ID, ID, LINE
from merkblatt.core.findings import Place
from merkblatt.core.yaml_reader import Key
from merkblatt.core.yaml_reader import Mapping as YamlMapping

Section = Literal[
    "about",
    "self-help",
    "exercises",
    "plan",
    "prevention",
    "work",
    "medicines",
    "treatment",
    "longer",
    "red-flags",
    "offers",
    "contacts",
    "notes",
]

#: The order in which sections stand on a sheet when a module brings its own section along.
SECTIONS: tuple[Section, ...] = get_args(Section)

Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]

ClaimId = Annotated[str, StringConstraints(pattern=CLAIM_ID)]

EditionId = Annotated[str, StringConstraints(pattern=EDITION_ID)]

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=LINE)]

Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]

Colour = Annotated[str, StringConstraints(pattern=COLOUR)]

Count = Annotated[int, Field(ge=1, le=1000)]

Weeks = Annotated[int, Field(ge=0, le=5200)]

T = TypeVar("T")

#: A list in YAML, a tuple here.
Many = Annotated[tuple[T, ...], Field(strict=False)]


def _iso_date(value: object) -> object:
    """Dates stand as text in YAML; only the ISO form is taken, since 03.04.2026 is two dates."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def as_amount(value: object) -> object:
    """A number that stands in YAML without quotes, as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Day = Annotated[date, BeforeValidator(_iso_date, json_schema_input_type=date)]

#: `5`, or a span: `8-10`.
Amount = Annotated[
    Annotated[str, StringConstraints(pattern=AMOUNT)],
    BeforeValidator(as_amount, json_schema_input_type=int | str),
]


class _Placed:
    """What every model shares: it keeps the places of its YAML, out of sight of the schema."""

    _place: Place | None
    _keys_at: dict[str, Key]

    def at(self, field: str = "") -> Place:
        """Where the value, or the value of one of its fields, stands."""
        if field in self._keys_at:
            return self._keys_at[field].value
        return self._place or Place(Path("?"))


def _keep_places(value: Any, data: Any) -> Any:
    if isinstance(data, YamlMapping):
        value._place, value._keys_at = data.place, data.keys_at
    return value


class Placed(_Placed, BaseModel):
    """A frozen mapping of known fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    _place: Place | None = PrivateAttr(default=None)
    _keys_at: dict[str, Key] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _with_places(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        return _keep_places(handler(data), data)


class Text(_Placed, RootModel[Annotated[dict[EditionId, Words], Field(min_length=1)]]):
    """One text in every edition, side by side: `de: …`, `en: …`."""

    model_config = ConfigDict(frozen=True, strict=True)
    _place: Place | None = PrivateAttr(default=None)
    _keys_at: dict[str, Key] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _with_places(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        return _keep_places(handler(data), data)

    def get(self, edition: str) -> str | None:
        """The text in one edition, None where it has none yet."""
        return self.root.get(edition)

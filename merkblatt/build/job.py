"""Makes orders out of what a person asks for: an order file, the command line, or both; the command line wins."""

from __future__ import annotations

from collections.abc import Mapping as MappingLike
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from merkblatt.content.model import Order
from merkblatt.content.practice import Sender, read_sender
from merkblatt.content.validation import to_model
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place
from merkblatt.core.yaml_reader import Key, Mapping, read_yaml

_SAID = Key(COMMAND_LINE, COMMAND_LINE)


@dataclass(frozen=True)
class Job:
    """An order with what it needs read already; `trail` is the key under which the way to what it becomes is kept."""

    order: Order
    sender: Sender | None
    today: date
    trail: str | None = None


def make_job(wanted: MappingLike[str, Any], order_file: Path | None, today: date) -> Job:
    """The job that a wish makes.

    Args:
        wanted: fields of an order as the command line says them; what is not said is absent.
        order_file: a YAML file with further fields, None where there is none.
        today: the day of printing where the order names none.

    Raises:
        Faulty: with all findings of the order and of the practice that it names.
    """
    data = _from_file(order_file) if order_file else _empty()
    base = order_file.parent if order_file and "practice" not in wanted else Path()
    for field, value in wanted.items():
        data[field], data.keys_at[field] = value, _SAID
    order = to_model(data, Order, order_file or COMMAND_LINE.path)
    sender = None
    if order.practice:
        path = base / order.practice
        if not path.is_file():
            raise Faulty([Finding(order.at("practice"), f"practice {path} is no file", "name a practice file")])
        sender = read_sender(path)
    return Job(order, sender, order.day or today)


def _empty() -> Mapping:
    data = Mapping()
    data.place, data.keys_at = COMMAND_LINE, {}
    return data


def _from_file(path: Path) -> Mapping:
    data = read_yaml(path)
    if isinstance(data, Mapping):
        return data
    raise Faulty([Finding(Place(path), "is no order", "write key: value, as sheet: neck-pain")])

"""The marks in the content streams of a PDF (ISO 32000-1, 14.6): where they stand, what they say, what is an artifact.

pydyf keeps a stream as a list of operators and operands; it is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from merkblatt.pdf.engine_internals import marks_of, object_at
from merkblatt.pdf.structure_tree import Artifact, Mark, StructureTree


@dataclass(eq=False, slots=True)
class MarkedStream:
    """A content stream of a page: its own, or that of a transparency group painted on it."""

    page: int
    stream: Any
    is_group: bool
    mcids: list[int]


def find_streams(pdf: pydyf.PDF, marks: Sequence[Mapping[Any, Any]]) -> list[MarkedStream]:
    """The streams that hold the content of pages.

    Args:
        pdf: the objects.
        marks: of each page, the marks as `engine_internals.recorded_marks` gave them.
    """
    contents = {object_at(pdf, reference)["Contents"] for reference in pdf.page_references}
    number_of = {id(own): number for number, own in enumerate(marks)}
    streams = [item for item in pdf.objects if id(marks_of(item)) in number_of]
    return [
        MarkedStream(
            number_of[id(marks_of(stream))],
            stream,
            stream.reference not in contents,
            [stream.stream[at]["MCID"] for at in _property_lists(stream)],
        )
        for stream in streams
    ]


def _property_lists(stream: Any) -> Iterator[int]:
    """Where the marks of a stream are: pydyf keeps the tag, the property list and BDC one after another."""
    for at, operator in enumerate(stream.stream):
        if operator == b"BDC" and "MCID" in stream.stream[at - 1]:
            yield at - 1


def declare_marks(stream: MarkedStream, tree: StructureTree, owners: Mapping[Mark, bytes]) -> None:
    """Turn the marks that no tag holds into artifacts (ISO 32000-1, 14.8.2.2); tell hyphens apart."""
    operators = stream.stream.stream
    for at in _property_lists(stream.stream):
        mark = Mark(stream.page, operators[at]["MCID"])
        if mark not in owners:
            operators[at - 1 : at + 1] = _artifact_operands(tree.artifacts.get(mark, Artifact("Layout")))
        elif mark in tree.actual_texts:
            operators[at]["ActualText"] = pydyf.String(tree.actual_texts[mark])


def _artifact_operands(artifact: Artifact) -> list[Any]:
    properties = pydyf.Dictionary({"Type": f"/{artifact.kind}"})
    if artifact.subtype:
        properties["Subtype"] = f"/{artifact.subtype}"
    return ["/Artifact", properties]


def mend_marks_on_letters(pdf: pydyf.PDF) -> None:
    """Let a letter with a mark of its own glyph, as in Vietnamese, be shown and read as it is.

    WeasyPrint shows an empty string before the mark, on which Chrome's reader loses its place, and says of the letter
    that it stands for nothing (ISO 32000-1, 9.10.3), whereupon readers make something up.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream = [_mended(operator) if isinstance(operator, bytes) else operator for operator in item.stream]


def _mended(operator: bytes) -> bytes:
    if operator.endswith(b"] TJ"):
        return operator.replace(b"<>", b" ")
    if operator.endswith(b"> <>") and operator.startswith(b"<"):
        return operator.removesuffix(b"<>") + b"<200b>"
    return operator

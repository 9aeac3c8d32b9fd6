"""What is private to another library is reached in one room, and what that room says of the engine is so."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from typing import Any

import pydyf
import pytest
import weasyprint
from weasyprint.pdf import tags as weasyprint_tags

from merkblatt.pdf.engine_internals import (
    Box,
    TextBox,
    bounds,
    font_data,
    font_key,
    font_names,
    fonts_of,
    initial_style,
    laid_out,
    marks_of,
    object_at,
    page_box,
    recorded_marks,
    remember_paths,
    to_bytes,
)
from tests.pdf.tagged import lay_out
from tests.pressed import ROOT, sample

ROOM = "pdf/engine_internals.py"
#: Private by name alone: the documented way to end a process without clean-up, and a module's own class.
KNOWN = {"os._exit", "value._place", "value._keys_at"}


def private_uses(source: str) -> Iterator[str]:
    """Private names of foreign objects that a file reads, and modules within WeasyPrint that it imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            if is_private(node.attr) and not own and ast.unparse(node) not in KNOWN:
                yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
            name = node.args[1].value if isinstance(node.args[1], ast.Constant) else ""
            if node.func.id in {"getattr", "setattr", "hasattr", "delattr"} and is_private(str(name)):
                yield ast.unparse(node)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(("weasyprint.", "pydyf.")))
        elif isinstance(node, ast.ImportFrom) and node.module:
            package, _, inner = node.module.partition(".")
            if package in {"weasyprint", "pydyf"}:
                public = set() if inner else set(weasyprint.__all__)
                yield from (f"{node.module}.{name.name}" for name in node.names if name.name not in public)
            elif package != "merkblatt":
                yield from (f"{node.module}.{name.name}" for name in node.names if is_private(name.name))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def test_no_other_room_knows_private_names() -> None:
    found = {
        path.relative_to(ROOT / "merkblatt").as_posix(): list(private_uses(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "merkblatt").rglob("*.py"))
    }
    assert found.pop(ROOM)
    assert {room: uses for room, uses in found.items() if uses} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "def f(page):\n    return page._page_box",
        "import weasyprint.pdf.tags",
        "from weasyprint.pdf import tags",
        "from weasyprint import text",
        "def f(x):\n    from weasyprint.urls import URLFetcher",
        "import pydyf\npydyf._to_bytes(1)",
        "getattr(stream, '_tags', None)",
        "setattr(box, '_box', 1)",
        "a.b()[0]._c = 1",
        "from pypdf.generic import _base",
    ],
)
def test_a_private_name_that_is_planted_is_found(planted: str) -> None:
    assert len(list(private_uses(planted))) == 1


@pytest.mark.parametrize(
    "allowed", ["self._a", "cls._b", "from weasyprint import HTML", "import pydyf", "x.__name__", "getattr(x, 'text')"]
)
def test_what_is_one_s_own_or_public_is_not(allowed: str) -> None:
    assert list(private_uses(allowed)) == []


# Boxes


def texts(box: Box) -> list[str]:
    return [inner.text for inner in box.descendants() if isinstance(inner, TextBox)]


def test_the_box_of_a_page_holds_what_stands_on_it() -> None:
    first, second = (page_box(page) for page in lay_out("<p>eins<p style='break-before: page'>zwei").pages)
    assert texts(first) == ["Rücken", "eins"]
    assert texts(second) == ["zwei"]
    assert first.margin_height() == pytest.approx(100 / 25.4 * 96)


def test_a_box_that_is_placed_by_hand_is_found_behind_what_stands_for_it() -> None:
    page = page_box(lay_out("<p>a</p><div style='position: absolute; top: 0'>weg</div>").pages[0])
    (body,) = [box for box in page.descendants() if box.element_tag == "body"]
    placed = body.children[-1]
    assert laid_out(placed) is not placed
    assert laid_out(placed).element is placed.element
    assert laid_out(body) is body


def test_bounds_are_those_of_the_turned_rectangle() -> None:
    assert bounds(None, 1, 2, 30, 40) == (1, 2, 31, 42)
    turned = page_box(lay_out("<div style='transform: rotate(90deg); height: 20px; width: 40px'>a</div>").pages[0])
    (box,) = [box for box in turned.descendants() if box.transformation_matrix]
    left, top, right, bottom = bounds(
        box.transformation_matrix, box.content_box_x(), box.content_box_y(), box.width, box.height
    )
    assert (right - left, bottom - top) == pytest.approx((20, 40))


def test_the_initial_value_of_a_style_is_what_no_style_sets() -> None:
    assert initial_style("letter_spacing") == "normal"
    assert initial_style("white_space") == "normal"
    assert initial_style("text_indent") == (0, "px")


# Fonts


def test_the_fonts_of_a_text_are_told_with_the_part_that_each_sets() -> None:
    document = lay_out("<p>a")
    document.write_pdf()
    (line,) = [box for box in page_box(document.pages[0]).descendants() if isinstance(box, TextBox) and box.text == "a"]
    parts = list(fonts_of("Rücken ab", line.style))
    assert "".join(part for _, part in parts) == "Rücken ab"
    font, _ = parts[0]
    file = ROOT / "styles" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"
    assert font_data(font) == file.read_bytes()
    assert font_key(font) in font_names(document)
    assert len(set(font_names(document).values())) == 2  # regular and bold


# Marks


def test_the_marks_of_each_page_are_handed_over_once_it_is_painted() -> None:
    document = lay_out("<p>eins<p style='break-before: page'>zwei")
    seen: list[tuple[Box, dict[Any, Any]]] = []
    held: list[Any] = []

    def record(box: Box, marks: dict[Any, Any]) -> None:
        seen.append((box, dict(marks)))

    def finish(_: Any, pdf: pydyf.PDF) -> None:
        held.extend(marks_of(item) for item in pdf.objects if marks_of(item) is not None)

    with recorded_marks(record):
        document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    assert [box for box, _ in seen] == [page_box(page) for page in document.pages]
    assert all(marks and all("mcid" in mark for mark in marks.values()) for _, marks in seen)
    assert len(held) >= 2
    assert marks_of(object()) is None


def test_another_thread_s_plain_writing_is_none_of_ours() -> None:
    original = weasyprint_tags._build_box_tree
    made: list[bytes] = []
    seen: list[Box] = []
    with recorded_marks(lambda box, _: seen.append(box)):
        other = threading.Thread(target=lambda: made.append(lay_out("<p>a").write_pdf(pdf_variant="pdf/ua-1")))
        other.start()
        other.join(60)
    assert len(made) == 1
    assert made[0].startswith(b"%PDF")
    assert seen == []
    assert weasyprint_tags._build_box_tree is original


def test_the_hook_is_taken_off_whatever_happens() -> None:
    original = weasyprint_tags._build_box_tree

    def fail() -> None:
        with recorded_marks(lambda *_: None):
            assert weasyprint_tags._build_box_tree is not original
            raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        fail()
    assert weasyprint_tags._build_box_tree is original


def test_two_at_a_time_are_refused() -> None:
    with recorded_marks(lambda *_: None):
        inner = recorded_marks(lambda *_: None)
        with pytest.raises(RuntimeError, match="write one at a time"):
            inner.__enter__()
    with recorded_marks(lambda *_: None):
        pass


# Objects


def test_an_object_is_found_by_its_reference() -> None:
    pdf = pydyf.PDF()
    one = pydyf.Dictionary({"A": 1})
    pdf.add_object(one)
    assert object_at(pdf, one.reference) is one


@pytest.mark.parametrize(
    ("item", "written"),
    [(b"BT", b"BT"), (3, b"3"), (2.0, b"2"), (0.25, b"0.25"), ("/Name", b"/Name"), (pydyf.Array([1, b"x"]), b"[1 x]")],
)
def test_operators_and_operands_as_they_stand_in_a_file(item: object, written: bytes) -> None:
    assert to_bytes(item) == written


# Paths of drawings

PATHS = (
    "M1 2L3 4", "m1,2 3-4 5.5.5z", "M0 0H5V6h-2v-1Z", "M1 1C2 3 4 5 6 7S8 9 10 11s1 1 2 2",
    "M1 1Q2 3 4 5T6 7t1 1q1 2 3 4", "M10 10A5 3 20 1 0 14 12a2 2 0 0 1 3 3zm1 1l1 1", "M1 1 2 2L", "M1 1A1 1 0 0",
    "M5% 5%L9 9", "M1e1 1e-1l+2 -3", "x", "",
)  # fmt: skip


def pictured(path: str) -> bytes:
    """A page with a drawing of a path that has markers, and twice the same."""
    marker = '<marker id="m" markerWidth="2" markerHeight="2"><circle r="1"/></marker>'
    lines = f'<path d="{path}" stroke="#000" marker-start="url(#m)" marker-mid="url(#m)" marker-end="url(#m)"/>'
    svg = f'<svg viewBox="0 0 20 20" width="40" height="40"><defs>{marker}</defs>{lines}{lines}</svg>'
    return sample(f"<h1>Titel</h1>{svg}")


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_remembered_is_painted_as_it_was(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(weasyprint.svg.TAGS, "path", weasyprint.svg.path)
    plain = pictured(path)
    remember_paths()
    assert [pictured(path) for _ in range(2)] == [plain] * 2


def test_a_path_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(weasyprint.svg.TAGS, "path", weasyprint.svg.path)
    remember_paths()
    path = "M1 2L3 4.0625L7 9"
    pictured(path)
    monkeypatch.setattr("merkblatt.pdf.engine_internals._paint_path", None)
    pictured(path)

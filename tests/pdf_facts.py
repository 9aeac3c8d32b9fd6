"""Reads facts from a tagged PDF, for tests: its reading order, languages, artifacts, links, and its faults.

Looks at the bytes alone, by pikepdf, and knows nothing of how they came about. ``structure_problems`` tells
what a PDF/UA validator lets pass: tags that do not reach their content, or that say too little.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

import pikepdf

# Roles that colour a text within its block, so that they are not named in the reading order.
WITHIN_TEXT = {"Span", "Quote", "Code", "NonStruct"}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
PAINTING_PATHS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"}
SHOWING_TEXT = {"Tj", "TJ", "'", '"'}
# Operators that say where something is painted, and how it is marked; an inline image comes as one, of these three.
PLACING = {"BDC", "BMC", "EMC", "q", "Q", "cm", "Do", "BT", "Tf", "Td", "TD", "Tm"}
FOLLOWED = " ".join(sorted(PLACING | SHOWING_TEXT | PAINTING_PATHS - {"INLINE IMAGE"} | {"BI", "ID", "EI"}))
SPACE_IN_EM = 0.12  # a gap this wide between two pieces of a line is a space
SOFT_HYPHEN = "\u00ad"

# The key of a marked-content sequence: the object it is in (a page, or a group painted on it), and its MCID.
MarkKey = tuple[tuple[int, int], int]


@dataclass(frozen=True)
class Link:
    """A link annotation: where it leads, how it is described, and its page, counted from 1."""

    uri: str
    contents: str
    page: int


@dataclass
class Run:
    """A piece of text shown at once: where it begins and ends on its page, and how high its type is."""

    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    size: float


@dataclass
class Marked:
    """A marked-content sequence or an artifact as found on a page, and the text in it."""

    page: int
    runs: list[Run] = field(default_factory=list)
    actual_text: str | None = None


@dataclass(eq=False)
class Element:
    """A structure element with its kids: elements, marked-content keys, and annotations."""

    role: str
    raw: Any
    parent: Element | None = None
    kids: list[Element | MarkKey | AnnotationReference] = field(default_factory=list)

    def below(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.below()

    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def references(self) -> list[AnnotationReference]:
        return [kid for kid in self.kids if isinstance(kid, AnnotationReference)]

    def mark_keys(self) -> Iterator[MarkKey]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.mark_keys()
            elif isinstance(kid, tuple):
                yield kid


@dataclass(frozen=True)
class AnnotationReference:
    """An annotation that a structure element points to (OBJR)."""

    objgen: tuple[int, int]


# What tests ask


def structure_problems(pdf: bytes) -> list[str]:
    """All faults of the structure, in words; none for a file that is tagged as it should be."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if "/StructTreeRoot" not in file.Root:
            return ["untagged: no StructTreeRoot"]
    facts = facts_of(pdf)
    return [problem for check in CHECKS for problem in check(facts)]


def reading_order(pdf: bytes) -> list[tuple[str, str]]:
    """What a screen reader comes upon: the role of each block (or link, or picture) and its text."""
    return list(_reading_order(pdf))


@lru_cache(maxsize=8)
def _reading_order(pdf: bytes) -> tuple[tuple[str, str], ...]:
    facts = facts_of(pdf)
    pieces = list(_pieces(facts.document, facts))
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: id(piece[0]))]
    blocks = [(group[0][0].role, _join([run for _, runs in group for run in runs])) for group in groups]
    return tuple((role, text) for role, text in blocks if text)


def languages(pdf: bytes) -> list[tuple[str, str]]:
    """Each element with a language of its own: the language, and the text in it."""
    facts = facts_of(pdf)
    marked = (element for element in facts.elements if "/Lang" in element.raw and element.parent)
    return [(str(element.raw.Lang), facts.text_of(element)) for element in marked]


def artifacts(pdf: bytes) -> list[str]:
    """The text of all artifacts, one string a page."""
    facts = facts_of(pdf)
    return [
        _join([run for found in facts.artifacts if found.page == number for run in found.runs])
        for number in range(1, len(facts.file.pages) + 1)
    ]


def links(pdf: bytes) -> list[Link]:
    """All link annotations, page by page; a link within the document leads to ``#`` and its target's name."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [
            Link(_target(annotation), str(annotation.get("/Contents", "")), number)
            for number, page in enumerate(file.pages, 1)
            for annotation in _annotations(page)
            if annotation.Subtype == "/Link"
        ]


# Checks: each tells its own faults


def _problems_of_document(facts: _Facts) -> Iterator[str]:
    root = facts.file.Root
    if not str(root.get("/Lang", "")):
        yield "document: no Lang"
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked", False):
        yield "document: not Marked"
    if "/ViewerPreferences" not in root or not root.ViewerPreferences.get("/DisplayDocTitle", False):
        yield "document: no DisplayDocTitle"
    with facts.file.open_metadata(update_docinfo=False) as metadata:
        if not str(metadata.get("dc:title", "")).strip():
            yield "document: no title"
    if len(facts.file.pages) > 1 and "/Outlines" not in root:
        yield "document: no bookmarks, though more than one page"


def _problems_of_page_keys(facts: _Facts) -> Iterator[str]:
    keys = [int(page.StructParents) for page in facts.file.pages if "/StructParents" in page]
    if len(keys) < len(facts.file.pages):
        yield "pages: one without StructParents"
    if len(set(keys)) < len(keys):
        yield "pages: StructParents not unique"
    for number, page in enumerate(facts.file.pages, 1):
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number}: annotations, but Tabs is not S"


def _problems_of_marks(facts: _Facts) -> Iterator[str]:
    tagged = Counter(key for element in facts.elements for key in element.kids if isinstance(key, tuple))
    painted = Counter(key for key, _ in facts.marks)
    for key, count in painted.items():
        if count > 1:
            yield f"content: MCID {key[1]} of object {key[0][0]} marked {count} times"
    for key, found in facts.marks:
        if key not in tagged:
            yield f"page {found.page}: MCID {key[1]} is not in the tree: {_join(found.runs)!r}"
    for key, count in tagged.items():
        if key not in painted:
            yield f"tree: MCID {key[1]} of object {key[0][0]} is not in the content"
        if count > 1:
            yield f"tree: MCID {key[1]} of object {key[0][0]} stands in {count} elements"
    for page, operators in facts.unmarked.items():
        yield f"page {page}: untagged content, painted by {' '.join(sorted(operators))}"


def _problems_of_parent_tree(facts: _Facts) -> Iterator[str]:
    entries = dict(_numbers(facts.file.Root.StructTreeRoot.ParentTree))
    if int(facts.file.Root.StructTreeRoot.get("/ParentTreeNextKey", 0)) <= max(entries, default=-1):
        yield "ParentTree: ParentTreeNextKey is not beyond its keys"
    owners = {key: element for element in facts.elements for key in element.kids if isinstance(key, tuple)}
    for container, parents_key in facts.containers.items():
        row = entries.get(parents_key) if parents_key is not None else None
        parents = list(row) if isinstance(row, pikepdf.Array) else []
        expected = {key[1]: owner for key, owner in owners.items() if key[0] == container}
        size = max(len(parents), max(expected, default=-1) + 1)
        for mcid in range(size):
            found = parents[mcid] if mcid < len(parents) else None
            wanted = expected.get(mcid)
            if (found.objgen if found is not None else None) != (wanted.raw.objgen if wanted else None):
                yield f"ParentTree: disagrees with the tree on MCID {mcid} of object {container[0]}"
    yield from _problems_of_annotation_parents(facts, entries)


def _problems_of_annotation_parents(facts: _Facts, entries: dict[int, Any]) -> Iterator[str]:
    owners = {reference.objgen: at for at in facts.elements for reference in at.references()}
    for number, page in enumerate(facts.file.pages, 1):
        for annotation in _annotations(page):
            owner = owners.get(annotation.objgen)
            parent = entries.get(int(annotation.get("/StructParent", -1)))
            if owner is None:
                yield f"page {number}: an annotation is not in the tree"
            elif parent is None or parent.objgen != owner.raw.objgen:
                yield f"ParentTree: disagrees with the tree on an annotation of page {number}"


def _problems_of_parents(facts: _Facts) -> Iterator[str]:
    for element in facts.elements:
        if element.parent is not None and element.raw.P.objgen != element.parent.raw.objgen:
            yield f"{element.role}: P is not the element that holds it"


def _problems_of_headings(facts: _Facts) -> Iterator[str]:
    levels = [HEADINGS.index(element.role) + 1 for element in facts.elements if element.role in HEADINGS]
    if not levels or levels[0] != 1:
        yield "headings: the first is not an H1"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"headings: H{level} after H{before}"


def _problems_of_tables(facts: _Facts) -> Iterator[str]:
    identifiers = {str(element.raw.ID) for element in facts.elements if "/ID" in element.raw}
    known = dict(_names(facts.file.Root.StructTreeRoot.get("/IDTree")))
    if identifiers != set(known):
        yield "IDTree: does not hold exactly the IDs of the tree"
    for element in facts.elements:
        if element.role == "Table" and not any(cell.role == "TH" for cell in element.below()):
            yield f"Table without TH: {facts.text_of(element)[:40]!r}"
        if element.role == "TH" and "/Scope" not in _attributes(element):
            yield f"TH without Scope: {facts.text_of(element)!r}"
        for header in map(str, _attributes(element).get("/Headers", [])):
            if header not in identifiers:
                yield f"{element.role}: Headers names {header!r}, which is not there"


def _problems_of_lists(facts: _Facts) -> Iterator[str]:
    for element in facts.elements:
        roles = [kid.role for kid in element.elements()]
        holds_content = len(roles) < len(element.kids)
        if element.role == "L" and (holds_content or set(roles) - {"LI", "Caption"}):
            yield f"L holds more than items: {roles}"
        if element.role == "LI" and (holds_content or roles not in (["LBody"], ["Lbl", "LBody"])):
            yield f"LI is not one LBody after at most one Lbl: {roles}"
        if element.role in ("Lbl", "LBody") and (element.parent is None or element.parent.role != "LI"):
            yield f"{element.role} outside of an LI"


def _problems_of_links(facts: _Facts) -> Iterator[str]:
    annotations = {item.objgen: item for page in facts.file.pages for item in _annotations(page)}
    for element in facts.elements:
        if element.role != "Link":
            continue
        text = facts.text_of(element)
        if not element.references():
            yield f"Link without OBJR: {text!r}"
        for reference in element.references():
            annotation = annotations.get(reference.objgen)
            if annotation is None:
                yield f"Link to an annotation that is on no page: {text!r}"
                continue
            contents, uri = str(annotation.get("/Contents", "")).strip(), _target(annotation)
            if not contents:
                yield f"Link without Contents: {text!r}"
            elif contents in (uri, uri.removeprefix("#")) and contents != text:
                yield f"Link whose Contents is merely its address: {uri!r}"
            if not int(annotation.get("/F", 0)) & 4:
                yield f"Link without the Print flag: {text!r}"


def _problems_of_figures(facts: _Facts) -> Iterator[str]:
    for element in facts.elements:
        if element.role != "Figure":
            continue
        if not str(element.raw.get("/Alt", element.raw.get("/ActualText", ""))).strip():
            yield "Figure without Alt"
        bounds = _attributes(element).get("/BBox")
        if bounds is not None and not _lies_on_page(bounds, element.raw.get("/Pg")):
            yield f"Figure with BBox outside of its page: {[float(value) for value in bounds]}"


def _problems_of_elements(facts: _Facts) -> Iterator[str]:
    for element in facts.elements:
        if not element.kids and element.role not in ("TD", "TH"):
            yield f"{element.role}: empty"
        holds_text = any(isinstance(kid, tuple) for kid in element.kids)
        is_outermost = element.parent is not None and element.parent.role == "Document"
        if element.role == "NonStruct" and is_outermost and holds_text:
            yield f"NonStruct holds text directly under Document: {facts.text_of(element)!r}"
        if element.role == "Link" and any(at.role == "Link" for at in element.below() if at is not element):
            yield f"Link in a Link: {facts.text_of(element)!r}"


# Reading


class _Facts:
    """A file's structure elements in order, and what its content streams paint."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.file = file
        self.marks: list[tuple[MarkKey, Marked]] = []
        self.artifacts: list[Marked] = []
        self.unmarked: dict[int, set[str]] = {}
        self.containers: dict[tuple[int, int], int | None] = {}
        self.fonts: dict[Any, _Font] = {}
        for number, page in enumerate(file.pages, 1):
            self.note_container(page.obj)
            _ContentReader(self, number, page.objgen).read(page, page.get("/Resources"))
        self.runs = {key: found.runs for key, found in self.marks}
        root = file.Root.StructTreeRoot
        self.document = Element("StructTreeRoot", root)
        self.document.kids = [_element(kid, None, root.get("/RoleMap", {})) for kid in _kids(root)]
        self.elements = [at for top in self.document.elements() for at in top.below()]

    def note_container(self, holder: Any) -> None:
        """Remember the parent tree key of a page or group."""
        key = holder.get("/StructParents")
        self.containers[holder.objgen] = None if key is None else int(key)

    def runs_of(self, key: MarkKey) -> list[Run]:
        return self.runs.get(key, [])

    def text_of(self, element: Element) -> str:
        return _join([run for key in element.mark_keys() for run in self.runs_of(key)])


@lru_cache(maxsize=8)
def facts_of(pdf: bytes) -> _Facts:
    """A file as it is read once, for all that tests ask of it; whoever asks changes nothing of it."""
    return _Facts(pikepdf.open(io.BytesIO(pdf)))


def _element(raw: Any, parent: Element | None, roles: Any) -> Element:
    role = str(roles.get(raw.S, raw.S)).removeprefix("/")
    element = Element(role, raw, parent)
    for kid in _kids(raw):
        if isinstance(kid, int):
            element.kids.append((raw.Pg.objgen, int(kid)))
        elif "/S" in kid:
            element.kids.append(_element(kid, element, roles))
        elif "/MCID" in kid:
            holder = kid.get("/Stm", kid.get("/Pg", raw.get("/Pg")))
            element.kids.append((holder.objgen, int(kid.MCID)))
        elif "/Obj" in kid:
            element.kids.append(AnnotationReference(kid.Obj.objgen))
    return element


def _kids(raw: Any) -> list[Any]:
    kids = raw.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pieces(element: Element, facts: _Facts, block: Element | None = None) -> Iterator[tuple[Element, list[Run]]]:
    """The runs of each marked-content sequence in tree order, with the block that they belong to."""
    if element.role not in WITHIN_TEXT or block is None:
        block = element
    if element.role == "Figure" and "/Alt" in element.raw:
        yield block, [Run(str(element.raw.Alt), (0, 0), (0, 0), 0)]
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _pieces(kid, facts, block)
        elif isinstance(kid, tuple):
            yield block, facts.runs_of(kid)


class _ContentReader:
    """Follows the operators of a page: graphics state, text, marked content (ISO 32000-1, 8.4, 9.4, 14.6)."""

    def __init__(self, facts: _Facts, page: int, holder: Any) -> None:
        self.facts = facts
        self.page = page
        self.holder = holder
        self.matrix = pikepdf.Matrix()
        self.text_matrix = self.line_matrix = pikepdf.Matrix()
        self.saved: list[tuple[Any, Any, float]] = []
        self.font: _Font | None = None
        self.size = 0.0
        self.open: list[Marked | None] = []

    def read(self, stream: Any, resources: Any) -> None:
        for instruction in pikepdf.parse_content_stream(stream, FOLLOWED):
            self._follow(str(instruction.operator), list(instruction.operands), resources)

    def _follow(self, operator: str, operands: list[Any], resources: Any) -> None:
        if operator in ("BDC", "BMC"):
            self._begin_mark(operands, resources)
        elif operator == "EMC":
            self._end_mark()
        elif operator in ("q", "Q", "cm"):
            self._change_state(operator, operands)
        elif operator == "Do":
            self._paint_object(resources.XObject[str(operands[0])])
        elif operator in SHOWING_TEXT:
            self._show(operands[-1])
        elif operator in PAINTING_PATHS:
            self._paint(operator)
        else:
            self._place_text(operator, operands, resources)

    def _begin_mark(self, operands: list[Any], resources: Any) -> None:
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, pikepdf.Name):
            properties = resources.Properties[str(properties)]
        actual_text = str(properties["/ActualText"]) if "/ActualText" in properties else None
        found = Marked(self.page, actual_text=actual_text)
        if operands[0] == "/Artifact":
            self.facts.artifacts.append(found)
        elif "/MCID" in properties:
            self.facts.marks.append(((self.holder, int(properties["/MCID"])), found))
        is_known = operands[0] == "/Artifact" or "/MCID" in properties
        self.open.append(found if is_known else None)

    def _end_mark(self) -> None:
        found = self.open.pop()
        if found and found.actual_text is not None and found.runs:
            first, last = found.runs[0], found.runs[-1]
            found.runs[:] = [Run(found.actual_text, first.start, last.end, first.size)]

    def _change_state(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self.saved.append((self.matrix, self.font, self.size))
        elif operator == "Q":
            self.matrix, self.font, self.size = self.saved.pop()
        else:
            self.matrix = pikepdf.Matrix(*map(float, operands)) @ self.matrix

    def _paint_object(self, image: Any) -> None:
        if image.Subtype != "/Form":
            self._paint("Do")
            return
        inner = _ContentReader(self.facts, self.page, image.objgen)
        inner.open = [found for found in self.open if found]
        placed = pikepdf.Matrix(image.Matrix) if "/Matrix" in image else pikepdf.Matrix()
        inner.matrix = placed @ self.matrix
        if "/StructParents" in image:
            self.facts.note_container(image)
        inner.read(image, image.get("/Resources"))

    def _place_text(self, operator: str, operands: list[Any], resources: Any) -> None:
        if operator == "BT":
            self.text_matrix = self.line_matrix = pikepdf.Matrix()
        elif operator == "Tf":
            self.font = self._font(resources.Font[str(operands[0])])
            self.size = float(operands[1])
        elif operator in ("Td", "TD"):
            shift = pikepdf.Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1]))
            self.text_matrix = self.line_matrix = shift @ self.line_matrix
        elif operator == "Tm":
            self.text_matrix = self.line_matrix = pikepdf.Matrix(*map(float, operands))

    def _font(self, raw: Any) -> _Font:
        if raw.objgen not in self.facts.fonts:
            self.facts.fonts[raw.objgen] = _Font(raw)
        return self.facts.fonts[raw.objgen]

    def _show(self, shown: Any) -> None:
        found = self._paint("text")
        font = self.font
        if font is None:
            return
        start = self._position()
        letters: list[str] = []
        for item in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(item, pikepdf.String):
                codes = font.codes(bytes(item))
                letters.extend(font.unicode.get(code, "\ufffd") for code in codes)
                self._advance(sum(font.widths.get(code, font.default_width) for code in codes))
            else:
                self._advance(-float(item))
        if found:
            height = abs(self.size * (self.text_matrix @ self.matrix).d)
            found.runs.append(Run("".join(letters), start, self._position(), height))

    def _advance(self, thousandths: float) -> None:
        shift = pikepdf.Matrix(1, 0, 0, 1, thousandths / 1000 * self.size, 0)
        self.text_matrix = shift @ self.text_matrix

    def _position(self) -> tuple[float, float]:
        matrix = self.text_matrix @ self.matrix
        return matrix.e, matrix.f

    def _paint(self, operator: str) -> Marked | None:
        """The innermost mark around what is being painted; without any, the page has untagged content."""
        found = next((found for found in reversed(self.open) if found), None)
        if found is None:
            self.facts.unmarked.setdefault(self.page, set()).add(operator)
        return found


class _Font:
    """What a font's codes mean, by its ToUnicode CMap, and how wide they are: ISO 32000-1, 9.7.4, 9.10."""

    def __init__(self, raw: Any) -> None:
        self.is_composite = raw.Subtype == "/Type0"
        cmap = raw.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in raw else ""
        self.unicode = dict(_mappings(cmap))
        descendant = raw.DescendantFonts[0] if self.is_composite else raw
        self.default_width = float(descendant.get("/DW", 1000 if self.is_composite else 0))
        self.widths = dict(_composite_widths(descendant) if self.is_composite else _simple_widths(raw))

    def codes(self, shown: bytes) -> list[int]:
        if not self.is_composite:
            return list(shown)
        return [int.from_bytes(shown[at : at + 2]) for at in range(0, len(shown), 2)]


def _mappings(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, target in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            yield int(code, 16), bytes.fromhex(target).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>"
        for low, high, target in re.findall(pattern, block):
            first = bytes.fromhex(target).decode("utf-16-be")
            for offset in range(int(high, 16) - int(low, 16) + 1):
                yield int(low, 16) + offset, first[:-1] + chr(ord(first[-1]) + offset)


def _composite_widths(font: Any) -> Iterator[tuple[int, float]]:
    entries = list(font.get("/W", []))
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + offset, float(width)) for offset, width in enumerate(second))
        else:
            width = float(entries.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _simple_widths(font: Any) -> Iterator[tuple[int, float]]:
    first = int(font.get("/FirstChar", 0))
    yield from ((first + offset, float(width)) for offset, width in enumerate(font.get("/Widths", [])))


def _join(runs: Sequence[Run]) -> str:
    """The text of runs, with a space wherever there is a gap or a new line, and no soft hyphens."""
    text = ""
    for number, run in enumerate(runs):
        if number and not text.endswith(SOFT_HYPHEN) and _stand_apart(runs[number - 1], run):
            text += " "
        text += run.text
    return re.sub(r"\s+", " ", text.replace(SOFT_HYPHEN, "")).strip()


def _stand_apart(before: Run, after: Run) -> bool:
    size = max(before.size, after.size)
    gap = after.start[0] - before.end[0]
    is_same_line = abs(after.start[1] - before.end[1]) < size / 2
    return not is_same_line or not -size < gap < SPACE_IN_EM * size


def _attributes(element: Element) -> dict[str, Any]:
    raw = element.raw.get("/A", [])
    attributes: dict[str, Any] = {}
    for item in [raw] if isinstance(raw, pikepdf.Dictionary) else raw:
        attributes.update(item.items())
    return attributes


def _annotations(page: Any) -> list[Any]:
    return list(page.get("/Annots", []))


def _target(annotation: Any) -> str:
    if "/A" in annotation:
        return str(annotation.A.get("/URI", ""))
    return f"#{annotation.get('/Dest', '')}"


def _lies_on_page(bounds: Any, page: Any, tolerance: float = 0.5) -> bool:
    if page is None:
        return False
    x1, y1, x2, y2 = map(float, bounds)
    left, bottom, right, top = (float(value) for value in page.MediaBox)
    fits_across = left - tolerance <= x1 < x2 <= right + tolerance
    return fits_across and bottom - tolerance <= y1 < y2 <= top + tolerance


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree (ISO 32000-1, 7.9.7)."""
    for key, value in _pairs(tree, "/Nums"):
        yield int(key), value


def _names(tree: Any) -> Iterator[tuple[str, Any]]:
    """The entries of a name tree (ISO 32000-1, 7.9.6)."""
    for key, value in _pairs(tree, "/Names"):
        yield str(key), value


def _pairs(tree: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    if tree is None:
        return
    items = list(tree.get(leaf, []))
    yield from zip(items[::2], items[1::2], strict=True)
    for kid in tree.get("/Kids", []):
        yield from _pairs(kid, leaf)


CHECKS: tuple[Callable[[_Facts], Iterator[str]], ...] = (
    _problems_of_document,
    _problems_of_page_keys,
    _problems_of_marks,
    _problems_of_parent_tree,
    _problems_of_parents,
    _problems_of_headings,
    _problems_of_tables,
    _problems_of_lists,
    _problems_of_links,
    _problems_of_figures,
    _problems_of_elements,
)

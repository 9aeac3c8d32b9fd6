"""Sets a structure tree in order by the grammar of ISO 32000-1, 14.8.4: lists, tables, links, paragraphs.

HTML allows what the standard structure types do not: a list item without a body, a term beside its
description, text beside paragraphs. This room rearranges tags; it must not look at boxes or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, product

from merkblatt.pdf.structure_tree import INLINE, LOGGER, LinkArea, Mark, Tag

# ISO 32000-1, 14.8.4.2: grouping elements hold no content of their own, only block-level elements.
GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
KEPT_THOUGH_EMPTY = {"TD", "TH"}

# ISO 32000-1, table 347, by the names of CSS Counter Styles 3.
NUMBERINGS = {
    "disc": "Disc", "circle": "Circle", "square": "Square",
    "decimal": "Decimal", "decimal-leading-zero": "Decimal",
    "upper-roman": "UpperRoman", "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha",
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha",
}  # fmt: skip

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


def order_tree(root: Tag) -> None:
    """Bring the tree below ``root`` into the grammar, in place."""
    _prune(root)
    for tag in list(root.descendants()):
        if tag.role == "L":
            _order_description_list(tag) if tag.html == "dl" else _order_list(tag)
        elif tag.role == "Link":
            _order_link(tag)
    for number, table in enumerate(tag for tag in root.descendants() if tag.role == "Table"):
        _order_table(table, f"t{number}")
    _order_paragraphs(root)
    _prune(root)


def _prune(tag: Tag) -> None:
    """Drop tags that hold nothing: an empty element is a stumbling block to a reader."""
    for kid in tag.tags:
        _prune(kid)
    tag.kids = [kid for kid in tag.kids if not _is_empty(kid)]


def _is_empty(kid: Tag | Mark | LinkArea) -> bool:
    return isinstance(kid, Tag) and not kid.kids and kid.role not in KEPT_THOUGH_EMPTY


# Lists: ISO 32000-1, 14.8.4.3.3. A list holds items, an item holds a label and one body.


def _order_list(tag: Tag) -> None:
    tag.kids = [kid if _is(kid, "LI") else Tag("LI", kids=[kid]) for kid in tag.kids]
    for item in tag.tags:
        _order_item(item)
    tag.kids = [item for item in tag.tags if item.kids]
    styles = (item.marker_style for item in tag.tags if any(_is(kid, "Lbl") for kid in item.kids))
    tag.numbering = NUMBERINGS.get(str(next(styles, None)), "None")


def _order_item(item: Tag) -> None:
    """Gather all but the label in one body; a label without anything to label goes."""
    label = [kid for kid in item.kids if _is(kid, "Lbl")]
    rest = [kid for kid in item.kids if not _is(kid, "Lbl")]
    item.kids = [*label, Tag("LBody", kids=rest)] if rest else []


def _order_description_list(tag: Tag) -> None:
    """Pair each term with its descriptions; ``div`` may group them in HTML, not in PDF."""
    items: list[Tag] = []
    for term_follows, group in groupby(_flatten_groups(tag), key=lambda kid: _is(kid, "Lbl")):
        if term_follows or not items:
            items.append(Tag("LI"))
        items[-1].kids.append(_join(list(group), "Lbl" if term_follows else "LBody"))
    for item in items:
        if not any(kid.role == "LBody" for kid in item.tags):
            item.tags[0].role = "LBody"
    tag.kids = list(items)
    tag.numbering = "None"


def _flatten_groups(tag: Tag) -> Iterator[Tag | Mark | LinkArea]:
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.html == "div":
            yield from kid.kids
        else:
            yield kid


def _join(kids: list[Tag | Mark | LinkArea], role: str) -> Tag:
    """One tag of ``role``: the only kid itself, or a new one around several."""
    if len(kids) == 1 and isinstance(kids[0], Tag) and kids[0].role == role:
        return kids[0]
    for kid in kids:
        if isinstance(kid, Tag) and kid.role in ("Lbl", "LBody"):
            kid.role = "Span" if role == "Lbl" else "Div"
    return Tag(role, kids=kids)


# Links: ISO 32000-1, 14.8.4.4.2.


def _order_link(tag: Tag) -> None:
    """A link that leads nowhere is but text."""
    areas = [kid for kid in tag.kids if isinstance(kid, LinkArea)]
    if not areas:
        tag.role = "Span"
    elif all(area.is_empty for area in areas):
        LOGGER.error('Link "%s" has no area to click, hint: give it display: block', tag.contents)


# Tables: ISO 32000-1, 14.8.4.3.4 and 14.8.5.7.


def _order_table(table: Tag, name: str) -> None:
    table.kids.sort(key=lambda kid: _is(kid, "TFoot"))  # read the foot last, wherever the page shows it
    table.kids = [Tag("TR", kids=[kid]) if _is(kid, "TH") or _is(kid, "TD") else kid for kid in table.kids]
    rows = [tag for tag in _within_table(table) if tag.role == "TR"]
    head = {row for group in table.tags if group.role == "THead" for row in group.tags}
    grid = _lay_grid(rows)
    for (row, column), cell in grid.items():
        if cell.role == "TH" and cell.identifier is None:
            cell.identifier = f"{name}-r{row}-c{column}"
            cell.scope = _scope(cell, column, rows[row] in head or _holds_headers_only(rows[row]))
    _point_to_headers(grid)


def _within_table(table: Tag) -> Iterator[Tag]:
    """The tags of a table, without those of a table inside it."""
    for tag in table.tags:
        yield tag
        if tag.role in ("THead", "TBody", "TFoot"):
            yield from _within_table(tag)


def _holds_headers_only(row: Tag) -> bool:
    return all(cell.role == "TH" for cell in row.tags)


def _scope(cell: Tag, column: int, heads_columns: bool) -> str:
    written = cell.element.get("scope", "") if cell.element is not None else ""
    return SCOPES.get(written, "Row" if column == 0 and not heads_columns else "Column")


def _lay_grid(rows: Iterable[Tag]) -> dict[tuple[int, int], Tag]:
    """The cell at each row and column, a spanning cell at all of its places (HTML, 4.9.12.1)."""
    grid: dict[tuple[int, int], Tag] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.tags:
            while (number, column) in grid:
                column += 1
            columns, height = cell.span
            places = product(range(number, number + height), range(column, column + columns))
            grid.update(dict.fromkeys(places, cell))
    return grid


def _point_to_headers(grid: dict[tuple[int, int], Tag]) -> None:
    """Let each data cell name its header cells: those of its rows, then those above it in its columns."""
    for place, cell in grid.items():
        if cell.role != "TD":
            continue
        for header in (*_headers_of_row(grid, place[0]), *_headers_above(grid, place)):
            if header.identifier and header.identifier not in cell.headers:
                cell.headers.append(header.identifier)


def _headers_of_row(grid: dict[tuple[int, int], Tag], row: int) -> list[Tag]:
    return [cell for (at, _), cell in sorted(grid.items(), key=_place) if at == row and cell.scope == "Row"]


def _headers_above(grid: dict[tuple[int, int], Tag], place: tuple[int, int]) -> list[Tag]:
    above = ((row, place[1]) for row in range(place[0]))
    return [grid[at] for at in above if at in grid and grid[at].scope == "Column"]


def _place(entry: tuple[tuple[int, int], Tag]) -> tuple[int, int]:
    return entry[0]


# Paragraphs: text stands in a block-level element, never beside one.


def _order_paragraphs(tag: Tag) -> None:
    for kid in tag.tags:
        _order_paragraphs(kid)
    has_blocks = any(_is_block(kid) for kid in tag.kids)
    if tag.html != "div" and tag.role == "Span" and has_blocks:
        tag.role = "Div"
    elif tag.role == "Div" and not has_blocks and _holds_text(tag.kids):
        tag.role = "P"
    if tag.role in GROUPING or (has_blocks and tag.role in ("LBody", "TD", "TH", "Caption")):
        tag.kids = list(_wrap_loose_text(tag.kids))


def _wrap_loose_text(kids: Iterable[Tag | Mark | LinkArea]) -> Iterator[Tag | Mark | LinkArea]:
    """Put each run of inline kids in a paragraph of its own; a picture alone needs none."""
    for is_block, run in groupby(kids, key=_stands_alone()):
        loose = list(run)
        if is_block is None or not _holds_text(loose):
            yield from loose
        else:
            yield Tag("P", kids=loose)


def _stands_alone() -> Callable[[Tag | Mark | LinkArea], int | None]:
    """A grouping key: None for a block, one number for the inline kids that make up one paragraph."""
    paragraph = 0
    after_block_link = False

    def key(kid: Tag | Mark | LinkArea) -> int | None:
        nonlocal paragraph, after_block_link
        if _is_block(kid):
            return None
        is_block_link = isinstance(kid, Tag) and kid.is_block
        paragraph += is_block_link or after_block_link
        after_block_link = is_block_link
        return paragraph

    return key


def _holds_text(kids: Iterable[Tag | Mark | LinkArea]) -> bool:
    return any(not _is(kid, "Figure") for kid in kids)


def _is_block(kid: Tag | Mark | LinkArea) -> bool:
    """Whether a kid is block-level, or an inline one around something block-level."""
    if not isinstance(kid, Tag):
        return False
    return kid.role not in INLINE or any(_is_block(inner) for inner in kid.kids)


def _is(kid: Tag | Mark | LinkArea, role: str) -> bool:
    return isinstance(kid, Tag) and kid.role == role

"""What an embosser takes, and the bytes that it is sent: braille ASCII, lines and pages of a fixed size."""

from __future__ import annotations

from dataclasses import dataclass

from merkblatt.content.format_ids import Grade
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding
from merkblatt.outputs.liblouis import BLANK

#: Fewer cells or lines hold no leaflet.
LEAST_CELLS, LEAST_LINES = 20, 10

#: Braille ASCII by dot pattern, from no dot to dots 1-6, as `en-us-brf.dis` of liblouis has it.
_BRF = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="


@dataclass(frozen=True)
class BraillePage:
    """What an embosser takes: cells a line, lines a page (one of them for the page number), and the grade."""

    cells: int = 40
    lines: int = 25
    grade: Grade = "full"


def refuse_small(page: BraillePage) -> None:
    """Refuses a page that holds no leaflet.

    Raises:
        Faulty: with what of it is too small.
    """
    for what, value, least in (("cells", page.cells, LEAST_CELLS), ("lines", page.lines, LEAST_LINES)):
        if value < least:
            message = f"{value} {what} are too few for a page of braille"
            raise Faulty([Finding(COMMAND_LINE, message, f"take {least} or more", code="braille")])


def braille_ascii(word: str) -> str:
    """Cells as braille ASCII; dots 7 and 8 are for screens."""
    return "".join(_BRF[(ord(cell) - ord(BLANK)) & 63] for cell in word)


def emboss(lines: list[str], number: int, page: BraillePage) -> bytes:
    """One page: its lines, its number at the right of the last, and the form feed."""
    blank = [""] * (page.lines - 1 - len(lines))
    digits = "#" + "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
    return ("\r\n".join([*lines, *blank, digits.rjust(page.cells)]) + "\r\n\f").encode("ascii")

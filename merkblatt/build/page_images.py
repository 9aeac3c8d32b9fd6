"""Pictures of finished pages, as a screen shows them; the only room that knows pypdfium2. Reads PDFs, changes none.

PDFium draws with what stands in the file alone, so that the same file gives the same picture everywhere.
"""

from __future__ import annotations

from typing import Any

from PIL import Image

from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding

#: PDF, ISO 32000-1, 8.3.2.3: a unit of user space is 1/72 inch.
UNITS_PER_MM = 72 / 25.4


def draw_pages(pdf: bytes, per_mm: float, most: int | None = None) -> tuple[Image.Image, ...]:
    """The pages of a PDF in colour, the first `most` of them.

    Args:
        pdf: the file.
        per_mm: dots a mm of paper; 60 dpi are 2.36.
        most: how many pages at most; all of them where it is None.

    Raises:
        Faulty: pypdfium2 is not installed.
    """
    scale = per_mm / UNITS_PER_MM
    with find_engine().PdfDocument(pdf) as document:
        numbers = range(len(document))[:most]
        return tuple(document[number].render(scale=scale).to_pil().convert("RGB") for number in numbers)


def find_engine() -> Any:
    """PDFium; only who looks at pages needs it, so it comes as an extra.

    Raises:
        Faulty: pypdfium2 is not installed.
    """
    try:
        import pypdfium2
    except ImportError:
        message = "pictures of pages are drawn by pypdfium2, which is not installed"
        hint = "pip install pypdfium2; or let ./run set up anew: rm .venv/stamp"
        raise Faulty([Finding(COMMAND_LINE, message, hint, code="extra")]) from None
    return pypdfium2

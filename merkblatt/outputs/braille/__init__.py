"""The leaflet for an embosser: a BRF file of braille, page by page, each line as it will be felt."""

from merkblatt.outputs.braille.embosser import BraillePage
from merkblatt.outputs.braille.tables import TABLES
from merkblatt.outputs.braille.write import write_braille

__all__ = ["TABLES", "BraillePage", "write_braille"]

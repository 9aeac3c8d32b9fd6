"""The leaflet as a book for reading systems: EPUB 3.3, accessible by EPUB Accessibility 1.1."""

from merkblatt.outputs.epub.book import write_epub

__all__ = ["write_epub"]

"""Leaflet -> text, EPUB, braille; and which stages make each format."""

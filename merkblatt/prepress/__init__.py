"""Finished pages -> sheets for a printer or a print house: folds, bleed, marks, PDF/X. No tags, no claims."""

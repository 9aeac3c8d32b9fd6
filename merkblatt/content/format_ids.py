"""The names of papers, formats and variants, without what knows their facts; quick to import."""

from __future__ import annotations

from typing import Literal, get_args

PaperId = Literal["a4", "a4-large", "a4-xlarge", "a5", "a5-large", "dl", "a3-poster"]

#: Every format that can be asked for: papers, folds of them, and what is no paper; see `formats`.
Format = Literal[PaperId, "a5-booklet", "dl-fold", "dl-zigzag", "html", "text", "epub", "brf"]

FORMATS: tuple[Format, ...] = get_args(Format)

#: What a PDF claims: PDF/UA-1 and PDF/A-2a; PDF/UA-2; neither tags nor claims.
Variant = Literal["ua1", "ua2", "plain"]

VARIANTS: tuple[Variant, ...] = get_args(Variant)

#: How much braille is contracted: letter by letter; German Vollschrift, which contracts a few sounds; Kurzschrift,
#: grade 2.
Grade = Literal["basic", "full", "contracted"]
GRADES: tuple[Grade, ...] = get_args(Grade)

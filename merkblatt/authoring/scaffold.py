"""Writes a new sheet, module or edition for an author to fill in: a file that loads, with every text to be written."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from merkblatt.authoring.json_schema import FOLDER, write_schemas
from merkblatt.content.library import Library, load_library
from merkblatt.content.model import Plural
from merkblatt.content.unwritten import UNWRITTEN
from merkblatt.core.atomic_write import write_whole
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, Place, did_you_mean, shown

#: Content is reviewed anew after two years, unless its author says otherwise.
REVIEW_YEARS = 2


@dataclass(frozen=True)
class Draft:
    """What a new module is to be: its id, its section, the claims that it carries."""

    name: str
    section: str
    claims: tuple[str, ...]


def new_module(draft: Draft, folder: Path, library: Library, today: date) -> Path:
    """Writes `modules/<name>.yaml` in a content folder.

    Raises:
        Faulty: the module exists, or a claim is unknown.
    """
    unknown = [claim for claim in draft.claims if claim not in library.claims]
    if unknown:
        raise Faulty(
            Finding(COMMAND_LINE, f"unknown claim {shown(c)}", did_you_mean(c, library.claims), code="unknown-name")
            for c in unknown
        )
    facts = "".join(_fact(claim, library) for claim in draft.claims)
    text = f"""# yaml-language-server: $schema=../{FOLDER}/module.json
title: {{de: "{UNWRITTEN}: Überschrift, zwei bis sechs Wörter"}}
section: {draft.section}
statements:
{facts}- kind: do          # know | do | avoid
  text: {{de: "{UNWRITTEN}: ein Satz, der sagt, was zu tun ist"}}
  claims: [{", ".join(draft.claims)}]
  # when: {{weeks: {{over: 12}}}}
reviewed: {{next: {_in_years(today)}}}
"""
    return _write(folder / "modules" / f"{draft.name}.yaml", text, folder, library)


def new_sheet(name: str, folder: Path, library: Library, today: date) -> Path:
    """Writes `sheets/<name>.yaml` in a content folder.

    Raises:
        Faulty: the sheet exists.
    """
    flags = next((name for name, module in library.modules.items() if module.section == "red-flags"), "")
    claim = next(iter(library.claims))
    text = f"""# yaml-language-server: $schema=../{FOLDER}/sheet.json
title: {{de: "{UNWRITTEN}: Thema"}}
subtitle: {{de: "{UNWRITTEN}: für wen"}}
message:
  text: {{de: "{UNWRITTEN}: die eine wichtigste Aussage"}}
  claims: [{claim}]
sections:
- section: red-flags
  modules: [{flags}]
- section: contacts
  links: [{next(iter(library.links), "")}]
pages: {{a4: 2}}
issued: {today.isoformat()}
reviewed: {{next: {_in_years(today)}}}
"""
    return _write(folder / "sheets" / f"{name}.yaml", text, folder, library)


def new_edition(name: str, folder: Path, library: Library, base: str = "de") -> Path:
    """Writes `editions/<name>.yaml` in a content folder: every word of the page to be written, beside that of another.

    Raises:
        Faulty: the edition exists, its language is unknown, or the edition to translate from is.
    """
    if base not in library.editions:
        hint = did_you_mean(base, library.editions)
        raise Faulty([Finding(COMMAND_LINE, f"unknown edition {shown(base)}", hint, code="unknown-name")])
    tongue, origin = _tongue(name), library.editions[base]
    sections = "".join(f"  {key}: {UNWRITTEN}  # {words}\n" for key, words in origin.sections.items())
    labels = "".join(_label(key, getattr(origin.labels, key), tongue) for key in type(origin.labels).model_fields)
    text = f"""# yaml-language-server: $schema=../{FOLDER}/edition.json
# Write each text that is {UNWRITTEN}; beside it stands what "{base}" says. Words in braces stay: they are filled in.
# A text with a number has the forms of the language; a form may leave the number out ("twice").
name: {tongue.name}
language: {tongue.language}
base: {base}
direction: {tongue.direction}
{tongue.type}sections:
{sections}{_forms("weeks", origin.weeks, tongue, 0) if origin.weeks else ""}labels:
{labels}"""
    return _write(folder / "editions" / f"{name}.yaml", text, folder, library)


@dataclass(frozen=True)
class _Tongue:
    """What is known of a language (CLDR, by Babel); `type` is what the edition's file says of fonts and marks."""

    name: str
    language: str
    direction: str
    type: str
    forms: tuple[str, ...]


#: The type for scripts that the styles' first family lacks, and marks that differ from ours.
_TYPE = {
    "Arab": 'fonts: [Vazirmatn]\nmarks: {comma: "،", semicolon: "؛"}\n',
    "Cyrl": "fonts: [Noto Sans]\n",
    "Grek": "fonts: [Noto Sans]\n",
}


def _tongue(name: str) -> _Tongue:
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    language = name.split("-", maxsplit=1)[0]
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        hint = "begin with the code of a language: tr, uk, ar, en-simple"
        raise Faulty([Finding(COMMAND_LINE, f"unknown language {shown(language)}", hint)]) from None
    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    script = next((part for part in likely if part in _TYPE), "")
    forms = tuple(form for form in ("one", "two", "few", "many") if form in locale.plural_form.tags)
    own_name = str(locale.get_display_name(locale) or language)
    return _Tongue(own_name, language, locale.text_direction, _TYPE.get(script, ""), (*forms, "other"))


def _label(key: str, words: str | Plural, tongue: _Tongue) -> str:
    if isinstance(words, Plural):
        return _forms(key, words, tongue, 2)
    return f"  {key}: {_todo(words)}  # {words}\n"


def _forms(key: str, words: Plural, tongue: _Tongue, indent: int) -> str:
    """A text with a number, a line for each form."""
    space = " " * indent
    lines = [f"{space}{key}:  # {words.other}\n"]
    return "".join([*lines, *(f"{space}  {form}: {_todo(words.other)}\n" for form in tongue.forms)])


def _todo(words: str) -> str:
    """What stands for a text to be written, with the braces that it must have."""
    braces = [f"{{{field}}}" for _, field, _, _ in string.Formatter().parse(words) if field]
    return f'"{" ".join([UNWRITTEN, *braces])}"' if braces else UNWRITTEN


def _write(path: Path, text: str, folder: Path, library: Library) -> Path:
    if path.exists():
        raise Faulty([Finding(Place(path), "exists already", "choose another name")])
    write_whole(path, text.encode("utf-8"))
    # Read anew, so that editors offer the new name at once.
    write_schemas(folder / FOLDER, load_library((*library.roots, folder)))
    return path


def _fact(claim: str, library: Library) -> str:
    """A claim as a comment, so that its condition and its trap are before the author's eyes."""
    value = library.claims[claim]
    lines = [f"# {claim}: {value.fact}"]
    lines += [f"#   when: {value.when}"] if value.when else []
    lines += [f"#   trap: {value.trap}"] if value.trap else []
    return "\n".join(lines) + "\n"


def _in_years(day: date) -> str:
    try:
        return day.replace(year=day.year + REVIEW_YEARS).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year + REVIEW_YEARS, day=28).isoformat()

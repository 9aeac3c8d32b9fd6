"""Writes a new sheet or module for an author to fill in: a file that loads, with every text still to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from merkblatt.choose import UNWRITTEN
from merkblatt.files import write_whole
from merkblatt.findings import COMMAND_LINE, Faulty, Finding, Place, did_you_mean, shown
from merkblatt.library import Library, load_library
from merkblatt.schemas import FOLDER, write_schemas

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

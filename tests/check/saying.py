"""Texts put into the small content, and what is told of them; the tests of how plainly texts speak share it."""

from __future__ import annotations

from merkblatt.check.language import check_language
from tests.conftest import told

GLOSSARY = """\
terms:
- id: therapy
  words: {de: [Verhaltenstherapie]}
  means: {de: eine Form von Psychotherapie}
  explained_by: {de: [Psychotherapie]}
"""


def found(content, code: str) -> list[str]:
    findings = [finding for finding in check_language(content.load()) if finding.code == code]
    return told(dict.fromkeys(findings), content.root)


def says(content, text: str) -> None:
    content.change("modules/moving.yaml", "de: Gehen Sie.", f'de: "{text}"')


def in_edition(content, edition: str, language: str, text: str) -> None:
    """One module, and all that its sheet needs, in another edition as well."""
    words = (content.root / "editions/de.yaml").read_text().replace("language: de", f"language: {language}")
    content.write(f"editions/{edition}.yaml", words)
    content.change("sheets/pain.yaml", "title: {de: Schmerz}", f"title: {{de: Schmerz, {edition}: Pain}}")
    content.change("modules/moving.yaml", "{de: Gehen Sie.}", f'{{de: Gehen Sie., {edition}: "{text}"}}')

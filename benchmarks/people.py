"""People who do not exist, as a clinic's list would have them; the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

# fmt: off
_FIRST = (
    "Anna", "Łucja", "Jürgen", "Zoë", "Maria", "Ştefan", "Paul", "Emma", "Hannah", "Leon", "Noah", "Mia", "Ben",
    "Sofia", "Björn", "Çağla", "Frédéric", "Inês", "Katarzyna", "Luís", "Mehmet", "Nadège", "Ömer", "Paweł", "Renée",
    "Søren", "Théo", "Ursula", "Václav", "Wiebke", "Yıldız", "Žofie",
)
_LAST = (
    "Muster", "Beispiel", "Groß", "Petrović", "Šašić", "Müller", "Schmidt", "Fischer", "Weber", "Meyer", "Wagner",
    "Becker", "Schulz", "Öztürk", "Åkesson", "Dvořák", "Żółkiewski", "Núñez", "D’Amico", "Țîrlea", "Ibsen", "Kovács",
    "Lindström", "Nowak", "Sørensen",
)
# fmt: on
_NOTES = (
    "Nächster Termin: {day}. Dezember, {hour} Uhr.\nBitte zweimal am Tag üben.",
    "Bitte bringen Sie am {day}. Dezember um {hour} Uhr Ihre Unterlagen mit, auch die vom letzten Mal.",
    "Raum {day}, {hour} Uhr.",
)
#: Names that the everyday fonts of a leaflet do not cover.
_FURTHER = {
    "Arabic": ("محمد علي", "فاطمة الزهراء", "عمر حسن", "ليلى أحمد", "يوسف إبراهيم", "مريم خالد"),
    "Devanagari": ("आरव शर्मा", "दिया वर्मा", "कृष्ण पाटिल", "अनन्या गुप्ता", "विवान सिंह", "इशिता मेहता"),
    "Vietnamese": ("Nguyễn Văn Thành", "Trần Thị Hồng", "Lê Hoàng Việt", "Phạm Thu Hằng", "Võ Quốc Bảo", "Đặng Mỹ Lệ"),
}
SCRIPTS = tuple(_FURTHER)


def people(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many people with names and notes."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    for _ in range(count):
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        if chance.random() < 0.2:
            name += f"-{chance.choice(_LAST)}"
        note = chance.choice(_NOTES).format(day=chance.randint(1, 28), hour=chance.randint(8, 17))
        yield {"name": name, "note": note}


def people_of(script: str, count: int) -> Iterator[dict[str, str]]:
    """So many people whose names are in another script; numbered, so that no two are alike."""
    names = _FURTHER[script]
    for number in range(count):
        yield {"name": f"{names[number % 6]} {names[(number // 6) % 6].split()[-1]}", "note": f"Raum {number}"}

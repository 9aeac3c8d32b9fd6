"""Labels with their numbers: the form that a language asks for, days and doses in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from merkblatt.content.library import load_library
from merkblatt.content.model import Dose, Edition, Labels
from merkblatt.content.model.editions import Plural
from merkblatt.core.folders import find_folders
from merkblatt.tailoring.leaflet import SaidDose
from merkblatt.tailoring.wording import counted, day_words, dose_pieces, say
from tests.conftest import ROOT

#: A person holds, rests, repeats: each part of a dose, with a number of its own.
WHOLE = {"repeat": "8-10", "each_side": True, "hold": 5, "rest": 3, "minutes": 11, "sets": 2, "per_day": 4}


@pytest.fixture(scope="module")
def edition() -> Callable[[str], Edition]:
    """An edition: of the program, or of those that tests bring along."""
    own = [ROOT / "tests" / "editions" / name for name in ("ar", "uk")]
    found: dict[str, Edition] = {}
    for folders in (find_folders(), *(find_folders((folder,)) for folder in own)):
        found |= load_library(folders.leaflets).editions
    return found.__getitem__


def with_label(edition: Edition, label: str, words: str | Plural) -> Edition:
    labels: Labels = edition.labels.model_copy(update={label: words})
    return edition.model_copy(update={"labels": labels})


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("de", 1, "1-mal"),
        ("de", 7, "7-mal"),
        ("en", 7, "7 times"),
        ("uk", 1, "1 раз"),
        ("uk", 2, "2 рази"),
        ("uk", 4, "4 рази"),
        ("uk", 5, "5 разів"),
        ("uk", 11, "11 разів"),
        ("uk", 12, "12 разів"),
        ("uk", 21, "21 раз"),
        ("uk", 22, "22 рази"),
        ("ar", 1, "مرة واحدة"),
        ("ar", 2, "مرتان"),
        ("ar", 3, "3 مرات"),
        ("ar", 10, "10 مرات"),
        ("ar", 11, "11 مرة"),
    ],
)
def test_a_number_has_the_form_that_the_language_asks_for(edition, language, number, words):
    assert say(edition(language), "dose_repeat", n=number) == words
    assert say(edition(language), "dose_repeat", n=str(number)) == words


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (1, "إذا استمر الألم أكثر من أسبوع"),
        (2, "إذا استمر الألم أكثر من أسبوعين"),
        (6, "إذا استمر الألم أكثر من 6 أسابيع"),
        (12, "إذا استمر الألم أكثر من 12 أسبوعًا"),
        (100, "إذا استمر الألم أكثر من 100 أسبوع"),
    ],
)
def test_weeks_are_counted_as_arabic_counts_them(edition, weeks, words):
    assert say(edition("ar"), "weeks_over", weeks=weeks) == words


@pytest.mark.parametrize(
    ("span", "words"), [("5–22", "5–22 рази"), ("22–5", "22–5 разів"), ("2 до 21", "2 до 21 раз"), ("oft", "oft разів")]
)
def test_of_a_span_the_last_number_decides(edition, span, words):
    assert say(edition("uk"), "dose_repeat", n=span) == words


def test_of_two_numbers_the_last_decides(edition):
    assert say(edition("ar"), "weeks_between", over=12, upto=3) == "بعد 12 إلى 3 أسابيع"
    assert say(edition("ar"), "weeks_between", over=3, upto=12) == "بعد 3 إلى 12 أسبوعًا"


def test_words_without_a_number_are_said_as_they_are(edition):
    assert say(edition("de"), "dose_each_side") == "auf jeder Seite"
    assert say(edition("de"), "diary_week", n=3) == "Woche 3"


def test_nought_is_said_in_its_own_words_where_a_language_has_them(edition):
    words = Plural(none="gar nicht", one="{n} Mal", other="{n} Male")
    own = with_label(edition("de"), "dose_repeat", words)
    assert [say(own, "dose_repeat", n=n) for n in (0, 1, 2)] == ["gar nicht", "1 Mal", "2 Male"]
    assert counted(words, own, 1) == "{n} Mal"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "23. November 2026"),
        ("en-GB", "23 November 2026"),
        ("en-US", "November 23, 2026"),
        ("uk", "23 листопада 2026\u202fр."),
        ("ar", "23 نوفمبر 2026"),
    ],
)
def test_a_day_is_said_in_words(language, words):
    assert day_words(date(2026, 11, 23), language) == words


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        (
            "de",
            [
                "8 bis 10-mal auf jeder Seite",
                "jeweils 5 Sekunden halten",
                "3 Sekunden lösen",
                "11 Minuten",
                "2 Durchgänge",
                "4-mal am Tag",
            ],
        ),
        (
            "en",
            [
                "8 to 10 times on each side",
                "hold for 5 seconds each time",
                "let go for 3 seconds",
                "11 minutes",
                "2 rounds",
                "4 times a day",
            ],
        ),
        (
            "ar",
            [
                "8 إلى 10 مرات لكل جانب",
                "مع الثبات 5 ثوانٍ",
                "مع راحة 3 ثوانٍ",
                "11 دقيقة",
                "جولتان",
                "4 مرات في اليوم",
            ],
        ),
        (
            "uk",
            [
                "8–10 разів у кожен бік",
                "тримати 5 секунд",
                "розслабити на 3 секунди",
                "11 хвилин",
                "2 підходи",
                "4 рази на день",
            ],
        ),
    ],
)
def test_a_dose_is_said_piece_by_piece(edition, language, pieces):
    assert dose_pieces(Dose.model_validate(WHOLE), edition(language)) == pieces


@pytest.mark.parametrize(
    ("dose", "pieces"),
    [
        ({}, []),
        ({"repeat": 5}, ["5-mal"]),
        ({"each_side": True}, ["auf jeder Seite"]),
        ({"each_side": True, "hold": 20}, ["auf jeder Seite", "jeweils 20 Sekunden halten"]),
        ({"per_day": 1}, ["einmal am Tag"]),
        ({"per_day": "1-2"}, ["1 bis 2-mal am Tag"]),
    ],
)
def test_what_a_dose_does_not_say_is_not_printed(edition, dose, pieces):
    assert dose_pieces(Dose.model_validate(dose), edition("de")) == pieces


def test_a_dose_that_is_in_words_stays_as_it_is(edition):
    assert dose_pieces(SaidDose(("so", "und so")), edition("de")) == ["so", "und so"]

"""What stands on a sheet, in which order, as checks read it."""

from __future__ import annotations

from merkblatt.check.texts import plain, texts_on


def test_words_are_read_without_their_markdown():
    assert plain("**Nicht** [hier](https://example.org) und [Bird Dog]{lang=en}, 2\\* am  Tag") == (
        "Nicht hier und Bird Dog, 2* am Tag"
    )


def test_a_sheet_s_texts_stand_in_the_order_of_the_page(content):
    library = content.load()
    said = texts_on(library.sheets["pain"], "de", library)
    assert [one.words for one in said if one.chunk in {"message", "moving", "turn"}] == [
        "Schmerz",
        "Für Erwachsene",
        "Bewegen Sie sich.",
        "Bewegung",
        "Gehen Sie.",
        "Sitzen Sie.",
        "Drehen Sie den Kopf.",
        "Langsam.",
        "es schmerzt.",
    ]


def test_a_warning_that_all_exercises_share_is_read_once(content):
    content.write("exercises/nod.yaml", (content.root / "exercises/turn.yaml").read_text())
    content.change("sheets/pain.yaml", "[turn]", "[turn, nod]")
    library = content.load()
    words = [one.words for one in texts_on(library.sheets["pain"], "de", library)]
    assert words.count("es schmerzt.") == 1

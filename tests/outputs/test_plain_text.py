"""The text for an e-mail: nothing of the leaflet is lost, no line is too long, every link is numbered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest

from merkblatt.content.model import Order
from merkblatt.content.practice import read_sender
from merkblatt.outputs.plain_text import WIDTH, width, write_text
from merkblatt.page.inline_markup import parse_prose
from merkblatt.tailoring.choose import choose
from merkblatt.tailoring.leaflet import Leaflet
from merkblatt.tailoring.wording import dose_pieces
from tests.conftest import TODAY
from tests.leaflet_facts import plain_text
from tests.pressed import EDITIONS, SHEETS, leaflet
from tests.promises.test_editions import shelf

CASES = [(sheet, reader) for sheet in SHEETS for reader in ("", "svg")]
CASES += [(sheet, reader) for sheet in ("neck-pain", "whiplash") for reader in EDITIONS]

PRACTICE = 'name: Praxis am Wasserturm\naddress: ["01234 Musterstadt"]\nphone: 01234 567890\n'


def flat(text: str) -> str:
    """One line, without steering characters."""
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def prose(text: str) -> str:
    return " ".join(plain_text(parse_prose(text)).split())


def said(made: Leaflet) -> Iterator[str]:
    """All that a leaflet says, a sentence or a name each."""
    yield from (made.title, made.subtitle, prose(made.message.text))
    for part in made.parts:
        yield part.heading
        for advice in part.advice:
            for group in advice.groups:
                yield group.heading
                for run in group.runs:
                    for item in run.items:
                        yield (f"{item.condition}: " if item.condition else "") + prose(item.text)
        for training in part.trainings:
            yield from (training.name, training.alt, *map(prose, (training.start, *training.steps, training.caution)))
            yield f"{made.edition.marks.comma} ".join(dose_pieces(training.dose, made.edition))
        for contact in part.contacts:
            yield from (prose(contact.name), prose(contact.offers), *map(prose, contact.path))
    yield from (prose(source.cite) for source in made.imprint.sources)


@pytest.mark.parametrize(("sheet", "reader"), CASES)
def test_nothing_of_a_leaflet_is_lost(sheet, reader):
    made = leaflet(sheet, "a4", reader)
    text = flat(write_text(made))
    assert [words for words in said(made) if words not in text] == []


@pytest.mark.parametrize(("sheet", "reader"), CASES)
def test_every_link_is_a_footnote_with_its_number(sheet, reader):
    made = leaflet(sheet, "a4", reader)
    text = write_text(made)
    for contact in (contact for part in made.parts for contact in part.contacts):
        (number,) = re.findall(rf"^\[(\d+)\] {re.escape(contact.url)}$", text, re.MULTILINE)
        assert len(re.findall(rf" \[{number}\]$", text, re.MULTILINE)) >= 1


@pytest.mark.parametrize(("sheet", "reader"), CASES)
def test_no_line_is_too_long(sheet, reader):
    text = write_text(leaflet(sheet, "a4", reader))
    assert [line for line in text.splitlines() if width(line) > WIDTH and "://" not in line] == []
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\n\n\n\n" not in text


def test_every_heading_is_underlined_to_its_length():
    lines = write_text(leaflet("neck-exercises", "a4", "svg")).splitlines()
    under = [(above, line) for above, line in pairwise(lines) if re.fullmatch(r"([-=~.])\1+", line)]
    assert len(under) == 24
    assert all(len(above) == len(line) for above, line in under)


def test_a_sheet_for_one_person(golden):
    golden("text/neck-exercises.txt", write_text(leaflet("neck-exercises", "a4", "svg")))


def test_a_plan_can_be_filled_in(golden):
    golden("text/my-plan.txt", write_text(leaflet("my-plan", "a4")))


def test_what_is_to_be_done_and_what_not_is_marked(content):
    content.change("modules/moving.yaml", "reviewed", "- {kind: avoid, text: {de: Liegen}, claims: [1-a]}\nreviewed")
    text = write_text(content.choose())
    assert "\n✓ Gehen Sie.\n" in text
    assert "\n✗ Liegen\n" in text


def test_a_long_word_is_cut_and_an_address_is_not(content):
    long = "https://example.org/" + "a" * 90
    lines = write_text(content.choose(note=f"{'x' * 100} {long}")).splitlines()
    assert "x" * WIDTH in lines
    assert "x" * (100 - WIDTH) in " ".join(lines)
    assert long in lines


def test_a_link_within_prose_is_a_footnote_too(content):
    content.change("modules/moving.yaml", "de: Gehen Sie.", 'de: "Gehen Sie [**hier**hin](https://example.org/weg)."')
    text = write_text(content.choose())
    assert "✓ Gehen Sie hierhin [1]." in text
    assert text.endswith("\n\nweb\n---\n\n[1] https://example.org/weg\n[2] https://example.org/rat\n")


def test_wide_letters_take_two_columns():
    assert (width("漢字"), width("ab"), width("e\u0301"), width("\u2066")) == (4, 2, 1, 0)


# --- right to left ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    path = tmp_path_factory.mktemp("practice") / "practice.yaml"
    path.write_text(PRACTICE, encoding="utf-8")
    order = Order(sheet="test-neck", edition="ar", name="Łucja Ångström", note="Montag, 9 Uhr. " * 8, weeks=14)
    return write_text(choose(order, shelf("ar"), read_sender(path), TODAY))


def test_arabic_lines_begin_on_the_right(arabic):
    assert [line for line in arabic.splitlines() if line and not line.startswith("\u200f")] == []


def test_what_runs_from_the_left_is_isolated(arabic):
    assert "الهاتف \u206601234 567890\u2069" in arabic
    assert "\u2066https://example.org/rat\u2069" in arabic
    assert "\u2066Łucja Ångström\u2069" in arabic


def test_no_isolate_is_left_open_at_the_end_of_a_line(arabic):
    counts = [(line.count("\u2066"), line.count("\u2069")) for line in arabic.splitlines()]
    assert all(opened == closed for opened, closed in counts)
    assert sum(opened for opened, _ in counts) > 8  # the note runs over two lines


def test_an_arabic_name_is_isolated_in_a_german_text():
    assert "\nFür \u2067سلمى الخطيب\u2069\n" in write_text(leaflet("neck-pain", "a4", name="سلمى الخطيب"))
    assert not re.search("[\u2066-\u2069\u200f]", write_text(leaflet("neck-pain", "a4", name="Erika Muster")))

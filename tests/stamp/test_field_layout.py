"""A layout whose fields hold stand-ins becomes a master, or is refused."""

from __future__ import annotations

import io

import pikepdf
import pytest

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.field_layout import open_master
from merkblatt.stamp.line_breaking import Hand
from merkblatt.stamp.master import Master
from merkblatt.stamp.shaping import Drawn, Pen
from tests.pdf_facts import reading_order, structure_problems
from tests.stamp.opening import Opening, marked, opened
from tests.stamp.settings import face


def master(body: str, **said: str) -> Master:
    def look(at: Opening) -> Master:
        return open_master(at.document, at.pdf, at.pages, at.source, at.words)

    return opened(body, look, **said)


def stamped(own: Master, **words: str) -> bytes:
    fields = {name.removeprefix("_"): said for name, said in words.items()}
    hand = Hand(own.setting, Pen([face()], own.setting.types, own.brought))
    return b"".join(own.stamp(hand, hand.set(fields), fields))


def test_a_master_takes_other_words_of_the_same_shape() -> None:
    own = master(f"<p>Für {marked(0)}, am {'<b>'}{marked(1)}</b></p><p>Ende.</p>", style="b { font-weight: 400 }")
    for name in ("Anna", "Łucja"):
        pdf = stamped(own, _0=name, _1="Montag")
        assert [text for _, text in reading_order(pdf)] == ["Probe", f"Für {name}, am Montag", "Ende."]
        assert structure_problems(pdf) == []


def test_a_master_knows_its_setting() -> None:
    own = master(f"<p>Für {marked(0)}.</p>")
    assert [run.pattern for run in own.setting.paragraphs[0].runs] == [("Für ", "0", ".")]
    assert [type_.size for type_ in own.setting.types] == [16.0]
    assert own.setting.types[0].language == "de"
    assert (own.pages, len(own.holes), len(own.slots)) == (1, 1, 1)


def test_a_title_with_a_name_is_a_person_s_own() -> None:
    own = master(f"<p>{marked(0)}</p>", title=f"Für {marked(0)}", _0="nn")
    with pikepdf.open(io.BytesIO(stamped(own, _0="Ł & <b>"))) as file:
        assert str(file.docinfo["/Title"]) == "Für Ł & <b>"
        with file.open_metadata(update_docinfo=False) as metadata:
            assert metadata["dc:title"] == "Für Ł & <b>"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p aria-label='{marked(0)}'>a", "no paragraph"),
        (f"<p>{marked(0)}<p style='letter-spacing: 1px'>{marked(1)}", "letter-spacing"),
        (f"<p style='text-align: center'>{marked(0)}", "aligns"),
        (f"<p style='opacity: 0.5'>{marked(0)}", "group"),
    ],
)
def test_what_is_not_certain_is_refused(body: str, why: str) -> None:
    with pytest.raises(NeedsLayout, match=why):
        master(body)


def test_a_text_that_the_engine_sets_wider_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = Pen._draw_whole

    def wider(self: Pen, type_: int, text: str) -> Drawn:
        drawn = draw(self, type_, text)
        return drawn._replace(width=drawn.width + 0.1)

    monkeypatch.setattr(Pen, "_draw_whole", wider)
    monkeypatch.setattr(Pen, "_draw_by_words", lambda *_: None)
    with pytest.raises(NeedsLayout, match="elsewhere than was thought"):
        master(f"<p>Für {marked(0)}.</p>")

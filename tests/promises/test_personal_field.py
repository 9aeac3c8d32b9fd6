"""A field that is marked as a person's is kept out of messages, keys, kept leaflets, file names and posters.

Proved with a field that the program does not have: whatever is marked is kept out, without another change.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import pytest

from merkblatt.build.build import build
from merkblatt.build.job import Job
from merkblatt.build.kept_builds import Shortcut
from merkblatt.build.kept_pdf import KeptPlace, PersonalField
from merkblatt.content.model import Order, Personal
from merkblatt.content.model.orders import PersonName
from merkblatt.content.validation import to_model
from merkblatt.core.cache import Cache
from merkblatt.core.findings import Faulty
from merkblatt.core.folders import find_folders
from merkblatt.core.yaml_reader import parse_yaml
from merkblatt.page.compose import compose
from merkblatt.tailoring.resolve import Resolver
from tests.conftest import TODAY, Content

#: Words that stand nowhere else.
WORDS = "Mausezahn"


class Pretended(Order):
    """An order with two fields more that are a person's: one that nobody may repeat, and a day."""

    nickname: Annotated[PersonName | None, Personal("nickname")] = None
    birthday: Annotated[date | None, Personal("birthday", is_secret=False)] = None


def order(content: Content, **wanted: object) -> Pretended:
    return Pretended.model_validate({"sheet": "pain", "nickname": WORDS, **wanted})


def holding(folder: Path) -> list[Path]:
    """The files whose name or bytes hold the words."""
    encoded = [WORDS.encode(encoding) for encoding in ("utf-8", "utf-16-be", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if WORDS in path.name or any(one in path.read_bytes() for one in encoded)]


def test_no_message_repeats_it():
    text = f"sheet: pain\nnickname: {WORDS}\u202e\nbirthday: 1.2.3\n".encode()
    with pytest.raises(Faulty) as caught:
        to_model(parse_yaml(text.decode(), Path("order.yaml")), Pretended, Path("order.yaml"))
    told = "".join(f"{finding.message} {finding.hint}" for finding in caught.value.findings)
    assert "nickname" in told
    assert WORDS not in told
    assert "1.2.3" in told, "what is no secret is shown, so that it can be mended"


def test_it_is_in_no_key(content: Content):
    resolver = Resolver(content.load())
    said = resolver.resolve(order(content, birthday=TODAY), None, TODAY)
    assert said.key == resolver.resolve(Pretended(sheet="pain"), None, TODAY).key
    assert set(said.words) == {"nickname", "birthday"}


def test_it_is_in_nothing_that_is_kept_and_in_no_file_name(content: Content, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    job = Job(order(content), None, TODAY, trail="0" * 64)
    (built,) = build([job], content.load(), content.folders, tmp_path / "out", cache=cache)
    assert built.paths, built.findings
    assert holding(tmp_path) == []
    fields = KeptPlace.from_bytes(cache.get("0" * 64) or b"").person
    assert PersonalField("name", "name", 300, False) in fields


def test_the_page_for_everyone_does_not_have_it(content: Content):
    resolved = Resolver(content.load()).resolve(order(content), None, TODAY)
    assert WORDS not in compose(resolved.leaflet, content.folders).html
    assert WORDS not in resolved.leaflet.file_name
    assert [said.words for said in resolved.for_person.secrets] == [WORDS]


def test_no_poster_bears_it(content: Content):
    with pytest.raises(Faulty, match="bears no nickname"):
        Resolver(content.load()).resolve(order(content, format="a3-poster"), None, TODAY)


def test_an_option_of_that_name_leads_to_no_key_and_finds_nothing_that_knows_it_not(tmp_path: Path):
    """The quick way learns from what was kept which fields are a person's; what it does not know takes the long way."""
    cache, plain = Cache(tmp_path), {"sheets": ("neck-pain",), "editions": (), "formats": (), "day": None}
    shortcut = Shortcut(cache, find_folders(), {**plain, "nickname": WORDS, "out": tmp_path}, TODAY)
    (key,) = shortcut.keys()
    assert [key] == Shortcut(cache, find_folders(), {**plain, "nickname": "x", "out": Path("o")}, TODAY).keys()
    trail = KeptPlace(
        "0" * 64, "neck-pain.de.a4", TODAY, overdue=False, person=(PersonalField("name", "name", 9, False),)
    )
    cache.put(key, trail.to_bytes())
    assert shortcut.recall() is None
    assert holding(tmp_path) == []


def test_the_search_for_the_words_finds_them(tmp_path: Path):
    (tmp_path / "a").write_bytes(WORDS.encode("utf-16-be"))
    (tmp_path / WORDS).write_bytes(b"x")
    assert len(holding(tmp_path)) == 2

"""What the reader of content takes and refuses: every fault of every file at once, and no name that leads nowhere."""

from __future__ import annotations

import pytest

from merkblatt.content.library import FILES, FOLDERS, load_library
from merkblatt.core.findings import Faulty
from tests.conftest import told


def test_the_small_content_of_these_tests_is_sound(content):
    library = content.load()
    assert sorted(library.modules) == ["cold", "flags", "later", "moving", "warmth"]
    assert library.claim_source["1-a"] == "book"


def test_the_program_s_own_content_is_sound(library):
    assert set(library.sheets) >= {"low-back-exercises", "low-back-pain", "neck-pain", "whiplash"}
    assert len(library.claims) == 131


def test_every_sheet_is_there_in_every_edition(library):
    assert set(library.editions) == {"de", "de-simple", "en"}
    assert {name for name, sheet in library.sheets.items() if set(sheet.title.root) < set(library.editions)} == set()


def test_values_know_where_they_stand(content):
    library = content.load()
    statement = library.modules["warmth"].statements[0]
    place = statement.at("text")
    assert (place.path, place.line, place.column) == (content.root / "modules/warmth.yaml", 4, 20)


def test_a_file_is_read_again_where_its_text_is_another_and_only_there(content):
    before = content.load()
    content.change("modules/moving.yaml", "Gehen Sie.", "Laufen Sie.")
    after = content.load()
    assert after.modules["moving"].statements[0].text.root["de"] == "Laufen Sie."
    assert before.modules["moving"].statements[0].text.root["de"] == "Gehen Sie."
    assert after.modules["warmth"] is before.modules["warmth"]
    content.change("modules/moving.yaml", "Laufen Sie.", '"')
    assert len(content.faults()) == len(content.faults()) == 1


def test_values_and_shelves_cannot_be_changed(content):
    library = content.load()
    with pytest.raises(TypeError):
        library.modules["x"] = library.modules["warmth"]
    with pytest.raises(ValueError, match="frozen"):
        library.modules["warmth"].section = "work"


def test_all_faults_of_all_files_come_at_once(content):
    content.change("modules/warmth.yaml", "statements:", "statments:")
    content.change("modules/moving.yaml", "section: self-help", "section: selfhelp")
    content.change("modules/moving.yaml", "kind: do", "kind: dont")
    content.change("claims.yaml", "topics: [neck], fact: Moving", "topics: neck, fact: Moving")
    content.change("sheets/pain.yaml", "a4: 2", "a4: two")
    assert content.faults() == [
        'claims.yaml:3:21: claims[1].topics must be a list, found "neck"',
        'modules/moving.yaml:2:10: section cannot be "selfhelp"',
        'modules/moving.yaml:4:10: statements[1].kind cannot be "dont"',
        'modules/warmth.yaml:1:1: "statements" is missing',
        'modules/warmth.yaml:3:1: unknown key "statments"',
        'sheets/pain.yaml:10:13: pages.a4 must be a whole number, found "two"',
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("modules/moving.yaml", "[1-a]", "[1-x]", 'modules/moving.yaml:4:3: unknown claim "1-x"'),
        ("modules/flags.yaml", "[leaf]", "[leave]", 'modules/flags.yaml:4:3: unknown source "leave"'),
        ("modules/cold.yaml", "stage: acute", "stage: cute", 'modules/cold.yaml:4:68: unknown stage "cute"'),
        (
            "modules/warmth.yaml",
            "circumstance: tension",
            "circumstance: tense",
            'modules/warmth.yaml:4:75: unknown circumstance "tense"',
        ),
        ("modules/cold.yaml", "[warmth]", "[warmt]", 'modules/cold.yaml:5:14: unknown module "warmt"'),
        ("sheets/pain.yaml", "[moving, warmth]", "[move]", 'sheets/pain.yaml:5:33: unknown module "move"'),
        ("sheets/pain.yaml", "[turn]", "[turns]", 'sheets/pain.yaml:6:35: unknown exercise "turns"'),
        ("sheets/pain.yaml", "[help]", "[helps]", 'sheets/pain.yaml:9:30: unknown link "helps"'),
        ("sheets/pain.yaml", "claims: [1-a]", "claims: [9-z]", 'sheets/pain.yaml:3:10: unknown claim "9-z"'),
        ("exercises/turn.yaml", "[leaf]", "[leafs]", 'exercises/turn.yaml:9:10: unknown source "leafs"'),
        ("links.yaml", "[1-a]", "[1-y]", 'links.yaml:2:3: unknown claim "1-y"'),
        ("claims.yaml", "source: book", "source: boook", 'claims.yaml:3:3: unknown source "boook"'),
        ("conditions.yaml", "source: book", "source: bok", 'conditions.yaml:2:41: unknown source "bok"'),
    ],
)
def test_a_name_that_leads_nowhere_is_found_where_it_stands(content, file, old, new, fault):
    content.change(file, old, new)
    assert fault in content.faults()


def test_a_name_that_leads_nowhere_comes_with_the_nearest_one(content):
    content.change("sheets/pain.yaml", "[moving, warmth]", "[moving, warmht]")
    with pytest.raises(Faulty) as caught:
        content.load()
    (finding,) = caught.value.findings
    assert finding.hint == 'did you mean "warmth"?'


def test_a_left_out_claim_must_exist(content):
    content.write("left-out.yaml", "left_out:\n- {claim: 9-z, why: none}\n")
    assert content.faults() == ['left-out.yaml:2:11: unknown claim "9-z"']


def test_a_statement_without_ground_is_refused(content):
    content.change("modules/moving.yaml", ", claims: [1-a]", "")
    assert content.faults() == ["modules/moving.yaml:4:3: stands on no claim and no source"]


@pytest.mark.parametrize("file", ["claims.yaml", "sources.yaml", "conditions.yaml", "links.yaml"])
def test_an_id_that_stands_twice_in_a_file_is_refused(content, file):
    text = (content.root / file).read_text()
    first = next(line for line in text.split("\n") if line.startswith("- {id:"))
    content.write(file, text.replace(first, f"{first}\n{first}", 1))
    (fault,) = content.faults()
    assert fault.startswith(f"{file}:")
    assert fault.endswith("stands here a second time")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("modules/Warmth.yaml", "its name cannot be an id"),
        ("modules/warm_th.yaml", "its name cannot be an id"),
        ("modules/cool.yml", "would not be read"),
        ("sheets/more.YAML", "would not be read"),
    ],
)
def test_a_file_that_would_not_be_read_is_not_passed_over(content, name, message):
    content.write(name, "x: 1\n")
    assert content.faults() == [f"{name}: {message}"]


@pytest.mark.parametrize("name", [*(f"{folder}/x.yaml" for folder in FOLDERS), *FILES])
@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a list\n", "a word\n", "8\n"])
def test_a_file_that_holds_nothing_or_something_else_is_a_finding(content, name, text):
    content.write(name, text)
    faults = content.faults()
    assert any(fault.startswith(f"{name}") for fault in faults)
    assert all("is empty" in fault or "must be a mapping" in fault for fault in faults if fault.startswith(name))


def test_a_root_that_is_no_folder_is_a_finding(content, tmp_path):
    with pytest.raises(Faulty) as caught:
        load_library([content.root, tmp_path / "nowhere"])
    assert told(caught.value.findings, tmp_path) == ["nowhere: is not a folder"]


# --- folders of one's own ---------------------------------------------------------------------------------


def test_a_later_folder_overrides_file_by_file_and_id_by_id(make_library):
    base = make_library()
    own = make_library(dict.fromkeys(base_files(base)), name="own")
    own.write("modules/warmth.yaml", (base.root / "modules/warmth.yaml").read_text().replace("Wärmen Sie.", "Eigenes."))
    own.write("sources.yaml", "sources:\n- {id: leaf, cite: {de: Das neue Blatt}}\n- {id: third, cite: {de: Neu}}\n")
    own.write("claims.yaml", "source: third\nclaims:\n- {id: 1-b, topics: [neck], fact: Told otherwise}\n")
    library = load_library([base.root, own.root])
    assert library.modules["warmth"].statements[0].text.get("de") == "Eigenes."
    assert library.modules["moving"].statements[0].text.get("de") == "Gehen Sie."
    assert {name: source.cite.get("de") for name, source in library.sources.items()} == {
        "book": "Das Buch",
        "leaf": "Das neue Blatt",
        "third": "Neu",
    }
    assert (library.claims["1-b"].fact, library.claim_source["1-b"]) == ("Told otherwise", "third")
    assert (library.claims["1-a"].fact, library.claim_source["1-a"]) == ("Moving helps", "book")


def base_files(content):
    return [path.relative_to(content.root).as_posix() for path in content.root.rglob("*.yaml")]


@pytest.mark.parametrize("name", ["modules/warmth.yaml", "sheets/pain.yaml", "claims.yaml"])
def test_a_link_out_of_the_folder_is_refused(content, tmp_path, name):
    outside = tmp_path / "outside.yaml"
    inside = content.root / name
    inside.rename(outside)
    inside.symlink_to(outside)
    faults = content.faults()
    assert f"{name}: leads out of {content.root}" in faults


def test_a_linked_folder_out_of_the_folder_is_refused(content, tmp_path):
    (content.root / "modules").rename(tmp_path / "elsewhere")
    (content.root / "modules").symlink_to(tmp_path / "elsewhere")
    assert f"modules/warmth.yaml: leads out of {content.root}" in content.faults()


def test_a_link_within_the_folder_is_taken(content):
    (content.root / "modules/same.yaml").symlink_to(content.root / "modules/warmth.yaml")
    assert content.load().modules["same"].statements[0].text.get("de") == "Wärmen Sie."


def test_a_link_that_leads_nowhere_is_a_finding(content):
    (content.root / "modules/lost.yaml").symlink_to(content.root / "modules/none.yaml")
    assert content.faults() == ["modules/lost.yaml: cannot be read: No such file or directory"]

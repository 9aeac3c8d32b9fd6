"""Where a list comes from: its form by how it begins, and a file that changes or is not there."""

from __future__ import annotations

import hashlib
import io

import pytest

from merkblatt.batch.lists.source import open_source
from merkblatt.core.findings import Faulty
from tests.batch_lists import faults, spreadsheet


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"Blatt;Name\n", "csv"),
        (b'{"sheet": "x"}\n', "jsonl"),
        (b"- sheet: x\n", "yaml"),
        (spreadsheet(["Blatt"]), "xlsx"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(data, form, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert open_source("-").form == form


def test_a_list_that_changes_while_it_is_read_is_refused(read, tmp_path):
    listing = read("Blatt\nneck-pain\n")
    (tmp_path / "orders.csv").write_text("Blatt\nneck-pain\nwhiplash\n", encoding="utf-8")
    assert "has changed while it was read" in faults(lambda: list(listing.rows()))[0]


def test_a_list_that_is_not_there_is_told():
    assert "cannot be read" in faults(lambda: open_source("nothing.csv"))[0]


@pytest.mark.parametrize(
    ("name", "data", "form", "encoding"),
    [
        ("a.csv", b"Blatt\n", "csv", "utf-8-sig"),
        ("a.CSV", "Bl\u00e4tter\n".encode("cp1252"), "csv", "cp1252"),
        ("a.tsv", "\ufeffBlatt".encode("utf-16-le"), "csv", "utf-16"),
        ("a.tsv", "\ufeffBlatt".encode("utf-16-be"), "csv", "utf-16"),
        ("a.jsonl", b"[", "jsonl", "utf-8-sig"),
        ("a.ndjson", b"", "jsonl", "utf-8-sig"),
        ("a.yml", b"{", "yaml", "utf-8-sig"),
        ("a.csv", b"PK\x03\x04", "xlsx", ""),
        ("a", b"\xef\xbb\xbf  {}", "jsonl", "utf-8-sig"),
        ("a", b"\n- sheet: x", "yaml", "utf-8-sig"),
        ("a.txt", b"[1]", "yaml", "utf-8-sig"),
        ("a.txt", b"-Blatt", "csv", "utf-8-sig"),
        ("a.txt", b"", "csv", "utf-8-sig"),
        # A letter that two pieces of a file share, and one that the end cuts off.
        ("a.csv", b"x" * ((1 << 20) - 1) + "\u00e4".encode(), "csv", "utf-8-sig"),
        ("a.csv", b"x" * ((1 << 20) + 5) + b"\xc3", "csv", "cp1252"),
        ("a.csv", b"x" * ((1 << 20) + 5) + b"\xe4\n", "csv", "cp1252"),
        ("a.csv", b"\xe4\n" + b"x" * (1 << 20), "csv", "cp1252"),
    ],
    ids=range(17),
)
def test_a_file_is_told_by_its_first_bytes_then_its_name_then_how_it_begins(name, data, form, encoding, tmp_path):
    (tmp_path / name).write_bytes(data)
    source = open_source(str(tmp_path / name))
    assert (source.form, source.encoding, source.held) == (form, encoding, None)
    assert source.digest == hashlib.sha256(data).hexdigest()
    with source.open() as file:
        assert file.read() == data


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"Blatt", "is no spreadsheet"),
        ("a.csv", b"\xd0\xcf\x11\xe0", "is an old spreadsheet"),
        ("a.jsonl", b'{"sheet": "\xe4"}', "is not UTF-8 text"),
        ("a.yaml", b"- sheet: \xe4", "is not UTF-8 text"),
    ],
)
def test_what_is_in_no_form_that_is_read_is_told(name, data, told, tmp_path):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Faulty, match=told) as caught:
        open_source(str(tmp_path / name))
    assert caught.value.findings[0].hint


def test_a_file_that_is_gone_is_told_when_it_is_read_again(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Blatt\n")
    source = open_source(str(tmp_path / "a.csv"))
    (tmp_path / "a.csv").unlink()
    with pytest.raises(Faulty, match="cannot be read: No such file"):
        source.open()


def test_standard_input_is_read_as_often_as_it_takes_and_never_told(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Blatt;Name\r\nx;Erika\r\n")))
    source = open_source("-")
    for _ in range(2):
        with source.open_text() as text:
            assert text.read() == "Blatt;Name\r\nx;Erika\r\n"
    assert (str(source.path), source.stamp) == ("standard input", None)
    assert "Erika" not in repr(source)


def test_text_begins_without_its_mark(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfBlatt\n")
    with open_source(str(tmp_path / "a.csv")).open_text() as text:
        assert text.read() == "Blatt\n"

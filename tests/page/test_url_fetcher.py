"""The layout engine reads what lies in the given folders, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from merkblatt.page.url_fetcher import InsideFetcher, Refused


@pytest.fixture
def fetcher(tmp_path: Path) -> InsideFetcher:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a b.css").write_text("p {}")
    (inside / "x.woff2").write_bytes(b"font")
    (tmp_path / "secret.css").write_text("geheim")
    (inside / "link.css").symlink_to(tmp_path / "secret.css")
    return InsideFetcher((inside,))


@pytest.mark.parametrize(("name", "kind"), [("a%20b.css", "text/css"), ("x.woff2", "font/woff2")])
def test_a_file_in_a_folder_is_read_and_its_type_told(
    fetcher: InsideFetcher, tmp_path: Path, name: str, kind: str
) -> None:
    response = fetcher.fetch(f"{(tmp_path / 'in').as_uri()}/{name}")
    assert response.read() in {b"p {}", b"font"}
    assert response.content_type == kind


def test_data_is_read_from_the_address() -> None:
    assert InsideFetcher(()).fetch("data:text/plain;base64,aGFsbG8=").read() == b"hallo"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("{base}/secret.css", "outside the given folders"),
        ("{base}/in/../secret.css", "outside the given folders"),
        ("{base}/in/%2e%2e/secret.css", "outside the given folders"),
        ("{base}/in/link.css", "outside the given folders"),
        ("{base}/in/none.css", "is no file"),
        ("{base}/in", "is no file"),
        ("file://server/share/x.css", "on another machine"),
        ("http://example.org/x.css", "only files beside"),
        ("ftp://example.org/x.css", "only files beside"),
    ],
)
def test_everything_else_is_refused(fetcher: InsideFetcher, tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(Refused) as caught:
        fetcher.fetch(url.format(base=tmp_path.as_uri()))
    assert why in caught.value.why
    assert not isinstance(caught.value, Exception)


def test_a_long_address_is_cut() -> None:
    with pytest.raises(Refused) as caught:
        InsideFetcher(()).fetch("http://example.org/" + "x" * 900)
    assert len(caught.value.url) == 120

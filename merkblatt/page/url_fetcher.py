"""Keeps the layout engine offline: no connection, and no file outside the folders that are given.

Every address that a style, a template or a picture names passes through `InsideFetcher`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from merkblatt.core.folders import lies_within
from merkblatt.pdf.engine_internals import FatalURLFetchingError, URLFetcher, URLFetcherResponse

_TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}


class Refused(FatalURLFetchingError):  # type: ignore[misc]
    """Something was asked for that lies outside; a BaseException, so that the engine cannot go on without it."""

    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{url}: {why}")


class InsideFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches `data:` and files inside the folders; refuses all else, links followed."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
        self._folders = folders

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The response for an address.

        Raises:
            Refused: the address is not a file in one of the folders.
        """
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.scheme != "file":
            raise Refused(_cut(url), "only files beside the style or the template are read")
        if parts.netloc not in {"", "localhost"}:
            raise Refused(_cut(url), "is on another machine")
        path = Path(url2pathname(unquote(parts.path)) if "%" in parts.path else url2pathname(parts.path))
        if not lies_within(path, self._folders):
            raise Refused(_cut(url), "lies outside the given folders")
        if not path.is_file():
            raise Refused(_cut(url), "is no file")
        # Read here, since urllib would ask the system's own table of types.
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def _cut(url: str) -> str:
    return url if len(url) <= 120 else url[:119] + "…"

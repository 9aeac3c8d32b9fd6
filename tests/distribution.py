"""Which tests run one after the other in one worker, which of these bundles begin first, and which are slow.

A bundle is a real sheet on one paper, for all its readers, so that each leaflet is laid out and read once; or it is a
file of tests, so that what they share is made once. pytest-xdist has marks for that, which it writes into a test's
name; pytest 9.2 no longer takes names from others, and the tests of a bundle were spread over all workers unseen.
So the name alone tells the bundle here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from merkblatt.content.formats import PAPERS
from tests.pressed import SHEETS

_NAMES = (
    rf"[\[-](?P<sheet>{'|'.join(SHEETS)})(?:-(?P<paper>{'|'.join(sorted(PAPERS, key=len, reverse=True))}))?(?=[]-])"
)
#: Where a test of a sheet names no paper, it reads what is laid out for the most common one.
_USUAL, _READERS = "a4", "tests/page/"
#: Folders whose files take longest begin first, so that the workers end together; last come many short ones.
_LONG = ("tests/promises/", "tests/stamp/", "tests/build/", "tests/batch/", "tests/outputs/", "tests/page/")


def bundle(name: str) -> str:
    """The bundle that a test belongs to, by its name `FILE::TEST[PARAMETERS]`: `SHEET PAPER`, or the file."""
    file, _, test = name.partition("::")
    found = re.search(_NAMES, test)
    if not found or not (found["paper"] or file.startswith(_READERS)):
        return file
    return f"{found['sheet']} {found['paper'] or _USUAL}"


def place_in_line(name: str) -> tuple[int, str]:
    """Sorts tests by their bundles, those first that take longest."""
    own = bundle(name)
    if not own.startswith("tests/"):
        return len(_LONG), own
    return next((at for at, folder in enumerate(_LONG) if own.startswith(folder)), len(_LONG) + 1), own


def make_scheduler(config: Any, log: Any) -> Any:
    """What hands bundles to workers, in the order in which the tests were collected."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Bundles(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return bundle(nodeid)

    config.option.loadscopereorder = False
    return Bundles(config, log)


#: Files and folders whose tests lay pages out for real, or start a browser, a validator or the tool anew.
_SLOW = (
    "tests/promises/", "tests/stamp/", "tests/build/test_finisher.py", "tests/build/test_gallery.py",
    "tests/build/test_kept_builds.py", "tests/build/test_preview.py", "tests/batch/test_dask_pool.py",
    "tests/batch/test_process_pool.py", "tests/batch/test_stamp_work.py", "tests/batch/print_run/test_joining.py",
    "tests/outputs/epub/test_book.py", "tests/outputs/test_produce.py", "tests/page/test_layout.py",
    "tests/page/test_overflow.py", "tests/page/test_plan_tables.py", "tests/page/test_weasyprint_import.py",
    "tests/pdf/test_merge.py", "tests/pdf/test_structure_from_boxes.py", "tests/pdf/test_structure_tree.py",
    "tests/pdf/test_structure_writer.py", "tests/test_conftest.py",
)  # fmt: skip
#: What a test asks for that starts the tool in a process of its own.
_SLOW_FIXTURES = frozenset({"process"})


def is_slow(name: str, fixtures: Iterable[str]) -> bool:
    """Whether a test is no part of the quick lane, by its name and by what it asks for."""
    return name.startswith(_SLOW) or not _SLOW_FIXTURES.isdisjoint(fixtures)

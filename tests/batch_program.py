"""A batch as a program of its own, with work for tests: `python -m tests.batch_program CONTENT ORDERS OUT [how…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from merkblatt import batching
from merkblatt.batch import Means, Wanted
from merkblatt.cli import _tell
from merkblatt.crew import LocalCrew
from merkblatt.findings import Faulty
from tests.batch_works import TODAY, contents, quick, slow, very_slow

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    content, orders, out, *how = sys.argv[1:]
    work = {"--slow": slow, "--very-slow": very_slow}.get(how[0] if how else "", quick)
    crew = Means(hire=lambda duty: LocalCrew(duty, 2), make_work=work)
    batching.means = lambda how: crew
    wanted = Wanted(orders, Path(out), TODAY, resume="--resume" in how)
    asked = {"quiet": "--quiet" in how, "as_json": "--json" in how}
    try:
        return batching.run_told(wanted, contents(Path(content), ROOT), _tell, asked)
    except Faulty as error:
        _tell(error.findings)
        return 1


if __name__ == "__main__":
    sys.exit(main())

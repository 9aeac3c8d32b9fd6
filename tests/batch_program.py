"""A batch as a program of its own, with work for tests: `python -m tests.batch_program CONTENT ORDERS OUT [how…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from merkblatt.batch.process_pool import ProcessPool
from merkblatt.batch.run import Means, Wanted
from merkblatt.cli import batch_session as batching
from merkblatt.cli.shared import tell
from merkblatt.core.findings import Faulty
from tests.batch_works import TODAY, contents, quick, slow, very_slow

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    content, orders, out, *how = sys.argv[1:]
    work = {"--slow": slow, "--very-slow": very_slow}.get(how[0] if how else "", quick)
    crew = Means(hire=lambda duty: ProcessPool(duty, 2), make_work=work)
    batching.means = lambda how: crew
    wanted = Wanted(orders, Path(out), TODAY, resume="--resume" in how)
    asked = {"quiet": "--quiet" in how, "as_json": "--json" in how}
    try:
        return batching.run_told(wanted, contents(Path(content), ROOT), tell, asked)
    except Faulty as error:
        tell(error.findings)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""The measures, each run by itself in a process: `python -m benchmarks.measures NAME ROUNDS`; it prints JSON.

What is compared takes turns, so that a machine that is busy for a while is busy for all; of the rounds, the median.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.people import SCRIPTS, people, people_of
from benchmarks.stage import Way, laying_out, page_of, stamping, the_leaflet, typesetting, write_files

ROOT = Path(__file__).resolve().parents[1]
#: Leaflets in one turn of each way, so that each turn takes about as long.
STAMPED, TYPESET, LAID_OUT = 600, 12, 2


def turns(ways: dict[str, tuple[Way, int, Callable[[int], list[dict[str, str]]]]], rounds: int) -> dict[str, float]:
    """Milliseconds a leaflet for each way, files written; the first turn of each is not counted."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory(dir=os.environ.get("MERKBLATT_BENCH_DIR")) as folder:
        for round_ in range(rounds + 1):
            for name, (way, number, who) in ways.items():
                them = who(number)
                begun = time.perf_counter()
                write_files(map(way, them), Path(folder, f"{name}-{round_}"))
                times[name].append((time.perf_counter() - begun) / number * 1000)
    return {name: median(found[1:]) for name, found in times.items()}


def fresh_people() -> Callable[[int], list[dict[str, str]]]:
    """New people each time, so that no way lives on what it remembers."""
    seeds = count(1)
    return lambda number: list(people(number, next(seeds)))


def leaflets(rounds: int) -> dict[str, Any]:
    """Personal leaflets on one core, against Typst, WeasyPrint, and the mere writing of files."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    stamp = stamping()
    who = fresh_people()
    whole = [(b"".join(stamp(person)),) for person in people(STAMPED, 0)]
    written: Iterator[tuple[bytes]] = iter(())

    def copy(_: object) -> Sequence[bytes]:
        nonlocal written
        piece = next(written, None)
        if piece is None:
            written = iter(whole)
            piece = next(written)
        return piece

    with tempfile.TemporaryDirectory() as folder:
        typst = typesetting(Path(folder))
        sizes = {"stamp": len(whole[0][0]), "typst": len(typst(next(people(1)))[0])}
        found = turns(
            {
                "stamp": (stamp, STAMPED, who),
                "write": (copy, STAMPED, who),
                "typst": (typst, TYPESET, who),
                "weasyprint": (laying_out(), LAID_OUT, who),
            },
            rounds,
        )
    return {"ms": found, "bytes": sizes}


def scripts(rounds: int) -> dict[str, Any]:
    """Names in other scripts, against Typst, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    stamp = stamping()
    with tempfile.TemporaryDirectory() as folder:
        typst = typesetting(Path(folder))
        ways: dict[str, Any] = {}
        for script in SCRIPTS:

            def who(number: int, script: str = script) -> list[dict[str, str]]:
                return list(people_of(script, number))

            for person in who(36):
                stamp(person)  # masters, which a batch makes once
            ways[f"stamp {script}"] = (stamp, STAMPED // 2, who)
            ways[f"typst {script}"] = (typst, TYPESET, who)
        return {"ms": turns(ways, rounds)}


def processes(rounds: int) -> dict[str, Any]:
    """Whole processes: the first and the second build, against WeasyPrint's command; and those that list or help."""
    leaflet, folders = the_leaflet()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        page = page_of({}, leaflet, folders)
        (folder / "page.html").write_text(page.html, encoding="utf-8")
        styles = [word for style in page.styles for word in ("-s", str(style))]
        peer = [sys.executable, "-m", "weasyprint", "-q", "--pdf-variant", "pdf/ua-1", *styles]
        tool = [sys.executable, str(ROOT / "generate.py")]
        build = [*tool, "build", leaflet.sheet, "-q", "-o", str(folder / "out")]
        kept = {"MERKBLATT_CACHE": str(folder / "kept")}
        _run(build, kept)
        person = ["--name", "Anna Beispiel", "--note", "Bitte üben."]
        _run([*build, *person], kept)
        commands = {
            "weasyprint": ([*peer, str(folder / "page.html"), str(folder / "peer.pdf")], {}),
            "first": (build, {"MERKBLATT_CACHE": ""}),
            "second": (build, kept),
            "second, personal": ([*build, *person], kept),
            "import click": ([sys.executable, "-c", "import click"], {}),
            "--help": ([*tool, "--help"], {}),
            "list": ([*tool, "list"], {}),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, (command, environment) in commands.items():
                begun = time.perf_counter()
                _run(command, environment)
                times[name].append((time.perf_counter() - begun) * 1000)
        return {"ms": {name: median(found) for name, found in times.items()}}


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    fonts = str(ROOT / "styles" / "fonts" / "fonts.conf")
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": fonts, **environment}
    )


def printfile(_: int) -> dict[str, Any]:
    """A print file of 10,000."""
    from merkblatt.batch.print_run import PrintFile

    stamp = stamping()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "all.pdf")
        begun = time.perf_counter()
        with PrintFile(path) as file:
            for row, person in enumerate(people(10_000), 1):
                file.add(row, stamp(person))
        return {"bytes": path.stat().st_size / 10_000, "s": time.perf_counter() - begun, "MiB": _peak()}


def typst_printfile(_: int) -> dict[str, Any]:
    """The peer of the print file: Typst, one document of 1,000."""
    import typst

    from benchmarks.typst_peer import fonts_of, write_document

    leaflet, folders = the_leaflet()
    with tempfile.TemporaryDirectory() as folder:
        source = write_document(leaflet, Path(folder))
        told = {"people": json.dumps(list(people(1_000)))}
        begun = time.perf_counter()
        paths = fonts_of(folders)
        pdf = typst.compile(str(source), format="pdf", font_paths=paths, ignore_system_fonts=True, sys_inputs=told)
        return {"bytes": len(pdf) / 1_000, "s": time.perf_counter() - begun, "MiB": _peak()}


def memory(_: int) -> dict[str, Any]:
    """Memory after 1,000 and after 10,000."""
    stamp = stamping()
    held = {}
    for number, person in enumerate(people(10_000), 1):
        stamp(person)
        if number in {1_000, 10_000}:
            held[str(number)] = _held()
    return {"MiB": held}


def crews(rounds: int) -> dict[str, Any]:
    """A batch by one and by two processes, and by one and by two Dask workers on this machine."""
    from distributed import LocalCluster

    rows = ["sheet;name;note", *(f'neck-pain;{who["name"]};"{who["note"]}"' for who in people(12_000))]
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
        tool = [sys.executable, str(ROOT / "generate.py"), "batch", str(folder / "orders.csv")]
        kept = {"MERKBLATT_CACHE": str(folder / "kept")}
        _run([*tool, "-o", str(folder / "warm")], kept)
        for round_ in range(min(rounds, 3)):
            for jobs in (1, 2):
                begun = time.perf_counter()
                _run([*tool, "-o", str(folder / f"{jobs}-{round_}"), "--jobs", str(jobs)], kept)
                times.setdefault(f"{jobs} processes", []).append(time.perf_counter() - begun)
                with LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as cluster:
                    begun = time.perf_counter()
                    words = ["-o", str(folder / f"dask-{jobs}-{round_}"), "--cluster", cluster.scheduler_address]
                    _run([*tool, *words], kept)
                    times.setdefault(f"{jobs} Dask workers", []).append(time.perf_counter() - begun)
    return {"s": {name: median(found) for name, found in times.items()}}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _held() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


MEASURES = {
    measure.__name__: measure for measure in (leaflets, scripts, processes, printfile, typst_printfile, memory, crews)
}

if __name__ == "__main__":
    json.dump(MEASURES[sys.argv[1]](int(sys.argv[2])), sys.stdout)

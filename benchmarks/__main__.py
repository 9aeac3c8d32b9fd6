"""Runs all measures and writes `results.md`: `python -m benchmarks [--rounds N]`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.people import SCRIPTS

HERE = Path(__file__).resolve().parent
_PACKAGES = ("merkblatt", "weasyprint", "pydyf", "uharfbuzz", "pikepdf", "typst", "click")


class Row(NamedTuple):
    """A line of the table: what, ours, the other's, their ratio, what is to be reached, and whether it is."""

    what: str
    ours: str
    other: str
    ratio: float
    goal: str
    is_reached: bool


@click.command()
@click.option("--rounds", default=7, show_default=True, help="Turns of each way; their median counts.")
@click.option("--out", type=click.Path(path_type=Path), default=HERE / "results.md", show_default=True)
def main(rounds: int, out: Path) -> None:
    """Measure Merkblatt beside others on this machine, and write the table with machine and versions."""
    load = os.getloadavg()[0]
    found: dict[str, Any] = {}
    for name in ("leaflets", "scripts", "processes", "printfile", "typst_printfile", "memory", "crews"):
        click.echo(f"{name} …", err=True)
        found[name] = _measured(name, rounds)
    text = _table(list(_rows(found)), load, _sizes(found))
    out.write_text(text, encoding="utf-8")
    click.echo(text)


def _measured(name: str, rounds: int) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.measures", name, str(rounds)],
        cwd=HERE.parent, stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    return json.loads(done.stdout) if done.returncode == 0 else None


def _rows(found: dict[str, Any]) -> Iterator[Row]:
    for name, rows in _ROWS.items():
        if found[name] is None:
            yield Row(name, "not measured", "", float("nan"), "", is_reached=False)
        else:
            yield from rows(found)


def _leaflets(found: dict[str, Any]) -> Iterator[Row]:
    ms = found["leaflets"]["ms"]
    ours = f"{1000 / ms['stamp']:,.0f} a second"
    for name, other, goal in (("Typst", "typst", 50), ("WeasyPrint API, fonts and CSS kept", "weasyprint", 500)):
        what = f"personal PDF/UA-1 leaflets, one core, files written; {name}"
        ratio = ms[other] / ms["stamp"]
        yield Row(what, ours, f"{1000 / ms[other]:,.1f} a second", ratio, f"{goal} times", ratio >= goal)
    share = ms["write"] / ms["stamp"]
    limit = f"{1000 / ms['write']:,.0f} a second"
    yield Row("the same; writing files of the same bytes", ours, limit, share, "0.4 of it", share >= 0.4)


def _scripts(found: dict[str, Any]) -> Iterator[Row]:
    ms = found["scripts"]["ms"]
    for script in SCRIPTS:
        ours, other = ms[f"stamp {script}"], ms[f"typst {script}"]
        what = f"names in {script}; Typst"
        told = f"{1000 / ours:,.0f} a second", f"{1000 / other:,.1f} a second"
        yield Row(what, *told, other / ours, "5 times", other / ours >= 5)


def _processes(found: dict[str, Any]) -> Iterator[Row]:
    ms = found["processes"]["ms"]
    for name, other, most in (
        ("first", "weasyprint", 0.5),
        ("second", "weasyprint", 0.1),
        ("second, personal", "weasyprint", 0.1),
        ("--help", "import click", 2.5),
        ("list", "import click", 2.5),
    ):
        what = f"{name} build, cold process" if other == "weasyprint" else name
        share = ms[name] / ms[other]
        against = "`weasyprint` CLI, same HTML" if other == "weasyprint" else f'`python -c "{other}"`'
        told = f"{ms[name]:,.0f} ms", f"{ms[other]:,.0f} ms"
        yield Row(f"{what}; {against}", *told, share, f"at most {most} of it", share <= most)


def _printfile(found: dict[str, Any]) -> Iterator[Row]:
    ours, other = found["printfile"], found["typst_printfile"]
    if other:
        share = ours["bytes"] / other["bytes"]
        told = f"{ours['bytes']:,.0f} bytes", f"{other['bytes']:,.0f} bytes"
        yield Row("print file of 10,000, a leaflet; Typst, one of 1,000", *told, share, "at most 0.1", share <= 0.1)
        told = f"{ours['MiB']:,.0f} MiB, {ours['s']:.1f} s", f"{other['MiB']:,.0f} MiB, {other['s']:.1f} s"
    else:
        told = f"{ours['MiB']:,.0f} MiB, {ours['s']:.1f} s", ""
    share = ours["MiB"] / other["MiB"] if other else float("nan")
    yield Row("the same, peak memory and time", *told, share, "under 200 MB", ours["MiB"] * 1.049 < 200)


def _memory(found: dict[str, Any]) -> Iterator[Row]:
    held = found["memory"]["MiB"]
    share = held["10000"] / held["1000"]
    told = f"{held['10000']:,.0f} MiB", f"{held['1000']:,.0f} MiB"
    yield Row("memory after 10,000 leaflets; after 1,000", *told, share, "at most 1.1", share <= 1.1)


def _crews(found: dict[str, Any]) -> Iterator[Row]:
    s = found["crews"]["s"]
    for name, goal in (("processes", 1.7), ("Dask workers", 1.6)):
        one, two = s.get(f"1 {name}"), s.get(f"2 {name}")
        if one and two:
            told = f"{two:.1f} s", f"{one:.1f} s"
            yield Row(f"a batch by 2 {name}; by 1", *told, one / two, f"{goal} times", one / two >= goal)
        else:
            yield Row(f"a batch by 2 {name}; by 1", "not measured", "", float("nan"), f"{goal} times", is_reached=False)


_ROWS: dict[str, Callable[[dict[str, Any]], Iterator[Row]]] = {
    "leaflets": _leaflets,
    "scripts": _scripts,
    "processes": _processes,
    "printfile": _printfile,
    "memory": _memory,
    "crews": _crews,
}


def _sizes(found: dict[str, Any]) -> str:
    if not found["leaflets"]:
        return ""
    sizes = found["leaflets"]["bytes"]
    return f"A leaflet is {sizes['stamp']:,} bytes, Typst's {sizes['typst']:,}."


def _table(rows: list[Row], load: float, sizes: str) -> str:
    lines = [
        "# What was measured",
        "",
        f"`./run bench` on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {len(os.sched_getaffinity(0))} cores,"
        f" {_memory_size()} GB, {platform.system()} {platform.release()}, Python {platform.python_version()};"
        f" load before the run {load:.1f}.",
        ", ".join(f"{package} {_version(package)}" for package in _PACKAGES) + ".",
        "",
        "Ways that are compared take turns in one process; medians. " + sizes,
        "",
        "| what; against | Merkblatt | the other | ratio | to reach | reached |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {what} | {ours} | {other} | {ratio:.2f} | {goal} | {'yes' if is_reached else 'no'} |"
        for what, ours, other, ratio, goal, is_reached in rows
    ]
    return "\n".join(lines) + "\n"


def _version(package: str) -> str:
    if package == "merkblatt":
        from merkblatt.core.version import __version__

        return __version__
    return version(package)


def _processor() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n") if "model name" in line]
    return names[0].partition(":")[2].strip() if names else platform.machine()


def _memory_size() -> int:
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)


if __name__ == "__main__":
    main()

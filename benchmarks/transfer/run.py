# SPDX-License-Identifier: Apache-2.0
"""The command line, and how results are shown."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transfer.measure import Laboratory, Result, laboratory, measure, middle
from transfer.profiles import LEAST, PROFILES, Profile
from transfer.server import nginx
from transfer.situations import SITUATIONS
from transfer.tools import TOOLS, Tool

ALL = PROFILES | {LEAST.name: LEAST}
HEAD = (
    "",
    "wall s",
    "x ideal",
    "paid MB",
    "x payload",
    "right/wrong/missing",
    "req",
    "CPU s",
    "st",
)
FORM = "{:<10} {:>7} {:>8} {:>8} {:>10} {:>20} {:>5} {:>6} {:>3}  {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the tools over the links, or look at one situation."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in SITUATIONS:
        look_at(given[0], vars(_situation_parser(given[0]).parse_args(given[1:])))
    else:
        chosen = _parser().parse_args(given)
        compare(chosen.tools, chosen.profiles, chosen.runs, chosen.at_once, chosen.json)
    return 0


def _situation_parser(name: str) -> argparse.ArgumentParser:
    about = SITUATIONS[name].__doc__
    parser = argparse.ArgumentParser(prog=f"benchmarks/transfer {name}", description=about)
    if name == "dead":
        parser.add_argument("--seconds", type=float, default=600)
    if name == "memory":
        parser.add_argument("--gb", type=float, default=4)
    return parser


def look_at(name: str, options: Mapping[str, float]) -> dict[str, Any]:
    """Measure one situation of Cartable alone; print what is to be reached, and the facts."""
    print(f"{name}: {SITUATIONS[name].__doc__}", flush=True)
    with laboratory([]) as lab:
        facts = SITUATIONS[name](lab, **options)
    _tell(facts, "    ")
    return facts


def _tell(facts: Mapping[str, Any], indent: str) -> None:
    for key, value in facts.items():
        if isinstance(value, Mapping):
            print(f"{indent}{key}")
            _tell(value, indent + "    ")
        else:
            print(f"{indent}{key:<16} {value}")


def _parser() -> argparse.ArgumentParser:
    others = f"Or look at Cartable alone: {', '.join(SITUATIONS)} (--help behind it says more)."
    parser = argparse.ArgumentParser(
        prog="benchmarks/transfer",
        description="Fetch a course with Cartable and with other tools, over poor links.",
        epilog=others,
    )
    every = ",".join(TOOLS), ",".join(PROFILES)
    parser.add_argument("--tools", type=_tools, default=every[0], help=every[0])
    parser.add_argument("--profiles", type=_profiles, default=every[1], help=every[1])
    parser.add_argument("--runs", type=int, default=1, help="how often; medians are shown")
    parser.add_argument("--at-once", type=int, default=1, help="measurements side by side")
    parser.add_argument("--json", type=Path, help="write every run into this file")
    return parser


def _tools(names: str) -> list[Tool]:
    return [TOOLS[name] for name in _known(TOOLS, names)]


def _profiles(names: str) -> list[Profile]:
    return [ALL[name] for name in _known(ALL, names)]


def _known(all_: Mapping[str, object], names: str) -> list[str]:
    chosen = names.split(",")
    for name in chosen:
        if name not in all_:
            raise argparse.ArgumentTypeError(f"{name}: there are {', '.join(all_)}")
    return chosen


def compare(
    tools: Sequence[Tool], profiles: Sequence[Profile], runs: int, at_once: int, to: Path | None
) -> list[Result]:
    """Measure each tool over each link; print a table for each link when it is through."""
    results: list[Result] = []
    here = [tool for tool in tools if tool.installed()]
    with laboratory(here) as lab, ThreadPoolExecutor(at_once) as pool:
        print(
            f"{platform.machine()}, Python {platform.python_version()}, {runs} run(s), from",
            end=" ",
        )
        print("nginx" if nginx() else "Python's own server", flush=True)
        for profile in profiles:
            found = list(_over(lab, pool, here, profile, runs))
            results += found
            show(lab, profile, tools, found)
            if to:
                to.write_text(json.dumps([asdict(one) for one in results], indent=1))
    return results


def _over(
    lab: Laboratory, pool: ThreadPoolExecutor, tools: Sequence[Tool], profile: Profile, runs: int
) -> Iterator[Result]:
    lab.course(profile.scale, profile.version)
    able = [tool for tool in tools if tool.updates or not profile.had]
    going = [pool.submit(measure, lab, tool, profile) for tool in able for _ in range(runs)]
    for one in going:
        yield one.result()


def show(
    lab: Laboratory, profile: Profile, tools: Sequence[Tool], results: Sequence[Result]
) -> None:
    """Print the table of one link."""
    course = lab.course(profile.scale, profile.version)
    payload = course.payload(profile.version)
    print(
        f"\n{profile.name}: {profile.title}. {len(course.versions[profile.version])} files,"
        f" {payload / 1e6:.2f} MB, ideal {profile.ideal(payload):.1f} s"
        + (f", floor {profile.floor:.2f}" if profile.floor > 1 else "")
    )
    print(FORM.format(*HEAD, "").rstrip())
    for tool in tools:
        runs = [one for one in results if one.tool == tool.name]
        if runs:
            print(FORM.format(*_cells(middle(runs))).rstrip())
        else:
            why = "does not update" if tool.installed() else "not installed"
            print(f"{tool.name:<10} {why:>7}")
    print(end="", flush=True)


def _cells(one: Result) -> tuple[str, ...]:
    remark = ""
    if not one.finished:
        remark = f"never: {one.said[:60]}" if one.said else "never"
    elif not one.is_right:
        remark = "says that all is well"
    return (
        one.tool,
        f"{one.wall:.1f}",
        f"{one.wall / one.ideal:.2f}" if one.ideal else "-",
        f"{one.paid / 1e6:.2f}",
        f"{one.paid / one.payload:.3f}",
        f"{one.right}/{one.wrong}/{one.missing}",
        str(one.requests),
        f"{one.cpu:.2f}",
        str(one.starts),
        remark,
    )

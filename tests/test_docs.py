# SPDX-License-Identifier: Apache-2.0
"""The documents keep up with the program: what exists is written down, what is written exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from markdown_it import MarkdownIt

from player.cli import main
from player.settings import Settings

ROOT = Path(__file__).parents[1]
SKIPPED = {"build", "dist", "node_modules"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(p in SKIPPED or p.startswith(".") for p in path.relative_to(ROOT).parts)
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "What it costs", "What would change our mind"]


@cache
def handbook() -> str:
    """What a person who wants to use the program can read."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def commands(command: click.Command, name: str) -> Iterator[str]:
    """Every command that can be typed, with its parents: `cartable repository add`."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            child = command.get_command(context, word)
            assert child is not None
            if not child.hidden:
                yield from commands(child, f"{name} {word}")
    else:
        yield name


def test_every_command_is_in_the_handbook() -> None:
    assert isinstance(main, click.Group)
    missing = [c for c in commands(main, "cartable") if not re.search(rf"{c}\b", handbook())]
    assert not missing


def test_every_setting_is_in_the_handbook() -> None:
    missing = [f.name for f in fields(Settings) if f"`{f.name}`" not in handbook()]
    assert not missing


def slug(heading: str) -> str:
    """The anchor that hosts of Markdown give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    tokens = MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))
    return frozenset(
        slug(text.content) for mark, text in pairwise(tokens) if mark.type == "heading_open"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    tokens = MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))
    targets = [
        str(part.attrs.get("href") or part.attrs.get("src"))
        for token in tokens
        for part in token.children or ()
        if part.type in ("link_open", "image")
    ]
    broken = []
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]*:|#activity:", target):  # `publish` looks at the second
            continue
        name, _, anchor = unquote(target).partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert not broken


def test_every_test_that_the_table_of_sync_names_exists() -> None:
    """docs/sync.md says what the player does with each answer, and which test holds it to that."""
    text = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    unproven = [row for row in rows if "`test_" not in row and row.split("|")[-2].strip() != "test"]
    assert not unproven
    files = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py")}
    missing = [
        name
        for name in re.findall(r"`(test_\w+)`", text)
        if not any(f"def {name}(" in source for source in files.values())
    ]
    missing += [
        name
        for part in re.findall(r"Ralph: ((?:`test_\w+`(?:, )?)+)", text)
        for name in re.findall(r"test_\w+", part)
        if f"def {name}(" not in files["test_ralph.py"]
    ]
    assert not missing


def test_there_are_decision_records() -> None:
    assert DECISIONS


@pytest.mark.parametrize("record", DECISIONS, ids=lambda record: record.stem)
def test_a_decision_says_what_it_costs_and_fits_a_page(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert text.startswith(f"# {record.name[:4]} ")
    assert len(text.split()) <= 600

# SPDX-License-Identifier: Apache-2.0
"""The rules that hold the whole together, each as a test (docs/architecture.md tells them)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PLAYER = sorted((ROOT / "player").rglob("*.py"))
I18N = ROOT / "player" / "ui" / "i18n"


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or would be, under version control."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the project is unknown")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


# Who may know whom


def test_every_import_keeps_the_contracts() -> None:
    linted = run(tool("lint-imports"), "--no-cache")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_stages_run_without_the_window() -> None:
    code = (
        "import sys, player.app, player.cli;"
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6', 'vlc')])"
    )
    ran = run(sys.executable, "-c", code)
    assert ran.stdout.strip() == "[]", ran.stdout + ran.stderr


STARTERS = {"Thread", "Timer", "ThreadPoolExecutor", "QThread", "QThreadPool", "QRunnable"}


THREADED = {  # docs/decisions/0003, 0012, 0014, 0016
    "player/ui/tasks.py",
    "player/lesson/vlc.py",
    "player/catalogue/refresh.py",
    "player/download/lanes.py",
    "player/share/server.py",
    "player/sync/abreast.py",
}


def test_few_modules_start_threads_and_nothing_is_asynchronous() -> None:
    found = []
    for path in PLAYER:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    used = {alias.name.split(".")[0] for alias in names}
                case ast.Attribute(attr=name):
                    used = {name}
                case _:
                    continue
            found += [(path.relative_to(ROOT).as_posix(), u) for u in used & {*STARTERS, "asyncio"}]
    assert {path for path, _ in found} <= THREADED, found
    assert "asyncio" not in {used for _, used in found}, found


# What each file says and does not say


def test_every_source_file_names_its_licence_and_why_it_exists() -> None:
    silent = []
    for path in project_files():
        if path.suffix != ".py":
            continue
        text = path.read_text(encoding="utf-8")
        head = text.removeprefix("#!/usr/bin/env python3\n")
        if not head.startswith("# SPDX-License-Identifier: Apache-2.0\n"):
            silent.append(f"{path.relative_to(ROOT)}: its licence")
        if path.is_relative_to(ROOT / "player") and not ast.get_docstring(ast.parse(text)):
            silent.append(f"{path.relative_to(ROOT)}: its reason")
    assert not silent


LOCAL = re.compile(
    r"(?:pypi|pythonhosted)\.org"  # where a package came from says nothing about what it is
    r"|--(?:extra-)?index-url|--find-links|\bfile:///(?:opt|work|root)\b"
    r"|(?<![\w.~/$}:-])/(?:work|root|tmp|opt)/\w"
)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    found = []
    for path in project_files():
        data = path.read_bytes()
        if b"\0" in data[:8192] or path == Path(__file__):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if hit := LOCAL.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {hit[0]}")
    assert not found, "\n".join(found)


# Translations


Key = tuple[str, str, str]


def messages(path: Path) -> dict[Key, ElementTree.Element]:
    """The messages of a .ts file by context, source and comment."""
    assert path.is_file(), f"{path.name} is missing: run `make translations`"
    return {
        (context.findtext("name", ""), m.findtext("source", ""), m.findtext("comment", "")): m
        for context in ElementTree.parse(path).getroot().iter("context")  # noqa: S314 - ours
        for m in context.iter("message")
    }


def said(message: ElementTree.Element) -> list[str]:
    """What a message is translated to: one text, or one for each form of the plural."""
    translation = message.find("translation")
    assert translation is not None
    forms = translation.findall("numerusform")
    return ["".join(part.itertext()) for part in forms or [translation]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_is_translated(language: str) -> None:
    missing = [
        key
        for key, message in messages(I18N / f"cartable_{language}.ts").items()
        if not all(said(message)) or message.find("translation[@type]") is not None
    ]
    assert not missing, "translate these (a `type` on a translation says it is not done)"


@pytest.mark.parametrize(("language", "options"), [("fr", ()), ("en", ("-pluralonly",))])
def test_the_translations_know_every_text(
    language: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    known = I18N / f"cartable_{language}.ts"
    fresh = tmp_path / known.name
    texts = tmp_path / "texts.cpp"
    texts.write_text(run(sys.executable, "packaging/translatable.py").stdout, encoding="utf-8")
    update = run(tool("pyside6-lupdate"), "-no-obsolete", *options, texts, "-ts", fresh)
    assert update.returncode == 0, update.stdout + update.stderr
    assert set(messages(known)) == set(messages(fresh)), "run `make translations`"


BLANK = re.compile(r"\{[^{}]*\}|%L?n\b")


def test_a_translation_fills_the_same_blanks() -> None:
    wrong = []
    for (context, source, _), message in messages(I18N / "cartable_fr.ts").items():
        wanted = sorted(set(BLANK.findall(source)))
        *few, last = said(message)
        found = set(BLANK.findall(last))
        if sorted(found) != wanted and sorted({*found, "{detail}"}) != wanted:  # see `WRONG_AT`
            wrong.append((context, source, last))
        wrong += [(context, source, f) for f in few if not set(BLANK.findall(f)) <= set(wanted)]
    assert not wrong


# What typography calls for (Imprimerie nationale, Lexique des règles typographiques): a thin space
# that does not break before ; ? and !, a no-break space before : and inside « »
UNTIDY = re.compile(
    r"""(?<!\u202f)[;?!](?![;?!]) | (?<!\xa0):(?=\s|[“«]|$)
    | «(?!\xa0) | (?<!\xa0)» | ["'] | \.\.\.""",
    re.VERBOSE,
)
ADDRESS = re.compile(r"https?://\S*|`[^`]*`")


@pytest.mark.parametrize(
    "text",
    ["Quoi ?", "Quoi\xa0?", "Voici : rien", "Voici:", "« Oui »", "l'eau", "Oui; non", "Vu..."],
)
def test_untidy_french_is_seen(text: str) -> None:
    assert UNTIDY.search(text)


def test_french_is_set_as_french() -> None:
    untidy = [
        text
        for message in messages(I18N / "cartable_fr.ts").values()
        for text in said(message)
        if UNTIDY.search(ADDRESS.sub("", text))
    ]
    assert not untidy, "a line may break before these signs, or they are not the French ones"


# One word for one thing, and none that supposes who reads: `remettre`, `cet ordinateur`, `clé USB`,
# `de nouveau`, `automatiquement`
OTHER_WORDS = re.compile(
    r"ce PC|\brend(re|ez|ue?s?)\b|à nouveau|de soi-même|une fois connecté|Heureux",
    re.IGNORECASE,
)


def test_french_calls_each_thing_by_one_word() -> None:
    found = messages(I18N / "cartable_fr.ts").values()
    assert not [text for one in found for text in said(one) if OTHER_WORDS.search(text)]


# Locks


PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pinned(*names: str) -> dict[str, Version]:
    """The packages that locks pin, by canonical name."""
    texts = [(ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    pins = [pin for text in texts for pin in PIN.findall(text)]
    found = {canonicalize_name(name): Version(version) for name, version in pins}
    assert len(found) == len(pins), "a package is pinned twice"
    return found


def asked_in(name: str) -> list[str]:
    """What a group of `requirements/` asks for."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [asked for line in lines if (asked := line.partition("#")[0].strip())]


def test_the_locks_hold_everything_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        ("run",): project["project"]["dependencies"],
        ("run", "publish"): project["project"]["optional-dependencies"]["publish"],
        ("run", "publish", "dev"): project["dependency-groups"]["dev"],
        ("uv",): asked_in("uv"),
        ("platform",): asked_in("platform"),
    }
    for names, wanted in groups.items():
        have = pinned(*names)
        for line in wanted:
            asked = Requirement(line)
            version = have.get(canonicalize_name(asked.name))
            assert version is not None, f"{asked.name} is not locked: run `make lock`"
            assert asked.specifier.contains(version), f"{line} is locked as {version}: `make lock`"


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.stem
)
def test_every_pin_carries_its_hashes(lock: Path) -> None:
    pins = re.split(r"^(?=\w)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert pins
    for pin in pins:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin), pin.splitlines()[0]


def test_the_pinned_qt_keeps_none_alive() -> None:
    """PySide6 6.12.0 let go of None once too often in every call (docs/decisions/0009)."""
    code = (
        "import sys; from PySide6.QtCore import QObject; thing = QObject();"
        "before = sys.getrefcount(None); [thing.setObjectName('x') for _ in range(500)];"
        "print(before - sys.getrefcount(None) < 100)"
    )
    ran = run(sys.executable, "-c", code)
    assert ran.stdout.strip() == "True", ran.stdout + ran.stderr


def test_make_run_takes_an_export_along() -> None:
    ran = run("make", "-n", "run", "COURSE=an export.tar.gz")
    assert '--course "an export.tar.gz"' in ran.stdout

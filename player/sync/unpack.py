# SPDX-License-Identifier: Apache-2.0
"""Bundles as they come: opened, and looked at line by line before anything of them is used."""

from __future__ import annotations

from pathlib import Path

import msgspec

from player.course.platform import Platform
from player.errors import BundleDamaged, NewerFormat, OtherPlatform
from player.journal.items import check_time
from player.journal.outbox import Delivery
from player.journal.union import Brought
from player.sync import bundle, seal
from player.sync.bundle import Head


def statements(path: Path, identity: str, platform: Platform) -> tuple[Head, list[Delivery]]:
    """What a file brings for the platform, in the order in which it was done.

    Raises:
        BundleDamaged, SealedForOthers, OtherPlatform, NewerFormat, Malformed: nothing is used.
    """
    data = read_file(path, bundle.LARGEST)
    found = bundle.read(seal.opened_by(data, identity, path.name), "bundle", path.name)
    _check_platform(found.head, platform, path)
    accounts = {(platform.home, one.id) for one in found.head.learners}
    ids = [_id(line, accounts, path.name) for line in found.lines]
    if len(set(ids)) != len(ids):
        raise BundleDamaged(place=path.name)
    pairs = enumerate(zip(ids, found.lines, strict=True), 1)
    return found.head, [Delivery(seq, id_, line, 0) for seq, (id_, line) in pairs]


def journal(path: Path, passphrase: str, platform: Platform) -> tuple[Head, list[Brought]]:
    """What a file brings from another PC of one learner, `head.learners[0]`.

    Raises:
        WrongPassphrase, and as `statements`.
    """
    data = read_file(path, bundle.LARGEST)
    found = bundle.read(seal.opened_with(data, passphrase, path.name), "journal", path.name)
    _check_platform(found.head, platform, path)
    if len(found.head.learners) != 1:
        raise BundleDamaged(place=path.name)
    return found.head, [_act(line, found.head, path.name) for line in found.lines]


def read_file(path: Path, largest: int) -> bytes:
    """The bytes of a file of somebody else's. Raises BundleDamaged."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise BundleDamaged(place=path.name) from error
    if len(data) > largest:
        raise BundleDamaged(place=path.name)
    return data


def _check_platform(head: Head, platform: Platform, path: Path) -> None:
    if head.platform != platform.home:
        raise OtherPlatform(place=path.name, theirs=head.platform)


class _Account(msgspec.Struct):
    homePage: str  # noqa: N815 - xAPI's own
    name: str


class _Actor(msgspec.Struct):
    account: _Account


class _Statement(msgspec.Struct):
    id: str
    actor: _Actor


def _id(line: bytes, accounts: set[tuple[str, str]], called: str) -> str:
    """The id of a statement, which must be of one of `accounts`."""
    try:
        found = msgspec.json.decode(line, type=_Statement)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BundleDamaged(place=called) from error
    if (found.actor.account.homePage, found.actor.account.name) not in accounts:
        raise BundleDamaged(place=called)
    return found.id


def _act(line: bytes, head: Head, called: str) -> Brought:
    """One act, which must be of the head's learner and as its own journal wrote it down."""
    try:
        act = msgspec.json.decode(line, type=Brought)
        check_time(act.at)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BundleDamaged(place=called) from error
    if not act.is_whole or act.learner != head.learners[0].id:
        raise BundleDamaged(place=called)
    try:
        act.kind  # noqa: B018 - asked, so that one of a later version shows
    except msgspec.MsgspecError as error:
        raise NewerFormat(document=called, format=head.format) from error
    return act

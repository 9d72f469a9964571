# SPDX-License-Identifier: Apache-2.0
"""The file in which work is carried: whole or refused, and silent to whoever has no key."""

from __future__ import annotations

import base64
import json
import random
import zlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from player.course.signing import public_key
from player.errors import (
    BadReceipt,
    BundleDamaged,
    CourierProblem,
    Malformed,
    NewerFormat,
    OtherPlatform,
    SealedForOthers,
    WrongPassphrase,
)
from player.journal.learners import Learner
from player.sync import bundle, receipt, seal
from player.sync.bundle import Head
from player.sync.receipt import Receipt, Refusal

HOME = "https://campus.example"
DEVICE = Ed25519PrivateKey.from_private_bytes(bytes(32))
OFFICE = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32))
OURS, PUBLIC = seal.new_identity()
LINES = [b'{"id":"1","verb":"Awa answered Diriger une \xc3\xa9quipe"}', b'{"id":"2"}']


def head(**changes: object) -> Head:
    facts = {
        "kind": "bundle",
        "id": "00112233aabbccdd",
        "platform": HOME,
        "device": bundle.device_of(DEVICE),
        "made_at": "2026-01-05T09:00:00.000Z",
        "learners": (Learner("ada", "Ada Lovelace"),),
        "count": len(LINES),
    }
    return Head(**{**facts, **changes})  # type: ignore[arg-type]


SEALED = seal.sealed_for(bundle.write(head(), LINES, DEVICE), [PUBLIC])


def opened(data: bytes) -> bundle.Bundle:
    return bundle.read(seal.opened_by(data, OURS, "B"), "bundle", "B")


def test_what_was_packed_comes_out_byte_by_byte() -> None:
    found = opened(SEALED)
    assert found.head == head()
    assert found.lines == tuple(LINES)


def test_each_recipient_opens_it_and_nobody_else() -> None:
    other, public = seal.new_identity()
    stranger, _ = seal.new_identity()
    data = seal.sealed_for(b"work", [PUBLIC, public])
    assert seal.opened_by(data, OURS, "B") == seal.opened_by(data, other, "B") == b"work"
    with pytest.raises(SealedForOthers):
        seal.opened_by(data, stranger, "B")


def test_cut_off_anywhere_it_is_refused_whole() -> None:
    for length in range(len(SEALED)):
        with pytest.raises((BundleDamaged, SealedForOthers)):
            opened(SEALED[:length])


def test_altered_in_one_byte_anywhere_it_is_refused_whole() -> None:
    for place in range(len(SEALED)):
        altered = bytearray(SEALED)
        altered[place] ^= 1 << place % 8
        with pytest.raises((BundleDamaged, SealedForOthers)):
            opened(bytes(altered))


def test_something_behind_it_is_noticed() -> None:
    with pytest.raises(BundleDamaged):
        opened(SEALED + b"x")


def test_whoever_sealed_it_anew_cannot_have_altered_it() -> None:
    """Anybody can seal for the platform; the signature shows that the lines are the device's."""
    payload = zlib.decompressobj().decompress(bundle.write(head(), LINES, DEVICE))
    for altered in (
        payload.replace(b'"2"', b'"3"'),
        payload.replace(b"Lovelace", b"Loveless"),
        payload.replace(LINES[1] + b"\n", b""),
        payload.replace(b"\n", b"", 1),
        payload[:-4],
        payload[:-1] + b"\n",
        b"",
        b"\n",
    ):
        with pytest.raises((BundleDamaged, Malformed)):
            bundle.read(zlib.compress(altered), "bundle", "B")


def test_a_signature_of_another_device_is_none() -> None:
    payload = bundle.write(head(), LINES, OFFICE)
    with pytest.raises(BundleDamaged):
        bundle.read(payload, "bundle", "B")


def test_what_is_no_bundle_inside_is_refused() -> None:
    for payload in (b"", b"\0" * 4096, b"no zlib", zlib.compress(b"x")[:-3], zlib.compress(b"[]")):
        with pytest.raises((BundleDamaged, Malformed)):
            bundle.read(payload, "bundle", "B")
    whole = bundle.write(head(), LINES, DEVICE)
    with pytest.raises(BundleDamaged):
        bundle.read(whole[:-1] + b"x", "bundle", "B")


def test_what_unfolds_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_UNFOLDED", 1000)
    with pytest.raises(BundleDamaged):
        bundle.read(zlib.compress(b"x" * 1001), "bundle", "B")


def test_a_newer_one_and_one_of_another_kind_are_said() -> None:
    newer = bundle.write(head(format="cartable/2"), LINES, DEVICE)
    with pytest.raises(NewerFormat):
        bundle.read(newer, "bundle", "B")
    with pytest.raises(Malformed):
        bundle.read(bundle.write(head(kind="journal"), LINES, DEVICE), "bundle", "B")


def test_a_field_of_a_later_minor_version_is_passed_over() -> None:
    payload = zlib.decompressobj().decompress(bundle.write(head(), LINES, DEVICE))
    fields = json.loads(payload.split(b"\n")[0]) | {"format": "cartable/1.4", "more": 1}
    signed = b"\n".join([json.dumps(fields).encode(), *LINES, b""])
    data = zlib.compress(signed + base64.b64encode(DEVICE.sign(signed)))
    assert bundle.read(data, "bundle", "B").lines == tuple(LINES)


def test_without_the_key_nothing_of_the_learner_is_found() -> None:
    for secret in (b"Lovelace", b"Diriger", b"campus", b"cartable", b"answered"):
        assert secret not in SEALED
        assert secret.lower() not in SEALED.lower()


def test_the_length_says_little() -> None:
    lengths, chance = set(), random.Random(4)
    for count in range(1, 200):
        # Chance, so that zlib cannot fold it
        lines = [chance.randbytes(37).hex().encode() for _ in range(count)]
        lengths.add(len(bundle.write(head(count=count), lines, DEVICE)))
    assert len(lengths) < 20


@given(st.integers(min_value=0, max_value=2**40))
def test_padding_costs_at_most_an_eighth(size: int) -> None:
    padded = bundle.padded(size)
    assert size <= padded <= max(4096, size * 1.12)
    assert bundle.padded(padded) == padded


def test_names_are_chance_of_one_length() -> None:
    names = {bundle.new_id() for _ in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {16}


def test_a_passphrase_opens_what_it_closed() -> None:
    data = seal.sealed_with(b"work", "correct horse")
    assert seal.opened_with(data, "correct horse", "B") == b"work"
    with pytest.raises(WrongPassphrase):
        seal.opened_with(data, "wrong horse", "B")
    with pytest.raises(BundleDamaged):
        seal.opened_with(data[:-1], "correct horse", "B")


def test_one_way_of_sealing_is_told_from_the_other() -> None:
    with pytest.raises(SealedForOthers):
        seal.opened_with(SEALED, "correct horse", "B")
    with pytest.raises(BundleDamaged):
        seal.opened_with(b"a letter to the editor", "correct horse", "B")


def test_keys_that_this_version_cannot_use_are_passed_over() -> None:
    assert seal.known(["age1nonsense", PUBLIC, "", "age1yubikey1q2w3e"]) == [PUBLIC]
    assert seal.public_of(f"{OURS}\n") == PUBLIC
    with pytest.raises(ValueError, match="identity"):
        seal.public_of("no key")


# Receipts

GIVEN = Receipt(
    bundle="00112233aabbccdd",
    platform=HOME,
    at="2026-01-06T09:00:00.000Z",
    received=("1",),
    refused=(Refusal("2", "no verb"),),
)


def believed(data: bytes) -> Receipt:
    return receipt.read(data, HOME, [public_key(DEVICE), public_key(OFFICE)], "R")


def test_a_receipt_of_an_office_is_believed() -> None:
    assert believed(receipt.write(GIVEN, OFFICE)) == GIVEN


def test_a_forged_receipt_is_refused() -> None:
    forger = Ed25519PrivateKey.generate()
    with pytest.raises(BadReceipt):
        believed(receipt.write(GIVEN, forger))
    with pytest.raises(BadReceipt):
        receipt.read(receipt.write(GIVEN, OFFICE), HOME, [], "R")


def test_a_receipt_altered_in_one_byte_says_nothing_else() -> None:
    """Where a byte is no part of what was signed, as a space would be, it may pass."""
    data = receipt.write(GIVEN, OFFICE)
    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= 1
        try:
            assert believed(bytes(altered)) == GIVEN
        except (CourierProblem, NewerFormat):
            continue


def test_a_receipt_for_ids_that_somebody_added_is_refused() -> None:
    outer = json.loads(receipt.write(GIVEN, OFFICE))
    outer["signed"] = outer["signed"].replace('"received":["1"]', '"received":["1","2"]')
    with pytest.raises(BadReceipt):
        believed(json.dumps(outer).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, SEALED])
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(BadReceipt):
        believed(data)


def test_a_receipt_of_another_platform_or_of_later_is_said() -> None:
    data = receipt.write(GIVEN, OFFICE)
    with pytest.raises(OtherPlatform, match=HOME):
        receipt.read(data, "https://other.example", [public_key(OFFICE)], "R")
    outer = json.loads(data) | {"format": "cartable/2"}
    with pytest.raises(NewerFormat):
        believed(json.dumps(outer).encode())


def test_a_receipt_names_nothing_but_ids() -> None:
    assert b"Ada" not in receipt.write(GIVEN, OFFICE)


def test_a_file_for_thousands_keeps_nobody_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """age would take a minute for 2,000, and half an hour for 10,000."""
    data = seal.sealed_for(b"work", [PUBLIC] * 50)
    assert seal.opened_by(data, OURS, "B") == b"work"
    data = seal.sealed_for(b"work", [PUBLIC] * 2000)
    monkeypatch.setattr(seal.pyrage, "decrypt", lambda *_: pytest.fail("it began"))
    with pytest.raises(BundleDamaged):
        seal.opened_by(data, OURS, "B")


@pytest.mark.parametrize("id_", ["../../x", "a/b", "", "..", "\0", "a\nb", "0" * 17, "0" * 5000])
def test_a_bundle_that_would_be_another_file_is_none(id_: str) -> None:
    named = head(id=id_)
    with pytest.raises(Malformed):
        bundle.read(bundle.write(named, LINES, DEVICE), "bundle", "B")


def test_a_few_kilobytes_of_empty_lines_are_not_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_is_signed", lambda *_: pytest.fail("it was looked at"))
    for lines, count in ((bundle.MOST + 1, bundle.MOST + 1), (3_000_000, 5)):
        bomb = head(count=count)
        with pytest.raises(BundleDamaged):
            bundle.read(bundle.write(bomb, [b""] * lines, DEVICE), "bundle", "B")

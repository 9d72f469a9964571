# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from repository_builder import SECRET, STRANGER

from player.catalogue.trust import Policy, Verdict, holds, judge
from player.course.signing import PublicKey, public_key, sign
from player.errors import BadSignature, Unsigned, UntrustedKey

DATA = b'{"format":"cartable/1"}'
KEY, STRANGE = public_key(SECRET), public_key(STRANGER)
SIGNED, SIGNED_BY_STRANGER = sign(DATA, SECRET, "ours"), sign(DATA, STRANGER, "theirs")


def test_a_platforms_key_makes_a_document_trusted() -> None:
    assert judge(DATA, SIGNED, Policy([STRANGE, KEY]), "It") == Verdict("trusted", KEY.id)


def test_a_key_that_a_person_allowed_is_told_apart_from_the_platforms() -> None:
    found = judge(DATA, SIGNED_BY_STRANGER, Policy([KEY], [STRANGE]), "It")
    assert found == Verdict("untrusted", STRANGE.id)


def test_a_strangers_signature_is_refused_with_the_id_of_the_key() -> None:
    with pytest.raises(UntrustedKey) as caught:
        judge(DATA, SIGNED_BY_STRANGER, Policy([KEY], unsigned=True), "It")
    assert caught.value.details["key"] == STRANGE.id


def test_no_signature_is_refused_unless_allowed() -> None:
    with pytest.raises(Unsigned):
        judge(DATA, None, Policy([KEY]), "It")
    assert judge(DATA, None, Policy([KEY], unsigned=True), "It") == Verdict("unsigned")


@pytest.mark.parametrize(
    ("data", "minisig"),
    [
        (DATA + b" ", SIGNED),
        (DATA, SIGNED.replace(b"ours", b"mine")),
        (DATA, SIGNED[:-30]),
        (DATA, b""),
        (DATA, b"\xff\xfe\n\n\n\n"),
    ],
)
def test_a_signature_that_does_not_fit_is_refused_whatever_is_allowed(
    data: bytes, minisig: bytes
) -> None:
    with pytest.raises(BadSignature):
        judge(data, minisig, Policy([KEY], [STRANGE], unsigned=True), "It")


def test_another_key_with_the_id_of_a_trusted_one_does_not_pass() -> None:
    impostor = PublicKey(KEY.id, STRANGE.raw)
    with pytest.raises(BadSignature):
        judge(DATA, SIGNED, Policy([impostor]), "It")


def test_a_verdict_ends_with_the_permission_it_stood_on() -> None:
    assert holds(Verdict("trusted", KEY.id), Policy([KEY]))
    assert not holds(Verdict("trusted", KEY.id), Policy([], [KEY]))
    assert holds(Verdict("untrusted", KEY.id), Policy([], [KEY]))
    assert holds(Verdict("unsigned"), Policy([], unsigned=True))
    assert not holds(Verdict("unsigned"), Policy([KEY]))
    assert not holds(Verdict(""), Policy([KEY]))

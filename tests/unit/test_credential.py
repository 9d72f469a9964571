# SPDX-License-Identifier: Apache-2.0
"""Credentials: what is genuine, and what everything else is told apart as."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from player.course import credential, jwt
from player.course.credential import Grant
from player.course.did import did_of, key_of
from player.course.judging import Verdict, judge

SECRET = Ed25519PrivateKey.from_private_bytes(bytes([9] * 32))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes([8] * 32))
DID = did_of(SECRET.public_key())
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ISSUERS = {DID: "Campus"}
GRANT = Grant(
    home="https://campus.example",
    platform="Campus de démonstration",
    course="diriger-une-equipe",
    learner="b9a4d5c2-4f3e-4c1b-8a7d-6e5f4d3c2b1a",
    title="Attestation de suivi avec succès",
    text="A suivi quatre semaines et réussi l’examen.",
)
TOKEN = credential.write(GRANT, SECRET, NOW)
_SAME: Mapping[str, Any] = MappingProxyType({})


def encoded(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def changed(
    secret: Ed25519PrivateKey = SECRET,
    head: Mapping[str, Any] = MappingProxyType({}),
    **changes: Any,
) -> bytes:
    """The credential with other members, signed anew."""
    token = jwt.read(TOKEN)
    signed = f"{encoded({**token.header, **head})}.{encoded({**token.payload, **changes})}"
    return f"{signed}.{encoded(secret.sign(signed.encode()))}".encode()


def verdict(data: bytes | str, now: datetime = NOW) -> Verdict:
    return judge(data.encode() if isinstance(data, str) else data, ISSUERS, now).verdict


# RFC 8037 appendix A.4 signs this text with the key of RFC 8032's first test, section 7.1


def test_it_signs_and_reads_as_rfc_8037_does() -> None:
    secret = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    signature = (
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    assert encoded(secret.sign(signed)) == signature
    token = jwt.Token({}, {}, signed, base64.urlsafe_b64decode(signature + "=="))
    assert token.is_by(secret.public_key())
    assert not token.is_by(OTHER.public_key())


def test_keys_are_named_as_the_did_key_method_names_them() -> None:
    # W3C CCG did:key 3.1.2 has this key in its first example of Ed25519
    did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert did_of(key_of(did)) == did
    for wrong in ("", "did:key:", "did:key:z0", f"{did}1", did[:-1], f"{did[:9]}1{did[9:]}"):
        with pytest.raises(ValueError, match=r"key|substring"):
            key_of(wrong)


@given(st.binary(min_size=32, max_size=32))
def test_every_key_has_one_name(seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    assert key_of(did_of(key)) == key


def test_a_credential_says_what_open_badges_3_asks_for() -> None:
    token = jwt.read(TOKEN)
    assert token.header == {"alg": "EdDSA", "kid": f"{DID}#{DID[8:]}", "typ": "JWT"}
    said = token.payload
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (said["iss"], said["jti"]) == (said["issuer"]["id"], said["id"])
    assert said["sub"] == said["credentialSubject"]["id"]
    assert said["nbf"] == int(datetime.fromisoformat(said["validFrom"]).timestamp())
    achievement = said["credentialSubject"]["achievement"]
    assert achievement["id"] == "https://campus.example/courses/diriger-une-equipe"
    assert achievement["criteria"]["narrative"] == GRANT.text
    assert GRANT.learner not in json.dumps(said)
    assert len(TOKEN) < 2000


def test_the_longest_one_fits_into_a_qr_code() -> None:
    most = "ش" * 500
    longest = Grant(GRANT.home, most, GRANT.course, GRANT.learner, most, most, most)
    text = credential.write(longest, SECRET, NOW)
    assert len(text) < 2953  # bytes of version 40 at level L
    found = judge(text.encode(), ISSUERS, NOW)
    assert (found.verdict, found.title, found.name) == (Verdict.GENUINE, most[:60], most[:50])


def test_it_is_the_same_for_the_same_learner_and_course() -> None:
    assert credential.write(GRANT, SECRET, NOW) == TOKEN
    later = jwt.read(credential.write(GRANT, SECRET, NOW + timedelta(days=9)))
    assert later.payload["jti"] == jwt.read(TOKEN).payload["jti"]


def test_a_genuine_one_is_said_to_be_by_the_name_that_we_know() -> None:
    found = judge(TOKEN.encode(), ISSUERS, NOW)
    assert (found.verdict, found.issuer, found.title) == (Verdict.GENUINE, "Campus", GRANT.title)
    assert found.since == "2026-11-27T09:00:00Z"
    assert found.is_of(GRANT.learner)
    assert not found.is_of("somebody else")
    assert found.name == ""


def test_it_is_found_wherever_it_stands() -> None:
    wrapped = "\r\n".join(TOKEN[i : i + 76] for i in range(0, len(TOKEN), 76))
    for text in (
        f" {TOKEN}\n",
        wrapped,
        json.dumps({"a": [{"credential": TOKEN}]}),
        f"({TOKEN})",
        f"It: {TOKEN}.",
    ):
        assert verdict(text) is Verdict.GENUINE
    assert verdict(b"%PDF-1.4\n\xff\xfe<x>" + TOKEN.encode() + b"</x>") is Verdict.GENUINE


def test_one_of_another_issuer_is_foreign_whatever_it_calls_itself() -> None:
    foreign = credential.write(GRANT, OTHER, NOW)
    found = judge(foreign.encode(), ISSUERS, NOW)
    assert (found.verdict, found.issuer) == (Verdict.FOREIGN, GRANT.platform)


def test_the_name_of_our_issuer_over_another_key_is_forged() -> None:
    assert verdict(changed(OTHER)) is Verdict.ALTERED
    assert verdict(changed(OTHER, iss=did_of(OTHER.public_key()))) is Verdict.NOTHING


def test_times_are_told_apart() -> None:
    assert verdict(TOKEN, NOW - timedelta(minutes=1)) is Verdict.GENUINE
    assert verdict(TOKEN, NOW - timedelta(hours=1)) is Verdict.EARLY
    until = changed(exp=int((NOW + timedelta(days=1)).timestamp()))
    assert verdict(until) is Verdict.GENUINE
    assert verdict(until, NOW + timedelta(days=2)) is Verdict.EXPIRED
    assert verdict(changed(exp=253_402_300_799)) is Verdict.GENUINE  # the end of year 9999


@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", "eddsa", "", None, 5, ["EdDSA"]])
def test_no_other_algorithm_is_believed(alg: object) -> None:
    assert verdict(changed(head={"alg": alg})) is Verdict.ALGORITHM


def test_the_public_key_is_no_secret_for_an_hmac() -> None:
    token = jwt.read(TOKEN)
    signed = f"{encoded({**token.header, 'alg': 'HS256'})}.{encoded(token.payload)}"
    key = SECRET.public_key().public_bytes_raw()
    mac = hmac.new(key, signed.encode(), sha256).digest()
    assert verdict(f"{signed}.{encoded(mac)}") is Verdict.ALGORITHM
    assert verdict(f"{signed}.") is Verdict.ALGORITHM
    assert verdict(changed(head={"crit": ["x"], "x": 1})) is Verdict.ALGORITHM


def test_what_a_learners_pc_says_is_a_claim_and_no_more() -> None:
    claim = credential.write_claim(GRANT, OTHER, NOW)
    found = judge(claim.encode(), ISSUERS, NOW)
    assert (found.verdict, found.title) == (Verdict.CLAIM, GRANT.title)
    assert found.is_of(GRANT.learner)
    # Not even where a PC's key were an issuer's
    assert verdict(credential.write_claim(GRANT, SECRET, NOW)) is Verdict.CLAIM
    assert verdict(claim[:-2]) is not Verdict.CLAIM


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": None},
        {"nbf": "soon"},
        {"nbf": 1e300},
        {"exp": -5},
        {"issuer": "x"},
    ],
)
def test_what_is_signed_and_no_badge_is_none(changes: dict[str, Any]) -> None:
    assert verdict(changed(**changes)) is Verdict.NOTHING


def test_an_issuer_without_a_key_in_its_name_cannot_be_checked() -> None:
    web = "https://other.example"
    assert verdict(changed(iss=web, issuer={"id": web})) is Verdict.NO_KEY


def test_a_credential_with_a_proof_of_another_kind_is_said_to_be_one() -> None:
    other = {"credentialSubject": {}, "proof": {"type": "DataIntegrityProof"}}
    assert verdict(json.dumps(other)) is Verdict.ALGORITHM
    deep = b'{"a":' + b"[" * 100_000
    assert verdict(deep) is Verdict.NOTHING


def test_words_that_would_overturn_the_page_are_taken_out() -> None:
    name = "A\u202e\n\x00" + "x" * 5000
    found = judge(credential.write(GRANT, SECRET, NOW).encode(), ISSUERS, NOW)
    assert found.title == GRANT.title
    subject = {"achievement": {"name": name}}
    found = judge(changed(credentialSubject=subject), ISSUERS, NOW)
    assert (found.title[:4], len(found.title)) == ("A   ", 300)


def test_much_of_nothing_is_read_through_at_once() -> None:
    for piece in (b"eyJ", b"eyJ.", b"a.b.c ", b"\xff"):
        assert verdict(piece * 500_000) is Verdict.NOTHING


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_never_genuine(place: int, flip: int) -> None:
    data = bytearray(TOKEN.encode())
    data[place] ^= flip
    assert verdict(bytes(data)) is not Verdict.GENUINE


@given(st.binary(max_size=2000))
def test_anything_at_all_gets_a_verdict(data: bytes) -> None:
    assert verdict(data) is not Verdict.GENUINE
    assert verdict(b"eyJhbGciOiJFZERTQSJ9." + base64.urlsafe_b64encode(data) + b".AAAA")

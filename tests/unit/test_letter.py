# SPDX-License-Identifier: Apache-2.0
"""What comes back: whole or refused, in its own box only, and silent to whoever has no key."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.signing import public_key
from player.errors import BadLetter, NewerFormat, OtherPlatform, StrayLetter
from player.journal.items import Announcement, Attestation, Mark, Other, item, written
from player.sync import letter, seal, signed
from player.sync.bundle import folded
from player.sync.letter import Box, Letter

HOME = "https://campus.example"
AWA = "b9a4d5c2-4f3e-4c1b-8a7d-6e5f4d3c2b1a"
POST = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
KEYS = [public_key(POST)]
OURS, PUBLIC = seal.new_identity()

EVERYBODY = Box(HOME, "diriger-une-equipe")
HERS = Box(HOME, "diriger-une-equipe", AWA, PUBLIC)
NEWS = Announcement(id="n1", at="2026-11-26T10:00:00Z", title="Bonjour", text="<p>Awa !</p>")
MARK = Mark(
    id="m1", at="2026-11-26T10:00:00Z", act="3f8a6f0e", score=0.75, feedback="Bien vu", by="Diallo"
)


def made(box: Box, *items: Any, number: int = 1, **changes: Any) -> Letter:
    facts: dict[str, Any] = {
        "platform": box.platform,
        "course": box.course,
        "learner": box.learner,
        "recipient": box.recipient,
        "number": number,
        "at": "2026-11-26T12:00:00Z",
        "items": tuple(one if isinstance(one, dict) else written(one) for one in items),
    }
    return Letter(**{**facts, **changes})


def opened(data: bytes, box: Box, number: int = 1) -> Letter:
    return letter.read(data, box, number, KEYS, "L", OURS)


SEALED = letter.write(made(HERS, MARK), POST)
PLAIN = letter.write(made(EVERYBODY, NEWS), POST)


def test_what_was_written_is_read() -> None:
    assert opened(PLAIN, EVERYBODY) == made(EVERYBODY, NEWS)
    found = opened(SEALED, HERS)
    assert [item(one) for one in found.items] == [MARK]
    assert found.box == HERS


def test_a_name_tells_nobody_whose_it_is() -> None:
    paths = [HERS.path(number) for number in range(1, 50)]
    assert len(set(paths)) == 49
    for path in paths:
        assert re.fullmatch(r"mailbox/diriger-une-equipe/([0-9a-f]{2})/\1[0-9a-f]{30}\.age", path)
    assert EVERYBODY.path(3) == "mailbox/diriger-une-equipe/3.json"
    assert Box(HOME, "diriger-une-equipe", AWA, "age1other").path(1) not in paths


def test_altered_in_one_byte_or_cut_off_anywhere_it_is_refused() -> None:
    for place in range(len(SEALED)):
        altered = bytearray(SEALED)
        altered[place] ^= 1 << place % 8
        for data in (bytes(altered), SEALED[:place]):
            with pytest.raises(BadLetter):
                opened(data, HERS)


def test_a_plain_one_altered_in_one_byte_says_nothing_else() -> None:
    """Where a byte is no part of what was signed, as a space would be, it may pass."""
    for place in range(len(PLAIN)):
        altered = bytearray(PLAIN)
        altered[place] ^= 1
        try:
            assert opened(bytes(altered), EVERYBODY) == made(EVERYBODY, NEWS)
        except (BadLetter, NewerFormat, OtherPlatform):
            continue


def test_without_the_key_nothing_of_it_is_found() -> None:
    # None so short that chance could write it
    for secret in (AWA, "Bien vu", "Diallo", "diriger", "campus", ":0.75,", "cartable", '"mark"'):
        assert secret.lower().encode() not in SEALED.lower()


def test_a_forged_one_is_refused() -> None:
    forger = Ed25519PrivateKey.generate()
    for box in (EVERYBODY, HERS):
        with pytest.raises(BadLetter):
            opened(letter.write(made(box, NEWS), forger), box)
        with pytest.raises(BadLetter):
            letter.read(letter.write(made(box, NEWS), POST), box, 1, [], "L", OURS)


def test_one_sealed_for_somebody_else_is_refused() -> None:
    stranger, _ = seal.new_identity()
    with pytest.raises(BadLetter):
        letter.read(SEALED, HERS, 1, KEYS, "L", stranger)


@pytest.mark.parametrize(
    "changes", [{"course": "other"}, {"learner": "bob"}, {"recipient": "age1other"}, {"number": 2}]
)
def test_one_that_belongs_elsewhere_is_refused(changes: dict[str, Any]) -> None:
    """Whoever copies files about cannot make one letter say what another was written for."""
    text = msgspec.json.encode(made(HERS, MARK, **changes))
    data = folded(signed.write(text, "letter", POST, "L"))
    with pytest.raises(StrayLetter):
        opened(seal.sealed_for(data, [PUBLIC]), HERS)
    with pytest.raises(StrayLetter):
        opened(PLAIN, Box(HOME, "other"))
    with pytest.raises(OtherPlatform, match=HOME):
        opened(PLAIN, Box("https://other.example", "diriger-une-equipe"))


def test_everybodys_letter_in_a_learners_place_and_the_other_way_are_refused() -> None:
    with pytest.raises(BadLetter):
        opened(PLAIN, HERS)
    with pytest.raises(BadLetter):
        opened(SEALED, EVERYBODY)
    inside = signed.write(msgspec.json.encode(made(HERS, MARK)), "letter", POST, "L")
    with pytest.raises(StrayLetter):
        opened(inside, EVERYBODY)


def test_a_newer_one_is_said() -> None:
    with pytest.raises(NewerFormat):
        opened(letter.write(made(EVERYBODY, NEWS, format="cartable/2"), POST), EVERYBODY)


def test_what_unfolds_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter, "_UNFOLDED", 100)
    with pytest.raises(BadLetter):
        opened(SEALED, HERS)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"null", b"\0" * 4096])
def test_what_is_no_letter_is_refused(data: bytes) -> None:
    for box, found in ((EVERYBODY, data), (HERS, seal.sealed_for(folded(data), [PUBLIC]))):
        with pytest.raises(BadLetter):
            opened(found, box)
    with pytest.raises(BadLetter):
        opened(seal.sealed_for(data, [PUBLIC]), HERS)


@pytest.mark.parametrize(
    "piece",
    [
        {},
        {"id": "1", "type": "mark"},
        {"id": "", "at": "2026-11-26T10:00:00Z", "type": "a"},
        {"id": "1", "at": "2026-13-26T10:00:00Z", "type": "a"},
        {"id": "1", "at": "2026-11-26T10:00:00+01:00", "type": "a"},
    ],
)
def test_an_item_that_has_no_id_type_or_time_makes_no_letter(piece: dict[str, Any]) -> None:
    with pytest.raises(BadLetter):
        opened(letter.write(made(EVERYBODY, piece), POST), EVERYBODY)


def test_a_letter_of_no_time_is_none() -> None:
    with pytest.raises(BadLetter):
        opened(letter.write(made(EVERYBODY, NEWS, at="soon"), POST), EVERYBODY)


def test_what_a_later_version_adds_is_kept_as_it_came() -> None:
    badge = {"type": "badge", "id": "b1", "at": "2027-01-01T00:00:00Z", "title": "Bravo", "star": 3}
    odd = written(MARK) | {"id": "m2", "score": 75}  # no share: nobody reads 75 as a mark
    more = written(MARK) | {"id": "m3", "colour": "red"}
    found = opened(letter.write(made(EVERYBODY, badge, odd, more), POST), EVERYBODY).items
    assert found == (badge, odd, more)
    assert item(found[0]) == Other(id="b1", at="2027-01-01T00:00:00Z", title="Bravo")
    assert isinstance(item(found[1]), Other)
    assert item(found[2]) == msgspec.structs.replace(MARK, id="m3")


def test_every_item_comes_out_as_it_was_put_in() -> None:
    for piece in (
        NEWS,
        MARK,
        Attestation(id="a", at="2026-11-26T10:00:00.250Z", credential="eyJ.x.y"),
    ):
        assert item(json.loads(json.dumps(written(piece)))) == piece

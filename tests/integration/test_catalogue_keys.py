# SPDX-License-Identifier: Apache-2.0
"""Keys that follow keys, and everything that a thief, or somebody in between, may try with them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publishers import K1, K2, K3, K4, THIEF, catalogue, document, key_id
from simulator import URL, Simulator

from player.catalogue.publishers import believed
from player.catalogue.refresh import Refreshed, fetch_course, refresh
from player.catalogue.trust import Policy
from player.course.signing import public_key
from player.errors import OlderCatalogue, RevokedKey, Unsigned, UntrustedKey
from player.store import courses, database
from player.store.database import Database
from player.store.repositories import kept_catalogue, kept_document

Secrets = Sequence[Ed25519PrivateKey]

TO_2 = document(1, [K1, K2], [K1, K2])
TO_3 = document(2, [K2, K3], [K2, K3], [K1])
TO_4 = document(3, [K3, K4], [K3, K4], [K1, K2])


def look(
    db: Database, server: Simulator, trusted: Secrets = (K1,), allowed: Secrets = (), url: str = URL
) -> Refreshed:
    keys, by_hand = [public_key(k) for k in trusted], [public_key(k) for k in allowed]
    return refresh(db, server, url, keys, allow_unsigned=True, allow_keys=by_hand, now=Clock())


def trusted(db: Database, *secrets: Ed25519PrivateKey) -> set[str]:
    return {key.id for key in believed(db, Policy([public_key(s) for s in secrets])).keys}


@pytest.fixture
def server() -> Simulator:
    made = Simulator()
    made.publish(catalogue(5, K1))
    return made


def test_a_new_key_is_believed_on_the_word_of_the_old_one(db: Database, server: Simulator) -> None:
    look(db, server)
    server.publish(catalogue(6, K2, names=TO_2))
    found = look(db, server)
    assert (found.number, found.trust, found.key) == (6, "trusted", key_id(K2))
    assert trusted(db, K1) == {key_id(K1), key_id(K2)}
    assert trusted(db, K3) == {key_id(K3)}


def test_a_pc_that_was_away_for_three_rotations_follows_the_chain(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.publish(TO_2 | TO_3)
    server.publish(catalogue(9, K4, names=TO_4))
    assert look(db, server).key == key_id(K4)
    assert trusted(db, K1) == {key_id(K3), key_id(K4)}


def test_a_pc_that_begins_with_the_newest_key_asks_for_no_chain(
    db: Database, server: Simulator
) -> None:
    server.publish(TO_2 | TO_3)
    server.publish(catalogue(9, K4, names=TO_4))
    assert look(db, server, [K4]).trust == "trusted"
    assert not [path for path in server.asked if "publisher.1." in path or "publisher.2." in path]


def test_nothing_is_asked_while_the_number_is_known(db: Database, server: Simulator) -> None:
    server.publish(catalogue(6, K2, names=TO_2))
    look(db, server)
    server.publish(catalogue(7, K2, names=TO_2, version=2))
    server.asked.clear()
    assert look(db, server).number == 7
    assert server.asked == ["catalogue.json", "catalogue.json.minisig"]
    server.asked.clear()
    assert not look(db, server).changed
    assert server.asked == ["catalogue.json"]


def test_a_document_that_is_named_costs_itself_and_the_signatures_that_count(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.publish(catalogue(6, K1, names=TO_2))
    server.asked.clear()
    look(db, server)
    path = "keys/publisher.1.json"
    signatures = [f"{path}.{key_id(key)}.minisig" for key in (K1, K2)]
    assert server.asked == ["catalogue.json", "catalogue.json.minisig", path, *signatures]


def test_a_chain_with_a_gap_leads_nowhere(db: Database, server: Simulator) -> None:
    look(db, server)
    server.publish(TO_3)
    server.publish(catalogue(9, K3))
    with pytest.raises(UntrustedKey):
        look(db, server)
    assert trusted(db, K1) == {key_id(K1)}
    server.publish(TO_2 | TO_3)
    assert look(db, server).key == key_id(K3)


@pytest.mark.parametrize(
    "forged",
    [
        document(1, [THIEF], [THIEF]),
        document(1, [K1, THIEF], [THIEF]),
        document(1, [K1, THIEF], [K1, THIEF], leave_out=[K1]),
        document(1, [K1, THIEF], [K1, THIEF], leave_out=[THIEF]),
        document(1, [K1, THIEF], [K1]),
    ],
    ids=["new key alone", "old key listed", "old says nothing", "new says nothing", "not asked"],
)
def test_a_document_that_old_and_new_have_not_both_signed_is_worth_nothing(
    db: Database, server: Simulator, forged: dict[str, bytes]
) -> None:
    look(db, server)
    server.publish(catalogue(6, THIEF, names=forged))
    with pytest.raises(UntrustedKey) as caught:
        look(db, server)
    assert caught.value.details["key"] == key_id(THIEF)
    assert trusted(db, K1) == {key_id(K1)}
    assert fetch_course(db, server, "demo", Policy([public_key(K1)])).version == 1


def test_a_signature_moved_to_another_document_is_worth_nothing(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    forged = document(1, [K1, THIEF], [K1, THIEF])
    for path in [path for path in TO_2 if key_id(K1) in path]:
        forged[path] = TO_2[path]
    server.publish(catalogue(6, THIEF, names=forged))
    with pytest.raises(UntrustedKey):
        look(db, server)


def test_somebody_in_between_with_keys_of_his_own_gets_nowhere(
    db: Database, server: Simulator
) -> None:
    """He changes everything that is not signed, the offered key included."""
    look(db, server)
    before = courses.listing(db, "")
    server.files.clear()
    server.publish(catalogue(99, THIEF, version=9, names=document(1, [THIEF], [THIEF])))
    server.files[f"keys/{key_id(THIEF)}.pub"] = str(public_key(THIEF)).encode()
    with pytest.raises(UntrustedKey) as caught:
        look(db, server)
    assert caught.value.details["public"] == str(public_key(THIEF))
    assert courses.listing(db, "") == before


# Revoked


def stolen(db: Database, server: Simulator) -> None:
    """A thief of K1 published under it; its publisher went on to K2 and took K1 back."""
    look(db, server)
    fetch_course(db, server, "demo")
    server.publish(catalogue(10**9, K1, version=1000))
    look(db, server)
    server.publish(TO_2)
    server.publish(catalogue(6, K2, version=2, names=document(2, [K2], [K2], [K1])))


def test_a_revoked_key_is_believed_no_longer_whatever_it_signs(
    db: Database, server: Simulator
) -> None:
    stolen(db, server)
    assert look(db, server).key == key_id(K2)
    assert trusted(db, K1) == {key_id(K2)}
    server.publish(catalogue(11, K1, version=1001))
    with pytest.raises(RevokedKey) as caught:
        look(db, server)
    assert caught.value.details["key"] == key_id(K1)
    assert fetch_course(db, server, "demo", Policy([public_key(K1)])).version == 2


def test_what_a_thief_said_does_not_shut_the_publisher_out(db: Database, server: Simulator) -> None:
    stolen(db, server)
    assert look(db, server).number == 6
    (shelf,) = courses.listing(db, "")
    assert (shelf.offered, shelf.trust) == (2, "trusted")


def test_revoked_is_for_ever_also_for_who_joins_the_platform_again(
    db: Database, server: Simulator
) -> None:
    stolen(db, server)
    look(db, server)
    server.files.clear()
    server.publish(catalogue(12, K1))
    server.publish(document(3, [K1, K2], [K1]))  # K1 would like to be back
    with pytest.raises(RevokedKey):
        look(db, server, [K1, K2])
    with pytest.raises(RevokedKey):
        look(db, server, [], [K1])
    assert trusted(db, K1, K2) == {key_id(K2)}


def test_what_a_revoked_key_signed_elsewhere_is_left_and_what_is_here_stays(
    db: Database, server: Simulator
) -> None:
    other = Simulator("https://other.example/")
    other.publish(catalogue(3, K1, version=3))
    look(db, other, url=other.url)
    mine = fetch_course(db, other, "demo")
    stolen(db, server)
    look(db, server)
    query = "SELECT trust FROM repositories WHERE url = ?"
    assert db.execute(query, [other.url]).fetchone() == ("revoked",)
    with pytest.raises(RevokedKey):
        look(db, other, url=other.url)
    assert courses.course(db, "demo", 3) == mine
    assert fetch_course(db, server, "demo", Policy([public_key(K1)])).version == 2
    other.publish(catalogue(4, K2, version=4))  # signed anew, it is believed again
    assert look(db, other, url=other.url).trust == "trusted"


def test_nothing_new_is_brought_from_a_place_whose_key_was_revoked(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.publish(TO_2)
    server.publish(catalogue(6, K1, names=document(2, [K2], [K2], [K1])))
    with pytest.raises(RevokedKey):  # the catalogue names the document that takes its own key back
        look(db, server)
    for policy in (None, Policy([public_key(K1)])):
        with pytest.raises(RevokedKey):
            fetch_course(db, server, "demo", policy)


def test_taking_the_signature_off_does_not_get_past_a_revoked_key(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.publish(TO_2)
    server.publish(catalogue(6, K1, names=document(2, [K2], [K2], [K1])))
    with pytest.raises(RevokedKey):
        look(db, server)
    server.forget("catalogue.json.minisig")
    with pytest.raises(Unsigned):
        look(db, server)


def test_a_key_allowed_by_hand_ends_when_its_own_publisher_revokes_it(
    db: Database, server: Simulator
) -> None:
    assert look(db, server, [], [K1]).trust == "untrusted"
    server.publish(TO_2)
    server.publish(catalogue(6, K2, names=document(2, [K2], [K2], [K1])))
    found = look(db, server, [], [K1])
    assert (found.trust, found.key) == ("untrusted", key_id(K2))
    server.publish(catalogue(7, K1))
    with pytest.raises(RevokedKey):
        look(db, server, [], [K1])


def test_a_publisher_cannot_revoke_the_key_of_another(db: Database, server: Simulator) -> None:
    server.publish(catalogue(5, K1, names=document(1, [K1, K3], [K1, K3])))
    look(db, server, [K1, K2])
    evil = Simulator("https://evil.example/")
    evil.publish(catalogue(1, K2, names=document(1, [K2], [K2], [K1])))
    look(db, evil, [K1, K2], url=evil.url)
    assert trusted(db, K1, K2) == {key_id(K1), key_id(K2), key_id(K3)}
    server.publish(catalogue(6, K1))
    assert look(db, server, [K1, K2]).number == 6


def test_a_publisher_cannot_take_another_into_its_family(db: Database, server: Simulator) -> None:
    look(db, server, [K1, K2])
    evil = Simulator("https://evil.example/")
    evil.publish(catalogue(1, K2, names=document(1, [K1, K2], [K2])))
    assert look(db, evil, [K1, K2], url=evil.url).number == 1  # the catalogue itself is all right
    evil.publish(catalogue(2, K2, names=document(2, [K2], [K2], [K1])))
    look(db, evil, [K1, K2], url=evil.url)
    assert trusted(db, K1, K2) == {key_id(K1), key_id(K2)}


def test_a_platforms_old_and_new_key_are_told_apart_by_walking_the_chain(
    db: Database, server: Simulator
) -> None:
    """The platform file has both; the newest document alone does not say that they are one's."""
    server.publish(TO_2)
    server.publish(catalogue(6, K2, names=document(2, [K2], [K2], [K1])))
    look(db, server, [K1, K2])
    assert trusted(db, K1, K2) == {key_id(K2)}


def test_a_family_that_the_platform_vouches_for_no_longer_is_believed_no_longer(
    db: Database, server: Simulator
) -> None:
    server.publish(catalogue(6, K2, names=TO_2))
    look(db, server)
    with pytest.raises(UntrustedKey):
        look(db, server, [K3])


def test_a_document_that_does_not_come_is_asked_for_again(db: Database, server: Simulator) -> None:
    """Whoever holds back the news of a revocation holds it back for as long as he is there."""
    look(db, server)
    server.publish(TO_2)
    server.publish(catalogue(6, K1, names=document(2, [K2], [K2], [K1])))
    server.refuse(503, "publisher.2.json")
    assert look(db, server).number == 6
    with pytest.raises(RevokedKey):
        look(db, server)


def test_another_document_than_the_one_named_is_not_taken(db: Database, server: Simulator) -> None:
    server.publish(catalogue(6, K1, names=TO_2))
    server.publish(document(1, [K1, K3], [K1, K3]))
    look(db, server)
    assert trusted(db, K1) == {key_id(K1)}


@pytest.mark.parametrize(
    "data", [b"hello", b'{"format":"cartable/1","kind":"publisher"}', b"<html>"]
)
def test_a_document_that_is_none_does_no_harm(db: Database, server: Simulator, data: bytes) -> None:
    look(db, server)
    server.publish(catalogue(6, K1, names=TO_2))
    server.files["keys/publisher.1.json"] = data
    assert look(db, server).number == 6


def test_a_number_under_the_old_key_still_binds_while_that_key_holds(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.publish(catalogue(4, K2, names=TO_2))
    with pytest.raises(OlderCatalogue):
        look(db, server)


def test_two_addresses_of_one_publisher_do_not_fight(db: Database, server: Simulator) -> None:
    """An old copy on a stick names an older document; what is revoked stays so."""
    server.publish(TO_2)
    server.publish(catalogue(6, K2, version=2, names=document(2, [K2], [K2], [K1])))
    look(db, server)
    stick = Simulator("https://stick.example/")
    stick.publish(catalogue(5, K2, version=1, names=TO_2))
    look(db, stick, url=stick.url)
    assert trusted(db, K1) == {key_id(K2)}
    assert fetch_course(db, server, "demo").version == 2
    assert not look(db, server).changed


def test_what_was_accepted_is_lent_to_a_pc_that_cannot_reach_the_repository(
    db: Database, server: Simulator, tmp_path: Path
) -> None:
    server.publish(TO_2)
    server.publish(catalogue(7, K3, names=TO_3))
    look(db, server)
    kept = kept_catalogue(db, URL)
    assert kept is not None
    neighbour = Simulator("http://192.0.2.7:8808/r/1/")
    neighbour.publish({"catalogue.json": kept[0], "catalogue.json.minisig": kept[1]})
    for path in TO_2 | TO_3:
        if data := kept_document(db, URL, path):
            neighbour.files[path] = data
    database.prepare(tmp_path / "second home")
    with closing(database.connect(tmp_path / "second home")) as second:
        assert look(second, neighbour, url=neighbour.url).key == key_id(K3)
        assert trusted(second, K1) == {key_id(K2), key_id(K3)}

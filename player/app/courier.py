# SPDX-License-Identifier: Apache-2.0
"""Work that is carried: from this PC to the platform, from the platform back, to another PC."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.app import mail
from player.app.handing import Handing
from player.app.identity import identity_in, own_identity
from player.course.platform import Platform
from player.errors import NoPlatform
from player.journal import learners
from player.journal.learners import Learner
from player.publish import keys
from player.store import lock
from player.store.database import Database
from player.sync import courier, office, seal
from player.sync.courier import Parcel, Returned, Taken
from player.sync.endpoint import Authorize
from player.sync.office import Delivered, Keys
from player.transport import Transport

__all__ = ["Courier", "Delivered", "Keys", "Parcel", "Returned", "Taken"]

log = logging.getLogger(__name__)

DEVICE = "device.key"
IDENTITY = "office.age"
SIGNING = "office.key"


@dataclass(frozen=True, slots=True)
class Courier:
    """What is carried to and from one home. Any thread may ask; `db` is that thread's connection.

    `platform` raises NoPlatform where this PC belongs to none, and so does what needs one here.
    """

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform]
    road: Callable[[], AbstractContextManager[Transport]]
    before_packing: Callable[[], None]
    announce: Callable[[object], None]
    now: Callable[[], datetime]
    authorize: Callable[[Transport], Authorize | None]
    """Who delivers, where the platform wants people to sign in."""
    handing: Callable[[], Handing]

    @property
    def _device(self) -> Ed25519PrivateKey:
        """This PC's own key, made when first needed, beside the journal that it vouches for."""
        return keys.own_key(self.home / DEVICE)

    def pack(self, whose: Sequence[Learner] = ()) -> list[Parcel]:
        """Make the files for the platform; of all learners here where none is named.

        Raises:
            NoPlatform, NoRecipients: there is nobody to bring them to.
        """
        self.before_packing()
        identity = self.home / mail.IDENTITY
        return courier.pack(
            self.db(),
            self.platform(),
            self._device,
            whose or learners.all_learners(self.db()),
            now=self.now,
            recipient=seal.public_of(identity_in(identity)) if identity.exists() else "",
            with_files=self.handing().to_carry()[0] > 0,
        )

    def pack_journal(self, learner: Learner, passphrase: str) -> list[Parcel]:
        """Make the files for another PC of a learner's, sealed with a passphrase."""
        return courier.pack_journal(
            self.db(), self.platform(), self._device, learner, passphrase, now=self.now
        )

    def carry(self, parcels: Iterable[Parcel], folder: Path) -> list[Path]:
        """Write the files into `folder`; what is in them is packed from now on.

        With work for the platform go the files that were handed in, piece by piece, beside it.
        """
        parcels = list(parcels)
        written = courier.carry(self.db(), parcels, folder, now=self.now)
        if any(one.is_for_platform for one in parcels):
            self.handing().carry(folder)
        return written

    def receipts(self, paths: Iterable[Path]) -> Returned:
        """Read what came back in files, or in folders."""
        return courier.receipts(self.db(), self.platform(), paths)

    def bring(self, path: Path, passphrase: str) -> Taken:
        """Take in what a learner did on another PC."""
        return courier.bring(self.db(), self.platform(), path, passphrase)

    def deliver(self, path: Path, secrets: Keys) -> Delivered:
        """As an office: bring the platform a bundle, and write its receipt beside it.

        Raises:
            CourierProblem, NewerFormat, Malformed, NoPlatform: nothing was sent.
            DatabaseBusy: another Cartable is sending from this home.
        """
        platform = self.platform()
        if platform.lrs is None:
            raise NoPlatform
        with lock.alone(self.home / "sending.lock"), self.road() as transport:
            return office.deliver(
                path,
                transport,
                platform,
                secrets,
                now=self.now,
                announce=self.announce,
                authorize=self.authorize(transport),
                db=self.db(),
            )

    def secrets(
        self, identity: Path | None = None, key: Path | None = None, *, make: bool = False
    ) -> Keys:
        """An office's two secrets, from files or from the home; with `make`, made where they lack.

        Raises:
            BadKey: one of them cannot be used, or is not there.
        """
        identity, key = identity or self.home / IDENTITY, key or self.home / SIGNING
        if make:
            return Keys(own_identity(identity), keys.own_key(key))
        return Keys(identity_in(identity), keys.load_key(key))


def public_parts(secrets: Keys) -> dict[str, list[str]]:
    """What of an office's secrets goes into the platform file."""
    return {
        "recipients": [seal.public_of(secrets.identity)],
        "offices": [keys.public_text(secrets.secret)],
    }

# SPDX-License-Identifier: Apache-2.0
"""Whether the system says that the line is paid by the megabyte, as far as it says anything.

NetworkManager, Windows and ConnMan know; elsewhere, and where no D-Bus runs, nobody does, and the
learner's word counts: in the settings, or of the network this PC is in.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from ipaddress import ip_interface

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QAbstractSocket, QNetworkInformation, QNetworkInterface

log = logging.getLogger(__name__)

_FEATURE = QNetworkInformation.Feature.Metered
_UNSURE = "glib"  # says no also where it only does not know
_INNER = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet")  # networks inside this PC
_ALONE = 29  # bits: so long a prefix is a modem's, and leaves no room for a network
_IPV4 = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol


class Metered(QObject):
    """What the system says of the line. Made in the window's thread; `value` is read from any.

    Signals:
        changed: the system says something else now: True, False, or None where it does not know.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value: bool | None = None
        self._system = _loaded()
        if self._system is not None:
            self._system.isMeteredChanged.connect(self._hear)
            self.value = self._judged(self._system.isMetered())

    def _hear(self, metered: bool) -> None:
        value = self._judged(metered)
        if value != self.value:
            self.value = value
            self.changed.emit(value)

    def _judged(self, metered: bool) -> bool | None:
        unsure = self._system is not None and self._system.backendName() == _UNSURE
        return None if unsure and not metered else metered


def network() -> str:
    """The network this PC is in, by a name that is the same every day; '' where it is in none.

    The adapter and its range of addresses: `wlan0 192.168.43.0/24`. A modem, whose address is
    another each time, has the adapter alone. Any thread may ask.
    """
    found = sorted(_places(QNetworkInterface.allInterfaces()))
    return found[0][-1] if found else ""


def _places(adapters: Iterable[QNetworkInterface]) -> Iterator[tuple[bool, int, str]]:
    """What this PC is in; sorted, the likeliest way to the internet comes first, a tunnel last."""
    flags = QNetworkInterface.InterfaceFlag
    for adapter in adapters:
        state, name = adapter.flags(), adapter.name()
        if not state & flags.IsRunning or state & flags.IsLoopBack or name.startswith(_INNER):
            continue
        for entry in adapter.addressEntries():
            address, length = entry.ip(), entry.prefixLength()
            if address.protocol() != _IPV4 or address.isLinkLocal():
                continue
            alone = bool(state & flags.IsPointToPoint) or length >= _ALONE
            shared = f"{name} {ip_interface(f'{address.toString()}/{length}').network}"
            yield alone, adapter.index(), name if alone else shared


def _loaded() -> QNetworkInformation | None:
    """Qt's view of the network, made once in a process; None where no back end can tell."""
    offered = QNetworkInformation.availableBackends()
    for name in sorted(offered, key=lambda name: name == _UNSURE):
        if QNetworkInformation.loadBackendByName(name):
            found = QNetworkInformation.instance()
            if found is not None and found.supports(_FEATURE):
                return found
            break  # another one cannot be loaded in its place
    log.info("the system does not tell whether the line is metered")
    return None

# SPDX-License-Identifier: Apache-2.0
"""The queue of downloads: cards in order, which the learner can change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from player.app import WishedSection
from player.app.services import WishKey
from player.ui.parts import clear, column
from player.ui.standing import Latest
from player.ui.wish_row import MIME, WishRow


class WishQueue(QWidget):
    """One card a wish. `ordered` is called with the keys in their new order."""

    def __init__(
        self,
        opened: Callable[[str], object],
        ordered: Callable[[Sequence[WishKey]], object],
        held: Callable[[WishedSection], object],
        dropped: Callable[[WishKey], object],
    ) -> None:
        super().__init__()
        self._opened, self._ordered = opened, ordered
        self._held, self._dropped = held, dropped
        self.rows: dict[WishKey, WishRow] = {}
        self._list = column(self, gap=12)
        self.setAcceptDrops(True)

    def show_wishes(self, wishes: Sequence[WishedSection], latest: Latest) -> None:
        """Show what is asked for; cards that stay keep the keyboard."""
        found = {wish.key: wish for wish in wishes}
        if set(found) != set(self.rows):
            clear(self._list)
            self.rows = {}
        for place, (key, wish) in enumerate(found.items()):
            if key not in self.rows:
                self.rows[key] = WishRow(
                    wish,
                    self._opened,
                    self._move,
                    lambda row: self._held(row.wish),
                    lambda row: self._dropped(row.key),
                )
            card = self.rows[key]
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
            card.show_wish(wish, latest)
        self.rows = {key: self.rows[key] for key in found}
        self._judge()

    def _judge(self) -> None:
        cards = list(self.rows.values())
        for card in cards:
            card.up.setEnabled(card is not cards[0])
            card.down.setEnabled(card is not cards[-1])

    def _move(self, card: WishRow, by: int) -> None:
        keys = list(self.rows)
        place = keys.index(card.key)
        self._put(card, place + by)
        card.setFocus()

    def _put(self, card: WishRow, place: int) -> None:
        keys = list(self.rows)
        if not 0 <= place < len(keys) or keys[place] == card.key:
            return
        keys.remove(card.key)
        keys.insert(place, card.key)
        self._ordered(keys)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME) and isinstance(event.source(), WishRow):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        card = event.source()
        if isinstance(card, WishRow):
            self.put_at(card, event.position().toPoint())
            event.acceptProposedAction()

    def put_at(self, card: WishRow, where: QPoint) -> None:
        """Have a card where it was let go of."""
        others = [one for one in self.rows.values() if one is not card]
        place = sum(1 for one in others if one.geometry().center().y() < where.y())
        self._put(card, place)

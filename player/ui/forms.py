# SPDX-License-Identifier: Apache-2.0
"""Cards of the settings: a heading, and fields with their words beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QWidget

from player.ui.parts import calm, card, label


def form_card(heading: str) -> tuple[QFrame, QFormLayout]:
    """A card and its rows."""
    frame, inner = card()
    inner.addWidget(label(heading, "heading"))
    form = QFormLayout()
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(10)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    inner.addLayout(form)
    return frame, form


def ask(form: QFormLayout, text: str, field: QWidget) -> None:
    """A row: `text` on the left, which the screen reader says of `field` too."""
    words = label(text, wrap=False)
    words.setMinimumHeight(field.sizeHint().height())
    words.setBuddy(field)
    field.setAccessibleName(text)
    form.addRow(words, field)


def choices(values: dict[str, str]) -> QComboBox:
    """A box of what can be chosen: what is kept, and how it is said."""
    box = calm(QComboBox())
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(max(len(text) for text in values.values()))
    for value, text in values.items():
        box.addItem(text, value)
    return box


def choose(box: QComboBox, value: str) -> None:
    """Choose `value`; one that somebody else wrote down is offered as it is."""
    if box.findData(value) < 0:
        box.addItem(value, value)
    box.setCurrentIndex(box.findData(value))

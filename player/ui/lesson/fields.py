# SPDX-License-Identifier: Apache-2.0
"""Which field asks which interaction. What has none here is said to need a newer Cartable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from player.course.interactions import (
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    SurveyInteraction,
    TextInteraction,
    UploadInteraction,
)
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.cloze_field import ClozeField
from player.ui.lesson.context import LessonContext
from player.ui.lesson.essay_field import EssayField
from player.ui.lesson.menu_rows import MenuField, placing_field
from player.ui.lesson.order_field import OrderField
from player.ui.lesson.picture_field import AreaField, LabelField, PointField
from player.ui.lesson.scale_field import ScaleField
from player.ui.lesson.upload_field import UploadField

Field = (
    ChoiceField
    | LineField
    | MenuField
    | OrderField
    | ClozeField
    | EssayField
    | PointField
    | UploadField
    | ScaleField
)

Mix = Callable[[Any, Sequence[Any]], Sequence[Any]]
"""Puts what an interaction shows into the order of the attempt: interaction, items -> items."""


def field_of(context: LessonContext, interaction: Interaction, mix: Mix) -> Field | None:
    """Return a new field for `interaction`; None where this version cannot ask it."""
    form = _FORMS.get(type(interaction))
    return form(context, interaction, mix) if form else None


def _choice(context: LessonContext, asked: ChoiceInteraction, mix: Mix) -> Field:
    return ChoiceField(context, asked, mix(asked, asked.choices))


def _line(context: LessonContext, asked: Any, _mix: Mix) -> Field:
    return LineField(context, asked)


def _cloze(context: LessonContext, asked: ClozeInteraction, mix: Mix) -> Field:
    return ClozeField(context, asked, lambda gap: mix(gap, gap.choices))


def _match(context: LessonContext, asked: MatchInteraction, mix: Mix) -> Field:
    return placing_field(context, asked, mix(asked, asked.sources), mix(asked, asked.targets))


def _order(context: LessonContext, asked: OrderInteraction, mix: Mix) -> Field:
    return OrderField(context, asked, mix(asked, asked.items))


def _hotspot(context: LessonContext, asked: HotspotInteraction, _mix: Mix) -> Field:
    form = AreaField if asked.visible and asked.areas else PointField
    return form(context, asked)


def _labels(context: LessonContext, asked: ImageDragInteraction, mix: Mix) -> Field:
    return LabelField(context, asked, mix(asked, asked.labels))


def _essay(context: LessonContext, asked: FreeTextInteraction, _mix: Mix) -> Field:
    return EssayField(context, asked)


def _upload(context: LessonContext, asked: UploadInteraction, _mix: Mix) -> Field:
    return UploadField(context, asked)


def _survey(context: LessonContext, asked: SurveyInteraction, _mix: Mix) -> Field:
    return ScaleField(context, asked)


_FORMS: Mapping[type, Callable[[LessonContext, Any, Mix], Field]] = {
    ChoiceInteraction: _choice,
    TextInteraction: _line,
    NumberInteraction: _line,
    FormulaInteraction: _line,
    ClozeInteraction: _cloze,
    MatchInteraction: _match,
    OrderInteraction: _order,
    HotspotInteraction: _hotspot,
    ImageDragInteraction: _labels,
    FreeTextInteraction: _essay,
    UploadInteraction: _upload,
    SurveyInteraction: _survey,
}

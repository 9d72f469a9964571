# SPDX-License-Identifier: Apache-2.0
"""What an exam says of itself: its rules before, what the record shows after."""

from __future__ import annotations

from datetime import UTC, datetime

from player.clock import stamp as stamp_of
from player.course.manifest import Exam, Quiz
from player.journal.events import Finished, Remark
from player.lesson import record
from player.lesson.timed import FLOOR
from player.ui.language import minutes, translate, when

Rule = tuple[str, str]
"""A sign and a sentence."""


def time_rules(exam: Exam) -> list[Rule]:
    """What a learner should know of the clock before it runs."""
    if not exam.limit:
        return []
    length = translate("Exam", "You have {time} from the moment you begin.")
    on = translate(
        "Exam",
        "The clock runs on when you close the program, and when the computer sleeps or is switched"
        " off. When the time is up, everything that you have typed is handed in by itself.",
    )
    shown = translate(
        "Exam",
        "Cartable writes down when the exam was open and whether the computer's clock was moved."
        " That goes along with your answers, and you see it at the end.",
    )
    proof = translate(
        "Exam",
        "That is a record and no proof: it cannot know who sits at the computer, nor what was done"
        " while it was off.",
    )
    return [
        ("clock", length.format(time=minutes(exam.limit))),
        ("info", on),
        ("list", f"{shown} {proof}"),
    ]


def date_rules(quiz: Quiz, now: datetime) -> list[Rule]:
    """Until when to answer and to connect, in the reader's time."""
    found = []
    for stamp, ahead, over in (
        (
            quiz.answer_by,
            translate("Exam", "Answer by {date}."),
            translate("Exam", "The time to answer ended on {date}. You may still answer, late."),
        ),
        (
            quiz.connect_by,
            translate("Exam", "Have your answers sent by {date}: by network, or on a stick."),
            translate("Exam", "Answers were to be sent by {date}. Send them as soon as you can."),
        ),
    ):
        moment = _moment(stamp)
        if moment is not None:
            is_over = moment < now
            words = over if is_over else ahead
            found.append(("warning" if is_over else "clock", words.format(date=when(stamp))))
    if found and now < FLOOR:
        wrong = translate("Exam", "This computer's clock shows {date}. That is wrong: set it.")
        found.append(("warning", wrong.format(date=when(stamp_of(now)))))
    return found


def code_rule(exam: Exam) -> list[Rule]:
    """That somebody has to open it."""
    if not exam.code:
        return []
    return [("lock", translate("Exam", "A supervisor opens this exam with a code."))]


def later() -> str:
    """When the mark comes where the platform gives it."""
    return translate(
        "QuizView",
        "The platform marks it: what is right is not on this computer. The mark comes back after"
        " your answers were sent.",
    )


def ended(result: Finished) -> str:
    """How a timed exam ended; '' where there is nothing to say."""
    if result.ended != "time":
        return ""
    return translate(
        "Exam", "The time was up. Everything that you had typed until then was handed in."
    )


def said(remark: Remark) -> str:
    """A remark of the record, as a sentence; '' for one of a later version."""
    at, time = when(remark.at), minutes(abs(remark.seconds))
    words = {
        record.CLOCK: translate("Exam", "{at}: the computer's clock was set {time} forward.")
        if remark.seconds > 0
        else translate("Exam", "{at}: the computer's clock was set {time} back."),
        record.CLOSED: translate(
            "Exam",
            "{at}: nothing was recorded for {time}: the exam was closed, or the computer slept.",
        ),
        record.RESTARTED: translate(
            "Exam", "{at}: the computer was restarted, after {time} without a record."
        ),
        record.LATE: translate("Exam", "{at}: an answer came {time} after the time was up."),
        record.DEVICES: translate("Exam", "It was worked on at more than one computer."),
        record.CHAIN: translate("Exam", "The record was changed afterwards."),
    }.get(remark.what, "")
    return words.format(at=at, time=time)


def _moment(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:  # none, or one that publish would have refused
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)

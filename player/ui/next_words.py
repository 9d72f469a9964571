# SPDX-License-Identifier: Apache-2.0
"""What is next, in words: short, warm, and with "about" where nobody knows exactly."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from player.app.next_step import Part, Return, Step
from player.app.plan import Week
from player.ui.course_tree import kind_name
from player.ui.language import apart, minutes, translate

_LONGEST = 20  # letters of a word, before a place is made where it can be broken
_WORD = re.compile(rf"\w{{{_LONGEST}}}(?=\w)")
_EXACT, _ROUGH = 10, 30  # minutes: up to the first by one, up to the second by five, then by ten
MOST_PASSED = 2  # days that went by, each with a sentence of its own


def about(seconds: float) -> str:
    """`about 6 min`, `about 25 min`, `about 1 h 10`: no more exact than anybody can know."""
    whole = max(1, round(seconds / 60))
    step = 1 if whole <= _EXACT else 5 if whole <= _ROUGH else 10
    rounded = round(whole / step) * step
    return translate("Next", "about {time}").format(time=minutes(rounded * 60))


def soft(text: str) -> str:
    """`text` whose longest words can be broken: a label is never narrower than its longest one."""
    return _WORD.sub(lambda word: f"{word[0]}\u200b", text)


def hours(number: float) -> str:
    """`3 h`, `1 h 30`, `30 min`: hours that somebody planned."""
    if number == int(number):
        return translate("Next", "{n} h").format(n=QLocale().toString(int(number)))
    return minutes(number * 3600)


def headline(step: Step) -> str:
    """What is next: `Next: Who does what`; at the end, where the learner stands."""
    if step.activity is not None:
        title = apart(step.activity.title)
        if step.is_begun:
            return translate("Next", "Go on: {title}").format(title=title)
        return translate("Next", "Next: {title}").format(title=title)
    if step.later is not None:
        return translate("Next", "All that is open is done. Well done!")
    if step.attestation is not None and step.attestation.met:
        return translate("Next", "You have come to the end, and your attestation is earned. Bravo!")
    return translate("Next", "You have come to the end of this course. Bravo!")


def details(step: Step) -> str:
    """Of what kind it is, where it stands, how long it takes; at the end, what is left."""
    if step.activity is not None and step.section is not None:
        parts = (kind_name(step.activity), apart(step.section.title), about(step.seconds))
        return " · ".join(parts)
    if step.later is not None and step.opens_at is not None:
        words = translate("Next", "“{title}” opens on {day}.")
        return words.format(title=apart(step.later.title), day=_day(step.opens_at))
    if step.later is not None:
        return translate("Next", "“{title}” opens another day.").format(
            title=apart(step.later.title)
        )
    standing = step.attestation
    if standing is None or standing.met:
        return translate("Next", "A few questions now and then keep it fresh.")
    if standing.waiting:
        return translate("Next", "For your attestation, only a mark has to come back.")
    lacking = sum(1 for one in standing.lines if not one.met)
    return translate("Next", "For your attestation, %n thing(s) are left.", "", lacking)


def how_far(step: Step) -> str:
    """How far all of it is, and the section: `9 of 23 done · Learn: 3 of 8, about 25 min left`."""
    words = translate("Course", "{done} of {all} done").format(done=step.done, all=step.all)
    if step.week is None:
        return words
    return f"{words} · {_section(step.week)}"


def _section(part: Part) -> str:
    words = translate("Next", "{title}: {done} of {all}, {time} left")
    title, time = apart(part.title), about(part.seconds)
    return words.format(title=title, done=part.done, all=part.all, time=time)


def welcome(back: Return, step: Step) -> str:
    """To somebody who was away."""
    if not back.got_to:
        return translate("Next", "Welcome back.")
    if step.activity is not None and step.activity.title == back.got_to:
        return translate("Next", "Welcome back. You can go on where you stopped.")
    return translate("Next", "Welcome back. You had got to “{title}”.").format(title=back.got_to)


def passed(back: Return) -> str:
    """The days that went by meanwhile, and what counts all the same; '' for none."""
    said = []
    for one in back.passed[:MOST_PASSED]:
        words = translate("Next", "“{title}” was due on {day}.")
        said.append(words.format(title=one.title, day=_day(one.at)))
    if more := len(back.passed) - len(said):
        said.append(translate("Next", "%n more was due meanwhile.", "", more))
    if said:
        said.append(
            translate(
                "Next",
                "It is all still open: you can do it now, and it counts here as before. The "
                "platform sees that it came later.",
            )
        )
    return " ".join(said)


def _day(at: datetime) -> str:
    local = QDateTime.fromSecsSinceEpoch(round(at.timestamp())).date()
    return QLocale().toString(local, "d MMMM")


def week(now: Week) -> str:
    """What was learnt this week, beside the plan; '' where there is nothing to say."""
    learnt = minutes(now.learnt) if now.learnt >= 30 else ""
    if not now.planned:
        return translate("Next", "Learnt this week: {time}.").format(time=learnt) if learnt else ""
    if now.share >= 1:
        words = translate("Next", "Learnt this week: {time}. Your plan of {plan} is met. Bravo!")
        return words.format(time=learnt, plan=hours(now.planned))
    if not learnt:
        words = translate("Next", "A new week: {plan} are planned.")
        return words.format(plan=hours(now.planned))
    words = translate("Next", "Learnt this week: {time} of {plan}.")
    return words.format(time=learnt, plan=hours(now.planned))


def sitting(step: Step) -> str:
    """What a sitting now could be; '' where that is the next activity alone."""
    part = step.sitting
    if part is None or part.seconds <= step.seconds:
        return ""
    words = translate("Next", "A sitting now could be “{title}”, {time}.")
    return words.format(title=part.title, time=about(part.seconds))

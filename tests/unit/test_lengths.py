# SPDX-License-Identifier: Apache-2.0
"""How long activities take: arithmetic that a learner has to be able to believe."""

from __future__ import annotations

import pytest

from player.course.manifest import (
    AnyActivity,
    Blob,
    Document,
    Exam,
    Licence,
    Link,
    Links,
    Manifest,
    Page,
    Quiz,
    Rendition,
    Survey,
    Unknown,
    Video,
    Work,
)
from player.lesson import lengths
from player.lesson.lengths import Pace, words

SHA = "a" * 64
COURSE = Manifest(
    format="cartable/1", kind="course", id="c", version=1, title="C", language="fr", summary="",
    authors=(), licence=Licence("CC0-1.0"), issued="", sections=(), blobs={SHA: Blob(7200, "x")},
)  # fmt: skip
VIDEO = Video(id="v", title="V", duration=600, renditions=(Rendition("240p", SHA),))
QUIZ = Quiz(id="q", title="Q", blob=SHA, questions=10)
PAGE = Page(id="p", title="P", blob=SHA)


@pytest.mark.parametrize(
    ("activity", "pace", "more", "wanted"),
    [
        (VIDEO, Pace(), {}, 600),
        (VIDEO, Pace(speed=1.5), {}, 400),
        (VIDEO, Pace(speed=2), {"through": 300.0}, 150),
        (VIDEO, Pace(), {"through": 599.0}, lengths.LEAST),
        (PAGE, Pace(), {"counted": 360}, 120),
        (PAGE, Pace(), {}, 300),  # 900 words, by its size
        (Page(id="p", title="P", blob=SHA, resources={"a": SHA}), Pace(), {"counted": 180}, 70),
        (QUIZ, Pace(), {}, 300),
        (QUIZ, Pace(answer=12), {}, 120),
        (QUIZ, Pace(answer=12), {"through": 9}, lengths.LEAST),
        (Exam(id="e", title="E", blob=SHA, questions=10, limit=120), Pace(), {}, 120),
        (Exam(id="e", title="E", blob=SHA, questions=10, limit=1200), Pace(), {}, 300),
        (Survey(id="s", title="S", blob=SHA, questions=4), Pace(answer=100), {}, 60),
        (Work(id="w", title="W", blob=SHA, questions=2), Pace(), {}, 1800),
        (Document(id="d", title="D", blob=SHA, pages=4), Pace(), {}, 180),
        (Document(id="d", title="D", blob=SHA), Pace(), {}, 300),
        (Links(id="l", title="L", links=(Link("u", "t"), Link("u", "t"))), Pace(), {}, 60),
        (Unknown(id="x", title="X", kind="hologram"), Pace(), {}, 120),
    ],
)
def test_each_kind_takes_its_time(
    activity: AnyActivity, pace: Pace, more: dict[str, float], wanted: float
) -> None:
    assert lengths.seconds(COURSE, activity, pace, **more) == pytest.approx(wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>Qui décide&nbsp;? L’équipe.</p><ul><li>un</li><li>deux</li></ul>", 5),
        ("", 0),
        ("<img src='a b c d'>", 0),
        ("<p>我们一起学习</p>", 4),
        ("<p>نتعلم معا بلا شبكة</p>", 4),
    ],
)
def test_words_are_counted_in_scripts_with_and_without_blanks(html: str, count: int) -> None:
    assert words(html) == count

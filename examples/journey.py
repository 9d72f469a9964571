# SPDX-License-Identifier: Apache-2.0
"""The journey of `make run` where there is no display: a learner's first evening, off-screen.

Through the real widgets: the first start, the library, a course, its download, every kind of
activity, quizzes with right and wrong answers, the exam, my work before and after sending; then the
same pages in the other language and in the dark. Each step prints its figures, read from what was
really done. At the end every statement is read back from the LRS and must be there exactly once.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from walker import Lost, Walker

from player.course.interactions import ChoiceInteraction, NumberInteraction
from player.course.manifest import AnyActivity, Exam, Links, Manifest, Page, Quiz, Video
from player.course.quiz import Question
from player.journal.events import Answered, Playing
from player.journal.journal import events
from player.lesson.watching import watched_seconds
from player.publish.repository import Published
from player.store import blobs
from player.transport import Reply, Roads
from player.ui.course_tree import kind
from player.ui.language import translate
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.video_view import VideoView
from player.ui.main import Shown, application

WATCH_SECONDS = 4.0
PAGES, QUIZZES = 5, 20  # how many of an imported course are opened, the richest pages first


def quiet(_kind: QtMsgType, _place: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what its off-screen platform says of every window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


class Metered(Roads):
    """The real roads, with a meter: `came` counts the bytes of every answer's body."""

    came = 0

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Ask, and count what comes."""
        with super().request(method, url, headers=headers, body=body) as reply:
            reply.body = self._counted(reply.body)
            yield reply

    def _counted(self, body: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in body:
            self.came += len(chunk)
            yield chunk


class Journey:
    """One evening over `place`, whose platform runs and whose home is new."""

    def __init__(self, place: Path, published: Sequence[Published], *, imported: bool) -> None:
        self._place, self._published, self._imported = place, published, imported
        qInstallMessageHandler(quiet)
        self._road = Metered()
        self._shown = Shown(application(), place / "home", self._road)
        self._shown.window.show()
        self._walker = Walker(lambda: self._shown.window, place / "pictures")
        self._services = self._shown.services
        self._language = "en"

    def play(self) -> int:
        """Go the whole way; returns the exit code."""
        try:
            self._first_start()
            for number, one in enumerate(self._published):
                self._speak("fr" if number == 0 else "en")
                self._fetch(one)
                self._learn(one.course)
            self._deliver()
            self._hear_back()
            self._look_around()
            self._deliver()  # what looking around recorded
        except Lost as lost:
            self._walker.picture("lost")
            _say("Lost", f"{lost}; see {self._place.name}/pictures/lost.png")
            return 1
        finally:
            self._shown.window.close()
        return self._account()

    # The evening

    def _first_start(self) -> None:
        walker = self._walker
        walker.picture("en-first-start")
        self._speak("fr")
        walker.picture("fr-first-start")
        walker.type(walker.see(QLineEdit)[0], "Awa Diop")
        walker.key(Qt.Key.Key_Return)
        walker.until(self._services.library, "the catalogue")
        walker.until(lambda: self._shown.window.idle, "the first look")
        walker.picture("fr-library-new")
        _say("First start", f"{len(self._services.library())} courses are on offer")

    def _fetch(self, one: Published) -> None:
        walker, window = self._walker, self._shown.window
        before = self._road.came
        window.open_course(one.course)
        walker.until(lambda: window.course.course == one.course, "the course page")
        walker.until(window.course.isVisible, "the course page")
        rendition = walker.see(QComboBox, window.course)[0]
        wanted = rendition.findData("240p")
        rendition.setCurrentIndex(wanted if wanted >= 0 else rendition.count() - 1)
        walker.picture(f"{self._language}-course-new")
        walker.press(translate("Course", "Everything · {size}").split("{", maxsplit=1)[0])
        walker.press(translate("Window", "Downloads"))
        walker.rest(0.1)
        walker.picture(f"{self._language}-downloads-running")
        walker.until(lambda: window.idle, "the download", 300)
        walker.picture(f"{self._language}-downloads")
        manifest = self._services.course(one.course)
        here = blobs.present(self._services.db)
        needed = sum(blob.cost for sha256, blob in manifest.blobs.items() if sha256 in here)
        came = self._road.came - before
        lacking = sum(state.total - state.here for state in self._services.sections(manifest))
        _say(
            "Downloaded",
            f"{one.course}: {came:,} bytes came for {needed:,} needed"
            f" (the rest is its description), {lacking:,} are missing",
        )

    def _learn(self, course: str) -> None:
        manifest = self._services.course(course)
        seen: Counter[str] = Counter()
        window = self._shown.window
        window.open_course(course)
        self._walker.until(window.course.isVisible, "the course page")
        for activity in self._chosen(manifest):
            window.open_activity(course, activity.id)
            self._walker.until(window.lesson.isVisible, "the lesson")
            seen[kind(activity)] += 1
            name = f"{self._language}-{kind(activity)}-{seen[kind(activity)]}"
            self._do(activity, name)
        window.lesson.leave()
        self._walker.picture(f"{self._language}-course")
        done = sum(1 for one in self._services.done(course).values() if one.completed_at)
        _say("Learned", f"{course}: {dict(seen)} opened, {done} activities done")

    def _chosen(self, manifest: Manifest) -> list[AnyActivity]:
        """One sitting a section and every exam; of an imported course every kind and quiz."""
        every = list(manifest.activities())
        if not self._imported:
            first = [a for part in manifest.sections for a in part.sequences[0].activities]
            return first + [a for a in every if isinstance(a, Exam) and a not in first]
        kinds = {kind(one) for one in every}
        chosen = [next(a for a in every if kind(a) == name) for name in sorted(kinds)]
        rich = sorted(every, key=lambda one: -len(one.resources))[:PAGES]
        quizzes = [one for one in every if isinstance(one, Quiz)][:QUIZZES]
        return chosen + [one for one in (*rich, *quizzes) if one not in chosen]

    def _do(self, activity: AnyActivity, name: str) -> None:
        view = self._shown.window.lesson.view
        if isinstance(view, VideoView):
            self._watch(view, name)
        elif isinstance(activity, Quiz) and view is not None:
            self._answer(activity, view, name)
        else:
            self._walker.rest(0.4)
            self._walker.picture(name)
            if view is not None:
                self._walker.key(Qt.Key.Key_End, view)
                self._walker.rest(0.1)

    def _watch(self, view: VideoView, name: str) -> None:
        walker = self._walker
        walker.press(translate("VideoView", "Play"))
        walker.until(lambda: view.playback.position > WATCH_SECONDS, "the video to play")
        walker.picture(name)
        walker.press(translate("VideoView", "Pause"))

    def _answer(self, quiz: Quiz, view: QWidget, name: str) -> None:
        walker = self._walker
        exam = isinstance(quiz, Exam)
        walker.rest(0.1)
        if not walker.see(QuestionPage, view):  # the rules come before the first question
            walker.picture(f"{name}-rules")
            words = "Begin the exam" if exam else "Begin"
            walker.press(translate("QuizView", words), view)
        page = walker.see(QuestionPage, view)[0]
        count = 0
        while walker.see(QuestionPage, view):
            count += 1
            self._fill(page.card.question, page, right=count != 2)
            if not exam and page.card.fields:
                walker.press(translate("QuizView", "Answer"), page)
            walker.picture(f"{name}-{count}")
            walker.click(page.on)
        if exam:
            walker.picture(f"{name}-hand-in")
            walker.press(translate("QuizView", "Hand in"), view)
        walker.picture(f"{name}-result")

    def _fill(self, question: Question, page: QuestionPage, *, right: bool) -> None:
        for field, asked in zip(page.card.fields, question.interactions, strict=False):
            if isinstance(field, ChoiceField) and isinstance(asked, ChoiceInteraction):
                for row in field.rows:
                    good = row.choice.fraction > 0
                    if good == right and (asked.multiple or not field.given):
                        self._walker.click(row.button)
            elif isinstance(field, LineField):
                answers = getattr(asked, "answers", ())
                best = max(answers, key=lambda one: one.fraction)
                if isinstance(asked, NumberInteraction):
                    text = f"{best.low:g}" if right else f"{best.high + 1000:g}"
                else:
                    text = best.text if right else "?!"
                self._walker.type(field.line, text)

    def _deliver(self) -> None:
        walker, window = self._walker, self._shown.window
        walker.press(translate("Window", "My work")) if window.lesson.isHidden() else None
        walker.until(window.work.isVisible, "my work")
        before = self._services.counts()
        walker.picture("work-before-sending")
        if before.waiting:
            walker.press(translate("Work", "Send now"))
            walker.until(lambda: window.idle, "the sending", 120)
        walker.picture("work-after-sending")
        after = self._services.counts()
        _say(
            "Sent",
            f"{before.received} were received on the way, {after.received} now;"
            f" {after.waiting} left, {after.refused} refused",
        )

    def _hear_back(self) -> None:
        """The platform marks one act and writes to everybody, by the commands that people type."""
        table, letters = self._place / "marks.csv", Path(__file__).parent / "letters"
        self._desk("grade", "--open", table, "--every")
        with table.open(encoding="utf-8-sig", newline="") as file:
            row = next(csv.DictReader(file), None)
        if row is None:
            _say("Marked", "nothing was answered, so nothing was marked")
            return
        row |= {"score": "18/20", "feedback": "Bien vu. Et si l’équipe est plus grande ?"}
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow(row)
        self._desk("grade", table, "--by", "Inès")
        word = ("--announce", letters / "annonce.md", "--digest", letters / "semaine.md")
        course = self._published[0].course
        self._desk("mailbox", self._place / "repository", "--course", course, *word)
        came = self._services.mail.collect()
        states = {one.event.id: one.state for one in self._services.ledger(limit=10_000)}
        if came.problems or states[row["statement"]] != "marked":
            raise Lost(f"the mark of {row['activity']} did not come: {came.problems}")
        _say("Came back", f"{came.new} items: a mark of {row['activity']}, news and a digest")

    def _desk(self, *words: object) -> None:
        command = [sys.executable, "-m", "player", "--home", self._place / "desk", "platform"]
        root = Path(__file__).parents[1]
        subprocess.run([*map(str, (*command, *words))], check=True, cwd=root, capture_output=True)

    def _look_around(self) -> None:
        """Every page in the other language, then in the dark."""
        for language, scheme in (
            ("en", "light"), ("fr", "light"), ("en", "dark"), ("fr", "dark"),
        ):  # fmt: skip
            self._services.change(language=language, appearance=scheme)
            self._shown.renew()
            self._photograph(f"{language}-{scheme}" if scheme == "dark" else language)
        self._services.change(appearance="")

    def _photograph(self, prefix: str) -> None:
        walker, window = self._walker, self._shown.window
        walker.until(lambda: window.idle, "the window")
        for name, words in (
            ("library", "Library"), ("downloads", "Downloads"), ("work", "My work"),
            ("mail", "Messages"), ("space", "Disk space"), ("settings", "Settings"),
        ):  # fmt: skip
            walker.press(translate("Window", words))
            walker.until(lambda: window.idle, words)
            walker.picture(f"{prefix}-{name}")
        manifest = self._services.course(self._published[0].course)
        for wanted in (Video, Page, Links):
            found = [one for one in manifest.activities() if isinstance(one, wanted)]
            for activity in found[:1]:
                window.open_activity(manifest.id, activity.id)
                walker.rest(0.5)
                walker.picture(f"{prefix}-{kind(activity)}")
        window.lesson.leave()

    def _speak(self, language: str) -> None:
        if self._services.settings.language != language:
            self._services.change(language=language)
            self._shown.renew()
            self._walker.until(lambda: self._shown.window.idle, "the new window")
        self._language = language

    # The account

    def _account(self) -> int:
        every = list(events(self._services.db))
        told = {event.id for event in events(self._services.db, "state <> 'local'")}
        self._services.close_thread()
        last = {act.visit: act for event in every if isinstance(act := event.act, Playing)}
        watched = sum(watched_seconds(act.segments) for act in last.values())
        answered = sum(isinstance(event.act, Answered) for event in every)
        back = Counter(
            statement["id"]
            for statement in _read_back(self._place / "platform")
            if not statement["verb"]["id"].endswith("/scored")  # those are the platform's own
        )
        twice = sum(1 for count in back.values() if count > 1)
        pictures = len(self._walker.taken)
        _say("Published", f"{len(self._published)} course(s)")
        _say("Watched", f"{watched:.0f} seconds of video")
        _say("Answered", f"{answered} questions")
        _say("Recorded", f"{len(every)} acts, {len(told)} of them for the platform")
        _say("Read back", f"{len(told & set(back))} of {len(told)} statements, {twice} twice")
        _say("Pictures", f"{pictures} in {self._place.name}/pictures")
        whole = told == set(back) and not twice and bool(told)
        _say(
            "Result", "everything arrived exactly once" if whole else "NOT everything arrived once"
        )
        return 0 if whole else 1


def _read_back(data: Path) -> list[dict[str, Any]]:
    command = [sys.executable, str(Path(__file__).parent / "platform" / "read_back.py"), str(data)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


_BEGUN = time.monotonic()


def _say(step: str, facts: str) -> None:
    print(f"{time.monotonic() - _BEGUN:6.1f} s  {step:<12} {facts}", flush=True)

# SPDX-License-Identifier: Apache-2.0
"""The story: a learner's first evening, through the real widgets.

The first start, the library, a course, its download, every kind of activity, questions with right
and wrong answers, the exam, my work before and after sending; what the platform makes of it and
sends back; then the same pages in the other language and in the dark. Each step prints its figures,
read from what was really done. At the end every statement is read back from the store and must be
there exactly once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QComboBox, QLineEdit
from walker import Lost, Walker

from player.app.keyed import read_keys
from player.course.interactions import ChoiceInteraction, NumberInteraction, TextInteraction
from player.course.languages import languages
from player.course.manifest import (
    AnyActivity,
    Exam,
    Links,
    Manifest,
    Page,
    Quiz,
    Survey,
    Video,
    Work,
)
from player.course.quiz import Question, decode_quiz
from player.journal.events import Answered, Playing
from player.journal.journal import events
from player.lesson.watching import watched_seconds
from player.publish.repository import Published
from player.store import blobs
from player.ui.course_tree import kind
from player.ui.language import translate
from player.ui.main import Shown, application

from .attesting import claim, issue, verify
from .carrying import carry_files
from .dates import look_ahead
from .desk import command, first_row, is_anonymous, read_back, write_row
from .going_on import go_on
from .learning import learn
from .meter import Metered
from .noting import note
from .reading import read
from .searching import search
from .speaking import read_otherwise
from .telling import quiet, tell
from .watching import watch

PAGES, QUIZZES = 5, 20  # how many of an imported course are opened, the richest pages first


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
                watch(self._walker, self._services, self._shown.window, one.course)
                search(self._walker, self._services, self._shown.window, one.course)
                go_on(self._walker, self._services, self._shown.window, one.course)
            read(self._walker, self._services, self._shown.window, self._published)
            note(
                self._walker, self._services, self._shown.window, self._published[0].course,
                self._road, self._place / "notes.md",
            )  # fmt: skip
            self._read_otherwise()
            self._revise()
            look_ahead(self._walker, self._services, self._shown.window, self._place / "dates.ics")
            self._deliver()
            if not self._imported:
                carry_files(self._place)
            self._hear_back()
            if not self._imported:
                self._attest()
            self._look_around()
            self._deliver()  # what looking around recorded
        except Lost as lost:
            self._walker.picture("lost")
            tell("Lost", f"{lost}; see {self._place.name}/pictures/lost.png")
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
        tell("First start", f"{len(self._services.library())} courses are on offer")

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
        if window.messages.text and window.messages.kind == "ask":  # what the line costs, once
            walker.press(translate("MessageBar", "No"), window.messages)
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
        tell(
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
            if activity.id not in self._services.calendar.open_to(manifest):
                continue  # `look_ahead` shows that
            window.open_activity(course, activity.id)
            self._walker.until(window.lesson.isVisible, "the lesson")
            seen[kind(activity)] += 1
            name = f"{self._language}-{kind(activity)}-{seen[kind(activity)]}"
            learn(self._walker, activity, window.lesson.view, name, self._keys(course, activity))
        window.lesson.leave()
        self._walker.picture(f"{self._language}-course")
        done = sum(1 for one in self._services.done(course).values() if one.completed_at)
        tell("Learned", f"{course}: {dict(seen)} opened, {done} activities done")

    def _chosen(self, manifest: Manifest) -> list[AnyActivity]:
        """One sitting a section and all that is asked but not by GIFT; of an imported course
        every kind and quiz."""
        every = list(manifest.activities())
        if not self._imported:
            first = [a for part in manifest.sections for a in part.sequences[0].activities]
            return [a for a in every if a in first or self._is_rich(a)]
        kinds = {kind(one) for one in every}
        chosen = [next(a for a in every if kind(a) == name) for name in sorted(kinds)]
        rich = sorted(every, key=lambda one: -len(one.resources))[:PAGES]
        quizzes = [one for one in every if isinstance(one, Quiz)][:QUIZZES]
        by_id = {one.id: one for one in (*chosen, *rich, *quizzes)}
        return list(by_id.values())

    def _is_rich(self, activity: AnyActivity) -> bool:
        """Whether it asks for more than choices and lines, as GIFT does."""
        if not isinstance(activity, Quiz) or isinstance(activity, Exam | Work | Survey):
            return isinstance(activity, Quiz)
        asked = decode_quiz(blobs.read(self._services.home, activity.blob, activity.title))
        kinds = {type(one) for question in asked for one in question.interactions}
        return not kinds <= {ChoiceInteraction, TextInteraction, NumberInteraction}

    def _read_otherwise(self) -> None:
        """A course that has another language is read in it, and again in its own."""
        for one in self._published:
            if len(languages(self._services.course(one.course))) > 1:
                window, road = self._shown.window, self._road
                read_otherwise(self._walker, self._services, window, road, one.course)

    def _revise(self) -> None:
        """What was missed this evening is for another day; no clock that is put on changes that."""
        self._walker.press(translate("Revision", "Revision"))
        self._walker.until(self._shown.window.revision.isVisible, "the revision")
        self._walker.picture(f"{self._language}-revision")
        due = self._services.revision.due()
        when = f", the first on {due.following:%d %B}" if due.following else ""
        tell("Revision", f"{due.today} questions are due; {due.total} come again{when}")

    def _deliver(self) -> None:
        walker, window = self._walker, self._shown.window
        walker.press(translate("Window", "My work")) if window.lesson.isHidden() else None
        walker.until(window.work.isVisible, "my work")
        walker.picture("work-before-sending")
        walker.until(lambda: window.idle, "what goes by itself", 120)
        before = self._services.counts()
        if before.waiting:
            walker.press(translate("Work", "Send now"))
            walker.until(lambda: window.idle, "the sending", 120)
        walker.picture("work-after-sending")
        after = self._services.counts()
        tell(
            "Sent",
            f"{before.received} were received on the way, {after.received} now;"
            f" {after.waiting} left, {after.refused} refused",
        )

    def _attest(self) -> None:
        """Of each course what lacks; of one that is done, the credential, and whether it is one."""
        window, done = self._shown.window, []
        for one in self._published:
            file = self._place / f"{one.course}.claim.jwt"
            if claim(self._walker, self._services, window, one.course, file):
                done.append(one.course)
        for course in done:
            self._deliver()
            issue(self._place, course)
            self._services.mail.collect()
            verify(self._walker, self._services, window, course, self._place / f"{course}.jwt")

    def _keys(self, course: str, activity: AnyActivity) -> dict[str, Question]:
        """The key of what the platform marks, by question: what a learner knows who has studied."""
        files = (self._place / "marking").glob(f"{course}-*.key.json")
        found = [
            one.activities[activity.id] for one in read_keys(files) if activity.id in one.activities
        ]
        return {one.id: one for one in found[-1].questions} if found else {}

    def _hear_back(self) -> None:
        """The platform marks by its keys and by hand, and writes to everybody."""
        table, letters = self._place / "marks.csv", Path(__file__).parents[1] / "letters"
        home, repository = self._place / "desk", self._place / "repository"
        keys = sorted((self._place / "marking").glob("*.key.json"))
        if keys:
            facts = command(home, "grade", *keys, "--by", "Inès")
            tell(
                "Graded", f"{facts['marked']} marks by {len(keys)} key files, {facts['left']} left"
            )
        command(home, "platform", "grade", "--open", table, "--every")
        row = first_row(table)
        if row is None:
            tell("Marked", "nothing was answered, so nothing was marked")
            return
        row |= {"score": "18/20", "feedback": "Bien vu. Et si l’équipe est plus grande ?"}
        write_row(table, row)
        command(home, "platform", "grade", table, "--by", "Inès")
        word: tuple[object, ...] = (
            "--announce",
            letters / "annonce.md",
            "--digest",
            letters / "semaine.md",
        )
        for number, one in enumerate(self._published):
            said = () if number else word
            command(home, "platform", "mailbox", repository, "--course", one.course, *said)
        came = self._services.mail.collect()
        states = {one.event.id: one.state for one in self._services.ledger(limit=10_000)}
        if came.problems or states[row["statement"]] != "marked":
            raise Lost(f"the mark of {row['activity']} did not come: {came.problems}")
        tell("Came back", f"{came.new} items: marks, news and a digest")

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
        window.show_page("calendar")
        walker.picture(f"{prefix}-calendar")
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
        stored = read_back(self._place / "platform")
        nameless = sum(is_anonymous(one) for one in stored)
        back = Counter(
            one["id"]
            for one in stored
            if not is_anonymous(one) and not one["verb"]["id"].endswith("/scored")  # the platform's
        )
        twice = sum(1 for count in back.values() if count > 1)
        pictures = len(self._walker.taken)
        tell("Published", f"{len(self._published)} course(s)")
        tell("Watched", f"{watched:.0f} seconds of video")
        tell("Answered", f"{answered} questions")
        tell("Recorded", f"{len(every)} acts, {len(told)} of them for the platform")
        tell("Read back", f"{len(told & set(back))} of {len(told)} statements, {twice} twice")
        tell("Anonymous", f"{nameless} answers have arrived without a name, others leave later")
        tell("Pictures", f"{pictures} in {self._place.name}/pictures")
        whole = told == set(back) and not twice and bool(told)
        tell(
            "Result", "everything arrived exactly once" if whole else "NOT everything arrived once"
        )
        return 0 if whole else 1

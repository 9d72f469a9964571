# SPDX-License-Identifier: Apache-2.0
"""Three homes to look at: nobody's, a newcomer's without courses, and that of somebody half-way.

In the last one are an example course, begun, a course whose every title is far too long, and one in
Arabic; acts that the platform has and acts that it refused; letters, questions to be asked again,
and something still to be fetched. Nothing in it reaches for a network.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from keyed_answers import RIGHT, WRONG, answers

from player import app
from player.app import Services
from player.course.manifest import Exam, Quiz, Survey, Work
from player.course.platform import Lrs, Platform
from player.course.quiz import decode_quiz
from player.journal import journal, mail, outbox
from player.journal.events import Completed, Opened
from player.journal.items import Announcement, AnyItem, Box, Digest, Mark, written
from player.lesson.attempt import begin_or_resume
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.store import blobs

HERE = Path(__file__).parent
NEW, BARE, FULL = "new", "bare", "full"
COURSES = {"fr": "diriger-une-equipe", "en": "studying-without-a-network"}
LONG, ARABIC = "long", "arabic"
NOWHERE = "http://127.0.0.1:9/"  # the discard port of this PC: nobody answers, at once
AGO = timedelta(days=10)  # when the learner was here last

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TITLE = (
    "Organiser une équipe de bénévoles dans trois villages à la saison des pluies, quand les pistes"
    f" sont coupées et que chacun doit décider seul : {WORD}"
)


def prepare(place: Path, language: str) -> dict[str, Path]:
    """Make the three homes below `place`, in `language`; their folders by name."""
    secret = own_key(place / "publisher.key")
    sources = [HERE / COURSES[language], _long(place / LONG), _arabic(place / ARABIC)]
    for source in sources:
        publish(source, place / "repository", secret, keys=place / "marking")
    found = {name: place / name for name in (NEW, BARE, FULL)}
    with patch("player.journal.journal.boot_id", lambda: "an earlier start"):
        _live(place, found, language, secret)
    return found


def _live(place: Path, found: dict[str, Path], language: str, secret: Ed25519PrivateKey) -> None:
    for name, home in found.items():
        # Some days ago, so that the questions that were missed are due by now
        services = app.build(home, now=lambda: datetime.now(UTC) - AGO)
        # … and in another start of the PC, or its clock would be set right by this one
        services.change(language=language, send_by_itself=False)
        if name != NEW:
            services.introduce("Awa Diop")
        if name == FULL:
            services.join(msgspec.json.encode(_platform()))
            services.change(allowed_keys=(public_text(secret),))
            services.add_repository(str(place / "repository"))
            services.refresh_all()
            _learn(services, COURSES[language])
            _take(services, ARABIC)
            _take(services, LONG)
        services.close_thread()


def _platform() -> Platform:
    return Platform(
        format="cartable/1",
        kind="platform",
        name="Campus de Saint-Louis",
        home=NOWHERE,
        lrs=Lrs(f"{NOWHERE}xapi", "device", "sesame"),
    )


def _learn(services: Services, course: str) -> None:
    """Take the course up, all but one section, and do what leaves a trace on every page."""
    _take(services, course, but=-2)
    manifest = services.course(course)
    done = [one for one in manifest.activities() if not isinstance(one, Quiz)][:2]
    for activity in done:
        where = services.where(course, activity.id)
        kind = activity.__struct_config__.tag
        for act in (Opened, Completed):
            journal.record(
                services.db, where, act(name=activity.title, type=str(kind)), services.now
            )
    quizzes = [
        one
        for one in manifest.activities()
        if isinstance(one, Quiz) and not isinstance(one, Exam | Work | Survey) and not one.marking
    ]
    sit(services, course, quizzes[0], RIGHT)
    sit(services, course, quizzes[1], WRONG)
    _hear(services, course)
    section = manifest.sections[-2]
    services.ask(course, [section.id], "480p")
    for wish in services.wishes():
        if wish.total > wish.here:
            services.hold(wish.key, held=True)


def _take(services: Services, course: str, but: int | None = None) -> None:
    """Fetch a course, without the section of that number."""
    sections = [one.id for one in services.take_up(course).sections]
    if but is not None:
        del sections[but]
    services.ask(course, sections, "240p")
    services.download(by_hand=True)


def sit(services: Services, course: str, quiz: Quiz, worth: str) -> None:
    """Answer every question of a quiz so that it is worth that, where it can be."""
    questions = decode_quiz(blobs.read(services.home, quiz.blob, quiz.title))
    where = services.where(course, quiz.id)
    attempt = begin_or_resume(services.db, where, quiz, questions, services.now)
    if attempt is None:
        return
    for question in attempt.questions:
        given = answers(question)
        attempt.answer(question.id, given.get(worth) or given[RIGHT], 20)
    attempt.finish()


def _hear(services: Services, course: str) -> None:
    """Let the platform have some acts, refuse one, and write."""
    ids = [one.event.id for one in services.ledger(kinds=("answered",))]
    outbox.put(services.db, [(one, b"{}") for one in ids[:6]])
    outbox.mark_sent(services.db, ids[:6], "2026-01-05T09:00:00.000Z")
    outbox.acknowledge(services.db, ids[1:5], "2026-01-05T09:00:01.000Z")
    outbox.refuse(services.db, ids[0], f"no mailbox here for {WORD}. " * 3)
    said: list[AnyItem] = [
        Announcement(
            id="a1",
            at="2026-01-06T09:00:00Z",
            title=TITLE,
            text=f"<p>Bring <b>paper</b>. {TITLE}</p><table><tr><td>{WORD}</td></tr></table>",
            language="en",
            by="A. Diallo",
        ),
        Digest(id="d1", at="2026-01-05T09:00:00Z", title="1", text="<ul><li>?</li></ul>", by="B."),
        Announcement(id="a2", at="2026-01-07T09:00:00Z", title="تذكير", text="<p>مرحبا</p>"),
        Mark(
            id="m1",
            at="2026-01-08T09:00:00Z",
            act=ids[2],
            score=0.8,
            points=8,
            out_of=10,
            feedback="Well argued.\nSay <more> of the roles.",
            by="B. Sarr",
        ),
    ]
    box = Box(NOWHERE, course)
    now = "2026-01-08T10:00:00Z"
    mail.take(services.db, box, 1, now, [written(one) for one in said], now)


# Two courses that no example would be


def _long(folder: Path) -> Path:
    """A course in which nothing is short."""
    folder.mkdir(parents=True)
    (folder / "page.md").write_text(
        f"# {TITLE}\n\n{TITLE} {TITLE}\n\n| {WORD} | {WORD} |\n|---|---|\n| 1 | {TITLE} |\n\n"
        f"`{WORD * 3}`\n",
        encoding="utf-8",
    )
    (folder / "links.md").write_text(
        f"# {TITLE}\n\n- [{TITLE}](https://example.org/{WORD}): {TITLE}\n", encoding="utf-8"
    )
    (folder / "quiz.gift").write_text(
        f"::{TITLE}:: {TITLE} {{\n    ={TITLE} #{TITLE}\n    ~{WORD}\n}}\n", encoding="utf-8"
    )
    (folder / "survey.toml").write_text(_scale(TITLE, WORD), encoding="utf-8")
    kinds = ("page", "links", "quiz", "exam", "survey")
    files = ("page.md", "links.md", "quiz.gift", "quiz.gift", "survey.toml")
    return _outline(folder, "long", "fr", TITLE, zip(kinds, files, strict=True))


def _arabic(folder: Path) -> Path:
    """A course in Arabic: a page, links, a quiz, a questionnaire, and a video with captions."""
    folder.mkdir(parents=True)
    (folder / "page.md").write_text(
        "# من يفعل ماذا؟\n\n"
        "يبدأ الفريق بتوزيع **الأدوار**، ثم يتفق على موعد واحد كل أسبوع (8:30).\n\n"
        "1. اكتب الأدوار على ورقة.\n2. اسأل كل شخص: *ماذا تحتاج؟*\n\n"
        "| الدور | من |\n|---|---|\n| المخزن | آمنة |\n| الحسابات | يوسف |\n\n"
        "> من لا يسأل لا يعرف.\n\nانظر [الروابط](https://example.org/ar).\n",
        encoding="utf-8",
    )
    (folder / "links.md").write_text(
        "# لمن يريد المزيد\n\n"
        "- [مكتبة كوليبري](https://learningequality.org/kolibri/): مكتبة بلا شبكة.\n",
        encoding="utf-8",
    )
    (folder / "quiz.gift").write_text(
        "::القرار:: من يقرر؟ {\n    =الفريق كله #نعم، معا.\n    ~لا أحد #عندها كل شيء عاجل.\n}\n\n"
        "::الأيام:: كم يوما في أسبوعين؟ {#14}\n",
        encoding="utf-8",
    )
    (folder / "survey.toml").write_text(_scale("ما رأيك في هذا الدرس؟", "واضح"), encoding="utf-8")
    media = HERE / COURSES["fr"] / "media"
    for ending in ("240p.mp4", "audio.m4a", "png", "pdf"):
        shutil.copy(media / f"organiser.{ending}", folder / f"film.{ending}")
    (folder / "film.ar.vtt").write_text(ARABIC_CAPTIONS, encoding="utf-8")
    kinds = ("page", "video", "links", "quiz", "survey", "document")
    files = ("page.md", "film", "links.md", "quiz.gift", "survey.toml", "film.pdf")
    return _outline(folder, "arabic", "ar", "قيادة فريق صغير", zip(kinds, files, strict=True))


ARABIC_CAPTIONS = """\
WEBVTT

00:00.000 --> 00:04.000
مرحبا بكم في الأسبوع الأول.

00:04.000 --> 00:09.000
اليوم نتحدث عن الأدوار: من يفعل ماذا؟

00:09.000 --> 00:15.000
(ثم نكتب 3 أدوار على ورقة.)
"""


def _scale(asked: str, word: str) -> str:
    """A questionnaire with a scale of ten steps, and one to choose from."""
    steps = ", ".join(f's{n} = "{word if n in (0, 10) else n}"' for n in range(11))
    items = f'a = "{asked}", b = "{asked}"'
    return (
        f'[[question]]\nid = "scale"\ntitle = "{asked}"\nbody = "{asked}"\n\n'
        f'[[question.interaction]]\ntype = "survey"\n'
        f"items = {{ {items} }}\nscale = {{ {steps} }}\n\n"
        f'[[question]]\nid = "choice"\ntitle = "{asked}"\nbody = "{asked}"\n\n'
        f'[[question.interaction]]\ntype = "choice"\nscoring = "none"\n'
        f'choices = {{ a = "{asked}", b = "{word}" }}\n'
    )


def _outline(
    folder: Path, course: str, language: str, title: str, files: Iterable[tuple[str, str]]
) -> Path:
    activities = ", ".join(
        f'{{ {kind} = "{file}", id = "{kind}", title = "{title}" }}' for kind, file in files
    )
    (folder / "course.toml").write_text(
        f'[course]\nid = "{course}"\ntitle = "{title}"\nlanguage = "{language}"\n'
        f'summary = "{title}"\n'
        f'authors = [{{ name = "{title}" }}]\nlicence = "CC-BY-SA-4.0"\ncite = "{title}"\n'
        f'[[section]]\nid = "first"\ntitle = "{title}"\n[[section.sequence]]\ntitle = "{title}"\n'
        f"activities = [{activities}]\n",
        encoding="utf-8",
    )
    return folder

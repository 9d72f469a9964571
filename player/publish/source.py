# SPDX-License-Identifier: Apache-2.0
"""A course's folder, read whole: what it holds, or every mistake in it at once."""

from __future__ import annotations

import dataclasses
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from player.course.answer_key import KeyedQuiz
from player.course.attestation import is_marked
from player.course.manifest import (
    AnyActivity,
    CoursePath,
    Document,
    Exam,
    Links,
    Manifest,
    Meeting,
    Page,
    Quiz,
    Section,
    Sequence,
    Survey,
    Translation,
    Video,
    Work,
)
from player.course.quiz import MOST_ASKED, Question, asked_of
from player.course.supervisor import hashed
from player.errors import NotAFolder, SourceFaults
from player.publish.dates import Dates, MeetingLine, check_dates
from player.publish.faults import Fault, Findings, Place, meant
from player.publish.folder import Content, Folder, content
from player.publish.links import parse_links
from player.publish.markdown import from_markdown
from player.publish.naming import Names, Part, given_names
from player.publish.outline import FILE, ActivityLine, Outline, SequenceLines, read_outline
from player.publish.pages import Texts, first_heading, is_markdown
from player.publish.paths import RuleLine, check_nameless, check_paths, check_rules
from player.publish.pdf import count_pages
from player.publish.quizzes import TYPE, encode_questions, read_questions
from player.publish.translations import (
    TEXTS,
    Lines,
    aligned,
    check_ids,
    left,
    read_lines,
    sayable,
    translated_line,
    worded,
)
from player.publish.video import VideoFiles, read_video
from player.publish.withheld import withheld

FEWEST = 2  # paths that can be combined
_ASKING = {"quiz": Quiz, "exam": Exam, "work": Work, "survey": Survey}


@dataclass(frozen=True, slots=True)
class Source:
    """A course without a fault. `contents` are what travels, section by section, in order, then
    those of each translation; `keys`, by activity, what stays with the platform, and
    `translated_keys` the same by language; `left` says what is not translated yet."""

    outline: Outline
    sections: tuple[Section, ...]
    contents: tuple[tuple[Content, ...], ...]
    image: str | None
    warnings: tuple[Fault, ...]
    keys: Mapping[str, KeyedQuiz]
    paths: tuple[CoursePath, ...] = ()
    translations: tuple[Translation, ...] = ()
    translated_keys: Mapping[str, Mapping[str, KeyedQuiz]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def read_source(folder: Path, secret: bytes = b"") -> Source:
    """Return the course in `folder` (docs/authoring.md).

    Args:
        folder: where course.toml is.
        secret: what the ids of graded questions follow from. See `withheld`.

    Raises:
        NotAFolder: no folder, or no course.toml in it.
        SourceFaults: with every mistake that was found, sorted by file and line.
    """
    if not (folder / FILE).is_file():
        raise NotAFolder(place=folder, reason=f"there is no file {FILE} in it")
    findings = Findings()
    source = _read(Folder(folder, findings), secret)
    if source is None or findings.faults:
        faults: list[Fault] = sorted(findings.faults, key=_order)
        raise SourceFaults(tuple(faults), source=folder.name)
    return source


def _order(fault: Fault) -> tuple[bool, str, int]:
    """course.toml first, then file by file from top to bottom."""
    return fault.file != FILE, fault.file, fault.line


def _read(folder: Folder, secret: bytes) -> Source | None:
    findings = folder.findings
    text = folder.text(FILE)
    outline = read_outline(text, findings) if text is not None else None
    if outline is None:
        return None
    names = given_names(outline, findings)
    reading = _Reading(folder, outline.id, outline.language, names, secret)
    cover = folder.picture(outline.image, outline.image_place) if outline.image else None
    contents: list[tuple[Content, ...]] = []
    sections = []
    for section in outline.sections:
        id_ = reading.names.name(Part(section.id, section.title, section.place), "section")
        sequences = tuple(reading.sequence(one, id_) for one in section.sequences)
        sections.append(reading.dated(Section(id_, section.title, sequences), section.dates))
        contents.append(tuple(reading.contents))
        reading.contents.clear()
    meetings = reading.meetings(outline.meetings)
    named = (
        dataclasses.replace(a, meeting=b) for a, b in zip(outline.meetings, meetings, strict=True)
    )
    outline = dataclasses.replace(outline, meetings=tuple(named))  # their titles have translations
    translated = _Translating(folder, outline, reading, sections)
    translations = tuple(map(translated.one, read_lines(folder, outline)))
    for film in reading.films.values():
        film.warn_of_pictures([one.language for one in translations], findings)
    _check_references(reading, sections)
    paths = check_paths(outline.paths, reading.rules, sections, findings)
    if outline.combine_paths and len(paths) < FEWEST:
        what = "`combine_paths` is said, and there are no two paths to combine."
        findings.warn(outline.place, what, "Write a `[[path]]` for each, or leave it out.")
    _check_rule(outline, sections, findings)
    reading.check_dates(outline, tuple(sections), meetings)
    if cover and contents:
        contents[0] = (cover, *contents[0])
    return Source(
        outline,
        tuple(sections),
        (*contents, *translated.contents),
        cover.sha256 if cover else None,
        tuple(sorted(findings.warnings, key=_order)),
        reading.keys,
        paths,
        translations,
        translated.keys,
        tuple(translated.left),
        meetings,
    )


def _check_references(reading: _Reading, sections: list[Section]) -> None:
    known = {activity.id for section in sections for activity in section.activities()}
    for id_, place in reading.references:
        if id_ not in known:
            what = f"The link #activity:{id_} leads to no activity of this course."
            reading.folder.findings.fault(place, what, "Write the id of one in course.toml.")


def _check_rule(outline: Outline, sections: list[Section], findings: Findings) -> None:
    found = {one.id: one for section in sections for one in section.activities()}
    for id_, place in outline.rule_places.items():
        if id_ not in found:
            what = f"The attestation asks for “{id_}”, and no activity has that id."
            findings.fault(place, what, meant(id_, found) or "Write the id of one in this file.")
        elif not is_marked(found[id_]):
            what = f"The attestation asks for a mark of “{id_}”, which never has one."
            findings.fault(place, what, "Name a quiz, an exam or a piece of work.")


@dataclass(slots=True)
class _Translating:
    """The languages of a course, read one after the other once all of it is known."""

    folder: Folder
    outline: Outline
    original: _Reading
    sections: list[Section]
    contents: list[tuple[Content, ...]] = field(default_factory=list)
    keys: dict[str, Mapping[str, KeyedQuiz]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def one(self, said: Lines) -> Translation:
        own = self.original
        reading = _Reading(self.folder, own.course, said.language, own.names, own.secret)
        reading.originals, reading.undubbed = own.questions, own.films
        made: dict[str, AnyActivity] = {}
        for section in self.sections:
            for activity in section.activities():
                if found := self._activity(activity, said, reading):
                    made[activity.id] = found
            self.contents.append(tuple(reading.contents))
            reading.contents.clear()
        own.references.extend(reading.references)
        if reading.keys:
            self.keys[said.language] = reading.keys
        translated = {id_ for id_, one in made.items() if not one.language}
        known = sayable(self.outline, self.sections)
        check_ids(said, self.outline, known, self.folder.findings)
        self.left.extend(left(said, self.outline, known, translated))
        texts = {
            table: {id_: text for id_, text in said.texts[table].items() if id_ in known[table]}
            for table in TEXTS
        }
        return Translation(
            language=said.language,
            title=said.words["title"],
            summary=said.words["summary"],
            effort=said.words["effort"],
            cite=said.words["cite"],
            adapted=said.words["adapted"],
            attestation=said.attestation,
            titles=texts["titles"],
            summaries=texts["summaries"],
            places=texts["places"],
            notes=texts["notes"],
            roles=texts["roles"],
            activities=tuple(made.values()),
        )

    def _activity(self, own: AnyActivity, said: Lines, reading: _Reading) -> AnyActivity | None:
        """One activity of the translation: with files of its own, or only what is said beside its
        content; None where nothing of it is translated."""
        findings = self.folder.findings
        line = translated_line(self.original.lines[own.id], own, said, self.folder)
        if line is not None:
            made = reading.activity(line, "")
            return worded(made, own, said, findings) if made else None
        title = said.title(own.id)
        pictured = self._pictured(own, said.language, reading)
        made = worded(replace(pictured, title=title or own.title), own, said, findings)
        return (
            replace(made, language=own.language or self.outline.language) if made != own else None
        )

    def _pictured(self, own: AnyActivity, language: str, reading: _Reading) -> AnyActivity:
        """A film that is not dubbed, with its slides and its poster in another language."""
        files = self.original.films.get(own.id)
        if files is None or not isinstance(own, Video):
            return own
        line = self.original.lines[own.id]
        slides, poster = files.pictures_in(language, line, self.folder.findings)
        reading.contents.extend(one for one in (slides, poster) if one)
        return replace(
            own,
            slides=slides.sha256 if slides else own.slides,
            poster=poster.sha256 if poster else own.poster,
        )


@dataclass(slots=True)
class _Reading:
    """What is known while the activities are read one after the other.

    `originals` are the questions of the activities that are translated, with their keys; `undubbed`
    the films in the course's own language.
    """

    folder: Folder
    course: str
    language: str
    names: Names
    secret: bytes
    keys: dict[str, KeyedQuiz] = field(default_factory=dict)
    contents: list[Content] = field(default_factory=list)
    asked: dict[str, dict[bool, str]] = field(default_factory=dict)
    references: list[tuple[str, Place]] = field(default_factory=list)
    rules: list[RuleLine] = field(default_factory=list)
    lines: dict[str, ActivityLine] = field(default_factory=dict)
    questions: dict[str, tuple[Question, ...]] = field(default_factory=dict)
    originals: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    films: dict[str, VideoFiles] = field(default_factory=dict)
    undubbed: Mapping[str, VideoFiles] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def sequence(self, lines: SequenceLines, section: str) -> Sequence:
        id_ = self.names.name(Part(lines.id, lines.title, lines.place), "sequence", section)
        activities = (self._needing(one, self.activity(one, id_)) for one in lines.activities)
        return Sequence(id_, lines.title, tuple(one for one in activities if one is not None))

    def _needing(self, line: ActivityLine, made: AnyActivity | None) -> AnyActivity | None:
        if made is None:
            return None
        self.places.update({(made.id, key): place for key, place in line.places.items()})
        return replace(made, needs=line.needs) if line.needs else made

    def dated(self, section: Section, dates: Dates) -> Section:
        """The section with its dates and needs."""
        self.places.update({(section.id, key): place for key, place in dates.places.items()})
        return replace(
            section,
            opens=dates.opens,
            opens_after=dates.opens_after,
            due=dates.due,
            due_after=dates.due_after,
            needs=dates.needs,
        )

    def meetings(self, lines: Iterable[MeetingLine]) -> tuple[Meeting, ...]:
        """The meetings, each with its id."""
        made = []
        for line in lines:
            meeting = line.meeting
            id_ = self.names.name(Part(meeting.id, meeting.title, line.place), "meeting")
            self.places.update({(id_, key): place for key, place in line.places.items()})
            made.append(replace(meeting, id=id_))
        return tuple(made)

    def check_dates(
        self, outline: Outline, sections: tuple[Section, ...], meetings: tuple[Meeting, ...]
    ) -> None:
        """Report what cannot be of all that says when."""
        self.places.update({("", key): place for key, place in outline.places.items()})
        whole = Manifest(
            format="",
            kind="",
            id=outline.id,
            version=1,
            title=outline.title,
            language=outline.language,
            summary="",
            authors=(),
            licence=outline.licence,
            issued="",
            sections=sections,
            blobs={},
            starts=outline.starts,
            ends=outline.ends,
            meetings=meetings,
        )
        check_dates(whole, self.places, self.folder.findings)

    def activity(self, line: ActivityLine, sequence: str) -> AnyActivity | None:
        made = self._made(line, sequence)
        if made is not None:
            self.lines[made.id] = line
        return replace(made, language=line.language) if made and line.language else made

    def _made(self, line: ActivityLine, sequence: str) -> AnyActivity | None:
        match line.kind:
            case "video":
                return self._video(line, sequence)
            case "document":
                return self._document(line, sequence)
        texts = self._texts(line)
        if texts is None:
            return None
        match line.kind:
            case "page":
                return self._page(line, sequence, texts)
            case "links":
                return self._links(line, sequence, texts)
        return self._quiz(line, sequence, texts)

    def _texts(self, line: ActivityLine) -> Texts | None:
        found = self.folder.find(line.path, line.place)
        text = self.folder.text(found) if found else None
        if found is None or text is None:
            return None
        if not text.strip():
            self.folder.findings.fault(Place(found), "The file is empty.", "Write something in it.")
            return None
        return Texts(self.folder, found, text, graded=bool(line.marking))

    def _named(self, line: ActivityLine, sequence: str, heading: str = "") -> tuple[str, str]:
        """The id and the title of an activity."""
        title = line.title or heading or line.usual or _title_of(line.path)
        return self.names.name(Part(line.id, title, line.place), line.kind, sequence), title

    def _page(self, line: ActivityLine, sequence: str, texts: Texts) -> Page | None:
        markup = self._markup(texts.file, texts.source, line.place)
        if markup is None:
            return None
        html = texts.take(markup)
        id_, title = self._named(line, sequence, first_heading(html))
        blob = content(html.encode(), "text/html")
        resources = self._carry(texts, blob)
        return Page(id=id_, title=title, blob=blob.sha256, resources=resources)

    def _markup(self, file: str, source: str, place: Place) -> str | None:
        if is_markdown(file):
            return from_markdown(source)
        if file.lower().endswith((".html", ".htm")):
            return source
        what = f"“{file}” is neither Markdown nor HTML."
        self.folder.findings.fault(place, what, "Name a .md or .html file.")
        return None

    def _links(self, line: ActivityLine, sequence: str, texts: Texts) -> Links:
        links, before = parse_links(texts.source, texts.file, self.folder.findings)
        note = texts.take(from_markdown(before))
        heading = first_heading(note)
        if heading:
            note = re.sub(r"<h[1-6][^>]*>.*?</h[1-6]>\s*", "", note, count=1, flags=re.DOTALL)
        id_, title = self._named(line, sequence, heading)
        return Links(id=id_, title=title, links=links, note=note, resources=self._carry(texts))

    def _quiz(self, line: ActivityLine, sequence: str, texts: Texts) -> Quiz:
        before = len(self.folder.findings.faults)
        questions = read_questions(
            texts, line.language or self.language, survey=line.survey is not None
        )
        asking = asked_of(questions)
        if not asking and len(self.folder.findings.faults) == before:
            do = "Write at least one that Cartable can ask (docs/authoring.md)."
            self.folder.findings.fault(Place(texts.file), "There is no question in this file.", do)
        if asking > MOST_ASKED:
            what = f"This file asks {asking} questions; {MOST_ASKED} are the most."
            self.folder.findings.fault(Place(texts.file), what, "Write several quizzes, or a pool.")
        id_, title = self._named(line, sequence)
        if id_ in self.originals and not self.folder.findings.of(texts.file):
            originals = self.originals[id_]
            questions = aligned(questions, originals, texts.file, self.folder.findings)
        self.questions[id_] = shown = questions
        self._check_secrecy(line, texts, title)
        if line.marking:
            self._check_rules(questions, texts)
            shown, questions = withheld(questions, self.secret, f"{self.course}/{id_}")
            texts.forget_but_for(shown)
        blob = content(encode_questions(shown), TYPE)
        if line.marking:
            self.keys[id_] = KeyedQuiz(
                blob=blob.sha256,
                questions=questions,
                title=title,
                passing=line.passing,
                attempts=line.attempts,
                answer_by=line.answer_by,
            )
        more: dict[str, Any] = {}
        if line.kind == "exam":
            more = {"limit": line.limit, "warning": line.warning, "code": self._code(line, id_)}
        if line.survey:
            self.rules.extend(line.survey.rules)
            if line.survey.anonymous:
                check_nameless(line.place, questions, self.folder.findings)
            rules = check_rules(line.survey.rules, questions, self.folder.findings)
            more = {"when": line.survey.when, "anonymous": line.survey.anonymous, "rules": rules}
        return _ASKING[line.kind](
            id=id_,
            title=title,
            blob=blob.sha256,
            resources=self._carry(texts, blob),
            marking=line.marking,
            answer_by=line.answer_by,
            connect_by=line.connect_by,
            questions=asking,
            passing=line.passing,
            attempts=line.attempts,
            tries=line.tries,
            shuffle=line.shuffle,
            counts=line.counts,
            **more,
        )

    def _code(self, line: ActivityLine, id_: str) -> str:
        """The hash of what opens an exam: the same at each publication."""
        place = f"{self.course}/{id_}".encode()
        salt = hashlib.blake2b(place, key=self.secret, person=b"cartable-code", digest_size=16)
        return hashed(line.code, salt.digest()) if line.code else ""

    def _check_rules(self, questions: tuple[Question, ...], texts: Texts) -> None:
        """A learner's own marks of a text stay on their PC, where the platform cannot see them."""
        for question in questions:
            if any(getattr(one, "scoring", "") == "self" for one in question.interactions):
                what = f"The learner marks “{question.title}”, and the platform the whole."
                do = 'Write `scoring = "manual"`, and somebody marks it.'
                self.folder.findings.fault(Place(texts.file), what, do)

    def _check_secrecy(self, line: ActivityLine, texts: Texts, title: str) -> None:
        """One file asked in practice and graded: the package has the key after all."""
        titles = self.asked.setdefault(texts.file, {})
        titles[bool(line.marking)] = title
        if len(titles) == 2:
            what = f"“{titles[True]}” asks what “{titles[False]}” asks, whose key is published."
            do = "Ask something else in one of them."
            self.folder.findings.warn(line.place, what, do)

    def _document(self, line: ActivityLine, sequence: str) -> Document | None:
        pdf = self.folder.pdf(line.path, line.place)
        if pdf is None:
            return None
        self.contents.append(pdf)
        id_, title = self._named(line, sequence)
        pages = count_pages(pdf.read())
        return Document(id=id_, title=title, blob=pdf.sha256, pages=pages)

    def _video(self, line: ActivityLine, sequence: str) -> AnyActivity | None:
        files = read_video(self.folder, line.path, line.place, line.language or self.language)
        if files is None:
            return None
        if original := self.undubbed.get(line.id):
            files.dub(original, line, self.language, self.folder.findings)
        else:
            files.tell_moments(line.chapters, line.slides_at, self.folder.findings)
        for texts in files.texts:
            self.references.extend(texts.references)
        self.contents.extend(files.contents())
        id_, title = self._named(line, sequence)
        self.films[id_] = files
        return files.activity(id_, title)

    def _carry(self, texts: Texts, *made: Content) -> dict[str, str]:
        """Note what an activity's texts need; return its `resources`."""
        self.references.extend(texts.references)
        self.contents.extend((*made, *texts.resources.values()))
        return {name: one.sha256 for name, one in texts.resources.items()}


def _title_of(path: str) -> str:
    """A title from a file's name: `examen-final.gift` says “Examen final”."""
    words = re.sub(r"[-_]+", " ", posixpath.basename(path).split(".")[0]).strip()
    return words[:1].upper() + words[1:]

# SPDX-License-Identifier: Apache-2.0
"""The files of one video: all that begin with its stem (docs/authoring.md, "Video")."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from player.course.captions import parse_captions, to_webvtt
from player.course.manifest import Chapter, Rendition, SlideTurn, Track, Video
from player.errors import Malformed
from player.publish.faults import Findings, Place, meant
from player.publish.folder import Content, Folder, content, file_content
from player.publish.markdown import from_markdown
from player.publish.media import Media, describe
from player.publish.moments import Mark, chapters_of, clock, turns_of
from player.publish.outline import ActivityLine
from player.publish.pages import Texts
from player.publish.pdf import count_pages

_TYPES = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "ogv": "video/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
}
_LANGUAGE = r"(?:(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\.)?"
_MEDIA = re.compile(rf"(?:(?P<name>audio|\d{{2,5}}p)\.)?(?P<type>{'|'.join(_TYPES)})\Z")
_CHAPTERS = "chapters.vtt"
_CAPTIONS = re.compile(rf"{_LANGUAGE}(?:vtt|srt|sjson|srt\.sjson)\Z")
_TRANSCRIPT = re.compile(rf"{_LANGUAGE}(?:md|html)\Z")
_SLIDES = re.compile(rf"{_LANGUAGE}pdf\Z", re.IGNORECASE)
_POSTER = re.compile(rf"{_LANGUAGE}(?:png|jpe?g|gif|webp)\Z", re.IGNORECASE)


@dataclass(slots=True)
class VideoFiles:
    """What was found, by rendition or language, and what travels: `texts`' pictures too."""

    renditions: dict[str, tuple[Content, Media]] = field(default_factory=dict)
    captions: dict[str, Content] = field(default_factory=dict)
    transcripts: dict[str, Content] = field(default_factory=dict)
    slides: Content | None = None
    poster: Content | None = None
    translated: dict[tuple[str, str], tuple[str, Content]] = field(default_factory=dict)
    """Its file and what it holds, of `slides` or a `poster` in another language (lower case)."""
    texts: list[Texts] = field(default_factory=list)
    marks: tuple[Mark, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    turns: tuple[SlideTurn, ...] = ()

    @property
    def duration(self) -> float:
        """In seconds."""
        return max(media.duration for _, media in self.renditions.values())

    def tell_moments(
        self, chapters: tuple[Mark, ...], slides_at: tuple[Mark, ...], findings: Findings
    ) -> None:
        """Take up what course.toml says of its chapters and of the times of its slides."""
        if chapters and self.marks:
            what = f"The chapters of this video stand in {self.marks[0].place.file} already."
            findings.fault(chapters[0].place, what, "Keep one of the two.")
        if slides_at and self.slides is None:
            what = "`slides_at` says when slides turn, and there are no slides."
            findings.fault(slides_at[0].place, what, "Put their PDF beside the video.")
        pages = count_pages(self.slides.read()) if self.slides else 0
        self.turns = turns_of(slides_at, self.duration, pages, findings)
        self.chapters = chapters_of(chapters or self.marks, self.duration, findings)

    def pictures_in(
        self, language: str, line: ActivityLine, findings: Findings
    ) -> tuple[Content | None, Content | None]:
        """Slides and a poster in another language; None for what lacks, or has too few pages."""
        file, slides = self.translated.get(("slides", language.lower()), ("", None))
        _, poster = self.translated.get(("poster", language.lower()), ("", None))
        tried = Findings()
        if slides:
            turns_of(line.slides_at, self.duration, count_pages(slides.read()), tried)
        if tried.faults:
            findings.warn(Place(file), tried.faults[0].what, "These slides are left out.")
            slides = None
        return slides, poster

    def warn_of_pictures(self, languages: Collection[str], findings: Findings) -> None:
        """Note slides and posters in languages that the course is not in."""
        known = {one.lower() for one in languages}
        for (_, language), (file, _) in self.translated.items():
            if language not in known:
                what = f"The course is not in {language}: there is no course.{language}.toml."
                findings.warn(Place(file), what, "It is left out.")

    def dub(
        self, original: VideoFiles, line: ActivityLine, language: str, findings: Findings
    ) -> None:
        """Be `original` in another language: what lacks is its, and its times where they fit.

        Somebody who speaks another language takes another time, so what does not fit is left out.
        """
        slides, poster = original.pictures_in(language, line, findings)
        self.slides = self.slides or slides or original.slides
        self.poster = self.poster or poster or original.poster
        pages = count_pages(self.slides.read()) if self.slides else 0
        tried = Findings()
        self.turns = turns_of(line.slides_at, self.duration, pages, tried)
        if tried.faults:
            self.turns = ()
            what = f"`slides_at` does not fit this film, which takes {clock(self.duration)}."
            findings.warn(line.place, what, "Its slides do not turn by themselves.")
        if self.marks:
            self.chapters = chapters_of(self.marks, self.duration, findings)
            return
        tried = Findings()
        self.chapters = chapters_of(line.chapters or original.marks, self.duration, tried)
        if tried.faults:
            self.chapters = ()
            what = f"The chapters do not fit this film, which takes {clock(self.duration)}."
            do = "It has none; put a file that ends in `.chapters.vtt` beside it."
            findings.warn(line.place, what, do)

    def activity(self, id_: str, title: str) -> Video:
        """The video as the manifest says it."""
        shown = sorted(self.renditions, key=_height)
        resources = {name: one for texts in self.texts for name, one in texts.resources.items()}
        return Video(
            id=id_,
            title=title,
            resources={name: one.sha256 for name, one in sorted(resources.items())},
            duration=self.duration,
            renditions=tuple(
                Rendition(name, self.renditions[name][0].sha256, _height(name)) for name in shown
            ),
            captions=_tracks(self.captions),
            transcripts=_tracks(self.transcripts),
            slides=self.slides.sha256 if self.slides else None,
            poster=self.poster.sha256 if self.poster else None,
            chapters=self.chapters,
            turns=self.turns,
        )

    def contents(self) -> list[Content]:
        """Everything that travels, in the order in which it is wanted."""
        single = [one for one in (self.poster, self.slides) if one]
        pictures = [one for texts in self.texts for one in texts.resources.values()]
        tracks = [*self.captions.values(), *self.transcripts.values()]
        return [*single, *tracks, *pictures, *(one for one, _ in self.renditions.values())]


def read_video(folder: Folder, name: str, place: Place, language: str) -> VideoFiles | None:
    """Return the files of the video that `name` (a stem, or one file) means; None without any.

    Args:
        folder: the course's.
        name: as the author wrote it.
        place: where it is written.
        language: of captions whose name says none.
    """
    directory, base = posixpath.split(name)
    extension = posixpath.splitext(base)[1].lower().lstrip(".")
    single = base if extension in _TYPES else ""
    if single and folder.find(name, place) is None:
        return None
    stem = posixpath.splitext(base)[0] if single else base
    files = VideoFiles()
    for one in _beside(folder, directory, place):
        if not one.startswith(f"{stem}."):
            continue
        suffix = one.removeprefix(f"{stem}.")
        if single and one != single and _MEDIA.match(suffix.lower()):
            continue  # named on its own, it is the only rendition
        found = folder.find(posixpath.join(directory, one), place)
        if found:
            _Reading(folder, files, place, language).read(found, suffix)
    if files.renditions:
        return files
    near = meant(stem, {one.split(".")[0] for one in _beside(folder, directory, place)})
    do = near or f"Put {stem}.240p.mp4 there, for instance (H.264 and AAC)."
    folder.findings.fault(place, f"There is no video that can be played for “{name}”.", do)
    return None


def _beside(folder: Folder, directory: str, place: Place) -> list[str]:
    """The names in the video's folder; none where that is missing or outside."""
    path = folder.root / directory
    inside = path.resolve().is_relative_to(folder.root.resolve())
    if ".." in directory.split("/") or not inside:
        do = "Copy the files into the course's folder."
        folder.findings.fault(place, f"“{directory}” leads out of the course's folder.", do)
        return []
    return folder.names(path)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One video while its files are sorted by what their names say."""

    folder: Folder
    files: VideoFiles
    place: Place
    language: str

    @property
    def findings(self) -> Findings:
        return self.folder.findings

    def read(self, found: str, suffix: str) -> None:
        small = suffix.lower()
        if small == _CHAPTERS:
            self._chapters(found)
        elif match := _MEDIA.match(small):
            self._rendition(found, match["name"] or "", match["type"])
        elif match := _CAPTIONS.match(suffix):
            self._captions(found, match["language"] or self.language)
        elif match := _TRANSCRIPT.match(suffix):
            self._transcript(found, match["language"] or self.language)
        elif match := _SLIDES.match(suffix):
            self._picture("slides", self.folder.pdf(found, Place(found)), found, match["language"])
        elif match := _POSTER.match(suffix):
            made = self.folder.picture(found, Place(found))
            self._picture("poster", made, found, match["language"])
        else:
            what = "The file lies with a video, but its name does not say what it is."
            self.findings.warn(Place(found), what, "It is left out.")

    def _rendition(self, found: str, name: str, type_: str) -> None:
        path = self.folder.root / found
        media = describe(path)
        if media is None:
            do = "Make an MP4 of it with H.264 and AAC."
            self.findings.fault(Place(found), "This cannot be read as a video.", do)
            return
        if not media.plays_everywhere:
            codecs = " and ".join(one for one in (media.video, media.audio) if one)
            what = f"Not every computer plays {codecs}."
            self.findings.warn(Place(found), what, "H.264 and AAC are played everywhere.")
        name = name or (f"{media.height}p" if media.video else "audio")
        if name != "audio" and media.height and name != f"{media.height}p":
            what = f"The picture is {media.height} pixels high, the name says {name}."
            self.findings.warn(Place(found), what)
        one = (file_content(path, _TYPES[type_]), media)
        if name in self.files.renditions:
            self._twice(found, name)
        self.files.renditions[name] = one

    def _captions(self, found: str, language: str) -> None:
        try:
            cues = parse_captions((self.folder.root / found).read_bytes(), found)
        except Malformed as error:
            what = f"The captions cannot be read: {error.details['reason']}."
            self.findings.fault(Place(found), what, "Save them as WebVTT or SubRip in UTF-8.")
            return
        if language in self.files.captions:
            self._twice(found, language)
        self.files.captions[language] = content(to_webvtt(cues).encode(), "text/vtt")

    def _chapters(self, found: str) -> None:
        """A WebVTT file of chapters (https://www.w3.org/TR/webvtt1/#introduction-chapters)."""
        try:
            cues = parse_captions((self.folder.root / found).read_bytes(), found)
        except Malformed as error:
            what = f"The chapters cannot be read: {error.details['reason']}."
            self.findings.fault(Place(found), what, "Save them as WebVTT in UTF-8.")
            return
        titles = (" ".join(cue.text.split()) for cue in cues)
        self.files.marks = tuple(
            Mark(Place(found), cue.start, title) for cue, title in zip(cues, titles, strict=True)
        )

    def _transcript(self, found: str, language: str) -> None:
        text = self.folder.text(found)
        if text is None:
            return
        texts = Texts(self.folder, found, text)
        if self.files.texts:  # the languages share the names of their pictures
            texts.resources = self.files.texts[0].resources
        self.files.texts.append(texts)
        markup = text if found.lower().endswith(".html") else from_markdown(text)
        if language in self.files.transcripts:
            self._twice(found, language)
        self.files.transcripts[language] = content(texts.take(markup).encode(), "text/html")

    def _picture(self, what: str, made: Content | None, found: str, language: str | None) -> None:
        """Slides or a poster, those of the film or in another language."""
        if made is None:
            return
        if language and language.lower() != self.language.lower():
            self.files.translated[what, language.lower()] = found, made
        elif getattr(self.files, what):
            self._twice(found, f"the {what}")
        else:
            setattr(self.files, what, made)

    def _twice(self, found: str, what: str) -> None:
        self.findings.fault(Place(found), f"A second file for {what}.", "Keep one of the two.")


def _height(name: str) -> int:
    return 0 if name == "audio" else int(name[:-1])


def _tracks(contents: dict[str, Content]) -> tuple[Track, ...]:
    return tuple(Track(language, one.sha256) for language, one in sorted(contents.items()))
